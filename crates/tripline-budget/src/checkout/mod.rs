//! The checkout that tests run in: its workspace, as Cargo finds it, and its commit, as git does.
//!
//! Test and tool ask here, so that they never differ over one checkout.
//!
//! Deliberately absent: `cargo` as a program. It takes some 40 ms to answer, a test process would ask it anew, and where
//! an archive of tests runs there may be none.

mod budgets_folder;
mod commit;
mod manifest;
mod workspace;

pub use budgets_folder::budgets_folder;
pub use commit::{UnknownCommit, commit_of, is_commit_stated};
pub use manifest::Manifest;
pub use workspace::{MANIFEST, workspace_root, workspace_root_by};
