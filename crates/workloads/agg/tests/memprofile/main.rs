//! `memprofile`, run for real: its reports, its errors, its server, and the files after an interrupt.
#![cfg(unix)]

mod command;
mod errors;
mod interrupt;
mod reports;
mod serve;
