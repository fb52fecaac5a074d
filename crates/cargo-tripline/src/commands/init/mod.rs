//! `init`: gives a package its first budgets.
//!
//! The stages: what speaks against it is said ([`obstacles`]); cargo's metadata ([`package`]) and the source
//! ([`allocator`], [`example_type`]) decide where a suite can stand ([`suite_place`]); that decides the files' texts ([`plan`]); all are written or none
//! ([`written_files`]); the code of `update-budgets` records the suite. If the tests do not build, or the command is
//! stopped, every file is restored.
//!
//! Deliberately absent: understanding Rust. The source only gives a guess, and the compiler decides.

mod allocator;
mod args;
mod ci;
mod consent;
mod dependency;
mod example_type;
mod manifest;
mod obstacles;
mod package;
mod plan;
mod planned_files;
mod profile;
mod source;
mod suite_place;
mod template;
mod written_files;

pub use args::InitArgs;

use anyhow::{anyhow, bail};
use tripline_budget::SuiteDescription;

use crate::commands::init::consent::Consent;
use crate::commands::init::package::Package;
use crate::commands::init::plan::SetUpPlan;
use crate::commands::init::suite_place::{SuitePlace, advice};
use crate::commands::init::written_files::WrittenFiles;
use crate::findings::RepeatedOptions;
use crate::outcome::{Failure, Status};
use crate::output::{Tool, print, print_to_stderr};
use crate::recording::{Draft, WriteMode, patch, record};
use crate::system::interrupt;
use crate::workspace::{CargoArgs, Project};

/// Plans the files, writes them and records the suite.
pub(crate) fn init(args: &InitArgs, tool: Tool) -> anyhow::Result<Status> {
    let mode = if args.dry_run { WriteMode::DryRun } else { WriteMode::Write };
    mode.refuse_in_ci(std::env::var_os("CI").as_deref()).map_err(|_| {
        anyhow!(
            "`init` writes nothing in CI (the variable CI is set): run it on your own machine and \
             commit the change, or use --dry-run here"
        )
    })?;
    let project = Project::load(&args.cargo())?;
    let package = Package::choose(&project, args)?;
    let plan = SetUpPlan::make(package, args, Consent::new(args), tool)?;
    match mode {
        WriteMode::DryRun => dry_run(&plan),
        _ => {
            let cargo = args.recording(project.root(), package.name())?;
            let options = RepeatedOptions { cargo: args.typed_for(&cargo), ..Default::default() };
            carry_out(&plan, &project, &cargo, &options, tool)
        }
    }
}

fn dry_run(plan: &SetUpPlan<'_>) -> anyhow::Result<Status> {
    let drafts = plan.files.drafts();
    print(&patch(&drafts));
    say_notes(plan, print_to_stderr);
    let top = plan.files.top();
    print_to_stderr(&match drafts.len() {
        0 => "nothing would change\n".to_owned(),
        count => format!(
            "{count} files would change, below {}; the budgets are known only once it has run\n",
            top.display()
        ),
    });
    Ok(Status::Holds)
}

fn carry_out(
    plan: &SetUpPlan<'_>,
    project: &Project,
    cargo: &CargoArgs,
    options: &RepeatedOptions,
    tool: Tool,
) -> anyhow::Result<Status> {
    let drafts = plan.files.drafts();
    // The last chance to stop before anything is written.
    interrupt::check()?;
    let mut written = WrittenFiles::write(drafts.clone(), project.root(), plan.files.top())?;
    print(&listed(&drafts));
    say_notes(plan, print);
    if let Some(job) = &plan.job {
        print(&format!("{job}\n"));
    }
    let Some(place) = &plan.place else {
        print(if drafts.is_empty() { "nothing to change\n" } else { "nothing was recorded\n" });
        return Ok(Status::Holds);
    };
    match build_and_record(plan, place, cargo, &mut written, options, tool) {
        Ok(status) => {
            finish(plan, place, status, &written, project, options, tool)?;
            Ok(status)
        }
        Err(error) => Err(written.take_back(error)),
    }
}

