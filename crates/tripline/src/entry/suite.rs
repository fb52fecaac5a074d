//! The suite's own two tests.

use tripline_budget::SCHEMA;
use tripline_budget::layout::Layouts;
use tripline_budget::protocol::file_names;

use crate::case::paths::WorkspacePaths;
use crate::case::registry::{self, Suite};
use crate::entry::{TestResult, end, is_skipped};
use crate::error::{Error, NotJudged};
use crate::layouts::read;
use crate::run::request::RequestedExtra;
use crate::run::{self};
use crate::{judge, render};

/// Holds the suite's folder to the suite's tests.
///
/// # Panics
/// If a budget has no test, a test no budget, or a file is no budget at all.
pub fn check_budgets() {
    check(|suite, paths| {
        let orphans = judge::budgets::check(suite, paths)?;
        Ok(render::orphans(paths, suite, &orphans))
    });
}

/// Holds this binary's types to their sizes.
///
/// # Panics
/// If a type is over its line, has none, is aligned otherwise, or a line has no type.
pub fn check_sizes() {
    check(|suite, paths| {
        if RequestedExtra::Layouts.is_requested()? {
            publish_layouts(suite)?;
        }
        let verdict = judge::sizes::hold(suite, paths)?;
        Ok(render::types(paths, suite, &verdict))
    });
}

/// Ends a test of the suite with the text of its failure, if there is one.
fn check(hold: impl FnOnce(&Suite, &WorkspacePaths) -> Result<Option<String>, Error>) {
    if is_skipped() {
        return;
    }
    let Some(suite) = Suite::of_this_binary() else { return };
    let held = WorkspacePaths::find(suite.manifest_dir)
        .map_err(|error| NotJudged::from(error).into())
        .and_then(|paths| hold(suite, &paths));
    let failure: TestResult = match held {
        Ok(failure) => failure.map_or(Ok(()), Err),
        Err(error) => Err(render::error(&error)),
    };
    end(failure);
}

/// Publishes how each type lies in memory, for a tool that asked.
fn publish_layouts(suite: &Suite) -> Result<(), Error> {
    let layouts = Layouts {
        schema: SCHEMA,
        run: run::id(),
        suite: suite.name().to_owned(),
        types: render::explained(&read::layouts(&registry::types()), suite.package),
    };
    Ok(run::publish_for_suite(suite.name(), file_names::LAYOUTS, &layouts.to_json())?)
}
