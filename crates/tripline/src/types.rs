//! The test `tripline_suite::sizes`: every type of `sizes!` against `sizes.toml`.

use tripline_budget::{LoadError, Sizes, SizesFile, judge_types};

use crate::entry::fail;
use crate::home::Home;
use crate::judge::{cfgs, describe};
use crate::registry::{self, Suite};
use crate::render;

/// Holds this binary's types to their sizes.
///
/// # Panics
/// If a type is over its line, has none, is aligned otherwise, or a line has no type.
pub fn check_sizes() {
    let suite = Suite::of_this_binary();
    if let Some(Err(failure)) = suite.map(hold) {
        fail(&failure);
    }
}

fn hold(suite: &Suite) -> Result<(), String> {
    let home = Home::find(suite.manifest_dir);
    let registered = registry::types();
    let file = home.suite(suite.name()).join("sizes.toml");
    let shown = home.shown(&file);
    let sizes = match SizesFile::load(&file, &shown) {
        Err(LoadError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            Sizes { file: shown, types: Vec::new(), recorded: tripline_budget::Recorded::default() }
        }
        Err(error) => return Err(describe(&error)),
        Ok(file) => file.resolve(&cfgs(suite)?).map_err(|problems| problems.to_string())?,
    };
    let findings = judge_types(&sizes, &registered);
    render::types(&home, suite.name(), &sizes, &findings).map_or(Ok(()), Err)
}
