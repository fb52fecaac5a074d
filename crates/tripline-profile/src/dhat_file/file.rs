//! An opened file, whose program points can be read any number of times.

use std::fs::File;
use std::io::{Read, Seek};

use crate::dhat_file::header::{self, FileOutline, ProfileHeader};
use crate::dhat_file::json::JsonReader;
use crate::dhat_file::points::{self, StackPoint};
use crate::error::{Error, ProfileFault, ReadFault, Result};
use crate::frame::FrameTable;

/// A file whose header was read.
#[derive(Debug)]
pub(crate) struct DhatFile<R = File> {
    /// The file's name in errors.
    name: String,
    json: JsonReader<R>,
    header: ProfileHeader,
    points_at: u64,
    /// The number of frames, by which every index is checked.
    frames: usize,
}

impl<R: Read + Seek> DhatFile<R> {
    /// Reads everything but the program points.
    pub(crate) fn open(name: &str, source: R) -> Result<(Self, FrameTable), Error> {
        let mut json = JsonReader::new(source);
        let FileOutline { header, points_at, frames } =
            header::read(&mut json).map_err(|fault| fault.of_file(name))?;
        let name = name.to_owned();
        Ok((Self { name, json, header, points_at, frames: frames.len() }, frames))
    }

    pub(crate) fn header(&self) -> &ProfileHeader {
        &self.header
    }

    /// Shows every program point to `visit`.
    pub(crate) fn visit_points(&mut self, visit: impl FnMut(&StackPoint)) -> Result<(), Error> {
        self.read_points(visit).map_err(|fault: ReadFault| fault.of_file(&self.name))
    }

    fn read_points(&mut self, visit: impl FnMut(&StackPoint)) -> Result<()> {
        self.json.bytes.seek(self.points_at)?;
        let count = points::read(&mut self.json, self.frames, visit)?;
        if count == self.header.program_points { Ok(()) } else { Err(ProfileFault::Changed.into()) }
    }
}
