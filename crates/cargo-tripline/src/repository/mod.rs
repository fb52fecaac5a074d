//! The git repository around a workspace: commits, files in them, and the budgets that they hold.
//!
//! `git` runs the `git` program; `log`, `objects` and `worktree` are its answers; `scope` says which files are
//! budgets, and `budgets` parses them. It may not know cargo, which knows only the files on disk.

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
