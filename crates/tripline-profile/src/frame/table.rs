//! A frame's text, taken apart.
//!
//! dhat-rs writes `0x560407593588: _new (turso_core-0.8.3/vdbe/builder.rs:708:20)`, valgrind
//! `0x11D899: a::main (a.rs:6)`, `0x48407B4: malloc (in /usr/libexec/…/vgpreload_dhat-amd64-linux.so)` or
//! `0x1234: ???`. Consecutive frames of one address are one physical function and what was inlined
//! into it, which comes first.

use std::sync::OnceLock;

use crate::breakdown::Place;
use crate::frame::origin::Origin;
use crate::function::{Body, Function};
use crate::site::Split;

/// The frame table of a profile.
#[derive(Debug, Default)]
pub(crate) struct FrameTable {
    frames: Vec<Frame>,
    /// The sites that are split, which the first pass over all program points tells: later ones have to
    /// name sites as it did.
    split: OnceLock<Split>,
}

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Compared within a stack, never shown: it changes from run to run.
    pub(crate) address: u64,
    /// Without the address.
    pub(crate) text: String,
    pub(crate) function: Function,
    pub(crate) origin: Origin,
    pub(crate) place: Option<Place>,
}

impl FrameTable {
    pub(crate) fn push(&mut self, text: &str) {
        self.frames.push(Frame::parse(text));
    }

    pub(crate) fn len(&self) -> usize {
        self.frames.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter()
    }

    /// None before the first pass has ended.
    pub(crate) fn split(&self) -> Option<&Split> {
        self.split.get()
    }

    /// Every pass tells the same, so the first one's word stands.
    pub(crate) fn set_split(&self, split: Split) {
        self.split.get_or_init(|| split);
    }

    /// The reader has checked every index.
    pub(crate) fn get(&self, index: u32) -> &Frame {
        &self.frames[index as usize]
    }
}

impl Frame {
    pub(crate) fn parse(text: &str) -> Self {
        let (address, text) = split_address(text);
        let (name, file) = split_place(text);
        let function = Function::parse(name);
        let (place, origin) = match file {
            Where::At(place) => {
                let origin = Origin::of(&place.file);
                (Some(place), origin)
            }
            Where::Object(path) => (None, Origin::of_object(path)),
            Where::Nowhere => (None, Origin::Unknown),
        };
        Self { address, text: text.to_owned(), function, origin, place }
    }

    /// A body that does not say within what.
    pub(crate) fn nameless(&self) -> Option<Body> {
        self.function.body.filter(|_| self.function.path.is_empty())
    }
}

enum Where<'a> {
    At(Place),
    Object(&'a str),
    Nowhere,
}

fn split_address(text: &str) -> (u64, &str) {
    let parsed = text.strip_prefix("0x").and_then(|rest| {
        let (digits, rest) = rest.split_once(": ")?;
        Some((u64::from_str_radix(digits, 16).ok()?, rest))
    });
    parsed.unwrap_or((0, text))
}

fn split_place(text: &str) -> (&str, Where<'_>) {
    let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    match parts {
        Some((name, "???:0:0")) => (name, Where::Nowhere),
        Some((name, place)) if place.starts_with("in ") => (name, Where::Object(&place[3..])),
        Some((name, place)) => match place_of(place) {
            Some(place) => (name, Where::At(place)),
            None => (text, Where::Nowhere),
        },
        None => (text, Where::Nowhere),
    }
}

/// `file:line` or `file:line:column`; a drive's colon belongs to the file.
fn place_of(text: &str) -> Option<Place> {
    let (rest, last) = text.rsplit_once(':')?;
    let last: u32 = last.parse().ok()?;
    let with_column =
        rest.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    let (file, line) = with_column.unwrap_or((rest, last));
    (!file.is_empty()).then(|| Place { file: file.replace('\\', "/"), line })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (u64, String, Option<(String, u32)>) {
        let frame = Frame::parse(text);
        (frame.address, frame.function.path, frame.place.map(|place| (place.file, place.line)))
    }

    #[test]
    fn both_writers_frames_are_taken_apart() {
        let at = |file: &str, line| Some((file.to_owned(), line));
        for (text, expected) in [
            ("0x10: f<fn(u8) -> u8> (a/src/b.rs:7:9)", (16, "f".to_owned(), at("a/src/b.rs", 7))),
            ("0x10: a::main (a.rs:6)", (16, "a::main".to_owned(), at("a.rs", 6))),
            ("0x10: f (C:\\x\\src\\b.rs:7:9)", (16, "f".to_owned(), at("C:/x/src/b.rs", 7))),
            ("0x10: f (???:0:0)", (16, "f".to_owned(), None)),
            ("0x10: malloc (in /usr/lib/x.so)", (16, "malloc".to_owned(), None)),
            ("0x10: ???", (16, String::new(), None)),
            ("[root]", (0, String::new(), None)),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn nonsense_is_some_frame() {
        for text in [
            "",
            "0x",
            "0xzz: f",
            "0x10: ",
            "()",
            " ()",
            "f (:1)",
            "f (a:1:2:3)",
            "f (a:99999999999)",
        ] {
            let _ = Frame::parse(text);
        }
    }
}
