//! Names the functions of stacks, as a flame graph shows them.

use crate::frame::FrameRole;
use crate::naming::NameId;
use crate::site::SiteNamer;

/// Names the functions of one stack after another.
#[derive(Debug)]
pub(crate) struct FunctionNames<'a> {
    namer: SiteNamer<'a>,
    /// The functions of the last stack. Kept so that a further stack allocates nothing.
    functions: Vec<NameId>,
}

/// A stack by the names of its functions.
#[derive(Debug)]
pub(crate) struct NamedStack<'n> {
    /// The key of its site.
    pub(crate) site: &'n str,
    /// The outermost first. Recursion is folded, and the allocator's own functions are left out.
    pub(crate) functions: Vec<&'n str>,
}

impl<'a> FunctionNames<'a> {
    pub(crate) fn new(namer: SiteNamer<'a>) -> Self {
        Self { namer, functions: Vec::new() }
    }

    pub(crate) fn name(&mut self, stack: &[u32]) -> NamedStack<'_> {
        let site = self.namer.find(stack);
        self.functions.clear();
        for index in (site.start..stack.len()).rev() {
            if !self.is_shown(stack[index]) {
                continue;
            }
            let name = self.namer.frames.name_of(stack, index);
            if self.functions.last() != Some(&name) {
                self.functions.push(name);
            }
        }
        let frames = &*self.namer.frames;
        let functions = self.functions.iter().map(|name| frames.name(*name)).collect();
        NamedStack { site: frames.name(site.name), functions }
    }

    fn is_shown(&self, frame: u32) -> bool {
        let frames = &*self.namer.frames;
        match frames.role(frame) {
            FrameRole::Allocator => false,
            FrameRole::Skipped => frames.is_named_std(frame),
            FrameRole::Site | FrameRole::Start | FrameRole::Main => true,
        }
    }
}
