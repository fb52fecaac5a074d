//! What a measurement counted, held to what the program knows it did.

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};

/// What a measurement says of a program; nothing where it says nothing.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub struct Figures {
    /// Blocks that were allocated, freed or not.
    pub blocks: Option<u64>,
    /// Their bytes.
    pub bytes: Option<u64>,
    /// Bytes that lived at the highest moment.
    pub peak: Option<u64>,
    /// Bytes that live at the end.
    pub live: Option<u64>,
}

/// The least and the most that can be right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds(pub(super) u64, pub(super) u64);

/// What a program knows it did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) blocks: Bounds,
    pub(super) bytes: Bounds,
    pub(super) peak: Bounds,
    pub(super) live: Bounds,
}

/// What starting threads and the harness itself may add.
const STRAY_BLOCKS: u64 = 1_000;
const STRAY_BYTES: u64 = 64 << 10;

impl Known {
    /// Of a program that ran so often: each time it leaves nothing behind, or what it says.
    pub(super) fn repeated(self, repeats: u64) -> Self {
        Self { blocks: self.blocks.times(repeats), bytes: self.bytes.times(repeats), ..self }
    }

    /// Fails unless every figure is one that the program can have caused.
    pub(super) fn check(&self, counted: &Figures) -> anyhow::Result<()> {
        let blocks = self.blocks.hold(counted.blocks, STRAY_BLOCKS);
        blocks.context("counted blocks are not the program's")?;
        let bytes = self.bytes.hold(counted.bytes, STRAY_BYTES);
        bytes.context("counted bytes are not the program's")?;
        let peak = self.peak.hold(counted.peak, STRAY_BYTES);
        peak.context("the counted peak is not the program's")?;
        let live = self.live.hold(counted.live, STRAY_BYTES);
        live.context("counted live bytes are not the program's")
    }
}

impl Bounds {
    fn times(self, repeats: u64) -> Self {
        Self(self.0.saturating_mul(repeats), self.1.saturating_mul(repeats))
    }

    /// A thousandth either way is let pass: one of the peers prints four digits.
    fn hold(self, counted: Option<u64>, stray: u64) -> anyhow::Result<()> {
        let Some(counted) = counted else { return Ok(()) };
        let Self(least, most) = self;
        ensure!(counted >= least - least / 1_000, "{counted}, but {least} at least");
        let most = most.saturating_add(most / 1_000).saturating_add(stray);
        ensure!(counted <= most, "{counted}, but {most} at most");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let [blocks, bytes] = [Bounds(10_000_000, 10_000_000), Bounds(1_000, u64::MAX)];
        Known { blocks, bytes, peak: Bounds(500, 600), live: Bounds(0, 0) }
    }

    #[test]
    fn what_the_program_did_and_what_is_not_reported_hold() {
        known().check(&Figures::default()).expect("nothing is claimed");
        let counted = Figures {
            blocks: Some(10_000_003),
            bytes: Some(9_000),
            peak: Some(550),
            live: Some(0),
        };
        known().check(&counted).expect("all of it is right");
    }

    #[test]
    fn a_program_that_ran_twice_has_twice_the_blocks_and_one_peak() {
        let twice = known().repeated(2);
        assert_eq!((twice.blocks.0, twice.blocks.1), (20_000_000, 20_000_000));
        assert_eq!((twice.bytes.0, twice.bytes.1), (2_000, u64::MAX));
        assert_eq!((twice.peak.0, twice.peak.1), (500, 600));
    }

    #[test]
    fn a_peer_that_did_not_count_is_an_error() {
        let cases = [
            (Figures { blocks: Some(0), ..Figures::default() }, "blocks are not the program's"),
            (Figures { blocks: Some(20_000_000), ..Figures::default() }, "at most"),
            (Figures { bytes: Some(998), ..Figures::default() }, "998, but 1000 at least"),
            (Figures { peak: Some(0), ..Figures::default() }, "0, but 500 at least"),
            (Figures { live: Some(2 * STRAY_BYTES), ..Figures::default() }, "live bytes"),
        ];
        for (counted, words) in cases {
            let error = known().check(&counted).expect_err("it is wrong");
            assert!(format!("{error:#}").contains(words), "{error:#}");
        }
    }
}
