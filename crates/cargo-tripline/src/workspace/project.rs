//! A workspace, as cargo sees it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use cargo_metadata::{MetadataCommand, Package};
use tripline_budget::protocol::{test_names, variables};
use tripline_budget::{CargoTarget, NameClash, SuiteDescription, name_clashes};

use crate::output::Step;
use crate::system::process::Finished;
use crate::system::{interrupt, process};
use crate::workspace::binary::{self, Binary};
use crate::workspace::cargo_args::CargoArgs;
use crate::workspace::latest;
use crate::workspace::latest::TargetFolders;
use crate::workspace::lock::Lock;
use crate::workspace::mark;
use crate::workspace::run_id::fresh_id;
use crate::workspace::starter::Starter;
use crate::workspace::twins;
use crate::workspace::unanswered;

/// The workspace that a command works on.
#[derive(Debug)]
pub struct Project {
    args: CargoArgs,
    root: PathBuf,
    folders: TargetFolders,
    packages: Vec<Package>,
    /// The names of the packages that a plain `cargo test` builds.
    default: Vec<String>,
    /// The number of packages that are built.
    built: usize,
    /// The executables that hold the suites, and the way in which Cargo starts no others.
    found: RefCell<(Vec<Binary>, Starter)>,
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
        let packages: Vec<_> = metadata.workspace_packages().into_iter().cloned().collect();
        let default = metadata.workspace_default_packages();
        let default: Vec<_> = default.iter().map(|package| package.name.to_string()).collect();
        let built = if args.workspace {
            packages.len().saturating_sub(args.exclude.len())
        } else if args.packages.is_empty() {
            default.len()
        } else {
            args.packages.len()
        };
        let target = metadata.target_directory.into_std_path_buf();
        let target = args.target_dir.clone().unwrap_or(target);
        let folders = TargetFolders::new(target, metadata.build_directory.map(Into::into));
        let root = metadata.workspace_root.into_std_path_buf();
        let found = RefCell::default();
        Ok(Self { args: args.clone(), root, folders, packages, default, built, found })
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
    pub(crate) const fn is_whole(&self) -> bool {
        self.built == self.packages.len()
    }

    /// Returns the manifest from which cargo looks for the workspace: it decides what a plain `cargo test` builds.
    pub(crate) fn manifest(&self) -> PathBuf {
        let here = || {
            let folder = std::env::current_dir().ok()?;
            folder.ancestors().map(|folder| folder.join("Cargo.toml")).find(|it| it.is_file())
        };
        let manifest = self.args.manifest_path.clone().or_else(here);
        manifest.unwrap_or_else(|| self.root.join("Cargo.toml"))
    }

    /// Returns `true` if a plain `cargo test` builds the package here.
    pub(crate) fn builds_by_default(&self, package: &str) -> bool {
        self.default.iter().any(|name| name == package)
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
        self.refuse_unbuilt(&built)?;
        binary::read(&built.stdout, &self.packages)
    }

    /// Builds every test binary, has each suite describe itself, and returns the suites sorted by name.
    ///
    /// # Errors
    ///
    /// If one does not build or does not describe itself, there is no suite, two share a name, or one was built with
    /// another version of tripline.
    pub fn suites(&self) -> anyhow::Result<Vec<SuiteDescription>> {
        let built = self.build()?;
        let _step = Step::begin("finding the suites".to_owned());
        let mut marked = Vec::new();
        for binary in &built {
            let executable = &binary.executable;
            let is_suite = mark::is_suite(executable);
            if is_suite.with_context(|| format!("failed to read {}", executable.display()))? {
                marked.push(binary.clone());
            }
        }
        if marked.is_empty() {
            bail!(
                "no suite found in {}: write `tripline::suite!();` at the root of a test, such as \
                 tests/budgets.rs, and a `#[tripline::test]` below it",
                self.root.display()
            );
        }
        let selected = self.packages.iter().filter(|package| self.is_selected(&package.name));
        let starter = Starter::new(&twins::of(&marked, selected)?)?;
        let suites = self.descriptions(&marked, &starter)?;
        self.found.replace((marked, starter));
        refuse(&name_clashes(&suites), "")?;
        let others = self.described_before(&built, &suites);
        let all: Vec<_> = suites.iter().chain(&others).cloned().collect();
        refuse(
            &name_clashes(&all),
            "\n  or        run the tests of the package that was not built now, if its suite has another name by now",
        )?;
        Ok(suites)
    }

