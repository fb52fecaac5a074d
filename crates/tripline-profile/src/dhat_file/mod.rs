//! `dhat-heap.json`, the file format of dhat-rs and of valgrind's DHAT, read in memory that does not grow with it.
//!
//! 1. `bytes` and `json`: the tokens of a file.
//! 2. `header`: the header and the frame table. The program points are stepped over.
//! 3. `points`: the program points, each shown to the caller and then forgotten.
//! 4. `file`: an opened file, which goes through these steps.
//!
//! Each imports only from those before it. The memory that is needed grows with the frames,
//! never with the program points.
//!
//! Deliberately absent: a site's own maximum and the time its blocks lived, because neither adds up, and
//! valgrind's counts of accesses.

mod bytes;
mod file;
mod header;
mod json;
mod points;

pub(crate) use file::DhatFile;
pub use header::ProfileHeader;
