//! Two breakdowns side by side.

use crate::breakdown::Breakdown;
use crate::compare::change::Change;
use crate::compare::view::{Folds, Seen, View};
use crate::compare::{neighbours, rejoin, same_role, same_site};
use crate::figures::Figures;
use crate::figures::Question;

/// What became of every site, whatever is asked of it.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The whole of the earlier breakdown.
    pub before: Figures,
    /// The whole of the later breakdown.
    pub after: Figures,
    /// Each site of both in exactly one, unchanged ones too, by name. A site that is split by its callers on
    /// one side alone is whole.
    pub changes: Vec<Change>,
    pub(crate) folds: Folds,
}

/// Finds out which sites of two breakdowns are the same. The order of the sites does not matter.
#[must_use]
pub fn compare(before: &Breakdown, after: &Breakdown) -> Comparison {
    let [before, after] = &rejoin::alike(before, after);
    let folds = Folds::of(before, after);
    let mut changes = same_site::pair(before, after);
    changes = neighbours::merge_exact(changes, &folds);
    changes = same_role::merge(changes, before, after, &folds);
    changes = neighbours::merge_loosely(changes, &folds);
    changes.sort_by(|a, b| a.name().cmp(b.name()).then_with(|| b.now.len().cmp(&a.now.len())));
    Comparison { before: before.totals, after: after.totals, changes, folds }
}

impl Comparison {
    /// After less before, of the whole.
    #[must_use]
    pub fn delta(&self, question: Question) -> i128 {
        i128::from(question.of(&self.after)) - i128::from(question.of(&self.before))
    }

    /// Whether some site grew by more than `allowed`. What the folded lines leave open counts as one site.
    #[must_use]
    pub fn grew_beyond(&self, question: Question, allowed: u128) -> bool {
        let view = View::of(self, question);
        let small = view.small.iter().map(|small| small.delta);
        let beyond = |delta: i128| delta > 0 && delta.unsigned_abs() > allowed;
        view.seen.iter().map(Seen::delta).chain(small).any(beyond)
    }
}
