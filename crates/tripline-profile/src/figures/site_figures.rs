//! The blocks and bytes of a site or of a whole profile.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// A number of blocks and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Amount {
    pub blocks: u64,
    pub bytes: u64,
}

/// The blocks that count: all, or those that lived at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Every block that was ever allocated: dhat's `tbk` and `tb`.
    Total,
    /// The blocks that lived when the whole heap was largest: dhat's `gbk` and `gb`.
    Peak,
    /// The blocks that lived when the profile was saved: dhat's `ebk` and `eb`.
    End,
}

/// An amount for each [`Moment`]. A site's own maximum (dhat's `mb`) is deliberately absent: maxima of
/// different moments do not add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SiteFigures {
    pub total: Amount,
    pub peak: Amount,
    pub end: Amount,
}

impl Moment {
    pub const ALL: [Self; 3] = [Self::Total, Self::Peak, Self::End];
}

impl SiteFigures {
    /// Returns the amount at one moment.
    #[must_use]
    pub fn at(&self, moment: Moment) -> Amount {
        match moment {
            Moment::Total => self.total,
            Moment::Peak => self.peak,
            Moment::End => self.end,
        }
    }

    /// Returns all six figures in the order in which they rank stacks that are equal otherwise.
    pub(crate) fn weight(&self) -> [u64; 6] {
        let Self { total, peak, end } = self;
        [total.bytes, total.blocks, peak.bytes, peak.blocks, end.bytes, end.blocks]
    }
}

/// Saturating: a file may claim any figures, and a sum of them must not panic.
impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            blocks: self.blocks.saturating_add(other.blocks),
            bytes: self.bytes.saturating_add(other.bytes),
        }
    }
}

impl Add for SiteFigures {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            total: self.total + other.total,
            peak: self.peak + other.peak,
            end: self.end + other.end,
        }
    }
}

impl AddAssign for SiteFigures {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for SiteFigures {
    fn sum<I: Iterator<Item = Self>>(figures: I) -> Self {
        figures.fold(Self::default(), Add::add)
    }
}
