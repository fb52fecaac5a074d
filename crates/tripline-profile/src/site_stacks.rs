//! The heaviest stacks of chosen sites.

use std::cmp::Reverse;

use crate::figures::Figures;
use crate::site::{Namer, spot, weight};
use crate::site_key::Key;

/// One stack of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// The site's key.
    pub key: String,
    pub figures: Figures,
    /// As the profile shows them, without addresses, the innermost first.
    pub frames: Vec<String>,
}

/// Keeps the heaviest.
#[derive(Debug)]
pub(crate) struct Heaviest<'a> {
    namer: Namer<'a>,
    limit: usize,
    kept: Vec<(Key, Vec<Kept>)>,
}

#[derive(Debug)]
struct Kept {
    figures: Figures,
    stack: Vec<u32>,
}

impl<'a> Heaviest<'a> {
    pub(crate) fn new(mut namer: Namer<'a>, keys: &[&str], limit: usize) -> Self {
        let kept = keys.iter().map(|key| (namer.intern(key), Vec::new())).collect();
        Self { namer, limit, kept }
    }

    pub(crate) fn add(&mut self, stack: &[u32], figures: Figures) {
        let key = spot(&mut self.namer, stack).key;
        let Some((_, kept)) = self.kept.iter_mut().find(|(wanted, _)| *wanted == key) else {
            return;
        };
        let order = |figures: &Figures, stack: &[u32]| {
            let texts: Vec<&str> =
                stack.iter().map(|&frame| self.namer.frames.get(frame).text.as_str()).collect();
            (Reverse(weight(figures)), texts)
        };
        let new = order(&figures, stack);
        let at = kept.partition_point(|old| order(&old.figures, &old.stack) <= new);
        if at < self.limit {
            kept.insert(at, Kept { figures, stack: stack.to_owned() });
            kept.truncate(self.limit);
        }
    }

    pub(crate) fn finish(self) -> Vec<Stack> {
        let Self { namer, kept, .. } = self;
        let shown = |key: Key, kept: Kept| Stack {
            key: namer.name(key).to_owned(),
            figures: kept.figures,
            frames: kept.stack.iter().map(|&frame| namer.frames.get(frame).text.clone()).collect(),
        };
        kept.into_iter()
            .flat_map(|(key, kept)| kept.into_iter().map(move |kept| (key, kept)))
            .map(|(key, kept)| shown(key, kept))
            .collect()
    }
}
