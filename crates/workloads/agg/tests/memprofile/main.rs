//! `memprofile`, run for real: its reports, its errors, what it serves, and what an interrupt leaves.
#![cfg(unix)]

mod command;
mod errors;
mod interrupt;
mod reports;
mod serve;
