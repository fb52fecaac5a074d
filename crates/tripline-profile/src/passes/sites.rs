//! Program points gathered by site.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(crate) use crate::naming::Namer;

use crate::breakdown::{Breakdown, Site};
use crate::figures::Figures;
use crate::frame::Role;
use crate::naming::Key;
use crate::site::{LAYERS, WAYS, Way, Wrappers};

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

/// The sites so far, by the ways to them: which sites are split is known when all stacks are.
#[derive(Debug)]
pub(crate) struct Sites<'a> {
    namer: Namer<'a>,
    totals: Figures,
    slots: HashMap<Way, Slot>,
    /// Whether there were too many ways, so that no site is split.
    whole: bool,
}

#[derive(Debug)]
struct Slot {
    figures: Figures,
    /// Of the stack that the rest is about.
    heaviest: [u64; 6],
    frame: Option<u32>,
    /// The nearest first, each with its frame. More than are shown, because a part begins further out.
    callers: Vec<(Key, u32)>,
    inside: Vec<Key>,
}

impl<'a> Sites<'a> {
    pub(crate) fn new(namer: Namer<'a>) -> Self {
        Self { namer, totals: Figures::default(), slots: HashMap::new(), whole: false }
    }

    pub(crate) fn add(&mut self, stack: &[u32], figures: Figures) {
        self.totals += figures;
        let spot = spot(&mut self.namer, stack);
        let way = match self.whole {
            true => Way::to(spot.key),
            false => Way::of(&mut self.namer, stack, spot),
        };
        let weight = weight(&figures);
        if let Some(slot) = self.slots.get_mut(&way) {
            slot.figures += figures;
            if weight < slot.heaviest {
                return;
            }
            let new = describe(&mut self.namer, stack, spot, weight);
            slot.describe_by(new, &self.namer);
            return;
        }
        let slot = Slot { figures, ..describe(&mut self.namer, stack, spot, weight) };
        self.slots.insert(way, slot);
        // The limit is on what a whole profile has, so that the order in a file does not matter.
        if !self.whole && self.slots.len() > WAYS {
            self.whole = true;
            self.join(|way| Way::to(way.site));
        }
    }

    /// Takes those together that `part` gives one way.
    fn join(&mut self, part: impl Fn(&Way) -> Way) {
        for (way, slot) in std::mem::take(&mut self.slots) {
            match self.slots.entry(part(&way)) {
                Entry::Occupied(mut part) => part.get_mut().add(slot, &self.namer),
                Entry::Vacant(part) => {
                    part.insert(slot);
                }
            }
        }
    }

    pub(crate) fn finish(mut self) -> Breakdown {
        let figures = self.slots.iter().map(|(way, slot)| (way, slot.figures));
        let wrappers = Wrappers::find(figures, self.totals);
        self.namer.frames.set_split(wrappers.names(&self.namer));
        self.join(|way| wrappers.part(way));
        let Self { namer, totals, slots, .. } = self;
        let site = |(way, slot): (Way, Slot)| {
            slot.site(&namer, wrappers.name(&namer, &way), wrappers.callers(&way))
        };
        let mut sites: Vec<Site> = slots.into_iter().map(site).collect();
        sites.sort_by(|a, b| {
            let order = |site: &Site| Reverse(site.figures.total.bytes);
            order(a).cmp(&order(b)).then_with(|| a.key.cmp(&b.key))
        });
        Breakdown { totals, sites }
    }
}

impl Slot {
    /// Takes another's figures, and its description if that is of a heavier stack.
    fn add(&mut self, other: Self, namer: &Namer<'_>) {
        self.figures += other.figures;
        self.describe_by(other, namer);
    }

    /// Of two stacks that weigh the same the text decides, since the order in a file is another in every run.
    fn describe_by(&mut self, other: Self, namer: &Namer<'_>) {
        let heavier = match other.heaviest.cmp(&self.heaviest) {
            Ordering::Equal => other.shown(namer) < self.shown(namer),
            order => order == Ordering::Greater,
        };
        if heavier {
            let figures = self.figures;
            *self = Self { figures, ..other };
        }
    }

