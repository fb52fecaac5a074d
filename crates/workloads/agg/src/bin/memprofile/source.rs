//! Loads the configuration of events and tables.

use anyhow::Context;
use workload_agg::Pipeline;

use crate::args::Args;

/// A pipeline and its name.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) pipeline: Pipeline,
}

impl Source {
    pub(crate) fn read(args: &Args) -> anyhow::Result<Self> {
        let Some(path) = &args.config else {
            return Ok(Self { name: "fraud-team".into(), pipeline: Pipeline::fraud_team()? });
        };
        let shown = path.display();
        let text = std::fs::read_to_string(path);
        let text = text.with_context(|| format!("failed to read {shown}"))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, pipeline: Pipeline::parse(&shown.to_string(), &text)? })
    }
}
