//! The git repository around a workspace: commits, their files, and the budgets in them.
//!
//! `git` runs the `git` program; `log`, `objects` and `worktree` are its answers; `scope` finds the budgets among the
//! files, and `budgets` parses them. It may not know cargo, which knows only the files on disk.

pub(crate) mod budgets;
mod git;
mod log;
mod objects;
mod scope;
mod worktree;

pub(crate) use git::{Git, short};
pub(crate) use log::{Commit, TouchedFile};
pub(crate) use scope::BudgetScope;
pub(crate) use worktree::Worktree;