    /// Returns the suites of targets that were not built now, as they last described themselves beside `suites`.
    fn described_before(
        &self,
        built: &[Binary],
        suites: &[SuiteDescription],
    ) -> Vec<SuiteDescription> {
        let mut known = latest::known(&self.folders);
        known.retain(|suite| {
            self.has_target(suite)
                && !built.iter().any(|binary| binary.holds(suite))
                && suites.iter().any(|other| other.is_beside(suite))
        });
        known
    }

    fn has_target(&self, suite: &SuiteDescription) -> bool {
        let packages = self.packages.iter().filter(|package| *package.name == suite.package);
        packages.flat_map(|package| &package.targets).any(|target| match &suite.target {
            CargoTarget::Lib => !(target.is_bin() || target.is_test() || target.is_bench()),
            CargoTarget::Bin(name) => target.name == *name,
            CargoTarget::Test(name) => target.name.replace('-', "_") == *name,
        })
    }

    /// Returns `true` if Cargo may choose targets of the package. A SPEC that is no name may mean any.
    fn is_selected(&self, package: &str) -> bool {
        let is_name = |spec: &str| self.packages.iter().any(|package| *package.name == spec);
        if self.args.workspace {
            !self.args.exclude.iter().any(|spec| spec == package)
        } else if self.args.packages.is_empty() {
            self.builds_by_default(package)
        } else {
            self.args.packages.iter().any(|spec| spec == package || !is_name(spec))
        }
    }

    /// Has each of `marked` describe its suite. Cargo starts them one by one, as it would for a person.
    fn descriptions(
        &self,
        marked: &[Binary],
        starter: &Starter,
    ) -> anyhow::Result<Vec<SuiteDescription>> {
        let run = fresh_id();
        let mut command = self.cargo_test();
        let options: BTreeSet<_> = marked.iter().map(Binary::options).collect();
        starter.append_to(&mut command, &options);
        command.env(variables::RUN, &run);
        command.args(["--", test_names::BUDGETS, "--exact"]);
        // A suite whose budgets and tests do not match fails the test, and describes itself all the same.
        let (finished, timed_out) = process::run_within(&mut command, unanswered::LIMIT)?;
        let suites = latest::suites(&self.folders, &run)?;
        let is_silent = |binary: &&Binary| !suites.iter().any(|suite| binary.holds(suite));
        let silent: Vec<_> = marked.iter().filter(is_silent).collect();
        if silent.is_empty() {
            return Ok(suites);
        }
        Err(unanswered::error(&silent, &finished, timed_out))
    }

    /// Returns a `cargo test` of the binary that holds `suite`, one of those that were found here.
    ///
    /// # Errors
    ///
    /// If none was found.
    pub(crate) fn test_of(&self, suite: &SuiteDescription) -> anyhow::Result<Command> {
        let found = self.found.borrow();
        let (marked, starter) = &*found;
        let binary = marked.iter().find(|binary| binary.holds(suite));
        let binary = binary.with_context(|| format!("no test holds the suite {}", suite.suite))?;
        let mut command = self.cargo_test();
        starter.append_to(&mut command, &BTreeSet::from([binary.options()]));
        Ok(command)
    }

    /// Fails unless cargo says that everything is built.
    fn refuse_unbuilt(&self, built: &Finished) -> anyhow::Result<()> {
        if built.success {
            return Ok(());
        }
        let mut text = format!("the tests do not build\n\n{}", built.stderr.trim_end());
        if self.built > 1 {
            text.push_str(
                "\n\n  leave out what is not for this build: `--workspace --exclude NAME`, or `-p NAME` for each of \
                 the others",
            );
        }
        bail!(text)
    }

    fn cargo_test(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.arg("test").arg("--no-fail-fast");
        self.args.append_to(&mut command);
        command
    }
}

/// Fails if there are clashes, with `or` as a further remedy.
fn refuse(clashes: &[NameClash], or: &str) -> anyhow::Result<()> {
    if clashes.is_empty() {
        return Ok(());
    }
    let texts: Vec<_> = clashes.iter().map(|clash| format!("{clash}{or}")).collect();
    bail!("{}", texts.join("\n\n"))
}
