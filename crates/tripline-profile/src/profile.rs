//! A profile that was opened.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use crate::breakdown::Breakdown;
use crate::dhat_file::Json;
use crate::dhat_file::header::{self, Header, Outline};
use crate::dhat_file::points::{self, Point};
use crate::dhat_file::{ReadError, ReadErrorKind, Result};
use crate::figures::Figures;
use crate::figures::Question;
use crate::naming::Namer;
use crate::passes::Flames;
use crate::passes::Sites;
use crate::passes::{Heaviest, SiteStacks};
use crate::passes::{Points, ProgramPoint};

/// A profile whose header and frames are read, and whose program points can be, any number of times.
#[derive(Debug)]
pub struct Profile<R = File> {
    file: String,
    json: Json<R>,
    outline: Outline,
}

impl Profile {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not a heap profile of DHAT.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let file = path.display().to_string();
        match File::open(path) {
            Ok(source) => Self::from_reader(&file, source),
            Err(error) => Err(ReadError { file, kind: error.into() }),
        }
    }
}

impl<R: Read + Seek> Profile<R> {
    /// Reads from anything that can be gone over twice; errors call it `file`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not a heap profile of DHAT.
    pub fn from_reader(file: &str, source: R) -> Result<Self, ReadError> {
        let mut json = Json::new(source);
        match header::read(&mut json) {
            Ok(outline) => Ok(Self { file: file.to_owned(), json, outline }),
            Err(kind) => Err(ReadError { file: file.to_owned(), kind }),
        }
    }

    #[must_use]
    pub fn header(&self) -> &Header {
        &self.outline.header
    }

    /// What each site took.
    ///
    /// # Errors
    ///
    /// If a program point is not one, or the sum of all exceeds what a `u64` holds.
    pub fn breakdown(&mut self) -> Result<Breakdown, ReadError> {
        let namer = Namer::new(&self.outline.frames);
        let mut sites = Sites::new(namer);
        let read = pass(&mut self.json, &self.outline, |point| {
            sites.add(&point.stack, point.figures);
        });
        read.map_err(|kind| ReadError { file: self.file.clone(), kind })?;
        Ok(sites.finish())
    }

    /// Every program point: the key of its site, its functions, the outermost first, and what it took.
    ///
    /// # Errors
    ///
    /// As [`Self::breakdown`].
    pub fn visit(
        &mut self,
        mut visit: impl FnMut(&str, &[&str], Figures),
    ) -> Result<(), ReadError> {
        self.know_keys()?;
        let mut flames = Flames::new(Namer::new(&self.outline.frames));
        let read = pass(&mut self.json, &self.outline, |point| {
            let (site, names) = flames.name(&point.stack);
            visit(site, &names, point.figures);
        });
        read.map_err(|kind| ReadError { file: self.file.clone(), kind })
    }

    /// Every program point, by the text of its stack.
    ///
    /// # Errors
    ///
    /// As [`Self::breakdown`].
    pub fn points(&mut self) -> Result<BTreeMap<String, ProgramPoint>, ReadError> {
        self.know_keys()?;
        let mut points = Points::new(Namer::new(&self.outline.frames));
        let read = pass(&mut self.json, &self.outline, |point| {
            points.add(&point.stack, point.figures);
        });
        read.map_err(|kind| ReadError { file: self.file.clone(), kind })?;
        Ok(points.finish())
    }

    /// The stacks of each of the sites in `keys`, in the order of `keys`: at most `limit` that took most of
    /// the figure that is asked for, and the sum of its others.
    ///
    /// # Errors
    ///
    /// As [`Self::breakdown`].
    pub fn stacks(
        &mut self,
        keys: &[&str],
        question: Question,
        limit: usize,
    ) -> Result<Vec<SiteStacks>, ReadError> {
        self.know_keys()?;
        let namer = Namer::new(&self.outline.frames);
        let mut heaviest = Heaviest::new(namer, keys, question, limit);
        let read = pass(&mut self.json, &self.outline, |point| {
            heaviest.add(&point.stack, point.figures);
        });
        read.map_err(|kind| ReadError { file: self.file.clone(), kind })?;
        Ok(heaviest.finish())
    }

    /// Which sites are split, and so what their keys are, is known after a whole pass.
    fn know_keys(&mut self) -> Result<(), ReadError> {
        if self.outline.frames.split().is_none() {
            self.breakdown()?;
        }
        Ok(())
    }
}

fn pass<R: Read + Seek>(
    json: &mut Json<R>,
    outline: &Outline,
    visit: impl FnMut(&Point),
) -> Result<()> {
    json.bytes.seek(outline.points_at)?;
    let count = points::read(json, outline.frames.len(), visit)?;
    if count == outline.header.program_points { Ok(()) } else { Err(ReadErrorKind::Changed) }
}
