//! Program points gathered by site.

use std::cmp::Reverse;

pub(crate) use crate::site_key::Namer;

use crate::breakdown::{Breakdown, Site};
use crate::figures::Figures;
use crate::site_key::Key;
use crate::site_role::Role;

const CALLERS: usize = 4;
/// The nearest to the site say which collection it is; what they call to allocate is the same for all.
const INSIDE: usize = 3;

/// The key of what no stack accounts for.
const UNKNOWN: &str = "unknown";

/// Where in a stack its site is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) key: Key,
    /// None where no frame has a name.
    pub(crate) at: Option<usize>,
    /// The first frame that is not the allocator's own.
    pub(crate) start: usize,
}

/// Finds the site of a stack: the first function outside std, or, where there is none, std's outermost.
pub(crate) fn spot(namer: &mut Namer<'_>, stack: &[u32]) -> Spot {
    let role = |namer: &Namer<'_>, index: usize| namer.role(stack[index]);
    let mut site = None;
    let mut start = 0;
    for index in 0..stack.len() {
        match role(namer, index) {
            // Only allocators stand below an allocator's door, whatever they are called.
            Role::Allocator => (site, start) = (None, index + 1),
            Role::Site if site.is_none() && namer.is_site(stack, index) => site = Some(index),
            _ => {}
        }
        if site.is_some_and(|site| index - site >= DOORS) {
            break;
        }
    }
    let named = |index: &usize| {
        role(namer, *index) == Role::Passed
            && !namer.frames.get(stack[*index]).function.path.is_empty()
    };
    let at = site.or_else(|| (start..stack.len()).rev().find(named));
    let key = match at {
        Some(at) => namer.key(stack, at),
        None => namer.intern(UNKNOWN),
    };
    Spot { key, at, start }
}

/// How many functions of its own an allocator may have in front of its door.
const DOORS: usize = 8;

/// The sites so far.
#[derive(Debug)]
pub(crate) struct Sites<'a> {
    namer: Namer<'a>,
    totals: Figures,
    /// By key.
    slots: Vec<Option<Slot>>,
}

#[derive(Debug)]
struct Slot {
    figures: Figures,
    /// Of the stack that the rest is about.
    heaviest: [u64; 6],
    callers: Vec<Key>,
    inside: Vec<Key>,
    frame: Option<u32>,
}

impl<'a> Sites<'a> {
    pub(crate) fn new(namer: Namer<'a>) -> Self {
        Self { namer, totals: Figures::default(), slots: Vec::new() }
    }

    pub(crate) fn add(&mut self, stack: &[u32], figures: Figures) {
        self.totals += figures;
        let spot = spot(&mut self.namer, stack);
        let index = spot.key.index();
        if self.slots.len() <= index {
            self.slots.resize_with(index + 1, || None);
        }
        let weight = weight(&figures);
        let Some(slot) = &mut self.slots[index] else {
            let mut slot = self.describe(stack, spot, weight);
            slot.figures = figures;
            self.slots[index] = Some(slot);
            return;
        };
        slot.figures += figures;
        if weight >= slot.heaviest {
            self.replace(stack, spot, weight);
        }
    }

    /// Describes a site by a heavier stack. Of two that weigh the same the text decides, since the order
    /// in a file is another in every run.
    fn replace(&mut self, stack: &[u32], spot: Spot, weight: [u64; 6]) {
        let new = self.describe(stack, spot, weight);
        let index = spot.key.index();
        let Some(old) = &self.slots[index] else { return };
        if weight == old.heaviest && self.shown(old) <= self.shown(&new) {
            return;
        }
        let figures = old.figures;
        self.slots[index] = Some(Slot { figures, ..new });
    }

    fn describe(&mut self, stack: &[u32], spot: Spot, heaviest: [u64; 6]) -> Slot {
        let at = spot.at.unwrap_or(stack.len());
        let outward = (at + 1..stack.len()).filter(|&index| self.namer.is_site(stack, index));
        let outward: Vec<usize> = outward.collect();
        let callers = distinct(&mut self.namer, stack, outward, Some(spot.key), CALLERS);
        let passed =
            (spot.start..at).rev().filter(|&index| self.namer.role(stack[index]) == Role::Passed);
        let passed: Vec<usize> = passed.collect();
        let inside = distinct(&mut self.namer, stack, passed, None, INSIDE);
        Slot {
            figures: Figures::default(),
            heaviest,
            callers,
            inside,
            frame: spot.at.map(|at| stack[at]),
        }
    }

    fn shown(&self, slot: &Slot) -> (Vec<&str>, Vec<&str>, Option<(&str, u32)>) {
        let names = |keys: &[Key]| keys.iter().map(|key| self.namer.name(*key)).collect();
        let place = slot.frame.and_then(|frame| self.namer.frames.get(frame).place.as_ref());
        (
            names(&slot.callers),
            names(&slot.inside),
            place.map(|place| (place.file.as_str(), place.line)),
        )
    }

    pub(crate) fn finish(self) -> Breakdown {
        let Self { namer, totals, slots } = self;
        let names =
            |keys: Vec<Key>| keys.into_iter().map(|key| namer.name(key).to_owned()).collect();
        let mut sites: Vec<Site> = Vec::new();
        for (index, slot) in slots.into_iter().enumerate() {
            let Some(slot) = slot else { continue };
            sites.push(Site {
                key: namer.name_at(index).to_owned(),
                callers: names(slot.callers),
                inside: names(slot.inside),
                place: slot.frame.and_then(|frame| namer.frames.get(frame).place.clone()),
                figures: slot.figures,
            });
        }
        sites.sort_by(|a, b| {
            let order = |site: &Site| Reverse(site.figures.total.bytes);
            order(a).cmp(&order(b)).then_with(|| a.key.cmp(&b.key))
        });
        Breakdown { totals, sites }
    }
}

/// The keys at those places of a stack; what repeats in a row, as recursion does, once.
fn distinct(
    namer: &mut Namer<'_>,
    stack: &[u32],
    places: Vec<usize>,
    mut last: Option<Key>,
    limit: usize,
) -> Vec<Key> {
    let mut keys = Vec::with_capacity(limit);
    for index in places {
        let frame = stack[index];
        if namer.role(frame) == Role::Passed && namer.frames.get(frame).function.path.is_empty() {
            continue;
        }
        let key = namer.key(stack, index);
        if last != Some(key) {
            keys.push(key);
            last = Some(key);
        }
        if keys.len() == limit {
            break;
        }
    }
    keys
}

pub(crate) fn weight(figures: &Figures) -> [u64; 6] {
    let Figures { total, peak, end } = figures;
    [total.bytes, total.blocks, peak.bytes, peak.blocks, end.bytes, end.blocks]
}
