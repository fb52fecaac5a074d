//! `memory-benchmark`, run for real: its reports, its errors, and what an interrupt leaves.
//!
//! Linux only, as the resident set is.
#![cfg(target_os = "linux")]

mod command;
mod errors;
mod interrupt;
mod reports;
mod schema;
