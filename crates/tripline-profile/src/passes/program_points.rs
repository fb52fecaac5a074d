//! Collects program points by the text of their stacks. They are finer than sites, and the same in every run of one
//! binary.

use std::collections::BTreeMap;

use crate::breakdown::Place;
use crate::figures::SiteFigures;
use crate::site::SiteNamer;

/// The blocks that were allocated through one stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramPoint {
    /// The key of its site.
    pub site: String,
    /// The place where the site called.
    pub place: Option<Place>,
    pub figures: SiteFigures,
}

/// Collects program points by the text of their stacks, without addresses.
#[derive(Debug)]
pub(crate) struct ProgramPointCollector<'a> {
    namer: SiteNamer<'a>,
    points: BTreeMap<String, ProgramPoint>,
}

impl<'a> ProgramPointCollector<'a> {
    pub(crate) fn new(namer: SiteNamer<'a>) -> Self {
        Self { namer, points: BTreeMap::new() }
    }

    /// Adds a stack. Stacks that differ in addresses alone are one program point.
    pub(crate) fn add(&mut self, stack: &[u32], figures: SiteFigures) {
        let text = |frame: &u32| self.namer.frames.frames.get(*frame).text.as_str();
        let text = stack.iter().map(text).collect::<Vec<_>>().join("\n");
        if let Some(point) = self.points.get_mut(&text) {
            point.figures += figures;
            return;
        }
        let site = self.namer.find(stack);
        let frames = &self.namer.frames.frames;
        let place = site.at.and_then(|at| frames.get(stack[at]).place.clone());
        let site = self.namer.frames.name(site.name).to_owned();
        self.points.insert(text, ProgramPoint { site, place, figures });
    }

    pub(crate) fn finish(self) -> BTreeMap<String, ProgramPoint> {
        self.points
    }
}
