//! The test `tripline_suite::sizes`: every type of `sizes!` against `sizes.toml`.
//!
//! Asked by a tool, it also publishes `layouts.json`: how each type lies in memory. A layout is read
//! for that, for a type over its line, and for the page of a workload that trips; what holds costs nothing.

use tripline_budget::layout::{Explained, Layouts};
use tripline_budget::{LoadError, SCHEMA, Sizes, SizesFile, TypeFinding, TypeVerdict, judge_types};

use crate::asked::{self, asked_for};
use crate::entry::fail;
use crate::home::{self, Home};
use crate::judge::{cfgs, describe};
use crate::layout::explain;
use crate::registry::{self, SizedType, Suite};
use crate::{render, run};

/// What a tool may ask for, beside `suite.json`.
const FILE: &str = "layouts.json";

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
    if asked_for(asked::LAYOUTS)? {
        publish_layouts(suite)?;
    }
    let home = Home::find(suite.manifest_dir);
    let registered = registry::type_layouts();
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
    let over = over(suite, &findings);
    render::types(&home, suite.name(), &sizes, &findings, &over).map_or(Ok(()), Err)
}

/// The layouts of the types that are over their line.
fn over(suite: &Suite, findings: &[TypeFinding]) -> Vec<Explained> {
    let is_over = |ty: &&SizedType| {
        let finding = findings.iter().find(|finding| finding.name == ty.name);
        finding.is_some_and(|finding| finding.verdict == TypeVerdict::Over)
    };
    let types: Vec<_> = registry::types().into_iter().filter(is_over).collect();
    explained(suite, &types)
}

/// What debug information says of them, in their order.
pub(crate) fn explained(suite: &Suite, types: &[&SizedType]) -> Vec<Explained> {
    if types.is_empty() {
        return Vec::new();
    }
    let layouts = explain(types, suite.package);
    let of = |(ty, layout): (&&SizedType, _)| Explained {
        name: ty.name.to_owned(),
        file: ty.file.to_owned(),
        line: ty.line,
        layout,
    };
    types.iter().zip(layouts).map(of).collect()
}

fn publish_layouts(suite: &Suite) -> Result<(), String> {
    let layouts = Layouts {
        schema: SCHEMA,
        run: run::id(),
        suite: suite.name().to_owned(),
        types: explained(suite, &registry::types()),
    };
    let folder = home::target_folder()?.join("tripline/latest").join(suite.name());
    let file = folder.join(FILE);
    run::replace(&file, &layouts.to_json())
        .map_err(|error| format!("failed to write {}: {error}", file.display()))
}
