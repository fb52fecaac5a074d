//! A site with its nearest callers.

use crate::breakdown::part_key;
use crate::naming::{FrameNamer, NameId};
use crate::site::in_stack::{SiteInStack, visit_callers};

/// The most wrappers of an allocator that may call one another: `yaml_string_new`, `yaml_copy`, `yaml_malloc`.
pub(crate) const MOST_WRAPPERS: usize = 3;

/// A site and its callers, the nearest first. Repetitions in a row count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CallPath {
    pub(crate) site: NameId,
    callers: [Option<NameId>; MOST_WRAPPERS],
}

impl CallPath {
    /// Reads the call path from a stack.
    pub(crate) fn of(namer: &mut FrameNamer, stack: &[u32], site: SiteInStack) -> Self {
        let mut path = Self::without_callers(site.name);
        let mut free = path.callers.iter_mut();
        visit_callers(namer, stack, site, MOST_WRAPPERS, |name, _| {
            if let Some(caller) = free.next() {
                *caller = Some(name);
            }
        });
        path
    }

    pub(crate) fn without_callers(site: NameId) -> Self {
        Self { site, callers: [None; MOST_WRAPPERS] }
    }

    /// Returns the caller that is so many calls out, 0 being the nearest.
    pub(crate) fn caller(&self, calls_out: usize) -> Option<NameId> {
        self.callers[calls_out]
    }

    /// Returns the path with so many callers and no more.
    pub(crate) fn cut(mut self, callers: usize) -> Self {
        self.callers[callers..].fill(None);
        self
    }

    /// Returns the key of the part that the first so many callers tell apart. With none it is the site's own.
    pub(crate) fn key(&self, namer: &FrameNamer, callers: usize) -> String {
        let Some((caller, wrappers)) = self.callers[..callers].split_last() else {
            return namer.name(self.site).to_owned();
        };
        let wrappers = wrappers.iter().rev().flatten().chain([&self.site]);
        let wrappers: Vec<&str> = wrappers.map(|name| namer.name(*name)).collect();
        part_key::key(caller.map(|name| namer.name(name)), &wrappers)
    }
}
