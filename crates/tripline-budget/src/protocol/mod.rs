//! The names that a test process and a tool, or two test processes, agree on.
//!
//! A test run and a tool are different programs, often of different builds. They know each other only by environment
//! variables ([`variables`]), by the files that one writes and the other reads ([`files`]), and by the tests that every
//! suite has ([`tests`]). Each such name stands here and nowhere else, with who sets or writes it and who reads it.
//!
//! Deliberately absent: the contents of the files, which are data types of this crate, and whoever opens them.

pub mod files;
pub mod tests;
pub mod variables;
