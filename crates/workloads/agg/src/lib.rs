//! A streaming aggregator: what a feature server keeps in memory for every user, card and device.
//!
//! A [`Feature`] says what to compute; an [`AggOp`] is its state for one entity, in a slot of at most 80
//! bytes, with what is larger in a box; [`AggOp::parts`] accounts for every byte behind the slot.
//!
//! Nothing here depends on a random seed of the process: the same events give the same bytes.
//!
//! Deliberately absent: measuring, which is the caller's, and persistence, networks and late events, which
//! would cost memory of their own.

mod breakdown;
mod event;
mod feature;
mod geo;
mod hash;
mod op;
pub mod ops;
mod output;
mod read;
pub mod sketch;
mod value;
mod welford;

pub use breakdown::{Footprint, Parts};
pub use event::Event;
pub use feature::{Feature, Input, Op};
pub use geo::Point;
pub use op::AggOp;
pub use output::Output;
pub use value::Value;
pub use welford::Welford;
