//! The files to write, computed before any is written.

use anyhow::Context as _;

use crate::commands::init::args::{Ci, InitArgs};
use crate::commands::init::ci::{CiJob, workflow_file};
use crate::commands::init::consent::Consent;
use crate::commands::init::manifest::{Dependency, Manifest};
use crate::commands::init::package::Package;
use crate::commands::init::planned_files::PlannedFiles;
use crate::commands::init::suite_place::{NAME, SuiteForm, SuitePlace, existing, selection};
use crate::commands::init::template::{self, TemplateFacts};
use crate::commands::init::{dependency, obstacles, profile};
use crate::output::Tool;

/// The files to write, and notes on them.
#[derive(Debug)]
pub(super) struct SetUpPlan<'a> {
    pub(super) package: Package<'a>,
    pub(super) files: PlannedFiles,
    /// The suite's place, unless the package has a suite already.
    pub(super) place: Option<SuitePlace>,
    /// The suite's text without the crate's types, if the guess at them does not compile.
    pub(super) plain: Option<String>,
    /// The options of `cargo test` that run the suite alone.
    selection: String,
    pub(super) notes: Vec<String>,
    /// A job to print, not to write.
    pub(super) job: Option<String>,
    /// True if tripline comes from a registry.
    pub(super) needs_registry: bool,
}

impl<'a> SetUpPlan<'a> {
    pub(super) fn make(
        package: Package<'a>,
        args: &InitArgs,
        consent: Consent,
        tool: Tool,
    ) -> anyhow::Result<Self> {
        let files = PlannedFiles::new(package.repository());
        let mut plan = Self {
            package,
            files,
            place: None,
            plain: None,
            selection: String::new(),
            notes: Vec::new(),
            job: None,
            needs_registry: false,
        };
        plan.suite(args, consent, tool)?;
        plan.dependency(args)?;
        if plan.place.is_some() || args.with_profile {
            plan.profile(args, consent, tool)?;
        }
        plan.ci(args, consent, tool)?;
        Ok(plan)
    }

    fn suite(&mut self, args: &InitArgs, consent: Consent, tool: Tool) -> anyhow::Result<()> {
        if let Some(target) = existing(self.package) {
            self.selection = selection(target);
            let recording = args.recording(self.package.workspace, self.package.name())?;
            self.notes.push(format!(
                "{} is a suite already and stays as it is; `{tool} update-budgets{}` records new workloads",
                self.files.shown(target.src_path.as_std_path()),
                args.typed_for(&recording)
            ));
            return Ok(());
        }
        obstacles::refuse(self.package, &self.files, consent)?;
        let place = SuitePlace::choose(self.package, &self.files, args.unit)?;
        let shown = self.files.shown(&place.file);
        let before = self.files.text(&place.file)?;
        if place.form == SuiteForm::TestFile && before.is_some() {
            consent.to_overwrite(&shown, "without a `tripline::suite!`")?;
        }
        let facts = TemplateFacts {
            package: self.package.name(),
            is_alone: self.package.is_alone,
            has_tokio: self.package.depends_on("tokio"),
        };
        let text = |known| template::suite(&place, facts, known, before.as_deref());
        self.files.set(&place.file, text(place.known.as_ref()))?;
        self.selection = place.selection();
        self.plain = place.known.is_some().then(|| text(None));
        self.place = Some(place);
        Ok(())
    }

    fn dependency(&mut self, args: &InitArgs) -> anyhow::Result<()> {
        let path = self.package.manifest();
        let (shown, text) = (self.files.shown(path), self.files.text(path)?.unwrap_or_default());
        let mut manifest = Manifest::parse(&shown, &text)?;
        if !self.package.has_tripline() {
            let tripline = dependency::choose(self.package, args.path.as_deref(), &self.files)?;
            self.needs_registry = matches!(tripline, Dependency::Version(_));
            manifest.depend(&tripline)?;
        }
        let discovers = manifest.get(&["package", "autotests"]).and_then(toml_edit::Item::as_bool);
        let is_file = self.place.as_ref().is_some_and(|place| place.form == SuiteForm::TestFile);
        if is_file && discovers == Some(false) {
            manifest.declare_test(NAME, &format!("tests/{NAME}.rs"))?;
        }
        let text = manifest.finish()?;
        self.files.set(path, text)
    }

    /// Changes the profile only with consent: it is the workspace's, and other builds use it too.
    fn profile(&mut self, args: &InitArgs, consent: Consent, tool: Tool) -> anyhow::Result<()> {
        let path = self.package.workspace.join("Cargo.toml");
        let (shown, text) = (self.files.shown(&path), self.files.text(&path)?.unwrap_or_default());
        let mut manifest = Manifest::parse(&shown, &text)?;
        let advice = profile::advice(&manifest, self.package.name());
        let missing = profile::lines(advice.iter().filter(|line| !line.is_set()));
        let question = format!(
            "Tests that are built with\n\n{missing}\nexplain more. Add it to {shown}, for all of its builds?"
        );
        let adds = !missing.is_empty() && (args.with_profile || consent.to(&question)?);
        if adds {
            profile::add(&mut manifest, &advice)?;
            let text = manifest.finish()?;
            self.files.set(&path, text)?;
        }
        let left = profile::lines(advice.iter().filter(|line| line.is_set() || !adds));
        if !left.is_empty() {
            let how = match adds || missing.is_empty() {
                true => "other values are set there: change them by hand".to_owned(),
                false => format!(
                    "`{tool} init --with-profile{}` adds what is not set there",
                    args.typed()
                ),
            };
            self.notes.push(format!(
                "tests explain more if {shown} says\n\n{left}\n  {how}. Figures move with it"
            ));
        }
        Ok(())
    }

    fn ci(&mut self, args: &InitArgs, consent: Consent, tool: Tool) -> anyhow::Result<()> {
        let repository = self.package.repository();
        let file = workflow_file(&repository);
        let shown = self.files.shown(&file);
        let offers = args.ci.is_none() && repository.join(".github").is_dir() && !file.exists();
        let ci = match offers
            && consent.to(&format!("Write {shown}, which holds the budgets in CI?"))?
        {
            true => Some(Ci::Github),
            false => args.ci,
        };
        let workspace = self.package.workspace;
        let cargo = args.recording(workspace, self.package.name())?;
        let job = || CiJob::new(workspace, &repository, &self.selection, &cargo);
        match ci {
            Some(Ci::Github) => {
                let text = job().github();
                if self.files.text(&file)?.is_some_and(|before| before != text) {
                    consent.to_overwrite(&shown, "with other text")?;
                }
                self.files.set(&file, text).with_context(|| format!("failed to plan {shown}"))?;
            }
            Some(Ci::Gitlab) => self.job = Some(job().gitlab()),
            None if file.exists() || self.place.is_none() => {}
            None => {
                let again = format!("{tool} init{}", args.typed());
                self.notes.push(format!("for CI: `{again} --ci github`, or `--ci gitlab`"));
            }
        }
        Ok(())
    }
}
