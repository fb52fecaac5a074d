//! The key of each frame of a stack.
//!
//! Most frames have one wherever they stand, found once per table. The rest are told by their stack: a
//! function in a cut path belongs to the crate that it was inlined into, or to its nearest neighbour's;
//! `{closure#0}` to the function around it, which is a frame of the same file.

use std::collections::HashMap;

use crate::frame::std_files;
use crate::frame::{Evidence, crate_of, mentions};
use crate::frame::{Frame, FrameTable};
use crate::frame::{Origin, join};
use crate::frame::{Role, role};
use crate::function::Body;

/// A key, interned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(u32);

impl Key {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is known of a frame wherever it stands.
#[derive(Debug)]
struct Known {
    role: Role,
    key: Option<Key>,
    /// Crate and modules, where they are known without a stack.
    module: Option<String>,
    /// The crate alone.
    krate: Option<Key>,
    nameless: Option<Body>,
    file: Key,
    line: u32,
    /// Functions whose closures or futures the generic arguments name.
    around: Vec<String>,
}

/// Names frames.
#[derive(Debug)]
pub(crate) struct Namer<'a> {
    pub(crate) frames: &'a FrameTable,
    evidence: Evidence,
    known: Vec<Known>,
    names: Vec<String>,
    keys: HashMap<String, Key>,
    /// By frame, the frame around it, and the crate.
    told: HashMap<(u32, Option<u32>, Key), Key>,
}

/// How far out the function around a closure may stand.
const REACH: usize = 48;

/// How many lines a function may have, for a closure in it to be told.
const LINES: u32 = 400;

impl<'a> Namer<'a> {
    pub(crate) fn new(frames: &'a FrameTable) -> Self {
        let mut namer = Self {
            frames,
            evidence: Evidence::of(frames),
            known: Vec::with_capacity(frames.len()),
            names: Vec::new(),
            keys: HashMap::new(),
            told: HashMap::new(),
        };
        for frame in frames.iter() {
            let known = namer.know(frame);
            namer.known.push(known);
        }
        namer
    }

    pub(crate) fn name(&self, key: Key) -> &str {
        &self.names[key.index()]
    }

    pub(crate) fn role(&self, frame: u32) -> Role {
        self.known[frame as usize].role
    }

    /// Whether the frame at `index` can be a site. What was inlined from somewhere into nothing but std is std's.
    pub(crate) fn is_site(&self, stack: &[u32], index: usize) -> bool {
        let known = &self.known[stack[index] as usize];
        let told = || {
            known.key.is_some() || known.krate.is_some() || self.neighbour(stack, index).is_some()
        };
        known.role == Role::Site && told()
    }

    pub(crate) fn intern(&mut self, name: &str) -> Key {
        if let Some(key) = self.keys.get(name) {
            return *key;
        }
        let key = Key(self.names.len() as u32);
        self.names.push(name.to_owned());
        self.keys.insert(name.to_owned(), key);
        key
    }

    fn know(&mut self, frame: &Frame) -> Known {
        let nameless = frame.nameless();
        let std = std_module(frame);
        let module = std.clone().or_else(|| self.evidence.module(frame));
        let path = fixed_path(frame, module.as_deref(), std.is_some());
        let krate =
            path.as_deref().filter(|path| path.contains("::")).or(module.as_deref()).map(crate_of);
        let krate = krate.map(str::to_owned).map(|name| self.intern(&name));
        let place = frame.place.as_ref();
        Known {
            role: role(frame, std.is_some()),
            key: path.map(|path| self.intern(&path)),
            krate,
            nameless,
            file: self.intern(place.map_or("", |place| &place.file)),
            line: place.map_or(0, |place| place.line),
            around: around(frame),
            module,
        }
    }

    /// The key of the frame at `index` of a stack.
    pub(crate) fn key(&mut self, stack: &[u32], index: usize) -> Key {
        let frame = stack[index];
        let known = &self.known[frame as usize];
        if let Some(key) = known.key {
            return key;
        }
        let krate = known.krate;
        let krate = krate.or_else(|| self.neighbour(stack, index));
        let krate = krate.unwrap_or_else(|| self.intern("unknown"));
        let enclosing = known_enclosing(&self.known, stack, index);
        let told = (frame, enclosing, krate);
        if let Some(key) = self.told.get(&told) {
            return *key;
        }
        let path = self.tell(told);
        let key = self.intern(&path);
        self.told.insert(told, key);
        key
    }

    fn tell(&self, (frame, enclosing, krate): (u32, Option<u32>, Key)) -> String {
        let known = &self.known[frame as usize];
        let module = known.module.clone().unwrap_or_else(|| {
            let krate = self.name(krate);
            match &self.frames.get(frame).origin {
                Origin::Open { modules, .. }
                    if modules.first().is_none_or(|first| first != krate) =>
                {
                    join(krate, modules)
                }
                _ => krate.to_owned(),
            }
        });
        let function = &self.frames.get(frame).function;
        if let Some(body) = known.nameless {
            return enclosing.map_or_else(
                || format!("{module}::{}", body.placeholder()),
                |enclosing| self.within(enclosing, &module),
            );
        }
        format!("{module}::{}", function.path)
    }

