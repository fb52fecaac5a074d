//! Reads a configuration: TOML in, a [`Pipeline`](crate::Pipeline) out, or every problem with its position.
//!
//! In order: `raw` is the file's shape, as serde reads it; `compile` finds events, fields and operators by
//! name; `operators` lists the parameters of each operator; `parameters` hands them out and finds those left over.
//!
//! A file that cannot be parsed stops at the first problem. In any other, all problems are reported at once.

mod compile;
mod duration;
mod operators;
mod parameters;
mod problem;
mod raw;

pub use problem::ConfigError;

use crate::pipeline::Pipeline;
use problem::Problems;
use raw::RawPipeline;

pub(crate) fn parse(file: &str, text: &str) -> Result<Pipeline, ConfigError> {
    let mut problems = Problems::default();
    let pipeline = match toml::from_str::<RawPipeline>(text) {
        Ok(raw) => compile::pipeline(raw, &mut problems),
        Err(error) => {
            problems.unreadable(&error);
            Pipeline { schemas: Vec::new(), tables: Vec::new() }
        }
    };
    problems.into_result(file, text).map(|()| pipeline)
}
