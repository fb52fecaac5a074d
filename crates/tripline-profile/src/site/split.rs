//! Sites that stand for most of a profile because everybody allocates through them.
//!
//! A crate's own `alloc` or `yaml_malloc` is the site of nearly every block, and to blame for none. Such a
//! site is split by its callers: where it takes more than half of all blocks or of all bytes, and [`MANY`] or
//! more functions outside std call it. So is a part of it, by the callers further out; and a site whose only
//! caller is such a wrapper is one with it.
//!
//! Both conditions are thresholds, which two runs may lie on either side of. No rule that looks at the
//! structure alone was better: a wrapper is not told from any function that allocates and has many callers,
//! and to split those as well would make most of a breakdown too small to be kept. So the keys of the parts
//! say what they are parts of, and a comparison joins them where only one side is split: see `compare::rejoin`.

use std::collections::{HashMap, HashSet};

use crate::breakdown::part_key;
use crate::figures::Figures;
use crate::naming::{Key, Namer};
use crate::passes::{Spot, callers};

/// How many callers a wrapper has at least. A function with two or three is a helper of theirs.
const MANY: usize = 4;

/// How many wrappers may call one another: `yaml_string_new`, `yaml_copy`, `yaml_malloc`.
pub(crate) const LAYERS: usize = 3;

/// How many ways are kept apart until it is known whether a site is split. A profile with more has none that
/// is: what a reader keeps must not grow with the file.
pub(crate) const WAYS: usize = 1 << 14;

/// A site and its nearest callers, the nearest first; what repeats in a row is there once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Way {
    pub(crate) site: Key,
    callers: [Option<Key>; LAYERS],
}

impl Way {
    pub(crate) fn of(namer: &mut Namer<'_>, stack: &[u32], spot: Spot) -> Self {
        let mut way = Self::to(spot.key);
        let mut slots = way.callers.iter_mut();
        callers(namer, stack, spot, LAYERS, |key, _| {
            if let Some(slot) = slots.next() {
                *slot = Some(key);
            }
        });
        way
    }

    /// Whoever calls the site.
    pub(crate) fn to(site: Key) -> Self {
        Self { site, callers: [None; LAYERS] }
    }

    /// With so many callers and no more.
    fn cut(mut self, callers: usize) -> Self {
        self.callers[callers..].fill(None);
        self
    }

    /// The key of the part that so many callers tell apart; the site's own where none does.
    fn name(&self, namer: &Namer<'_>, callers: usize) -> String {
        let Some((caller, wrappers)) = self.callers[..callers].split_last() else {
            return namer.name(self.site).to_owned();
        };
        let wrappers = wrappers.iter().rev().flatten().chain([&self.site]);
        let wrappers: Vec<&str> = wrappers.map(|key| namer.name(*key)).collect();
        part_key::key(caller.map(|key| namer.name(key)), &wrappers)
    }
}

/// The sites of a profile that are split, and the parts that are again: each as the names of a way.
pub(crate) type Split = Vec<Vec<String>>;

/// Tells which part of a site a stack belongs to.
#[derive(Debug, Default)]
pub(crate) struct Wrappers {
    sites: HashSet<Key>,
    ways: HashSet<Way>,
    /// Of ways that were cut.
    keys: HashMap<Way, Key>,
}

impl Wrappers {
    /// As the ways of a whole profile tell.
    pub(crate) fn find<'a>(
        ways: impl IntoIterator<Item = (&'a Way, Figures)>,
        totals: Figures,
    ) -> Self {
        let mut sites: HashMap<Key, Vec<(&Way, Figures)>> = HashMap::new();
        for (way, figures) in ways {
            sites.entry(way.site).or_default().push((way, figures));
        }
        let mut found = Self::default();
        for ways in sites.values() {
            found.split(ways, 0, totals);
        }
        found
    }

    /// As a pass before this one told.
    pub(crate) fn known(namer: &mut Namer<'_>) -> Self {
        let frames = namer.frames;
        let mut known = Self::default();
        for names in frames.split().into_iter().flatten() {
            let mut keys = names.iter().map(|name| namer.intern(name));
            let Some(site) = keys.next() else { continue };
            let callers: [Option<Key>; LAYERS] = std::array::from_fn(|_| keys.next());
            known.insert(Way { site, callers });
        }
        known
    }

    /// What a later pass needs to know.
    pub(crate) fn names(&self, namer: &Namer<'_>) -> Split {
        let keys = |way: &Way| std::iter::once(way.site).chain(way.callers.into_iter().flatten());
        let names = |way| keys(way).map(|key| namer.name(key).to_owned()).collect();
        self.ways.iter().map(names).collect()
    }

    /// Whether what these ways have in common is split by its callers, `callers` calls out.
    fn split(&mut self, ways: &[(&Way, Figures)], callers: usize, totals: Figures) -> bool {
        let Some((first, _)) = ways.first().filter(|_| callers < LAYERS) else { return false };
        if !takes_most(ways.iter().map(|(_, figures)| *figures).sum(), totals) {
            return false;
        }
        let mut parts: HashMap<Key, Vec<(&Way, Figures)>> = HashMap::new();
        for (way, figures) in ways {
            if let Some(caller) = way.callers[callers] {
                parts.entry(caller).or_default().push((way, *figures));
            }
        }
        let further = parts.values().filter(|part| self.split(part, callers + 1, totals)).count();
        let splits = further > 0 || parts.len() >= MANY;
        if splits {
            self.insert(first.cut(callers));
        }
        splits
    }

    fn insert(&mut self, way: Way) {
        self.sites.insert(way.site);
        self.ways.insert(way);
    }

    /// How many callers tell apart which part of its site a way belongs to; 0 if the site is whole.
    pub(crate) fn callers(&self, way: &Way) -> usize {
        if !self.sites.contains(&way.site) {
            return 0;
        }
        let splits = |callers: &usize| {
            let goes_on = callers.checked_sub(1).is_none_or(|last| way.callers[last].is_some());
            goes_on && self.ways.contains(&way.cut(*callers))
        };
        (0..LAYERS).take_while(splits).count()
    }

    /// What all ways have in common that belong to the same part of a site, or to a site that is whole.
    pub(crate) fn part(&self, way: &Way) -> Way {
        way.cut(self.callers(way))
    }

    /// The key of a site, or of the part of it that a way belongs to.
    pub(crate) fn name(&self, namer: &Namer<'_>, way: &Way) -> String {
        way.name(namer, self.callers(way))
    }

    /// The key of what a stack's blocks are credited to.
    pub(crate) fn key(&mut self, namer: &mut Namer<'_>, stack: &[u32], spot: Spot) -> Key {
        if !self.sites.contains(&spot.key) {
            return spot.key;
        }
        let way = Way::of(namer, stack, spot);
        let part = self.part(&way);
        if let Some(key) = self.keys.get(&part) {
            return *key;
        }
        let key = namer.intern(&self.name(namer, &way));
        self.keys.insert(part, key);
        key
    }
}

/// More than half of all blocks, or of all bytes.
fn takes_most(part: Figures, whole: Figures) -> bool {
    let most = |part: u64, whole: u64| 2 * u128::from(part) > u128::from(whole);
    most(part.total.blocks, whole.total.blocks) || most(part.total.bytes, whole.total.bytes)
}
