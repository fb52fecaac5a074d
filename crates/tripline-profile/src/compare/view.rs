//! What a folded line leaves open: a site that is missing may have been there, small.
//!
//! Sites of one side that could be in the other side's folded line are taken together with it, and only
//! their sum is compared. A site that has become too large for that may still have been in it: what the
//! line holds beyond the small sites of the other side is credited to such sites, the largest first, up to
//! what could have been folded. Otherwise a site that went from just below the share to just above it would
//! be blamed for all that it takes.

use std::cmp::Reverse;

use crate::breakdown::{Breakdown, Site};
use crate::compare::change::Change;
use crate::compare::comparison::Comparison;
use crate::figures::{Figures, Moment};
use crate::figures::{Quantity, Question};

/// How many of the small sites are named.
const NAMED: usize = 3;

/// A side's folded line.
#[derive(Clone, Debug)]
pub(crate) struct Fold {
    figures: Figures,
    /// The most that one of its sites can have, for each question in order.
    most: [u64; 6],
}

/// The folded lines of both sides, where they have one.
#[derive(Clone, Debug)]
pub(crate) struct Folds {
    was: Option<Fold>,
    is: Option<Fold>,
}

/// What became of the small sites together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Small<'a> {
    /// After less before, of all of them.
    pub delta: i128,
    /// How many sites without a partner could have been in a folded line.
    pub sites: usize,
    /// The largest of those that are there now. Any of them may have grown, none certainly did.
    pub largest: Vec<&'a Site>,
    /// The one that, were it new, would explain all of it, if there is only one.
    pub(crate) suspect: Option<Seen<'a>>,
}

/// A change as one question sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen<'a> {
    pub(crate) change: &'a Change,
    pub(crate) before: i128,
    pub(crate) after: i128,
}

/// A comparison as one question sees it.
pub(crate) struct View<'a> {
    pub(crate) seen: Vec<Seen<'a>>,
    pub(crate) small: Option<Small<'a>>,
}

impl<'a> Small<'a> {
    /// Takes the growth from the small sites together and gives it to the suspect, if there is one.
    pub(crate) fn accuse(&mut self) -> Option<Seen<'a>> {
        let suspect = self.suspect?;
        self.delta -= suspect.delta();
        Some(suspect)
    }
}

impl Fold {
    fn of(breakdown: &Breakdown) -> Option<Self> {
        let lines = breakdown.sites.iter().filter(|site| site.stands_for().is_some());
        let figures = lines.map(|site| site.figures).reduce(|sum, line| sum + line)?;
        let most = |question: Question| breakdown.most_folded(question).min(question.of(&figures));
        Some(Self { figures, most: Question::ALL.map(most) })
    }

    fn most(&self, question: Question) -> i128 {
        let asked = Question::ALL.iter().zip(self.most).find(|(other, _)| **other == question);
        asked.map_or(0, |(_, most)| most.into())
    }
}

impl Folds {
    pub(crate) fn of(before: &Breakdown, after: &Breakdown) -> Self {
        Self { was: Fold::of(before), is: Fold::of(after) }
    }

    /// Whether a site without a partner is so small, at every moment, that the other side's folded line
    /// may stand for it.
    pub(crate) fn may_hold(&self, change: &Change) -> bool {
        let fold = if change.was.is_empty() { &self.was } else { &self.is };
        let holds = |fold: &Fold, site: &Site| {
            Question::ALL
                .iter()
                .all(|asked| i128::from(asked.of(&site.figures)) <= fold.most(*asked))
        };
        fold.as_ref().zip(change.alone()).is_some_and(|(fold, site)| holds(fold, site))
    }
}

impl Seen<'_> {
    pub(crate) fn delta(&self) -> i128 {
        self.after - self.before
    }
}

