//! Checks that an allocator counted what the program did.

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};

/// The figures that an allocator reports for a program. A figure is `None` if the allocator does not report it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub struct CountedFigures {
    /// All blocks that were allocated, freed or not.
    pub blocks: Option<u64>,
    /// The bytes of these blocks.
    pub bytes: Option<u64>,
    /// Live bytes at the highest moment.
    pub peak: Option<u64>,
    /// Live bytes at the end.
    pub live: Option<u64>,
}

/// The least and the most that can be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) least: u64,
    pub(super) most: u64,
}

/// The figures that a program can have caused.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExpectedFigures {
    pub(super) blocks: Bounds,
    pub(super) bytes: Bounds,
    pub(super) peak: Bounds,
    pub(super) live: Bounds,
}

/// The most that starting threads and the harness itself may add.
const STRAY_BLOCKS: u64 = 1_000;
const STRAY_BYTES: u64 = 64 << 10;

impl ExpectedFigures {
    /// Returns the figures of a program that ran so often. Peak and live bytes are those of one run.
    pub(super) fn repeated(self, repeats: u64) -> Self {
        Self { blocks: self.blocks.times(repeats), bytes: self.bytes.times(repeats), ..self }
    }

    /// Fails unless every figure is one that the program can have caused.
    pub(super) fn check(&self, counted: &CountedFigures) -> anyhow::Result<()> {
        let blocks = self.blocks.check(counted.blocks, STRAY_BLOCKS);
        blocks.context("counted blocks are not the program's")?;
        let bytes = self.bytes.check(counted.bytes, STRAY_BYTES);
        bytes.context("counted bytes are not the program's")?;
        let peak = self.peak.check(counted.peak, STRAY_BYTES);
        peak.context("the counted peak is not the program's")?;
        let live = self.live.check(counted.live, STRAY_BYTES);
        live.context("counted live bytes are not the program's")
    }
}

impl Bounds {
    pub(super) fn exactly(figure: u64) -> Self {
        Self { least: figure, most: figure }
    }

    pub(super) fn at_least(least: u64) -> Self {
        Self { least, most: u64::MAX }
    }

    fn times(self, repeats: u64) -> Self {
        let Self { least, most } = self;
        Self { least: least.saturating_mul(repeats), most: most.saturating_mul(repeats) }
    }

    /// Fails if a figure is out of bounds by more than a thousandth: one of the peers prints four digits.
    fn check(self, counted: Option<u64>, stray: u64) -> anyhow::Result<()> {
        let Some(counted) = counted else { return Ok(()) };
        let Self { least, most } = self;
        ensure!(counted >= least - least / 1_000, "{counted}, but {least} at least");
        let most = most.saturating_add(most / 1_000).saturating_add(stray);
        ensure!(counted <= most, "{counted}, but {most} at most");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEAK: Bounds = Bounds { least: 500, most: 600 };

    fn expected() -> ExpectedFigures {
        let (blocks, bytes) = (Bounds::exactly(10_000_000), Bounds::at_least(1_000));
        ExpectedFigures { blocks, bytes, peak: PEAK, live: Bounds::exactly(0) }
    }

    #[test]
    fn right_figures_and_missing_figures_hold() {
        expected().check(&CountedFigures::default()).expect("nothing is reported");
        let counted = CountedFigures {
            blocks: Some(10_000_003),
            bytes: Some(9_000),
            peak: Some(550),
            live: Some(0),
        };
        expected().check(&counted).expect("all of it is right");
    }

    #[test]
    fn a_program_that_ran_twice_has_twice_the_blocks_and_one_peak() {
        let twice = expected().repeated(2);
        assert_eq!(twice.blocks, Bounds::exactly(20_000_000));
        assert_eq!(twice.bytes, Bounds::at_least(2_000));
        assert_eq!(twice.peak, PEAK);
    }

    #[test]
    fn a_peer_that_did_not_count_is_an_error() {
        let cases = [
            (
                CountedFigures { blocks: Some(0), ..CountedFigures::default() },
                "blocks are not the program's",
            ),
            (CountedFigures { blocks: Some(20_000_000), ..CountedFigures::default() }, "at most"),
            (
                CountedFigures { bytes: Some(998), ..CountedFigures::default() },
                "998, but 1000 at least",
            ),
            (CountedFigures { peak: Some(0), ..CountedFigures::default() }, "0, but 500 at least"),
            (
                CountedFigures { live: Some(2 * STRAY_BYTES), ..CountedFigures::default() },
                "live bytes",
            ),
        ];
        for (counted, words) in cases {
            let error = expected().check(&counted).expect_err("it is wrong");
            assert!(format!("{error:#}").contains(words), "{error:#}");
        }
    }
}
