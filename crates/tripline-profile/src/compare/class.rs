//! How a site grew, or shrank, by one figure.

use std::fmt;

use crate::breakdown::Breakdown;
use crate::compare::change::Change;
use crate::compare::ratio::Ratio;
use crate::figures::{Amount, Figures, Moment};
use crate::figures::{Quantity, Question};

/// One way in which a site changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Not in the earlier breakdown, and more than could have been folded there.
    New,
    /// Not in the earlier breakdown, and possibly folded there.
    WasSmall,
    MoreBlocks,
    /// With how many times as large each is, if there are as many blocks at every moment and all of the
    /// moments' bytes grew by that.
    BiggerBlocks(Option<Ratio>),
    /// More of its blocks live at that moment than it allocated in addition.
    LongerLived,
    /// Not in the later breakdown, and more than could have been folded there.
    Gone,
    /// Not in the later breakdown, and possibly folded there.
    IsSmall,
    FewerBlocks,
    SmallerBlocks(Option<Ratio>),
    ShorterLived,
}

impl Class {
    /// The classes of a change with both sides, at least one if the figure changed.
    pub(crate) fn of(change: &Change, question: Question) -> Vec<Self> {
        let (before, after) = (change.before(), change.after());
        if question.of(&after) >= question.of(&before) {
            return growth(&before, &after, question);
        }
        let ratio = Ratio::new(after.total.bytes, before.total.bytes);
        let shrunk = growth(&after, &before, question);
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

fn growth(before: &Figures, after: &Figures, question: Question) -> Vec<Class> {
    let (old, new) = (before.at(question.moment), after.at(question.moment));
    if question.of(before) == question.of(after) {
        return Vec::new();
    }
    if question.moment != Moment::Total && before.total == after.total {
        return vec![Class::LongerLived];
    }
    let made = after.total.blocks.saturating_sub(before.total.blocks);
    let more = new.blocks.saturating_sub(old.blocks);
    let bigger = question.quantity == Quantity::Bytes && larger_each(old, new);
    let bigger_made = larger_each(before.total, after.total);
    let mut classes = Vec::new();
    classes.extend((more > 0 && made > 0).then_some(Class::MoreBlocks));
    classes.extend((bigger && bigger_made).then(|| Class::BiggerBlocks(each(before, after))));
    // Where no block became larger, the larger ones live longer.
    classes.extend((more > made || (bigger && !bigger_made)).then_some(Class::LongerLived));
    classes
}

/// Whether a block is larger on average. Bytes without blocks are no profile's, but may stand in a file.
fn larger_each(old: Amount, new: Amount) -> bool {
    let scaled = |bytes: u64, blocks: u64| u128::from(bytes) * u128::from(blocks.max(1));
    scaled(new.bytes, old.blocks) > scaled(old.bytes, new.blocks)
}

/// How many times as large each block is, if one ratio explains every moment.
fn each(before: &Figures, after: &Figures) -> Option<Ratio> {
    let ratio = Ratio::new(after.total.bytes, before.total.bytes)?;
    let explains = |moment: &Moment| {
        let (old, new) = (before.at(*moment), after.at(*moment));
        old.blocks == new.blocks
            && u128::from(new.bytes) * u128::from(ratio.denominator)
                == u128::from(old.bytes) * u128::from(ratio.numerator)
    };
    Moment::ALL.iter().all(explains).then_some(ratio)
}

impl fmt::Display for Class {
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
