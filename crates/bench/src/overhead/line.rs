//! What a process prints when it is done.

use std::fmt;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::overhead::Figures;
use crate::overhead::program::Program;

/// One run, as one line of JSON.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Line {
    pub program: String,
    /// Of each thread, each time.
    pub iterations: u64,
    /// How many times the program ran.
    pub repeats: u64,
    pub threads: u64,
    /// The fastest time; none if its threads never ran at once.
    pub nanoseconds: Option<u64>,
    pub counted: Figures,
}

impl Line {
    /// The line that a process printed.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        serde_json::from_str(text).with_context(|| format!("no line of a run: `{text}`"))
    }

    /// The line with what a measurement counted, unless that is not what the program did.
    pub fn counting(self, counted: Figures) -> anyhow::Result<Self> {
        Program::by_name(&self.program)?
            .known(self.iterations)
            .repeated(self.repeats)
            .check(&counted)?;
        Ok(Self { counted, ..self })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}