    /// The name of the function around a body in `module`.
    fn within(&self, enclosing: u32, module: &str) -> String {
        let function = &self.frames.get(enclosing).function;
        let named = self.known[enclosing as usize].around.iter().find(|path| is_in(path, module));
        match named {
            _ if function.qualified => function.path.clone(),
            Some(path) if self.known[enclosing as usize].module.as_deref() != Some(module) => {
                path.clone()
            }
            _ => format!("{module}::{}", function.path),
        }
    }

    /// The crate of the function that a frame was inlined into; else of the nearest frame outward, then inward.
    fn neighbour(&self, stack: &[u32], index: usize) -> Option<Key> {
        let of = |frame: &u32| {
            let known = &self.known[*frame as usize];
            known.krate.filter(|_| known.role == Role::Site)
        };
        let address = self.frames.get(stack[index]).address;
        let group = stack[index + 1..]
            .iter()
            .take_while(|frame| self.frames.get(**frame).address == address);
        let found = group.filter_map(of).last();
        let found = found.or_else(|| self.guess(stack[index]));
        let found = found.or_else(|| stack[index + 1..].iter().find_map(of));
        found.or_else(|| stack[..index].iter().rev().find_map(of))
    }

    fn guess(&self, frame: u32) -> Option<Key> {
        let Origin::Open { modules, .. } = &self.frames.get(frame).origin else {
            return None;
        };
        self.keys.get(self.evidence.guess(modules)?).copied()
    }
}

/// The frame that names the function around the body at `index`.
///
/// Of the same file's functions further out it is the one whose line is nearest: others only pass the closure
/// on. The function of a future has long returned, but whatever polls it may name it as an argument.
fn known_enclosing(known: &[Known], stack: &[u32], index: usize) -> Option<u32> {
    let body = &known[stack[index] as usize];
    let kind = body.nameless?;
    let outward = || stack[index + 1..].iter().take(REACH).copied();
    if kind != Body::Closure {
        let module = body.module.as_deref().unwrap_or_default();
        let polling = outward().take_while(|&frame| known[frame as usize].file != body.file);
        let names =
            |frame: &u32| known[*frame as usize].around.iter().any(|path| is_in(path, module));
        let named = polling.into_iter().find(names);
        if named.is_some() || kind == Body::AsyncFn {
            return named;
        }
    }
    let distance = |frame: u32| known[frame as usize].line.abs_diff(body.line);
    let named = |frame: &u32| known[*frame as usize].nameless.is_none();
    let same_file = outward().filter(|&frame| known[frame as usize].file == body.file);
    let near = same_file.filter(named).filter(|&frame| distance(frame) <= LINES);
    near.min_by_key(|&frame| distance(frame))
}

/// Whether `path` is an item of `module` itself.
fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"))
}

fn std_module(frame: &Frame) -> Option<String> {
    if let Origin::Std(module) = &frame.origin {
        return Some(module.clone());
    }
    let file = frame.place.as_ref()?.file.as_str();
    let module = match file.contains('/') {
        true => std_files::module_of_hashbrown(file, &frame.text)?,
        false => std_files::module_of_name(file, &frame.function.path)?,
    };
    (!frame.function.qualified).then(|| module.to_owned())
}

/// A frame's whole path, if no stack is needed to tell it.
fn fixed_path(frame: &Frame, module: Option<&str>, std: bool) -> Option<String> {
    let function = &frame.function;
    match (module, frame.nameless()) {
        _ if function.qualified => Some(function.path.clone()),
        (Some(module), Some(body)) if std => Some(format!("{module}::{}", body.placeholder())),
        (_, Some(_)) => None,
        (Some(module), None) if !function.path.is_empty() => {
            Some(format!("{module}::{}", function.path))
        }
        (None, None)
            if !matches!(frame.origin, Origin::Open { .. }) && !function.path.is_empty() =>
        {
            Some(function.path.clone())
        }
        _ => None,
    }
}

/// `a::b::f` of every `a::b::f::{closure_env#0}` and `a::b::f::{async_fn_env#0}` among generic arguments.
fn around(frame: &Frame) -> Vec<String> {
    let text = frame.text.as_str();
    let mut paths = Vec::new();
    for (at, _) in text.match_indices("_env#") {
        let Some(open) = text[..at].rfind("::{") else { continue };
        let start = text[..open].rfind(['<', ' ', ',', '(', '&', '>']).map_or(0, |start| start + 1);
        let bare = text[start..open]
            .split("::")
            .filter(|part| !part.starts_with('{'))
            .collect::<Vec<_>>()
            .join("::");
        if mentions(&bare).next() == Some(bare.as_str()) && !paths.contains(&bare) {
            paths.push(bare);
        }
    }
    paths
}
