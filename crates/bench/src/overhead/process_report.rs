//! The report that a process prints at its end.

use std::fmt;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::overhead::CountedFigures;
use crate::overhead::program::Program;

/// One run, as one line of JSON.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ProcessReport {
    pub program: String,
    /// Iterations of each thread in one run.
    pub iterations: u64,
    /// Runs of the program.
    pub repeats: u64,
    pub threads: u64,
    /// The fastest run. There is none if the threads never ran at once.
    pub nanoseconds: Option<u64>,
    pub counted: CountedFigures,
}

impl ProcessReport {
    /// Parses the report that a process printed.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        serde_json::from_str(text).with_context(|| format!("the line is no report: `{text}`"))
    }

    /// Adds the counted figures. Fails if the program cannot have caused them.
    pub fn with_counted(self, counted: CountedFigures) -> anyhow::Result<Self> {
        Program::by_name(&self.program)?
            .expected(self.iterations)
            .repeated(self.repeats)
            .check(&counted)?;
        Ok(Self { counted, ..self })
    }
}

impl fmt::Display for ProcessReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}
