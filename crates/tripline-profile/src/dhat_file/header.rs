//! Reads everything in a file but its program points.
//!
//! The frame table comes last in a file, and a program point means nothing without it. So this goes over the whole
//! file once, and steps over the program points.

use std::io::Read;

use crate::dhat_file::json::JsonReader;
use crate::error::{ProfileFault, Result};
use crate::frame::FrameTable;

/// A profile's description of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileHeader {
    /// The program and its arguments.
    pub command: String,
    /// `rust-heap` if dhat-rs wrote the profile, `heap` if valgrind did.
    pub mode: String,
    /// The number of program points in the file. Each is a stack with its figures.
    pub program_points: u64,
}

/// Everything in a file but its program points.
#[derive(Debug)]
pub(crate) struct FileOutline {
    pub(crate) header: ProfileHeader,
    /// The offset of the list of program points.
    pub(crate) points_at: u64,
    pub(crate) frames: FrameTable,
}

/// The values of the keys that were read so far.
#[derive(Debug, Default)]
struct HeaderFields {
    version: Option<u64>,
    mode: Option<WithOffset<String>>,
    lifetimes: Option<WithOffset<bool>>,
    command: Option<String>,
    /// The number of program points, and the offset of their list.
    points: Option<WithOffset<u64>>,
    frames: Option<FrameTable>,
}

/// A value and its offset in the file.
#[derive(Debug)]
struct WithOffset<T> {
    value: T,
    offset: u64,
}

/// Reads a whole file but its program points.
pub(crate) fn read<R: Read>(json: &mut JsonReader<R>) -> Result<FileOutline> {
    json.skip_byte_order_mark()?;
    json.expect(b'{', "the object of a DHAT profile")?;
    let mut fields = HeaderFields::default();
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

fn field<R: Read>(json: &mut JsonReader<R>, fields: &mut HeaderFields) -> Result<()> {
    json.peek()?;
    let key_at = json.bytes.offset();
    let key = HeaderKey::of(json.key()?);
    json.peek()?;
    let offset = json.bytes.offset();
    match key {
        HeaderKey::Version => {
            set(&mut fields.version, version(json, offset)?, "dhatFileVersion", key_at)
        }
        HeaderKey::Mode => {
            let mode = WithOffset { value: json.string()?, offset };
            set(&mut fields.mode, mode, "mode", key_at)
        }
        HeaderKey::Lifetimes => {
            let lifetimes = WithOffset { value: json.boolean()?, offset };
            set(&mut fields.lifetimes, lifetimes, "bklt", key_at)
        }
        HeaderKey::Command => set(&mut fields.command, json.string()?, "cmd", key_at),
        HeaderKey::Points => {
            let points = WithOffset { value: json.skip_objects()?, offset };
            set(&mut fields.points, points, "pps", key_at)
        }
        HeaderKey::Frames => set(&mut fields.frames, frames(json)?, "ftbl", key_at),
        HeaderKey::Other => json.skip(),
    }
}

/// The keys that matter. Values, because a key's text lives only until the next token is read.
#[derive(Clone, Copy)]
enum HeaderKey {
    Version,
    Mode,
    Lifetimes,
    Command,
    Points,
    Frames,
    Other,
}

impl HeaderKey {
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

/// Reads the version and checks it at once: in another version nothing else can be trusted.
fn version<R: Read>(json: &mut JsonReader<R>, offset: u64) -> Result<u64> {
    match json.number()? {
        2 => Ok(2),
        version => Err(ProfileFault::Version { offset, version }.into()),
    }
}

fn frames<R: Read>(json: &mut JsonReader<R>) -> Result<FrameTable> {
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
        Some(_) => Err(ProfileFault::Duplicate { offset, key }.into()),
    }
}

impl HeaderFields {
    fn finish(self, offset: u64) -> Result<FileOutline> {
        self.version.ok_or(ProfileFault::Foreign)?;
        let mode = required(self.mode, "mode", offset)?;
        if !matches!(mode.value.as_str(), "rust-heap" | "heap") {
            return Err(ProfileFault::Mode { offset: mode.offset, mode: mode.value }.into());
        }
        let lifetimes = required(self.lifetimes, "bklt", offset)?;
        if !lifetimes.value {
            return Err(ProfileFault::NoLifetimes { offset: lifetimes.offset }.into());
        }
        let command = required(self.command, "cmd", offset)?;
        let points = required(self.points, "pps", offset)?;
        let frames = required(self.frames, "ftbl", offset)?;
        let header = ProfileHeader { command, mode: mode.value, program_points: points.value };
        Ok(FileOutline { header, points_at: points.offset, frames })
    }
}

fn required<T>(slot: Option<T>, key: &'static str, offset: u64) -> Result<T> {
    slot.ok_or(ProfileFault::Missing { offset, key }.into())
}
