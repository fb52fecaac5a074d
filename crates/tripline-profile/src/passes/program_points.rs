//! Program points, each by the text of its stack: finer than sites, and the same in every run of one binary.

use std::collections::BTreeMap;

use crate::breakdown::Place;
use crate::figures::Figures;
use crate::passes::sites::{Namer, spot};
use crate::site::Wrappers;

/// What was allocated through one stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramPoint {
    /// The key of its site.
    pub site: String,
    /// Where the site called.
    pub place: Option<Place>,
    pub figures: Figures,
}

/// Points by their stacks' text, without addresses.
#[derive(Debug)]
pub(crate) struct Points<'a> {
    namer: Namer<'a>,
    wrappers: Wrappers,
    points: BTreeMap<String, ProgramPoint>,
}

impl<'a> Points<'a> {
    pub(crate) fn new(mut namer: Namer<'a>) -> Self {
        let wrappers = Wrappers::known(&mut namer);
        Self { namer, wrappers, points: BTreeMap::new() }
    }

    /// Two stacks may differ in addresses alone: they are one point.
    pub(crate) fn add(&mut self, stack: &[u32], figures: Figures) {
        let texts = stack.iter().map(|&frame| self.namer.frames.get(frame).text.as_str());
        let text = texts.collect::<Vec<_>>().join("\n");
        if let Some(point) = self.points.get_mut(&text) {
            point.figures += figures;
            return;
        }
        let spot = spot(&mut self.namer, stack);
        let key = self.wrappers.key(&mut self.namer, stack, spot);
        let site = self.namer.name(key).to_owned();
        let place = spot.at.and_then(|at| self.namer.frames.get(stack[at]).place.clone());
        self.points.insert(text, ProgramPoint { site, place, figures });
    }

    pub(crate) fn finish(self) -> BTreeMap<String, ProgramPoint> {
        self.points
    }
}
