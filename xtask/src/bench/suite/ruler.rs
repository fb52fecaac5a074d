//! What the times were taken with.

use std::num::NonZero;
use std::path::Path;

use anyhow::Context as _;

use crate::bench::suite::tools;
use crate::bench::table::{Align, Table};
use crate::versions::{locked, rustc};

/// Versions of all that took part.
#[derive(Debug)]
pub(super) struct Ruler {
    rustc: String,
    target: String,
    engine: String,
    dhat: String,
    /// Its runner's, which is its own.
    pub(super) gungraun: String,
    valgrind: Option<String>,
    rounds: u16,
}

impl Ruler {
    pub(super) fn of(package: &Path, rounds: u16) -> anyhow::Result<Self> {
        let (rustc, target) = rustc()?;
        let lock = std::fs::read_to_string(package.join("Cargo.lock"));
        let lock = lock.context("failed to read the Cargo.lock of crates/bench")?;
        Ok(Self {
            rustc,
            target,
            engine: locked(&lock, "turso")?,
            dhat: locked(&lock, "dhat")?,
            gungraun: locked(&lock, tools::RUNNER)?,
            valgrind: tools::valgrind(),
            rounds,
        })
    }

    pub(super) fn table(&self) -> Table {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let valgrind = self.valgrind.clone().unwrap_or_else(|| "not installed".to_owned());
        let mut table = Table::new(["", ""], Align::Left);
        for (name, value) in [
            ("rustc", self.rustc.clone()),
            ("target", self.target.clone()),
            ("profile", "`release`, with line tables".to_owned()),
            ("engine", format!("turso {}", self.engine)),
            ("profilers", format!("dhat {}, gungraun {}, {valgrind}", self.dhat, self.gungraun)),
            ("cores", cores.to_string()),
            ("rounds", format!("{}, in turn", self.rounds)),
        ] {
            table.push(vec![name.to_owned(), value]);
        }
        table
    }
}