impl<'a> View<'a> {
    pub(crate) fn of(comparison: &'a Comparison, question: Question) -> Self {
        let most = |fold: &Option<Fold>| fold.as_ref().map(|fold| fold.most(question));
        let (was_most, is_most) = (most(&comparison.folds.was), most(&comparison.folds.is));
        let hidden = |seen: &Seen<'_>| is_hidden(seen, was_most, is_most);
        let (hidden, mut seen): (Vec<_>, Vec<_>) = see(comparison, question).partition(hidden);
        let folded = folded(comparison, question);
        let mut delta = folded + hidden.iter().map(Seen::delta).sum::<i128>();
        delta += credit(&mut seen, -delta, was_most, |seen| {
            seen.change.was.is_empty().then_some(&mut seen.before)
        });
        delta -= credit(&mut seen, delta, is_most, |seen| {
            seen.change.now.is_empty().then_some(&mut seen.after)
        });
        let small = was_most.or(is_most).map(|_| Small {
            delta,
            sites: hidden.len(),
            largest: largest(&hidden),
            suspect: suspect(comparison, &hidden, delta),
        });
        Self { seen, small }
    }
}

/// The one small site that is exactly what all of them grew by in total, in blocks and in bytes: it was not
/// there, or others grew by just as much as it always was.
fn suspect<'a>(comparison: &Comparison, hidden: &[Seen<'a>], delta: i128) -> Option<Seen<'a>> {
    const TOTALS: [Question; 2] = [
        Question::new(Moment::Total, Quantity::Blocks),
        Question::new(Moment::Total, Quantity::Bytes),
    ];
    let grown = TOTALS.map(|asked| folded(comparison, asked) + hidden_delta(comparison, asked));
    let is_all = |seen: &&Seen<'_>| {
        delta > 0 && seen.after >= delta && TOTALS.map(|asked| seen.change.delta(asked)) == grown
    };
    let mut suspects = hidden.iter().filter(is_all);
    let suspect = suspects.next().filter(|_| suspects.next().is_none())?;
    Some(Seen { before: suspect.after - delta, ..*suspect })
}

/// Whether the other side's folded line may stand for a site that has no partner.
fn is_hidden(seen: &Seen<'_>, was_most: Option<i128>, is_most: Option<i128>) -> bool {
    let new = seen.change.was.is_empty() && was_most.is_some_and(|most| seen.after <= most);
    let gone = seen.change.now.is_empty() && is_most.is_some_and(|most| seen.before <= most);
    new || gone
}

/// What such sites took, after less before.
fn hidden_delta(comparison: &Comparison, asked: Question) -> i128 {
    let most = |fold: &Option<Fold>| fold.as_ref().map(|fold| fold.most(asked));
    let (was_most, is_most) = (most(&comparison.folds.was), most(&comparison.folds.is));
    let hidden = see(comparison, asked).filter(|seen| is_hidden(seen, was_most, is_most));
    hidden.map(|seen| seen.delta()).sum()
}

fn see(comparison: &Comparison, question: Question) -> impl Iterator<Item = Seen<'_>> {
    let sum = move |sites: &[Site]| -> i128 {
        sites.iter().map(|site| i128::from(question.of(&site.figures))).sum()
    };
    comparison.changes.iter().map(move |change| Seen {
        change,
        before: sum(&change.was),
        after: sum(&change.now),
    })
}

/// The folded lines alone, after less before.
fn folded(comparison: &Comparison, question: Question) -> i128 {
    let of = |fold: &Option<Fold>| {
        fold.as_ref().map_or(0, |fold| i128::from(question.of(&fold.figures)))
    };
    of(&comparison.folds.is) - of(&comparison.folds.was)
}

/// Gives up to `open` to the empty sides that `side` finds, and says how much was given.
fn credit<'a>(
    seen: &mut [Seen<'a>],
    open: i128,
    most: Option<i128>,
    side: impl for<'s> Fn(&'s mut Seen<'a>) -> Option<&'s mut i128>,
) -> i128 {
    let Some(most) = most else { return 0 };
    let mut left = open.max(0);
    seen.sort_by_key(|seen| (Reverse(seen.before.max(seen.after)), seen.change.name()));
    for empty in seen.iter_mut().filter_map(side) {
        let given = left.min(most);
        *empty += given;
        left -= given;
    }
    open.max(0) - left
}

fn largest<'a>(hidden: &[Seen<'a>]) -> Vec<&'a Site> {
    let mut there: Vec<_> = hidden.iter().filter(|seen| seen.after > 0).collect();
    there.sort_by_key(|seen| (Reverse(seen.after), seen.change.name()));
    there.into_iter().filter_map(|seen| seen.change.alone()).take(NAMED).collect()
}