/// Builds with the example that names the crate's own type, or with the plain one if that does not compile.
fn build_and_record(
    plan: &SetUpPlan<'_>,
    place: &SuitePlace,
    cargo: &CargoArgs,
    written: &mut WrittenFiles,
    options: &RepeatedOptions,
    tool: Tool,
) -> anyhow::Result<Status> {
    // The project with the new test.
    let project = Project::load(cargo)?;
    let mut suites = project.suites();
    if let (Err(_), Some(plain)) = (&suites, &plan.plain) {
        interrupt::check()?;
        written.rewrite(&place.file, plain)?;
        suites = project.suites();
        if suites.is_ok() {
            print(
                "note: the example could not name a type of the crate; a plain one stands there\n\n",
            );
        }
    }
    let suites = suites.map_err(|error| explained(plan, place, error))?;
    let is_ours = |suite: &&SuiteDescription| {
        suite.package == plan.package.name() && suite.target == place.target
    };
    let Some(suite) = suites.iter().find(is_ours) else {
        bail!(
            "cargo did not run the tests in {}: does its target say `test = false`?",
            plan.files.shown(&place.file)
        );
    };
    record(&project, suite, options, tool)
}

/// Adds the likely cause to an error of the build. On a terminal cargo has shown its own words, which are not known
/// here.
fn explained(plan: &SetUpPlan<'_>, place: &SuitePlace, error: anyhow::Error) -> anyhow::Error {
    const CONFLICT: &str = "conflicts with global allocator in";
    let failure = Failure::from(error);
    let mut causes = String::new();
    if let Some(installed) = &place.allocator {
        let at = format!("{}:{}", plan.files.shown(&installed.file), installed.line);
        causes.push_str(&format!("\n\nif the allocator is the cause: {}", advice(&at)));
    } else if failure.to_string().contains(CONFLICT) {
        causes.push_str(
            "\n\na program can have only one global allocator, and a test that measures needs tripline's: \
             build the tests without the feature that installs the other, for example with \
             --no-default-features",
        );
    }
    if plan.needs_registry {
        causes.push_str(
            "\n\nif cargo did not find `tripline`: name the crate of a clone, such as --path \
             ../tripline/crates/tripline",
        );
    }
    failure.explain(&causes)
}

fn listed(drafts: &[Draft]) -> String {
    let width = drafts.iter().map(|draft| draft.shown.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for draft in drafts {
        let what = if draft.before.is_some() { "changed" } else { "new" };
        text.push_str(&format!("{:width$}   {what}\n", draft.shown));
    }
    if drafts.is_empty() { text } else { format!("{text}\n") }
}

fn say_notes(plan: &SetUpPlan<'_>, say: fn(&str)) {
    for note in &plan.notes {
        say(&format!("note: {note}\n"));
    }
    if !plan.notes.is_empty() {
        say("\n");
    }
}

/// Prints the next steps, or the way back.
fn finish(
    plan: &SetUpPlan<'_>,
    place: &SuitePlace,
    status: Status,
    written: &WrittenFiles,
    project: &Project,
    RepeatedOptions { cargo, .. }: &RepeatedOptions,
    tool: Tool,
) -> anyhow::Result<()> {
    let file = plan.files.shown(&place.file);
    if status != Status::Holds {
        let target = project.folders().target();
        print(&format!(
            "\nthe written files stay: fix {file}, then `{tool} update-budgets{cargo}`\n\
             to go back: {}\n  and delete the budgets that were recorded, if any\n",
            written.way_back(target)?
        ));
        return Ok(());
    }
    print(&format!(
        "\nnext\n  commit these files and Cargo.lock: figures are of one set of versions\n  \
         write your own workload in {file}, then `{tool} update-budgets{cargo}`\n  \
         `cargo test` now trips when it costs more; `{tool} check{cargo}` shows every limit\n"
    ));
    Ok(())
}
