//! Which of a profile's six figures is meant.

use crate::figures::site_figures::{Figures, Moment};

/// What of the blocks is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    Blocks,
    Bytes,
}

/// The figure that a limit was set on: sites are ranked by it, never by another, because the others may
/// have moved the opposite way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    pub moment: Moment,
    pub quantity: Quantity,
}

impl Question {
    pub const ALL: [Self; 6] = [
        Self::new(Moment::Total, Quantity::Blocks),
        Self::new(Moment::Total, Quantity::Bytes),
        Self::new(Moment::Peak, Quantity::Blocks),
        Self::new(Moment::Peak, Quantity::Bytes),
        Self::new(Moment::End, Quantity::Blocks),
        Self::new(Moment::End, Quantity::Bytes),
    ];

    #[must_use]
    pub const fn new(moment: Moment, quantity: Quantity) -> Self {
        Self { moment, quantity }
    }

    /// The figure that is asked for.
    #[must_use]
    pub fn of(self, figures: &Figures) -> u64 {
        let amount = figures.at(self.moment);
        match self.quantity {
            Quantity::Blocks => amount.blocks,
            Quantity::Bytes => amount.bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::site_figures::Amount;

    #[test]
    fn every_figure_can_be_asked_for() {
        let amount = |blocks| Amount { blocks, bytes: blocks + 1 };
        let figures = Figures { total: amount(1), peak: amount(3), end: amount(5) };
        assert_eq!(Question::ALL.map(|question| question.of(&figures)), [1, 2, 3, 4, 5, 6]);
    }
}
