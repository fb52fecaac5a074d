//! Properties of every budget file, edit and figure, tried on generated ones.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod arithmetic;
mod cargo_cfgs;
mod edits;
mod generate;
mod growth;
mod layout;
mod never_panics;
mod relaxed;
mod round_trip;
