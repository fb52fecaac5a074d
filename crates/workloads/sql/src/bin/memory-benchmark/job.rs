//! The job of one measured process, passed to it as JSON.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use workload_sql::{Config, Load, Mode, Profile, profiles};

/// One pass over one workload in one mode.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) pass: Pass,
    /// The mode's name, as every mode here.
    pub(crate) mode: String,
    pub(crate) workload: String,
    pub(crate) iterations: u32,
    pub(crate) batch_size: u32,
    pub(crate) connections: u16,
    pub(crate) timeout_ms: u64,
    pub(crate) cache_size: Option<i64>,
    /// The database's path, in a folder that holds nothing else.
    pub(crate) database: PathBuf,
}

/// The figures that a process measures.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Pass {
    /// The resident set and the files, no profiler running.
    Rss,
    /// The heap, under dhat, which saves its profile here.
    Heap { profile: PathBuf },
}

impl Job {
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        let mode = Mode::ALL.into_iter().find(|mode| mode.as_str() == self.mode);
        let mode = mode.with_context(|| format!("no journal mode `{}`", self.mode))?;
        Ok(Config {
            busy_timeout: Duration::from_millis(self.timeout_ms),
            cache_size: self.cache_size,
            ..Config::new(mode, self.connections.into())
        })
    }

    pub(crate) fn profile(&self) -> anyhow::Result<Box<dyn Profile>> {
        let load = Load::new(self.iterations.into(), self.batch_size.into());
        profiles::by_name(&self.workload, load)
            .with_context(|| format!("no workload `{}`", self.workload))
    }
}
