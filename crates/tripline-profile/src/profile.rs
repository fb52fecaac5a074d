//! A profile that was opened, and the passes over its program points.
//!
//! Opening reads the header and the frame table. Each method then reads the file once more. The first pass over the
//! program points finds out which sites are split, and so the keys of all sites. Every other pass takes that result,
//! and runs the first pass before it if nobody did.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use crate::breakdown::Breakdown;
use crate::dhat_file::{DhatFile, ProfileHeader};
use crate::error::Error;
use crate::figures::{SiteFigures, SiteMetric};
use crate::naming::FrameNamer;
use crate::passes::{
    FunctionNames, HeaviestStacks, ProgramPoint, ProgramPointCollector, SiteCollector, SitePass,
    SiteStacks,
};
use crate::site::{SiteNamer, SplitSites};

/// A profile whose header and frames were read. Its program points can be read any number of times.
#[derive(Debug)]
pub struct Profile<R = File> {
    file: DhatFile<R>,
    namer: FrameNamer,
    /// The first pass's result. `None` before it.
    split: Option<SplitSites>,
}

impl Profile {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not a heap profile of DHAT.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = path.display().to_string();
        match File::open(path) {
            Ok(source) => Self::from_reader(&file, source),
            Err(source) => Err(Error::Io { file, source }),
        }
    }
}

impl<R: Read + Seek> Profile<R> {
    /// Reads from a source that can be read several times. Errors call it `file`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not a heap profile of DHAT.
    pub fn from_reader(file: &str, source: R) -> Result<Self, Error> {
        let (file, frames) = DhatFile::open(file, source)?;
        Ok(Self { file, namer: FrameNamer::new(frames), split: None })
    }

    #[must_use]
    pub fn header(&self) -> &ProfileHeader {
        self.file.header()
    }

    /// Returns the blocks and bytes of each site.
    ///
    /// # Errors
    ///
    /// If a program point is malformed, or the sum of all exceeds what a `u64` holds.
    pub fn breakdown(&mut self) -> Result<Breakdown, Error> {
        let SitePass { breakdown, split } = self.first_pass()?;
        self.split = Some(split);
        Ok(breakdown)
    }

    /// Shows every program point to `visit`: the key of its site, its functions, the outermost first, and its
    /// figures.
    ///
    /// # Errors
    ///
    /// As [`Self::breakdown`].
    pub fn visit(
        &mut self,
        mut visit: impl FnMut(&str, &[&str], SiteFigures),
    ) -> Result<(), Error> {
        let split = self.split_sites()?;
        let mut names = FunctionNames::new(SiteNamer::new(&mut self.namer, split));
        self.file.visit_points(|point| {
            let stack = names.name(&point.stack);
            visit(stack.site, &stack.functions, point.figures);
        })
    }

    /// Returns every program point, by the text of its stack.
    ///
    /// # Errors
    ///
    /// As [`Self::breakdown`].
    pub fn points(&mut self) -> Result<BTreeMap<String, ProgramPoint>, Error> {
        let split = self.split_sites()?;
        let mut points = ProgramPointCollector::new(SiteNamer::new(&mut self.namer, split));
        self.file.visit_points(|point| points.add(&point.stack, point.figures))?;
        Ok(points.finish())
    }

    /// Returns the stacks of each of the sites in `keys`, in the order of `keys`: at most `limit` with most of
    /// `metric`, and the sum of the others.
    ///
    /// # Errors
    ///
    /// As [`Self::breakdown`].
    pub fn stacks(
        &mut self,
        keys: &[&str],
        metric: SiteMetric,
        limit: usize,
    ) -> Result<Vec<SiteStacks>, Error> {
        let split = self.split_sites()?;
        let namer = SiteNamer::new(&mut self.namer, split);
        let mut stacks = HeaviestStacks::new(namer, keys, metric, limit);
        self.file.visit_points(|point| stacks.add(&point.stack, point.figures))?;
        Ok(stacks.finish())
    }

    fn first_pass(&mut self) -> Result<SitePass, Error> {
        let mut sites = SiteCollector::new(&mut self.namer);
        self.file.visit_points(|point| sites.add(&point.stack, point.figures))?;
        Ok(sites.finish())
    }

    /// Returns the first pass's result for a later pass.
    fn split_sites(&mut self) -> Result<SplitSites, Error> {
        if let Some(split) = &self.split {
            return Ok(split.clone());
        }
        let split = self.first_pass()?.split;
        self.split = Some(split.clone());
        Ok(split)
    }
}
