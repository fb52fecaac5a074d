//! The tool on temporary projects, through its real binary: what it prints, what it writes, and how
//! it ends. Beside each case that trips stands the nearest one that does not.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod actions;
mod add;
mod analyze;
mod another_build;
mod base;
mod breakdown;
mod check;
mod clashes;
mod compare;
mod elsewhere;
mod engine;
mod environment;
mod errors;
#[cfg(unix)]
mod flame;
mod from;
mod from_refusals;
mod history;
mod init;
mod init_allocator;
mod init_failing;
mod init_obstacles;
mod init_unit;
mod interrupt;
mod layout;
mod leak;
mod loose;
mod macros;
mod merge;
mod merge_refusals;
mod merges;
mod orphaned;
mod outputs;
mod packages;
mod profiles;
mod project;
mod prove;
mod raise;
mod record;
mod remedies;
mod repository;
mod robust;
mod ruler;
mod scale;
mod seed;
mod shards;
mod sources;
mod stripped;
mod transcript;
#[cfg(unix)]
mod twins;
mod types;
mod varying;
mod when;
mod workspaces;
