//! `memory-benchmark`, run for real: its reports, its errors, and the files after an interrupt.
//!
//! Linux only, as the resident set is.
#![cfg(target_os = "linux")]

mod command;
mod errors;
mod interrupt;
mod reports;
mod schema;
