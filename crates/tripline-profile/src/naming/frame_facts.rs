//! The facts about a frame that are the same in every stack.

use crate::frame::{Frame, FrameRole, KnownModules, SourceOrigin, std_files};
use crate::function::{Body, MadeUp};
use crate::naming::interner::{Interner, NameId};
use crate::rust_path::{crate_of, paths_in};

/// Holds the facts about one frame.
#[derive(Debug)]
pub(crate) struct FrameFacts {
    pub(crate) role: FrameRole,
    /// The path of its function, if no stack is needed to find it.
    pub(crate) path: Option<NameId>,
    /// Crate and modules, if no stack is needed to find them.
    pub(crate) module: Option<String>,
    /// The crate alone.
    pub(crate) krate: Option<NameId>,
    /// The crate to fall back on: it has an outermost module of that name.
    pub(crate) guessed_crate: Option<NameId>,
    pub(crate) unnamed_body: Option<Body>,
    pub(crate) file: NameId,
    pub(crate) line: u32,
    /// The functions whose closures or futures the generic arguments name.
    pub(crate) named_in_arguments: Vec<String>,
}

impl FrameFacts {
    /// Finds the facts about every frame.
    pub(crate) fn of_all<'a>(
        frames: impl Iterator<Item = &'a Frame> + Clone,
        modules: &KnownModules,
        names: &mut Interner,
    ) -> Vec<Self> {
        let facts = frames.clone().map(|frame| Self::of(frame, modules, names));
        let mut facts: Vec<_> = facts.collect();
        // Only a crate that some frame names is guessed, so all names must be known before.
        for (facts, frame) in facts.iter_mut().zip(frames) {
            facts.guessed_crate = guessed_crate(frame, modules).and_then(|name| names.get(name));
        }
        facts
    }

    fn of(frame: &Frame, modules: &KnownModules, names: &mut Interner) -> Self {
        let std = std_module(frame);
        let is_std = std.is_some();
        let module = std.or_else(|| modules.module(frame));
        let path = fixed_path(frame, module.as_deref(), is_std);
        let whole_path = path.as_deref().filter(|path| path.contains("::"));
        let krate = whole_path.or(module.as_deref()).map(crate_of);
        let krate = krate.map(|name| names.intern(name));
        let place = frame.place.as_ref();
        Self {
            role: FrameRole::of(frame, is_std),
            path: path.map(|path| names.intern(&path)),
            krate,
            guessed_crate: None,
            unnamed_body: frame.unnamed_body(),
            file: names.intern(place.map_or("", |place| &place.file)),
            line: place.map_or(0, |place| place.line),
            named_in_arguments: named_in_arguments(frame),
            module,
        }
    }
}

fn guessed_crate<'a>(frame: &Frame, modules: &'a KnownModules) -> Option<&'a str> {
    let SourceOrigin::UnknownCrate { modules: own, .. } = &frame.origin else { return None };
    modules.guess_crate(own)
}

/// Returns the module of a frame whose source is std's.
fn std_module(frame: &Frame) -> Option<String> {
    if let SourceOrigin::Std(module) = &frame.origin {
        return Some(module.clone());
    }
    if frame.function.qualified {
        return None;
    }
    let file = frame.place.as_ref()?.file.as_str();
    let module = match file.contains('/') {
        true => std_files::module_of_hashbrown(file, &frame.text),
        false => std_files::module_of_name(file, &frame.function.path),
    };
    module.map(str::to_owned)
}

/// Returns the whole path of a frame's function, if no stack is needed to find it.
fn fixed_path(frame: &Frame, module: Option<&str>, is_std: bool) -> Option<String> {
    let function = &frame.function;
    if function.qualified {
        return Some(function.path.clone());
    }
    let in_module = |name: &str| module.map(|module| format!("{module}::{name}"));
    if let Some(body) = frame.unnamed_body() {
        return in_module(body.placeholder()).filter(|_| is_std);
    }
    let is_foreign = !matches!(frame.origin, SourceOrigin::UnknownCrate { .. });
    let alone = || is_foreign.then(|| function.path.clone());
    in_module(&function.path).or_else(alone).filter(|_| !function.path.is_empty())
}

/// Returns `a::b::f` of every `a::b::f::{closure_env#0}` and `a::b::f::async_fn_env$0` among the generic
/// arguments.
fn named_in_arguments(frame: &Frame) -> Vec<String> {
    let text = frame.text.as_str();
    let mut paths = Vec::new();
    for (at, _) in ["_env#", "_env$"].iter().flat_map(|mark| text.match_indices(mark)) {
        let Some(end) = text[..at].rfind("::") else { continue };
        let start = text[..end].rfind(['<', ' ', ',', '(', '&', '>']).map_or(0, |start| start + 1);
        let path = text[start..end]
            .split("::")
            .filter(|part| MadeUp::of(part).is_none())
            .collect::<Vec<_>>()
            .join("::");
        if paths_in(&path).next() == Some(path.as_str()) && !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}
