//! The test `tripline_suite::sizes`: every type of `sizes!` against `sizes.toml`.
//!
//! Asked by a tool, it also publishes `layouts.json`: how each type lies in memory. A layout is read
//! for that, for a type over its line, and for a workload that trips and its page; what holds costs nothing.

use tripline_budget::layout::{DebugLayout, Layouts};
use tripline_budget::protocol::{files, variables};
use tripline_budget::{LoadError, SCHEMA, Sizes, SizesFile, TypeFinding, TypeVerdict, judge_types};

use crate::case::paths::{self, Home};
use crate::case::registry::{self, SizedType, Suite};
use crate::entry::fail;
use crate::judge::{cfgs, describe};
use crate::layouts::explain::explain;
use crate::render;
use crate::run;
use crate::run::request::asked_for;

/// What a tool may ask for, beside `suite.json`.
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
    if asked_for(variables::LAYOUTS)? {
        publish_layouts(suite)?;
    }
    let home = Home::find(suite.manifest_dir);
    let sizes = sizes(suite, &home)?;
    let findings = judge_types(&sizes, &registry::type_layouts());
    let over = over(suite, &findings);
    render::types(&home, suite.name(), &sizes, &findings, &over).map_or(Ok(()), Err)
}

/// The lines of the suite's types in this build; none if there is no file.
fn sizes(suite: &Suite, home: &Home) -> Result<Sizes, String> {
    let file = files::sizes_file(&home.suite(suite.name()));
    let shown = home.shown(&file);
    match SizesFile::load(&file, &shown) {
        Err(LoadError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            let ruler = tripline_budget::RecordedRuler::default();
            Ok(Sizes { file: shown, types: Vec::new(), ruler })
        }
        Err(error) => Err(describe(&error)),
        Ok(file) => file.resolve(&cfgs(suite)?).map_err(|problems| problems.to_string()),
    }
}

/// The types that are larger than their line, each once, with what it says. None where the lines cannot be read,
/// which the suite's own test tells.
pub(crate) fn outgrown(suite: &Suite, home: &Home) -> Vec<(&'static SizedType, u64)> {
    let Ok(sizes) = sizes(suite, home) else { return Vec::new() };
    let over = |ty: &'static SizedType| {
        let limit = sizes.types.iter().find(|limit| limit.name == ty.name)?;
        (ty.size as u64 > limit.size).then_some((ty, limit.size))
    };
    let mut outgrown: Vec<_> = registry::types().into_iter().filter_map(over).collect();
    outgrown.dedup_by_key(|(ty, _)| ty.name);
    outgrown
}

/// The layouts of the types that are over their line.
fn over(suite: &Suite, findings: &[TypeFinding]) -> Vec<DebugLayout> {
    let is_over = |ty: &&SizedType| {
        let finding = findings.iter().find(|finding| finding.name == ty.name);
        finding.is_some_and(|finding| finding.verdict == TypeVerdict::Over)
    };
    let types: Vec<_> = registry::types().into_iter().filter(is_over).collect();
    explained(suite, &types)
}

/// What debug information says of them, in their order.
pub(crate) fn explained(suite: &Suite, types: &[&SizedType]) -> Vec<DebugLayout> {
    if types.is_empty() {
        return Vec::new();
    }
    let layouts = explain(types, suite.package);
    let of = |(ty, layout): (&&SizedType, _)| DebugLayout {
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
    let folder = files::suite_folder(&paths::target_folder()?, suite.name());
    let file = folder.join(files::LAYOUTS);
    run::replace(&file, &layouts.to_json())
        .map_err(|error| format!("failed to write {}: {error}", file.display()))
}
