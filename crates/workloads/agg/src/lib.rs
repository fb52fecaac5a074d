//! A streaming aggregator: the memory that a feature server holds for every user, card and device.
//!
//! A [`Feature`] is a computation; an [`AggOp`] is its state for one entity, in a slot of at most 80 bytes, with
//! anything larger in a box; [`Footprint`] accounts for every byte behind the slot. [`Tables`] keep the slots of every
//! entity of a [`Pipeline`], and [`metrics`] report their memory while events come in.
//!
//! Nothing here depends on a random seed of the process: the same events give the same bytes.
//!
//! Deliberately absent: measuring, which is the caller's, and persistence, replication and late events, which
//! would cost memory of their own.

mod audit;
mod breakdown;
mod config;
mod event;
mod feature;
mod generator;
mod geo;
mod hash;
pub mod metrics;
mod op;
pub mod ops;
mod output;
mod percentile;
mod pipeline;
mod read;
pub mod sketch;
mod table;
mod tables;
mod value;
mod welford;

pub use audit::{Audit, FeatureAudit};
pub use breakdown::{Footprint, Parts};
pub use config::ConfigError;
pub use event::Event;
pub use feature::{Feature, Input, Op};
pub use generator::{Generator, GeneratorError};
pub use geo::Point;
pub use op::AggOp;
pub use output::Output;
pub use percentile::nearest_rank;
pub use pipeline::{EventKind, Field, FieldKind, Pipeline, Schema, TableSpec};
pub use table::Table;
pub use tables::Tables;
pub use value::Value;
pub use welford::Welford;
