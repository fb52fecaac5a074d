//! Finds the site of a stack.

use crate::frame::FrameRole;
use crate::naming::{FrameNamer, NameId};

/// The name of a site if no frame of the stack has one.
const UNKNOWN: &str = "unknown";

/// The most functions of its own that an allocator may have in front of its entry.
const ALLOCATOR_FUNCTIONS: usize = 8;

/// The most functions of std that are kept. Those nearest to the site name the collection. The functions that these
/// call to allocate are the same for all collections.
const STD_FUNCTIONS: usize = 3;

/// The site of one stack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SiteInStack {
    pub(crate) name: NameId,
    /// The index of the site's frame. `None` if no frame has a name.
    pub(crate) at: Option<usize>,
    /// The index of the first frame that is not the allocator's own.
    pub(crate) start: usize,
}

/// Finds the site of a stack: the first function outside std or, if there is none, std's outermost; failing that,
/// `main`.
pub(crate) fn find_site(namer: &mut FrameNamer, stack: &[u32]) -> SiteInStack {
    let mut site = None;
    let mut start = 0;
    for index in 0..stack.len() {
        match namer.role(stack[index]) {
            // Only allocators stand below an allocator's entry, whatever they are called.
            FrameRole::Allocator => (site, start) = (None, index + 1),
            FrameRole::Site if site.is_none() && namer.is_site(stack, index) => site = Some(index),
            _ => {}
        }
        if site.is_some_and(|site| index - site >= ALLOCATOR_FUNCTIONS) {
            break;
        }
    }
    let named_std = |index: &usize| namer.is_named_std(stack[*index]);
    let is_main = |index: &usize| namer.role(stack[*index]) == FrameRole::Main;
    let at = site.or_else(|| (start..stack.len()).rev().find(named_std));
    let at = at.or_else(|| (start..stack.len()).find(is_main));
    let name = match at {
        Some(at) => namer.name_of(stack, at),
        None => namer.intern(UNKNOWN),
    };
    SiteInStack { name, at, start }
}

/// Shows the nearest callers of a site, at most `limit`, each with its frame. Repetitions in a row, as of
/// recursion, count once.
pub(crate) fn visit_callers(
    namer: &mut FrameNamer,
    stack: &[u32],
    site: SiteInStack,
    limit: usize,
    mut visit: impl FnMut(NameId, u32),
) {
    let (mut last, mut left) = (site.name, limit);
    for index in site.at.map_or(stack.len(), |at| at + 1)..stack.len() {
        if left == 0 {
            break;
        }
        if !namer.is_site(stack, index) {
            continue;
        }
        let name = namer.name_of(stack, index);
        if name != last {
            visit(name, stack[index]);
            (last, left) = (name, left - 1);
        }
    }
}

/// Returns the functions of std and the like that a site calls, the nearest first. Repetitions in a row
/// count once.
pub(crate) fn std_functions(
    namer: &mut FrameNamer,
    stack: &[u32],
    site: SiteInStack,
) -> Vec<NameId> {
    let mut names = Vec::with_capacity(STD_FUNCTIONS);
    for index in (site.start..site.at.unwrap_or(stack.len())).rev() {
        if !namer.is_named_std(stack[index]) {
            continue;
        }
        let name = namer.name_of(stack, index);
        if names.last() != Some(&name) {
            names.push(name);
        }
        if names.len() == STD_FUNCTIONS {
            break;
        }
    }
    names
}
