//! The first pass: everything but the program points, over which it steps.
//!
//! The frame table comes last in a file, and a program point means nothing without it.

use std::io::Read;

use crate::dhat_file::error::{ReadErrorKind, Result};
use crate::dhat_file::json::Json;
use crate::frame::FrameTable;

/// What a profile says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The program and its arguments.
    pub command: String,
    /// `rust-heap` where dhat-rs wrote it, `heap` where valgrind did.
    pub mode: String,
    /// How many program points, each a stack with its figures, the file holds.
    pub program_points: u64,
}

/// The first pass's outcome.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) header: Header,
    /// Where the list of program points starts.
    pub(crate) points_at: u64,
    pub(crate) frames: FrameTable,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Fields {
    version: Option<u64>,
    mode: Option<(u64, String)>,
    lifetimes: Option<(u64, bool)>,
    command: Option<String>,
    points: Option<(u64, u64)>,
    frames: Option<FrameTable>,
}

/// Reads a whole file but its program points.
pub(crate) fn read<R: Read>(json: &mut Json<R>) -> Result<Outline> {
    json.expect(b'{', "the object that a DHAT profile is")?;
    let mut fields = Fields::default();
    let mut first = true;
    while json.element(&mut first, b'}')? {
        field(json, &mut fields)?;
    }
    let end = json.bytes.offset().saturating_sub(1);
    if json.peek()?.is_some() {
        return Err(json.unexpected("the end of the file"));
    }
    fields.finish(end)
}

fn field<R: Read>(json: &mut Json<R>, fields: &mut Fields) -> Result<()> {
    json.peek()?;
    let key_at = json.bytes.offset();
    let key = Key::of(json.key()?);
    json.peek()?;
    let at = json.bytes.offset();
    match key {
        Key::Version => set(&mut fields.version, version(json, at)?, "dhatFileVersion", key_at),
        Key::Mode => set(&mut fields.mode, (at, json.string()?), "mode", key_at),
        Key::Lifetimes => set(&mut fields.lifetimes, (at, json.boolean()?), "bklt", key_at),
        Key::Command => set(&mut fields.command, json.string()?, "cmd", key_at),
        Key::Points => set(&mut fields.points, (at, json.skip_objects()?), "pps", key_at),
        Key::Frames => set(&mut fields.frames, frames(json)?, "ftbl", key_at),
        Key::Other => json.skip(),
    }
}

/// The keys that matter, by value, since a key's text lives only until the next token.
#[derive(Clone, Copy)]
enum Key {
    Version,
    Mode,
    Lifetimes,
    Command,
    Points,
    Frames,
    Other,
}

impl Key {
    fn of(text: &[u8]) -> Self {
        match text {
            b"dhatFileVersion" => Self::Version,
            b"mode" => Self::Mode,
            b"bklt" => Self::Lifetimes,
            b"cmd" => Self::Command,
            b"pps" => Self::Points,
            b"ftbl" => Self::Frames,
            _ => Self::Other,
        }
    }
}

/// Checked at once: of another version nothing else can be trusted.
fn version<R: Read>(json: &mut Json<R>, offset: u64) -> Result<u64> {
    match json.number()? {
        2 => Ok(2),
        version => Err(ReadErrorKind::Version { offset, version }),
    }
}

fn frames<R: Read>(json: &mut Json<R>) -> Result<FrameTable> {
    json.expect(b'[', "a list of frames")?;
    let mut frames = FrameTable::default();
    let mut first = true;
    while json.element(&mut first, b']')? {
        frames.push(&json.string()?);
    }
    Ok(frames)
}

fn set<T>(slot: &mut Option<T>, value: T, key: &'static str, offset: u64) -> Result<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(ReadErrorKind::Duplicate { offset, key }),
    }
}

impl Fields {
    fn finish(self, offset: u64) -> Result<Outline> {
        self.version.ok_or(ReadErrorKind::Foreign)?;
        let (mode_at, mode) = required(self.mode, "mode", offset)?;
        if !matches!(mode.as_str(), "rust-heap" | "heap") {
            return Err(ReadErrorKind::Mode { offset: mode_at, mode });
        }
        if let (offset, false) = required(self.lifetimes, "bklt", offset)? {
            return Err(ReadErrorKind::NoLifetimes { offset });
        }
        let command = required(self.command, "cmd", offset)?;
        let (points_at, program_points) = required(self.points, "pps", offset)?;
        let frames = required(self.frames, "ftbl", offset)?;
        Ok(Outline { header: Header { command, mode, program_points }, points_at, frames })
    }
}

fn required<T>(slot: Option<T>, key: &'static str, offset: u64) -> Result<T> {
    slot.ok_or(ReadErrorKind::Missing { offset, key })
}
