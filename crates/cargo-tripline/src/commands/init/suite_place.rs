//! The place of a package's suite.
//!
//! It is a test file of its own if that can link the package's library, and `--unit` does not ask for the crate's
//! unit tests. Otherwise it is these: a program cannot be linked, and no second allocator can be installed beside a
//! library's global allocator, unless its unit tests are compiled without it.

use std::path::PathBuf;

use anyhow::bail;
use tripline_budget::CargoTarget;

use crate::commands::init::allocator::{self, InstalledAllocator};
use crate::commands::init::example_type::{self, ExampleType, Reach};
use crate::commands::init::package::{Package, is_library};
use crate::commands::init::planned_files::PlannedFiles;
use crate::commands::init::source::{self, code, identifier, words};

/// A place for a suite.
#[derive(Clone, Debug)]
pub(super) struct SuitePlace {
    pub(super) form: SuiteForm,
    pub(super) file: PathBuf,
    pub(super) target: CargoTarget,
    /// The crate's name with underscores, for a suite that is named after it.
    pub(super) crate_name: String,
    /// The path by which an example names the package's own: its library, or the crate it stands in.
    pub(super) own: Option<String>,
    /// A type of the crate.
    pub(super) known: Option<ExampleType>,
    /// False if the crate's root says `#![no_std]`, for its unit tests too.
    pub(super) has_std: bool,
    /// An allocator that some builds install; the compiler knows if this one does.
    pub(super) allocator: Option<InstalledAllocator>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SuiteForm {
    TestFile,
    UnitTests,
}

/// The name of the test target, and of the module among unit tests.
pub(super) const NAME: &str = "budgets";

/// Returns the target that is already a suite of the package, if one is.
pub(super) fn existing(package: Package<'_>) -> Option<&cargo_metadata::Target> {
    package.targets().iter().find(|target| {
        let text = Package::read(target).unwrap_or_default();
        (target.is_test() || target.is_bin() || is_library(target))
            && code(&text).contains("tripline::suite!")
    })
}

impl SuitePlace {
    /// Chooses the crate's unit tests if `unit` asks for them, or nothing else can be.
    pub(super) fn choose(
        package: Package<'_>,
        files: &PlannedFiles,
        unit: bool,
    ) -> anyhow::Result<Self> {
        let Some(root) = package.root() else {
            return Ok(Self::test_file(package));
        };
        let allocator = allocator::find(root.src_path.as_std_path());
        if let Some(installed) = &allocator
            && installed.is_unconditional()
        {
            bail!(advice(&format!("{}:{}", files.shown(&installed.file), installed.line)));
        }
        let text = Package::read(root)?;
        let apart = allocator.as_ref().is_some_and(InstalledAllocator::is_absent_from_unit_tests);
        if package.linkable_library().is_some() && !apart && !unit {
            let known = example_type::find(&text, Reach::Public);
            // A program cannot use macros for the compiler.
            let own = (!root.is_proc_macro()).then(|| root.name.replace('-', "_"));
            return Ok(Self { own, known, allocator, ..Self::test_file(package) });
        }
        refuse_module(&text, &files.shown(root.src_path.as_std_path()))?;
        Ok(Self {
            form: SuiteForm::UnitTests,
            file: root.src_path.clone().into_std_path_buf(),
            target: if root.is_bin() {
                CargoTarget::Bin(root.name.clone())
            } else {
                CargoTarget::Lib
            },
            crate_name: root.name.replace('-', "_"),
            own: Some("crate".to_owned()),
            known: example_type::find(&text, Reach::Crate),
            has_std: source::has_std(&text),
            allocator: allocator.filter(|_| !apart),
        })
    }

    /// Does the same as [`selection`], for a target that may not exist yet.
    pub(super) fn selection(&self) -> String {
        match &self.target {
            CargoTarget::Test(name) => format!("--test {name}"),
            CargoTarget::Bin(name) => format!("--bin {name}"),
            CargoTarget::Lib => "--lib".to_owned(),
        }
    }

    fn test_file(package: Package<'_>) -> Self {
        Self {
            form: SuiteForm::TestFile,
            file: package.folder().join("tests").join(NAME).with_extension("rs"),
            target: CargoTarget::Test(NAME.to_owned()),
            crate_name: NAME.to_owned(),
            own: None,
            known: None,
            has_std: true,
            allocator: None,
        }
    }
}

/// Returns the options of `cargo test` that run a target alone.
pub(super) fn selection(target: &cargo_metadata::Target) -> String {
    let name = &target.name;
    match () {
        () if target.is_test() => format!("--test {name}"),
        () if target.is_bin() => format!("--bin {name}"),
        () => "--lib".to_owned(),
    }
}

/// Returns the advice about a global allocator that stands at `place`.
pub(super) fn advice(place: &str) -> String {
    format!(
        "{place} installs a global allocator, and a program can have only one: a test that measures \
         needs tripline's. Write a line above it\n\n    #[cfg(not(test))]\n    #[global_allocator]\n\n\
         and run this again. Unit tests are then compiled without it, and the budgets will stand among \
         them; every other build keeps its allocator"
    )
}

/// Refuses a crate with a module of this name, because budgets among unit tests stand in a new one.
fn refuse_module(text: &str, shown: &str) -> anyhow::Result<()> {
    let code = code(text);
    let named = |at: usize| identifier(code[at..].trim_start()) == Some(NAME);
    if words(&code, "mod").any(|place| named(place.end)) {
        bail!(
            "{shown} has a module `{NAME}` already: write `#[cfg(test)] tripline::suite!();` at the \
             root of {shown} and a `#[tripline::test]` among its unit tests, by hand"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::commands::init::suite_place::refuse_module;

    #[test]
    fn a_module_of_the_name_is_refused_and_no_other() {
        assert!(refuse_module("pub mod budgets;", "src/main.rs").is_err());
        assert!(refuse_module("mod budgets_of; // mod budgets\n", "src/main.rs").is_ok());
    }
}