    /// What is shown of a whole site, and then what only its parts show.
    fn shown<'n>(&self, namer: &'n Namer<'_>) -> impl Ord + use<'n> {
        let callers: Vec<&str> = self.callers.iter().map(|(key, _)| namer.name(*key)).collect();
        let (near, far) = callers.split_at(callers.len().min(CALLERS));
        let inside: Vec<&str> = self.inside.iter().map(|key| namer.name(*key)).collect();
        let frames =
            std::iter::once(self.frame).chain(self.callers.iter().map(|(_, at)| Some(*at)));
        let mut places = frames.map(|frame| place(namer, frame));
        let own = places.next();
        (near.to_vec(), inside, own, far.to_vec(), places.collect::<Vec<_>>())
    }

    /// The site, or the part of it that so many callers tell apart: its place is where the last one calls.
    fn site(self, namer: &Namer<'_>, key: String, callers: usize) -> Site {
        let names = |keys: &mut dyn Iterator<Item = Key>| {
            keys.map(|key| namer.name(key).to_owned()).collect()
        };
        let frame = match callers.checked_sub(1) {
            None => self.frame,
            Some(caller) => self.callers.get(caller).map(|(_, frame)| *frame),
        };
        let further = self.callers.iter().skip(callers).take(CALLERS);
        Site {
            key,
            callers: names(&mut further.map(|(key, _)| *key)),
            inside: names(&mut self.inside.into_iter()),
            place: frame.and_then(|frame| namer.frames.get(frame).place.clone()),
            figures: self.figures,
        }
    }
}

fn place<'n>(namer: &'n Namer<'_>, frame: Option<u32>) -> Option<(&'n str, u32)> {
    let place = namer.frames.get(frame?).place.as_ref()?;
    Some((place.file.as_str(), place.line))
}

/// What is told of a site by one stack, without figures.
fn describe(namer: &mut Namer<'_>, stack: &[u32], spot: Spot, heaviest: [u64; 6]) -> Slot {
    let mut outward = Vec::with_capacity(CALLERS);
    callers(namer, stack, spot, CALLERS + LAYERS, |key, frame| outward.push((key, frame)));
    Slot {
        figures: Figures::default(),
        heaviest,
        frame: spot.at.map(|at| stack[at]),
        callers: outward,
        inside: inside(namer, stack, spot),
    }
}

/// Shows the nearest callers of a site; what repeats in a row, as recursion does, once.
pub(crate) fn callers(
    namer: &mut Namer<'_>,
    stack: &[u32],
    spot: Spot,
    limit: usize,
    mut visit: impl FnMut(Key, u32),
) {
    let (mut last, mut left) = (spot.key, limit);
    for index in spot.at.map_or(stack.len(), |at| at + 1)..stack.len() {
        if left == 0 {
            break;
        }
        if !namer.is_site(stack, index) {
            continue;
        }
        let key = namer.key(stack, index);
        if key != last {
            visit(key, stack[index]);
            (last, left) = (key, left - 1);
        }
    }
}

/// The functions of std and the like below a site; what repeats in a row once.
fn inside(namer: &mut Namer<'_>, stack: &[u32], spot: Spot) -> Vec<Key> {
    let mut keys = Vec::with_capacity(INSIDE);
    for index in (spot.start..spot.at.unwrap_or(stack.len())).rev() {
        let frame = stack[index];
        let passed = namer.role(frame) == Role::Passed;
        if !passed || namer.frames.get(frame).function.path.is_empty() {
            continue;
        }
        let key = namer.key(stack, index);
        if keys.last() != Some(&key) {
            keys.push(key);
        }
        if keys.len() == INSIDE {
            break;
        }
    }
    keys
}

pub(crate) fn weight(figures: &Figures) -> [u64; 6] {
    let Figures { total, peak, end } = figures;
    [total.bytes, total.blocks, peak.bytes, peak.blocks, end.bytes, end.blocks]
}
