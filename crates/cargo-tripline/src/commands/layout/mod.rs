//! `layout`: shows how a type lies in memory, from the debug information of the test binary that lists it.
//!
//! The binary reads its own debug information: it alone knows which type is meant. This command asks it, and shows
//! its answer.

mod choice;

use clap::Args;
use serde_json::json;
use tripline_budget::SuiteDescription;
use tripline_budget::layout::{DebugLayout, Layouts};
use tripline_budget::protocol::{test_names, variables};

use crate::measuring::WithoutFigures;
use crate::outcome::Status;
use crate::output::{Step, print, print_to_stderr};
use crate::system::process;
use crate::workspace::{CargoArgs, Project, SuiteHome, fresh_id, latest};

/// The type to show.
#[derive(Args, Clone, Debug)]
pub struct LayoutArgs {
    /// A type that a suite lists in `sizes!`: as written there, or a part of it that no other type has.
    #[arg(value_name = "TYPE")]
    ty: String,

    /// Prints JSON instead, with the fields of every variant.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    cargo: CargoArgs,
}

/// Asks every suite that lists the type, and shows its layout.
pub(crate) fn layout(args: &LayoutArgs) -> anyhow::Result<Status> {
    let project = Project::load(&args.cargo)?;
    let _lock = project.lock()?;
    let suites = project.suites()?;
    let name = choice::choose(&suites, &args.ty)?;
    let mut found = Vec::new();
    for suite in suites.iter().filter(|suite| suite.types.iter().any(|ty| ty.name == name)) {
        found.push((suite, ask(&project, suite, &name)?));
    }
    if args.json {
        print(&as_json(&found));
    } else {
        show(&project, &found);
    }
    let known = found.iter().all(|(_, explained)| explained.layout.is_ok());
    Ok(if known { Status::Holds } else { Status::Unknown })
}

fn ask(project: &Project, suite: &SuiteDescription, name: &str) -> anyhow::Result<DebugLayout> {
    let step = Step::begin(format!("measuring the types of {}", suite.suite));
    let run = fresh_id();
    let mut command = project.test_of(suite)?;
    command.env(variables::RUN, &run).env(variables::LAYOUTS, "1").args([
        "--",
        "--exact",
        test_names::SIZES,
    ]);
    // A type above its limit fails the test, which publishes the layouts all the same.
    let finished = process::run(&mut command)?;
    drop(step);
    let Some(Layouts { types, .. }) = latest::layouts(project.folders(), &suite.suite, &run)?
    else {
        return Err(WithoutFigures::unpublished(test_names::SIZES, &finished).into());
    };
    let explained = types.into_iter().find(|explained| explained.name == name);
    explained.ok_or_else(|| anyhow::anyhow!("{} changed while this ran", suite.suite))
}

fn show(project: &Project, found: &[(&SuiteDescription, DebugLayout)]) {
    for (index, (suite, explained)) in found.iter().enumerate() {
        let DebugLayout { name, file, line, layout } = explained;
        let gap = if index == 0 { "" } else { "\n" };
        match layout {
            Ok(layout) => {
                let text = layout.text(name, limit(project, suite, name));
                print(&format!("{gap}{}        {file}:{line}\n\n{text}", suite.suite));
            }
            Err(reason) => print_to_stderr(&format!(
                "error: the layout of {name} in {} is not known: {reason}\n",
                suite.suite
            )),
        }
    }
}

/// Returns the type's limit, if there is one. A layout is shown also where the file cannot be read.
fn limit(project: &Project, suite: &SuiteDescription, name: &str) -> Option<u64> {
    let sizes = SuiteHome::new(project, suite).load_sizes().ok()??;
    sizes.applies.types.iter().find(|limit| limit.name == *name).map(|limit| limit.size)
}

fn as_json(found: &[(&SuiteDescription, DebugLayout)]) -> String {
    let types: Vec<_> = found
        .iter()
        .map(|(suite, DebugLayout { name, file, line, layout })| {
            let mut entry = json!({
                "suite": suite.suite, "name": name, "file": file, "line": line,
            });
            match layout {
                Ok(layout) => entry["layout"] = json!(layout),
                Err(reason) => entry["unknown"] = json!(reason),
            }
            entry
        })
        .collect();
    format!("{:#}\n", json!(types))
}
