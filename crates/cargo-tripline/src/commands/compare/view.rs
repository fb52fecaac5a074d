//! The changes to show, and the sums of all others.

use std::cmp::Reverse;

use tripline_profile::{
    Amount, Change, ChangeClass, Comparison, Moment, Pairing, Site, SiteFigures, SiteMetric,
};

use crate::commands::compare::args::CompareArgs;
use crate::profiles::SitePattern;

/// The shown part of a comparison. Rows, others, unchanged and unmatched add up to the totals, before and after.
#[derive(Debug)]
pub(super) struct ComparedProfiles<'a> {
    pub(super) totals: BeforeAndAfter,
    /// The largest growth first, the largest shrinkage last.
    pub(super) rows: Vec<ChangeRow<'a>>,
    /// The smaller changes.
    pub(super) others: RestOfChanges,
    /// The sites whose figure did not change.
    pub(super) unchanged: RestOfChanges,
    /// The unchanged sites with another name, the largest first.
    pub(super) renamed: Vec<&'a Change>,
    /// The sites that the filter leaves out, changed or not.
    pub(super) unmatched: RestOfChanges,
}

#[derive(Debug)]
pub(super) struct ChangeRow<'a> {
    pub(super) change: &'a Change,
    pub(super) classes: Vec<ChangeClass>,
    /// The nearest caller of a site that makes more than half of all growth.
    pub(super) via: Option<String>,
}

/// The figures before and after.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BeforeAndAfter {
    pub(super) before: SiteFigures,
    pub(super) after: SiteFigures,
}

/// Changes that no row shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RestOfChanges {
    pub(super) count: usize,
    pub(super) sides: BeforeAndAfter,
}

impl<'a> ComparedProfiles<'a> {
    pub(super) fn of(
        comparison: &'a Comparison,
        args: &CompareArgs,
        pattern: &SitePattern,
    ) -> Self {
        let question = args.sort_by.0;
        let matches = |change: &&Change| {
            change.was.iter().chain(&change.now).any(|site| pattern.matches(site))
        };
        let (matching, unmatched): (Vec<_>, Vec<_>) = comparison.changes.iter().partition(matches);
        let (mut shown, unchanged): (Vec<_>, Vec<_>) =
            matching.into_iter().partition(|change| change.delta(question) != 0);
        shown.sort_by_key(|change| (Reverse(change.delta(question).abs()), change.name()));
        let others = shown.split_off(args.top.min(shown.len()));
        shown.sort_by_key(|change| (Reverse(change.delta(question)), change.name()));
        let renamed = renamed(&unchanged, question);
        let totals = BeforeAndAfter { before: comparison.before, after: comparison.after };
        let (unchanged, unmatched) = (RestOfChanges::of(&unchanged), RestOfChanges::of(&unmatched));
        // What is in no change, if anything, is one of the others.
        let left = totals
            .less(RestOfChanges::of(&shown).sides)
            .less(unchanged.sides)
            .less(unmatched.sides);
        let others = RestOfChanges { count: others.len(), sides: left };
        let teller = ChangeClassifier::new(comparison, question);
        let rows = shown.into_iter().map(|change| teller.row(change)).collect();
        Self { totals, rows, others, unchanged, renamed, unmatched }
    }
}

fn renamed<'a>(unchanged: &[&'a Change], question: SiteMetric) -> Vec<&'a Change> {
    let mut renamed = unchanged.to_vec();
    renamed.retain(|change| change.renamed_from().is_some());
    renamed.sort_by_key(|change| (Reverse(question.of(&change.after())), change.name()));
    renamed
}

impl RestOfChanges {
    fn of(changes: &[&Change]) -> Self {
        let before = changes.iter().map(|change| change.before()).sum();
        let after = changes.iter().map(|change| change.after()).sum();
        Self { count: changes.len(), sides: BeforeAndAfter { before, after } }
    }
}

impl BeforeAndAfter {
    pub(super) fn of(change: &Change) -> Self {
        Self { before: change.before(), after: change.after() }
    }

    /// Returns the figure after, less the figure before.
    pub(super) fn delta(&self, question: SiteMetric) -> i128 {
        i128::from(question.of(&self.after)) - i128::from(question.of(&self.before))
    }

    fn less(self, part: Self) -> Self {
        Self { before: less(self.before, part.before), after: less(self.after, part.after) }
    }
}

fn less(whole: SiteFigures, part: SiteFigures) -> SiteFigures {
    let less = |moment: Moment| {
        let (whole, part) = (whole.at(moment), part.at(moment));
        Amount {
            blocks: whole.blocks.saturating_sub(part.blocks),
            bytes: whole.bytes.saturating_sub(part.bytes),
        }
    };
    SiteFigures { total: less(Moment::Total), peak: less(Moment::Peak), end: less(Moment::End) }
}

/// Names the kinds of a site's change.
///
/// A comparison names only those that explain a growth, and none of a site that shrank. So each change is compared
/// alone, beside a growth by one.
struct ChangeClassifier {
    alone: Comparison,
    question: SiteMetric,
}

impl ChangeClassifier {
    fn new(comparison: &Comparison, question: SiteMetric) -> Self {
        let mut alone = comparison.clone();
        alone.changes = Vec::new();
        Self { alone, question }
    }

    fn row<'a>(&self, change: &'a Change) -> ChangeRow<'a> {
        let mut alone = self.alone.clone();
        alone.changes = vec![change.clone(), grain()];
        let grown = alone.grown_sites(self.question, usize::MAX);
        let line = grown.lines.into_iter().find(|line| line.change == change);
        let (classes, via) = line.map(|line| (line.classes, line.via)).unwrap_or_default();
        ChangeRow { change, classes, via: via.map(str::to_owned) }
    }
}

fn grain() -> Change {
    let one = Amount { blocks: 1, bytes: 1 };
    let figures = SiteFigures { total: one, peak: one, end: one };
    let site = Site { key: String::new(), callers: vec![], inside: vec![], place: None, figures };
    Change { was: Vec::new(), now: vec![site], pairing: Pairing::Key }
}
