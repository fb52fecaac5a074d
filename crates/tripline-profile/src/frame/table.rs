//! A profile's frames, each read from its text.
//!
//! dhat-rs writes `0x560407593588: _new (turso_core-0.8.3/vdbe/builder.rs:708:20)`, valgrind
//! `0x11D899: a::main (a.rs:6)`, `0x48407B4: malloc (in /usr/libexec/…/vgpreload_dhat-amd64-linux.so)` or
//! `0x1234: ???`. Frames of one address that follow one another are one function of the program and, before it,
//! the functions that were inlined into it.

use crate::breakdown::Place;
use crate::frame::origin::SourceOrigin;
use crate::function::{Body, Function};

/// A profile's frames. Stacks name them by their index.
#[derive(Debug, Default)]
pub(crate) struct FrameTable {
    frames: Vec<Frame>,
}

/// A frame: a function, and the place in it that called the next.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Compared within a stack, never shown: it differs from run to run.
    pub(crate) address: u64,
    /// The profile's text without the address.
    pub(crate) text: String,
    pub(crate) function: Function,
    pub(crate) origin: SourceOrigin,
    pub(crate) place: Option<Place>,
}

impl FrameTable {
    pub(crate) fn push(&mut self, text: &str) {
        self.frames.push(Frame::parse(text));
    }

    pub(crate) fn len(&self) -> usize {
        self.frames.len()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Frame> {
        self.frames.iter()
    }

    /// Returns a frame of a stack. The file's reader has checked every index.
    pub(crate) fn get(&self, index: u32) -> &Frame {
        &self.frames[index as usize]
    }
}

impl Frame {
    /// Reads a frame from its text. Any text is some frame.
    pub(crate) fn parse(text: &str) -> Self {
        let (address, text) = split_address(text);
        let (name, file) = split_place(text);
        let function = Function::parse(name);
        let (place, origin) = match file {
            FrameLocation::Source(place) => {
                let origin = SourceOrigin::of(&place.file);
                (Some(place), origin)
            }
            FrameLocation::Object => (None, SourceOrigin::C),
            FrameLocation::Unknown => (None, SourceOrigin::Unknown),
        };
        Self { address, text: text.to_owned(), function, origin, place }
    }

    /// Returns the body that the frame is, if its name does not say in which function.
    pub(crate) fn unnamed_body(&self) -> Option<Body> {
        self.function.body.filter(|_| self.function.path.is_empty())
    }
}

/// The end of a frame's text.
enum FrameLocation {
    Source(Place),
    /// A library or an executable without debug information.
    Object,
    Unknown,
}

fn split_address(text: &str) -> (u64, &str) {
    let parsed = text.strip_prefix("0x").and_then(|rest| {
        let (digits, rest) = rest.split_once(": ")?;
        Some((u64::from_str_radix(digits, 16).ok()?, rest))
    });
    parsed.unwrap_or((0, text))
}

fn split_place(text: &str) -> (&str, FrameLocation) {
    let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    match parts {
        Some((name, "???:0:0")) => (name, FrameLocation::Unknown),
        Some((name, place)) if place.starts_with("in ") => (name, FrameLocation::Object),
        Some((name, place)) => match parse_place(place) {
            Some(place) => (name, FrameLocation::Source(place)),
            None => (text, FrameLocation::Unknown),
        },
        None => (text, FrameLocation::Unknown),
    }
}

/// Reads `file:line` or `file:line:column`. A drive's colon belongs to the file.
fn parse_place(text: &str) -> Option<Place> {
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
