//! Serves the memory of the tables over HTTP, sampled from the tables themselves.
//!
//! In order: a [`Sampler`] runs on the ingesting thread and walks the tables now and then; the result is a
//! [`Snapshot`], which never changes; [`Published`] holds the latest one; the [`Server`] renders that, and
//! never reads a table. So a request cannot delay ingestion, and ingestion cannot delay a request.
//!
//! Deliberately absent: counters kept up to date with every event, which would cost every event.

mod exposition;
mod sampler;
mod server;
mod snapshot;

pub use sampler::Sampler;
pub use server::Server;
pub use snapshot::{Published, Snapshot, TableSnapshot};
