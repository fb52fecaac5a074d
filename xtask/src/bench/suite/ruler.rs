//! The versions and settings that the times were measured with.

use std::path::Path;

use crate::bench::suite::gungraun;
use crate::bench::table::{Alignment, CellTable};
use crate::toolchain::{CargoLock, Compiler, cores};

/// Versions of the tools and libraries.
#[derive(Debug)]
pub(super) struct TimingRuler {
    compiler: Compiler,
    engine: String,
    dhat: String,
    /// The version of gungraun and of its runner.
    pub(super) gungraun: String,
    valgrind: Option<String>,
    rounds: u16,
}

impl TimingRuler {
    /// Returns the ruler of this machine and of the package's `Cargo.lock`.
    pub(super) fn of(package: &Path, rounds: u16) -> anyhow::Result<Self> {
        let lock = CargoLock::load(package)?;
        Ok(Self {
            compiler: Compiler::installed()?,
            engine: lock.version("turso")?,
            dhat: lock.version("dhat")?,
            gungraun: lock.version(gungraun::RUNNER)?,
            valgrind: gungraun::valgrind(),
            rounds,
        })
    }

    /// Returns the ruler as a table of names and values.
    pub(super) fn table(&self) -> CellTable {
        let valgrind = self.valgrind.clone().unwrap_or_else(|| "not installed".to_owned());
        let mut table = CellTable::new(["", ""], Alignment::Left);
        for (name, value) in [
            ("rustc", self.compiler.release.clone()),
            ("target", self.compiler.host.clone()),
            ("profile", "`release`, with line tables".to_owned()),
            ("engine", format!("turso {}", self.engine)),
            ("profilers", format!("dhat {}, gungraun {}, {valgrind}", self.dhat, self.gungraun)),
            ("cores", cores()),
            ("rounds", format!("{}, in turn", self.rounds)),
        ] {
            table.push(vec![name.to_owned(), value]);
        }
        table
    }
}
