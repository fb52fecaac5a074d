//! Names the frames of stacks.
//!
//! Most frames have one name in every stack. The others get it from their stack: a function whose path was cut
//! belongs to the crate that it was inlined into, or to its nearest neighbour's; `{closure#0}` belongs to the
//! function around it.

use std::collections::HashMap;

use crate::frame::{FrameRole, FrameTable, KnownModules, SourceOrigin};
use crate::naming::enclosing::enclosing_frame;
use crate::naming::frame_facts::FrameFacts;
use crate::naming::interner::{Interner, NameId};
use crate::rust_path::{is_in, join};

/// Names frames, and keeps the names that it found.
#[derive(Debug)]
pub(crate) struct FrameNamer {
    pub(crate) frames: FrameTable,
    facts: Vec<FrameFacts>,
    names: Interner,
    found: HashMap<FrameInStack, NameId>,
}

/// A frame with everything in its stack that its name depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct FrameInStack {
    frame: u32,
    /// The frame of the function around it.
    enclosing: Option<u32>,
    krate: NameId,
}

impl FrameNamer {
    pub(crate) fn new(frames: FrameTable) -> Self {
        let mut names = Interner::default();
        let facts = FrameFacts::of_all(frames.iter(), &KnownModules::of(&frames), &mut names);
        Self { frames, facts, names, found: HashMap::new() }
    }

    pub(crate) fn name(&self, id: NameId) -> &str {
        self.names.name(id)
    }

    pub(crate) fn intern(&mut self, name: &str) -> NameId {
        self.names.intern(name)
    }

    pub(crate) fn role(&self, frame: u32) -> FrameRole {
        self.facts(frame).role
    }

    /// Returns `true` if the frame belongs to std, or to what stands in for it, and has a name.
    pub(crate) fn is_named_std(&self, frame: u32) -> bool {
        self.role(frame) == FrameRole::Skipped && !self.frames.get(frame).function.path.is_empty()
    }

    /// Returns `true` if the frame at `index` can be a site. A function of an unknown crate that was inlined into
    /// nothing but std counts as std's.
    pub(crate) fn is_site(&self, stack: &[u32], index: usize) -> bool {
        let facts = self.facts(stack[index]);
        let has_crate = || {
            facts.path.is_some()
                || facts.krate.is_some()
                || self.crate_of_neighbour(stack, index).is_some()
        };
        facts.role == FrameRole::Site && has_crate()
    }

    /// Returns the name of the frame at `index` of a stack.
    pub(crate) fn name_of(&mut self, stack: &[u32], index: usize) -> NameId {
        let frame = stack[index];
        let facts = self.facts(frame);
        if let Some(path) = facts.path {
            return path;
        }
        let krate = facts.krate.or_else(|| self.crate_of_neighbour(stack, index));
        let krate = krate.unwrap_or_else(|| self.names.intern("unknown"));
        let enclosing = enclosing_frame(&self.facts, stack, index);
        let key = FrameInStack { frame, enclosing, krate };
        if let Some(name) = self.found.get(&key) {
            return *name;
        }
        let path = self.path(key);
        let name = self.names.intern(&path);
        self.found.insert(key, name);
        name
    }

    fn facts(&self, frame: u32) -> &FrameFacts {
        &self.facts[frame as usize]
    }

    fn path(&self, FrameInStack { frame, enclosing, krate }: FrameInStack) -> String {
        let facts = self.facts(frame);
        let module = facts.module.clone().unwrap_or_else(|| self.module_in(krate, frame));
        match (facts.unnamed_body, enclosing) {
            (None, _) => format!("{module}::{}", self.frames.get(frame).function.path),
            (Some(body), None) => format!("{module}::{}", body.placeholder()),
            (Some(_), Some(enclosing)) => self.path_around(enclosing, &module),
        }
    }

    /// Returns the module of a frame that belongs to `krate`.
    fn module_in(&self, krate: NameId, frame: u32) -> String {
        let krate = self.name(krate);
        match &self.frames.get(frame).origin {
            SourceOrigin::UnknownCrate { modules, .. }
                if modules.first().is_none_or(|first| first != krate) =>
            {
                join(krate, modules)
            }
            _ => krate.to_owned(),
        }
    }

    /// Returns the path of the function around a body in `module`.
    fn path_around(&self, enclosing: u32, module: &str) -> String {
        let function = &self.frames.get(enclosing).function;
        let facts = self.facts(enclosing);
        let named = facts.named_in_arguments.iter().find(|path| is_in(path, module));
        match named {
            _ if function.qualified => function.path.clone(),
            Some(path) if facts.module.as_deref() != Some(module) => path.clone(),
            _ => format!("{module}::{}", function.path),
        }
    }

    /// Returns the crate of the function that the frame at `index` was inlined into; failing that, a guess; failing
    /// that, the crate of the nearest frame outward, then inward.
    fn crate_of_neighbour(&self, stack: &[u32], index: usize) -> Option<NameId> {
        let crate_of = |frame: &u32| {
            let facts = self.facts(*frame);
            facts.krate.filter(|_| facts.role == FrameRole::Site)
        };
        let (inward, outward) = (&stack[..index], &stack[index + 1..]);
        let address = self.frames.get(stack[index]).address;
        let inlined_into =
            outward.iter().take_while(|frame| self.frames.get(**frame).address == address);
        inlined_into
            .filter_map(crate_of)
            .last()
            .or_else(|| self.facts(stack[index]).guessed_crate)
            .or_else(|| outward.iter().find_map(crate_of))
            .or_else(|| inward.iter().rev().find_map(crate_of))
    }
}
