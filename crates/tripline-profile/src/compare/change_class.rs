//! Names the way in which a site grew or shrank.

use std::fmt;

use crate::breakdown::Breakdown;
use crate::compare::change::Change;
use crate::compare::ratio::Ratio;
use crate::figures::{Amount, AmountUnit, Moment, SiteFigures, SiteMetric};

/// A way in which a site changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeClass {
    /// Not in the earlier breakdown, and too large to have been folded there.
    New,
    /// Not in the earlier breakdown, and possibly folded there.
    WasSmall,
    MoreBlocks,
    /// Holds the growth of each block, if the blocks are as many as before at every moment and the bytes of every
    /// moment grew by the same ratio.
    BiggerBlocks(Option<Ratio>),
    /// More of its blocks live at that moment, and it did not allocate as many more.
    LongerLived,
    /// Not in the later breakdown, and too large to be folded there.
    Gone,
    /// Not in the later breakdown, and possibly folded there.
    IsSmall,
    FewerBlocks,
    SmallerBlocks(Option<Ratio>),
    ShorterLived,
}

impl ChangeClass {
    /// Returns the classes of a change that has both sides. At least one if the figure changed.
    pub(crate) fn of(change: &Change, metric: SiteMetric) -> Vec<Self> {
        let (before, after) = (change.before(), change.after());
        if metric.of(&after) >= metric.of(&before) {
            return growth(&before, &after, metric);
        }
        let ratio = Ratio::new(after.total.bytes, before.total.bytes);
        let shrunk = growth(&after, &before, metric);
        shrunk.into_iter().map(|class| class.opposite(ratio)).collect()
    }

    fn opposite(self, ratio: Option<Ratio>) -> Self {
        match self {
            Self::MoreBlocks => Self::FewerBlocks,
            Self::BiggerBlocks(each) => Self::SmallerBlocks(each.and(ratio)),
            Self::LongerLived => Self::ShorterLived,
            other => other,
        }
    }
}

fn growth(before: &SiteFigures, after: &SiteFigures, metric: SiteMetric) -> Vec<ChangeClass> {
    let (old, new) = (before.at(metric.moment), after.at(metric.moment));
    if metric.of(before) == metric.of(after) {
        return Vec::new();
    }
    if metric.moment != Moment::Total && before.total == after.total {
        return vec![ChangeClass::LongerLived];
    }
    let made = after.total.blocks.saturating_sub(before.total.blocks);
    let more = new.blocks.saturating_sub(old.blocks);
    let bigger = metric.unit == AmountUnit::Bytes && larger_each(old, new);
    let bigger_made = larger_each(before.total, after.total);
    let mut classes = Vec::new();
    classes.extend((more > 0 && made > 0).then_some(ChangeClass::MoreBlocks));
    classes.extend(
        (bigger && bigger_made).then(|| ChangeClass::BiggerBlocks(growth_of_each(before, after))),
    );
    // If no block became larger, larger blocks live longer.
    classes.extend((more > made || (bigger && !bigger_made)).then_some(ChangeClass::LongerLived));
    classes
}

/// Returns `true` if a block is larger on average. No profile has bytes without blocks, but a file may say so.
fn larger_each(old: Amount, new: Amount) -> bool {
    let scaled = |bytes: u64, blocks: u64| u128::from(bytes) * u128::from(blocks.max(1));
    scaled(new.bytes, old.blocks) > scaled(old.bytes, new.blocks)
}

/// Returns the growth of each block, if one ratio explains every moment.
fn growth_of_each(before: &SiteFigures, after: &SiteFigures) -> Option<Ratio> {
    let ratio = Ratio::new(after.total.bytes, before.total.bytes)?;
    let explains = |moment: &Moment| {
        let (old, new) = (before.at(*moment), after.at(*moment));
        old.blocks == new.blocks
            && u128::from(new.bytes) * u128::from(ratio.denominator)
                == u128::from(old.bytes) * u128::from(ratio.numerator)
    };
    Moment::ALL.iter().all(explains).then_some(ratio)
}

impl fmt::Display for ChangeClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("new site"),
            Self::WasSmall => write!(f, "was under {} %", Breakdown::FOLDED_BELOW_PERCENT),
            Self::MoreBlocks => f.write_str("more blocks"),
            Self::BiggerBlocks(None) => f.write_str("bigger blocks"),
            Self::BiggerBlocks(Some(each)) => write!(f, "same blocks, each {each} × as large"),
            Self::LongerLived => f.write_str("longer-lived"),
            Self::Gone => f.write_str("gone"),
            Self::IsSmall => write!(f, "is under {} %", Breakdown::FOLDED_BELOW_PERCENT),
            Self::FewerBlocks => f.write_str("fewer blocks"),
            Self::SmallerBlocks(None) => f.write_str("smaller blocks"),
            Self::SmallerBlocks(Some(each)) => write!(f, "same blocks, each {each} × as large"),
            Self::ShorterLived => f.write_str("shorter-lived"),
        }
    }
}
