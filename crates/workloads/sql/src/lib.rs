//! A SQL engine under load, for memory budgets on a real database.
//!
//! A [`Profile`] plans the work (its statements, its rows, how many of each), a [`Bench`]
//! holds the engine and does the work, and every statement states the rows that it must write or
//! return. A run that did the wrong work is an error, never a figure.
//!
//! The stages of a run, in order: [`Bench::open`], [`Bench::set_up`] (schema and seed, on
//! one connection), [`Bench::run`] (one task per connection, row ids that do not overlap),
//! [`Bench::verify`], drop, and for MVCC [`drain_epoch_garbage`] once the runtime is gone.
//! Each is a call of its own, so that a measurement can begin and end between any two.
//!
//! The same profile, load and seed give the same statements in the same order. The crate's own
//! allocations are few and fixed, so that the figures are the engine's: a
//! plan is 24 B an item, and values are made when a statement is bound, as a client would.
//!
//! Deliberately absent: measuring (the caller does), a runtime (the caller's choice decides
//! what is exact) and maps with random state.

mod bench;
mod blend;
mod config;
mod drain;
mod error;
mod execute;
mod files;
mod load;
mod locks;
mod mode;
mod profile;
pub mod profiles;
mod random;
mod script;
mod table;
mod tally;
mod work;

pub use bench::Bench;
pub use config::{Config, Lifetime, TempStore};
pub use drain::drain_epoch_garbage;
pub use error::{Error, Result};
pub use files::Files;
pub use load::Load;
pub use locks::warm_up_locks;
pub use mode::Mode;
pub use profile::{Phase, Profile, Registration};
pub use tally::Tally;
pub use work::{Effect, Sql, WorkItem};
