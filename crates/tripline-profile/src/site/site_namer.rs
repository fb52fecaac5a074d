//! Names the site that a stack's blocks are credited to, once it is known which sites are split.

use std::collections::HashMap;

use crate::naming::{FrameNamer, NameId};
use crate::site::call_path::CallPath;
use crate::site::in_stack::{SiteInStack, find_site};
use crate::site::split_sites::SplitSites;

/// Names the sites of stacks for the passes after the first.
#[derive(Debug)]
pub(crate) struct SiteNamer<'a> {
    pub(crate) frames: &'a mut FrameNamer,
    split: SplitSites,
    /// The name of each part, by the call path that its stacks have in common.
    part_names: HashMap<CallPath, NameId>,
}

impl<'a> SiteNamer<'a> {
    /// Uses the split sites that the first pass found with the same namer.
    pub(crate) fn new(frames: &'a mut FrameNamer, split: SplitSites) -> Self {
        Self { frames, split, part_names: HashMap::new() }
    }

    /// Finds the site of a stack. If it is split, the name is that of the part.
    pub(crate) fn find(&mut self, stack: &[u32]) -> SiteInStack {
        let site = find_site(self.frames, stack);
        if !self.split.contains(site.name) {
            return site;
        }
        let path = CallPath::of(self.frames, stack, site);
        let callers = self.split.callers(&path);
        let part = path.cut(callers);
        let name = match self.part_names.get(&part) {
            Some(name) => *name,
            None => {
                let name = self.frames.intern(&path.key(self.frames, callers));
                self.part_names.insert(part, name);
                name
            }
        };
        SiteInStack { name, ..site }
    }
}
