//! What became of a site.

use crate::breakdown::Site;
use crate::figures::Figures;
use crate::figures::Question;

/// A site before and after. More than one on a side only where neighbours on one path are taken together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The largest in total bytes first; none if the site is not in the earlier breakdown.
    pub was: Vec<Site>,
    /// The largest in total bytes first; none if the site is not in the later breakdown.
    pub now: Vec<Site>,
    pub pairing: Pairing,
}

/// Why the sites of a change are taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pairing {
    /// They have one key, or one side is empty.
    Key,
    /// All six figures are equal: a rename.
    Figures,
    /// A function and its caller traded blocks and all six figures add up: inlined differently.
    Neighbours,
    /// Likely, not certain: the same role under another name.
    Role,
    /// Likely, not certain: neighbours that traded blocks, and the figures do not quite add up.
    LooseNeighbours,
}

impl Change {
    pub(crate) fn new(was: Option<&Site>, now: Option<&Site>, pairing: Pairing) -> Self {
        Self {
            was: was.into_iter().cloned().collect(),
            now: now.into_iter().cloned().collect(),
            pairing,
        }
    }

    /// The name to show: the later one where there is one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.now.first().or(self.was.first()).map_or("", |site| &site.key)
    }

    /// The name before, if the later one was not there yet.
    #[must_use]
    pub fn renamed_from(&self) -> Option<&str> {
        let (was, now) = (self.was.first()?, self.now.first()?);
        self.was.iter().all(|site| site.key != now.key).then_some(&was.key)
    }

    /// Whether the sites are one beyond doubt.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.pairing <= Pairing::Neighbours
    }

    /// What it took before.
    #[must_use]
    pub fn before(&self) -> Figures {
        self.was.iter().map(|site| site.figures).sum()
    }

    /// What it takes now.
    #[must_use]
    pub fn after(&self) -> Figures {
        self.now.iter().map(|site| site.figures).sum()
    }

    /// After less before, exactly.
    #[must_use]
    pub fn delta(&self, question: Question) -> i128 {
        sum(&self.now, question) - sum(&self.was, question)
    }

    /// The delta of each question, in the order of [`Question::ALL`].
    pub(crate) fn deltas(&self) -> [i128; 6] {
        Question::ALL.map(|question| self.delta(question))
    }

    /// The one site of a change that has only one side.
    pub(crate) fn alone(&self) -> Option<&Site> {
        match (self.was.as_slice(), self.now.as_slice()) {
            ([site], []) | ([], [site]) => Some(site),
            _ => None,
        }
    }

    /// Takes another change's sites for this one's. The more doubtful pairing is the merged change's.
    pub(crate) fn absorb(&mut self, other: Self, pairing: Pairing) {
        self.was.extend(other.was);
        self.now.extend(other.now);
        sort(&mut self.was);
        sort(&mut self.now);
        self.pairing = self.pairing.max(other.pairing).max(pairing);
    }
}

fn sum(sites: &[Site], question: Question) -> i128 {
    sites.iter().map(|site| i128::from(question.of(&site.figures))).sum()
}

fn sort(sites: &mut [Site]) {
    sites.sort_by(|a, b| {
        b.figures.total.bytes.cmp(&a.figures.total.bytes).then_with(|| a.key.cmp(&b.key))
    });
}
