//! What the debug information of this very executable says of the types of `sizes!`.
//!
//! In order: `executable` reads the file that runs and finds where the linker put a function that
//! lies in memory now; `witness` finds that function in the debug information, which names the type
//! that it was made for; `types` walks the type. So a type is found by what it is: no re-export,
//! alias or generic argument can lead to another.
//!
//! It happens on a breach or on demand, never else: the file is read whole. On Linux alone: macOS
//! and Windows leave debug information beside the executable.
//!
//! Deliberately absent: loading split debug information, and layouts of types that nobody listed.

use tripline_budget::layout::Layout;

use crate::case::registry::SizedType;
#[cfg(not(target_os = "linux"))]
use crate::layouts::problem;
#[cfg(target_os = "linux")]
use crate::layouts::{executable, witness};

/// The layout of each type, or why it is not known; in their order. `package` is who compiles them.
#[cfg(target_os = "linux")]
pub(crate) fn explain(types: &[&SizedType], package: &str) -> Vec<Result<Layout, String>> {
    let found = executable::Executable::running().and_then(|file| witness::layouts(&file, types));
    let layouts = match found {
        Ok(layouts) => layouts,
        Err(problem) => types.iter().map(|_| Err(problem.clone())).collect(),
    };
    layouts.into_iter().map(|layout| layout.map_err(|problem| problem.text(package))).collect()
}

/// See the Linux one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn explain(types: &[&SizedType], package: &str) -> Vec<Result<Layout, String>> {
    types.iter().map(|_| Err(problem::Problem::Platform.text(package))).collect()
}
