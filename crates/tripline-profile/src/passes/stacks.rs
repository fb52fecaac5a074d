//! The heaviest stacks of chosen sites.

use std::cmp::Reverse;

use crate::figures::Figures;
use crate::figures::Question;
use crate::naming::Key;
use crate::passes::sites::{Namer, spot, weight};
use crate::site::Wrappers;

/// One stack of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// The site's key.
    pub key: String,
    pub figures: Figures,
    /// As the profile shows them, without addresses, the innermost first.
    pub frames: Vec<String>,
}

/// The stacks of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteStacks {
    /// The heaviest first.
    pub heaviest: Vec<Stack>,
    /// How many others it has.
    pub others: usize,
    /// What those took.
    pub others_figures: Figures,
}

/// Keeps the heaviest.
#[derive(Debug)]
pub(crate) struct Heaviest<'a> {
    namer: Namer<'a>,
    wrappers: Wrappers,
    question: Question,
    limit: usize,
    sites: Vec<(Key, Kept)>,
}

/// What is kept of a site, and the sum of what is not.
#[derive(Debug, Default)]
struct Kept {
    heaviest: Vec<(Figures, Vec<u32>)>,
    others: usize,
    others_figures: Figures,
}

impl<'a> Heaviest<'a> {
    pub(crate) fn new(
        mut namer: Namer<'a>,
        keys: &[&str],
        question: Question,
        limit: usize,
    ) -> Self {
        let wrappers = Wrappers::known(&mut namer);
        let sites = keys.iter().map(|key| (namer.intern(key), Kept::default())).collect();
        Self { namer, wrappers, question, limit, sites }
    }

    pub(crate) fn add(&mut self, stack: &[u32], figures: Figures) {
        let spot = spot(&mut self.namer, stack);
        let key = self.wrappers.key(&mut self.namer, stack, spot);
        let Some((_, kept)) = self.sites.iter_mut().find(|(wanted, _)| *wanted == key) else {
            return;
        };
        // The order in a file is another in every run, so the text decides between equals.
        let order = |figures: &Figures, stack: &[u32]| {
            let text = |&frame: &u32| self.namer.frames.get(frame).text.as_str();
            let texts: Vec<&str> = stack.iter().map(text).collect();
            (Reverse(self.question.of(figures)), Reverse(weight(figures)), texts)
        };
        let new = order(&figures, stack);
        let at = kept.heaviest.partition_point(|(old, stack)| order(old, stack) <= new);
        kept.insert(at, stack, figures, self.limit);
    }

    pub(crate) fn finish(self) -> Vec<SiteStacks> {
        let Self { namer, sites, .. } = self;
        let text = |frame: &u32| namer.frames.get(*frame).text.clone();
        let shown = |key: Key, figures: Figures, stack: &[u32]| Stack {
            key: namer.name(key).to_owned(),
            figures,
            frames: stack.iter().map(text).collect(),
        };
        let site = |(key, kept): (Key, Kept)| SiteStacks {
            heaviest: kept
                .heaviest
                .iter()
                .map(|(figures, stack)| shown(key, *figures, stack))
                .collect(),
            others: kept.others,
            others_figures: kept.others_figures,
        };
        sites.into_iter().map(site).collect()
    }
}

impl Kept {
    fn insert(&mut self, at: usize, stack: &[u32], figures: Figures, limit: usize) {
        let mut left = Some(figures);
        if at < limit {
            self.heaviest.insert(at, (figures, stack.to_owned()));
            left = (self.heaviest.len() > limit)
                .then(|| self.heaviest.pop())
                .flatten()
                .map(|(figures, _)| figures);
        }
        self.others += usize::from(left.is_some());
        self.others_figures += left.unwrap_or_default();
    }
}
