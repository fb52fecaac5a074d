//! Processes, signals and files, with their guarantees.
//!
//! It may not know tripline: any program that runs others and replaces files could use it.

pub(crate) mod interrupt;
pub(crate) mod process;
mod replace;

pub(crate) use replace::{replace, stage, sweep};
