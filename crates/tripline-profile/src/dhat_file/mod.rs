//! `dhat-heap.json`, as dhat-rs and valgrind's DHAT write it, in memory that does not grow with it.
//!
//! [`header`] is the first pass: header and frame table. [`points`] is the second:
//! every program point is shown and forgotten. What is kept grows with the frames, never
//! with the program points.
//!
//! Deliberately absent: a site's own maximum and the time its blocks lived (neither adds up), and
//! valgrind's counts of accesses.

mod bytes;
mod error;
pub(crate) mod header;
mod json;
pub(crate) mod points;

pub(crate) use error::Result;
pub use error::{ReadError, ReadErrorKind};
pub use header::Header;
pub(crate) use json::Json;
