//! A workspace, as cargo sees it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use cargo_metadata::{MetadataCommand, Package};
use tripline_budget::protocol::{test_names, variables};
use tripline_budget::{CargoTarget, SuiteDescription, name_clashes};

use crate::output::Step;
use crate::system::process::Finished;
use crate::system::{interrupt, process};
use crate::workspace::binary::{self, Binary};
use crate::workspace::cargo_args::CargoArgs;
use crate::workspace::latest;
use crate::workspace::latest::TargetFolders;
use crate::workspace::lock::Lock;
use crate::workspace::run_id::fresh_id;

/// The workspace that a command works on.
#[derive(Debug)]
pub struct Project {
    args: CargoArgs,
    root: PathBuf,
    folders: TargetFolders,
    packages: Vec<Package>,
}

impl Project {
    /// Reads cargo's metadata.
    ///
    /// # Errors
    ///
    /// If there is no such workspace.
    pub fn load(args: &CargoArgs) -> anyhow::Result<Self> {
        let mut command = MetadataCommand::new();
        command.no_deps();
        if let Some(path) = &args.manifest_path {
            command.manifest_path(path);
        }
        let metadata = command.exec();
        interrupt::check()?;
        let metadata = metadata.map_err(|error| match error {
            cargo_metadata::Error::CargoMetadata { stderr } => {
                anyhow::anyhow!("cargo cannot read the workspace\n\n{}", stderr.trim_end())
            }
            other => anyhow::Error::new(other).context("failed to run `cargo metadata`"),
        })?;
        let packages = metadata.workspace_packages().into_iter().cloned().collect();
        let target = metadata.target_directory.into_std_path_buf();
        let target = args.target_dir.clone().unwrap_or(target);
        let folders = TargetFolders::new(target, metadata.build_directory.map(Into::into));
        let root = metadata.workspace_root.into_std_path_buf();
        Ok(Self { args: args.clone(), root, folders, packages })
    }

    /// Returns the workspace's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Waits for other commands on this workspace, and keeps them waiting until the lock is dropped.
    ///
    /// # Errors
    ///
    /// If the target folder cannot be written, or a signal comes.
    pub fn lock(&self) -> anyhow::Result<Lock> {
        Lock::wait(self.folders.target(), &self.root)
    }

    /// Returns the folders that its tests publish in.
    #[must_use]
    pub const fn folders(&self) -> &TargetFolders {
        &self.folders
    }

    pub(crate) fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// Returns `true` if every package of the workspace is built.
    pub(crate) fn is_whole(&self) -> bool {
        self.args.packages.is_empty()
    }

    /// Returns a path as a person at the workspace's root would type it.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.root).unwrap_or(path);
        shown.display().to_string().replace('\\', "/")
    }

    /// Builds every test binary.
    ///
    /// # Errors
    ///
    /// If one does not build. On a terminal cargo has shown the reason; elsewhere the error holds it.
    pub fn build(&self) -> anyhow::Result<Vec<Binary>> {
        let mut command = self.cargo_test();
        command.args(["--tests", "--no-run", "--message-format=json-render-diagnostics"]);
        let shown = crate::output::is_terminal();
        let built = if shown {
            process::run_shown(&mut command)?
        } else {
            let _step = Step::begin("building the tests".to_owned());
            process::run(&mut command)?
        };
        refuse_unbuilt(&built)?;
        binary::read(&built.stdout, &self.packages)
    }

    /// Builds every test binary, has it describe its suite, and returns the suites sorted by name.
    ///
    /// # Errors
    ///
    /// If one does not build, there is no suite, two share a name, or one was built with another version of tripline.
    pub fn suites(&self) -> anyhow::Result<Vec<SuiteDescription>> {
        if crate::output::is_terminal() {
            // Built separately, so a person sees what cargo compiles and not the tests that it then runs.
            self.build()?;
        }
        let _step = Step::begin("building the tests".to_owned());
        let run = fresh_id();
        let mut command = self.cargo_test();
        command
            .args(["--tests", "--message-format=json-render-diagnostics"])
            .env(variables::RUN, &run);
        command.args(["--", test_names::BUDGETS, "--exact"]);
        // A suite whose budgets and tests do not match fails the test, and describes itself all the same; a harness
        // without
        // `--exact` belongs to no suite.
        refuse_unbuilt(&process::run(&mut command)?)?;
        let suites = latest::suites(&self.folders, &run)?;
        if suites.is_empty() {
            bail!(
                "no suite found in {}: write `tripline::suite!();` at the root of a test, such as \
                 tests/budgets.rs, and a `#[tripline::test]` below it",
                self.root.display()
            );
        }
        let clashes = name_clashes(&suites);
        if !clashes.is_empty() {
            let clashes: Vec<_> = clashes.iter().map(ToString::to_string).collect();
            bail!("{}", clashes.join("\n\n"));
        }
        Ok(suites)
    }

    /// Returns a `cargo test` of the one binary that holds `suite`.
    ///
    /// # Errors
    ///
    /// If the workspace has no such target.
    pub(crate) fn test_of(&self, suite: &SuiteDescription) -> anyhow::Result<Command> {
        let mut command = self.cargo_test();
        match &suite.target {
            CargoTarget::Lib => command.arg("--lib"),
            CargoTarget::Bin(name) => command.args(["--bin", name]),
            CargoTarget::Test(crate_name) => command.args(self.test_target(suite, crate_name)?),
        };
        Ok(command)
    }

    /// Returns the option for a test target. Crate names have underscores where target names may have hyphens.
    fn test_target(&self, suite: &SuiteDescription, crate_name: &str) -> anyhow::Result<[&str; 2]> {
        let targets = self
            .packages
            .iter()
            .filter(|package| package.name.as_str() == suite.package)
            .flat_map(|package| &package.targets)
            .filter(|target| target.name.replace('-', "_") == crate_name);
        for target in targets {
            if target.is_test() {
                return Ok(["--test", &target.name]);
            }
            if target.is_bench() {
                return Ok(["--bench", &target.name]);
            }
        }
        let package = &suite.package;
        Err(anyhow::anyhow!("package `{package}` has no test target `{crate_name}`"))
            .with_context(|| format!("failed to run the suite {}", suite.suite))
    }

    fn cargo_test(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.arg("test").arg("--no-fail-fast");
        self.args.append_to(&mut command);
        command
    }
}

/// Fails unless cargo's own message says that everything is built. The tests' output may stand among its messages.
fn refuse_unbuilt(finished: &Finished) -> anyhow::Result<()> {
    const BUILT: &str = r#"{"reason":"build-finished","success":true}"#;
    if !finished.stdout.lines().any(|line| line == BUILT) {
        bail!("the tests do not build\n\n{}", finished.stderr.trim_end());
    }
    Ok(())
}
