//! Stacks by the names of their functions, as a flame graph shows them.

use crate::frame::Role;
use crate::naming::Key;
use crate::passes::sites::{Namer, spot};
use crate::site::Wrappers;

/// Names the frames of one stack after another.
#[derive(Debug)]
pub(crate) struct Flames<'a> {
    namer: Namer<'a>,
    wrappers: Wrappers,
    keys: Vec<Key>,
}

impl<'a> Flames<'a> {
    pub(crate) fn new(mut namer: Namer<'a>) -> Self {
        let wrappers = Wrappers::known(&mut namer);
        Self { namer, wrappers, keys: Vec::new() }
    }

    /// The key of the stack's site, and its functions, the outermost first. Recursion is folded, and what
    /// the allocator itself calls is left out.
    pub(crate) fn name(&mut self, stack: &[u32]) -> (&str, Vec<&str>) {
        let spot = spot(&mut self.namer, stack);
        self.keys.clear();
        for index in (spot.start..stack.len()).rev() {
            if self.namer.role(stack[index]) == Role::Allocator || self.is_nameless(stack[index]) {
                continue;
            }
            let key = self.namer.key(stack, index);
            if self.keys.last() != Some(&key) {
                self.keys.push(key);
            }
        }
        let site = self.wrappers.key(&mut self.namer, stack, spot);
        let names = self.keys.iter().map(|key| self.namer.name(*key)).collect();
        (self.namer.name(site), names)
    }

    fn is_nameless(&self, frame: u32) -> bool {
        self.namer.role(frame) == Role::Passed
            && self.namer.frames.get(frame).function.path.is_empty()
    }
}
