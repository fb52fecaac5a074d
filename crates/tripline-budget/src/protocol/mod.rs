//! The names that a test process and a tool, or two test processes, agree on.
//!
//! A test run and a tool are different programs, often of different builds. They know each other only by environment
//! variables ([`variables`]), by the files that one writes and the other reads ([`file_names`]), and by the tests that
//! every suite has ([`test_names`]). A tool knows a suite's executable by its mark ([`suite_mark`]). Each such name stands here and nowhere else, with its writer and its reader.
//!
//! Deliberately absent: the contents of the files, which are data types of this crate, and whoever opens them.

pub mod file_names;
pub mod suite_mark;
pub mod test_names;
pub mod variables;
