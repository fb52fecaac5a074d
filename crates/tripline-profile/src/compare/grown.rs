//! What grew, by the figure that was asked for.

use std::cmp::Reverse;

use crate::breakdown::Site;
use crate::compare::change::Change;
use crate::compare::class::Class;
use crate::compare::comparison::Comparison;
use crate::compare::view::{Seen, Small, View};
use crate::figures::Question;

/// The changes that explain a growth, and the sum of all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grown<'a> {
    pub question: Question,
    /// After less before, of the whole: what lines and others add up to.
    pub delta: i128,
    /// What grew, the most first; then what shrank, if it matters beside that. None if nothing grew.
    pub lines: Vec<Line<'a>>,
    pub others: Others<'a>,
}

/// A change that is worth a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub change: &'a Change,
    pub delta: i128,
    /// At least one.
    pub classes: Vec<Class>,
    /// The nearest caller, where the site takes more than half of all: it may be a wrapper around the
    /// allocator, which is never to blame alone.
    pub via: Option<&'a str>,
}

/// What no line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Others<'a> {
    /// How many changed sites.
    pub changes: usize,
    /// Their sum and that of the small sites.
    pub delta: i128,
    /// The sites that a folded line may stand for, if one side has such a line.
    pub small: Option<Small<'a>>,
}

impl Comparison {
    /// The changes that explain the growth of one figure, in at most so many lines.
    #[must_use]
    pub fn grew(&self, question: Question, at_most: usize) -> Grown<'_> {
        let View { mut seen, mut small } = View::of(self, question);
        seen.extend(small.as_mut().and_then(Small::accuse));
        let changed: Vec<_> = seen.into_iter().filter(|seen| seen.delta() != 0).collect();
        let chosen = choose(&changed, at_most);
        let shown: i128 = chosen.iter().map(Seen::delta).sum();
        Grown {
            question,
            delta: self.delta(question),
            others: Others {
                changes: changed.len() - chosen.len(),
                delta: self.delta(question) - shown,
                small,
            },
            lines: chosen.into_iter().map(|seen| self.line(seen, question)).collect(),
        }
    }

    fn line<'a>(&'a self, seen: Seen<'a>, question: Question) -> Line<'a> {
        let change = seen.change;
        let half = i128::from(question.of(&self.after));
        let dominant = change.now.first().filter(|_| seen.after * 2 > half);
        Line {
            change,
            delta: seen.delta(),
            classes: classes(&seen, question),
            via: dominant.and_then(|site| site.callers.first()).map(String::as_str),
        }
    }
}

impl Line<'_> {
    /// The functions of std and the like between the site and the allocator. The cause may be there.
    #[must_use]
    pub fn inside(&self) -> &[String] {
        let site: Option<&Site> = self.change.now.first().or(self.change.was.first());
        site.map_or(&[], |site| &site.inside)
    }
}

/// The largest growth, then the largest of the others whichever way; what grew most first.
fn choose<'a>(changed: &[Seen<'a>], at_most: usize) -> Vec<Seen<'a>> {
    let grown: i128 = changed.iter().map(|seen| seen.delta().max(0)).sum();
    let worst = changed.iter().map(Seen::delta).max().unwrap_or(0);
    // What shrank matters if it is at least a tenth of what grew.
    let matters = |seen: &&Seen| seen.delta() > 0 || (grown > 0 && -10 * seen.delta() >= grown);
    let mut chosen: Vec<_> = changed.iter().copied().filter(|seen| matters(&seen)).collect();
    chosen.sort_by_key(|seen| {
        let delta = seen.delta();
        (delta != worst, Reverse(delta.abs()), delta < 0, seen.change.name())
    });
    chosen.truncate(at_most);
    chosen.sort_by_key(|seen| (Reverse(seen.delta()), seen.change.name()));
    chosen
}

fn classes(seen: &Seen, question: Question) -> Vec<Class> {
    let (was, now) = (&seen.change.was, &seen.change.now);
    // A site that was credited most of what it takes has been there, as far as anyone can tell.
    match (was.is_empty(), now.is_empty()) {
        (true, _) if 2 * seen.before >= seen.after => vec![Class::WasSmall],
        (true, _) => vec![Class::New],
        (_, true) if 2 * seen.after >= seen.before => vec![Class::IsSmall],
        (_, true) => vec![Class::Gone],
        _ => Class::of(seen.change, question),
    }
}
