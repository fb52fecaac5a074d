//! `dhat-heap.json`, as dhat-rs and valgrind's DHAT write it, in memory that does not grow with it.
//!
//! [`Profile::open`] is the first pass: header and frame table. [`Profile::breakdown`] is the second:
//! every program point is added to its site and forgotten. [`Profile::stacks`] is a further one, for the
//! few sites whose stacks somebody wants to see. What is kept grows with the frames and the sites, never
//! with the program points.
//!
//! Deliberately absent: a site's own maximum and the time its blocks lived (neither adds up), and
//! valgrind's counts of accesses.

mod bytes;
mod error;
mod header;
mod json;
mod points;
mod profile;

pub use error::{ReadError, ReadErrorKind};
pub use header::Header;
pub use profile::Profile;
