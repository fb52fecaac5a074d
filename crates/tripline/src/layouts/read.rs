//! The layouts of types, from the debug information of this executable.

use tripline_budget::layout::Layout;

use crate::case::registry::SizedType;
use crate::layouts::problem::LayoutProblem;
#[cfg(target_os = "linux")]
use crate::layouts::{executable::RunningExecutable, witness};

/// The layout of one type, or the reason why it is not known.
#[derive(Clone, Debug)]
pub(crate) struct ReadLayout {
    pub(crate) ty: &'static SizedType,
    pub(crate) layout: Result<Layout, LayoutProblem>,
}

/// Reads the layout of each type, in their order. Nothing is read for no types.
pub(crate) fn layouts(types: &[&'static SizedType]) -> Vec<ReadLayout> {
    if types.is_empty() {
        return Vec::new();
    }
    let layouts = match read(types) {
        Ok(layouts) => layouts,
        Err(problem) => vec![Err(problem); types.len()],
    };
    types.iter().zip(layouts).map(|(ty, layout)| ReadLayout { ty, layout }).collect()
}

#[cfg(target_os = "linux")]
fn read(types: &[&'static SizedType]) -> Result<Vec<Result<Layout, LayoutProblem>>, LayoutProblem> {
    witness::layouts(&RunningExecutable::running()?, types)
}

#[cfg(not(target_os = "linux"))]
fn read(
    _types: &[&'static SizedType],
) -> Result<Vec<Result<Layout, LayoutProblem>>, LayoutProblem> {
    Err(LayoutProblem::Platform)
}
