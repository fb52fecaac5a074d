//! What the tables cost, as a running server tells it: sampled from the tables themselves, served over HTTP.
//!
//! In order: a [`Sampler`] stands beside whoever ingests and now and then walks the tables; what it found is a
//! [`Snapshot`], which never changes; [`Published`] is where the latest stands; the [`Server`] renders that, and
//! never sees a table. So a request cannot hold up ingestion, and ingestion cannot hold up a request.
//!
//! Deliberately absent: counters kept up to date with every event, which would cost every event.

mod exposition;
mod sampler;
mod server;
mod snapshot;

pub use sampler::Sampler;
pub use server::Server;
pub use snapshot::{Published, Snapshot, TableSnapshot};
