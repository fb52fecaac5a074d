//! The judge: the test process. It has a meter measure, reads the budget, decides and explains.
//!
//! Everything fails closed: whatever is not known to hold is a failure with its place and its remedy.

pub(crate) mod budgets;
pub(crate) mod engine;
pub(crate) mod meters;
mod prove;
pub(crate) mod sizes;

use std::path::PathBuf;

use tripline_budget::protocol::files;
use tripline_budget::{
    Budget, BudgetFile, Cfgs, Config, Figures, Judgement, LoadError, Measurement, Outcome, SCHEMA,
    commit_of, invariants, judge,
};

use crate::case::paths::Home;
use crate::case::registry::{Suite, Workload};
use crate::case::ruler;
use crate::growth::superlinear::{Bent, Look};
use crate::judge::engine::Measured;
use crate::judge::meters::Meters;
use crate::render;
use crate::report::{self, Report};
use crate::run::Run;
use crate::run::request;
use crate::sites::evidence::{self, Evidence, Trial};
use crate::sites::snapshot::Snapshot;

/// One workload and everything around it that its verdict depends on.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) workload: &'static Workload,
    pub(crate) suite: &'static Suite,
    pub(crate) home: Home,
    /// The budget's place, whether or not it is there.
    budget: PathBuf,
}

/// Measures a workload and holds it to its budget. The error is the failure's whole text.
pub(crate) fn hold(workload: &'static Workload) -> Result<(), String> {
    let Some(suite) = Suite::of_this_binary() else {
        return Err(no_suite(workload));
    };
    let case = Case::new(workload, suite);
    case.hold().map_err(|reason| match reason {
        Failure::Tripped(text) => text,
        Failure::Unknown(reason) => render::unknown(&case, &reason),
    })
}

/// Why a workload does not hold.
enum Failure {
    /// The rendered text.
    Tripped(String),
    /// It could not be measured or judged, for this reason.
    Unknown(String),
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self::Unknown(reason)
    }
}

impl Case {
    fn new(workload: &'static Workload, suite: &'static Suite) -> Self {
        let home = Home::find(workload.manifest_dir);
        let mut budget = home.suite(suite.name());
        budget.extend(workload.path().split("::"));
        budget.as_mut_os_string().push(".toml");
        Self { workload, suite, home, budget }
    }

    /// `sql::wal_insert_heavy`.
    pub(crate) fn name(&self) -> String {
        format!("{}::{}", self.suite.name(), self.workload.path())
    }

    /// The budget's path as a person would type it.
    pub(crate) fn budget_shown(&self) -> String {
        self.home.shown(&self.budget)
    }

    /// `tests/sql.rs:14`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.workload.file, self.workload.line)
    }

    fn hold(&self) -> Result<(), Failure> {
        if self.workload.path() == files::SIZES {
            return Err(Failure::Unknown(
                "no workload can be called `sizes`: `sizes.toml` holds the suite's type sizes"
                    .to_owned(),
            ));
        }
        let config = self.config()?;
        let budget = self.budget(&config)?;
        if let Some(at) = request::planted()? {
            return Err(Failure::Tripped(prove::failure(self, at, &config, budget.as_ref())?));
        }
        let run = Run::begin(files::LATEST, self.suite.name(), &self.workload.path())?;
        report::withdraw(&run.published(files::REPORT))?;
        let on = budget.as_ref().map_or(config.breakdown, |budget| budget.breakdown);
        let meters = Meters {
            workload: self.workload,
            budget: budget.as_ref(),
            config: &config,
            plant: None,
        };
        let sites = (on, matches!(self.snapshot().read(), Ok(Some(_))));
        let Measured { outcome, names_sites } = engine::measure(meters, &run, sites)?;
        let mut figures = match outcome {
            Outcome::Measured(figures) => figures,
            Outcome::Failed(reason) => {
                let failed = self.measurement(&run, Outcome::Failed(reason.clone()));
                run.publish(files::MEASUREMENT, &failed.to_json())?;
                return Err(Failure::Unknown(reason));
            }
        };
        let bent = Look {
            workload: self.workload,
            budget: budget.as_ref(),
            config: &config,
            folder: run.folder(),
        };
        let bent = bent.at(&mut figures)?;
        let repeats = meters.repeat()?;
        let judgement = budget.as_ref().map(|budget| judge(budget, &figures));
        let trial = Trial {
            case: self,
            run: &run,
            budget: budget.as_ref(),
            judgement: judgement.as_ref(),
            config: &config,
            figures: &figures,
        };
        let evidence = if names_sites { Some(trial.gather()?) } else { None };
        if on && !names_sites {
            evidence::touch(self, &run)?;
        }
        let judged = budget.as_ref().zip(judgement.as_ref());
        self.conclude(&run, judged, (figures, repeats), (evidence.as_ref(), &bent))
    }

    /// Publishes what is known, the measurement last, and decides.
    fn conclude(
        &self,
        run: &Run,
        judged: Option<(&Budget, &Judgement)>,
        (figures, repeats): (Figures, Vec<Outcome>),
        (evidence, bent): (Option<&Evidence>, &Bent),
    ) -> Result<(), Failure> {
        let shown = |name| self.home.shown(&run.published(name));
        let published = render::Published {
            measurement: shown(files::MEASUREMENT),
            profile: evidence.map(|_| shown(files::PROFILE)),
            report: evidence.map(|_| shown(files::REPORT)),
        };
        let blamed = (evidence, bent);
        let verdict = judged.map(|judged| self.verdict(judged, &figures, blamed, &published));
        if let Some(evidence) = evidence {
            let page = Report::of(self, &figures, evidence, verdict.as_ref());
            run.publish(files::REPORT, &page.to_html())?;
        }
        let failure = match verdict {
            None => Some(render::unrecorded(self, &figures, &published)),
            Some(verdict) if verdict.trips() => Some(verdict.failure()),
            Some(verdict) => {
                verdict.loose().inspect(|hint| eprintln!("{hint}"));
                None
            }
        };
        let snapshot = evidence.and_then(|evidence| evidence.pending.clone());
        let measured = self.measurement(run, Outcome::Measured(figures));
        let measurement = Measurement { repeats, snapshot, ..measured };
        run.publish(files::MEASUREMENT, &measurement.to_json())?;
        failure.map_or(Ok(()), |text| Err(Failure::Tripped(text)))
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::of(self.workload, self.suite, &self.home)
    }

    pub(crate) fn verdict<'a>(
        &'a self,
        (budget, judgement): (&'a Budget, &'a Judgement),
        figures: &'a Figures,
        (evidence, bent): (Option<&'a Evidence>, &'a Bent),
        published: &'a render::Published,
    ) -> render::Verdict<'a> {
        let sites = evidence.into_iter().flat_map(|evidence| evidence.broken.iter().cloned());
        render::Verdict {
            case: self,
            budget,
            figures,
            judgement,
            broken: sites.chain(invariants(figures)).collect(),
            evidence,
            bent,
            ruler: budget.ruler.changes(&ruler::ruler(self.suite, self.home.workspace())),
            published,
            stored: None,
        }
        .joined()
    }

    fn config(&self) -> Result<Config, String> {
        let Some(budgets) = self.home.budgets() else {
            return Ok(Config::default());
        };
        let file = budgets.join(files::CONFIG);
        Config::load(&file, &self.home.shown(&file)).map_err(|error| describe(&error))
    }

    /// The budget of this build; `None` if there is no file.
    fn budget(&self, config: &Config) -> Result<Option<Budget>, String> {
        let shown = self.budget_shown();
        let file = match BudgetFile::load(&self.budget, &shown) {
            Err(LoadError::Read { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                return Ok(None);
            }
            file => file.map_err(|error| describe(&error))?,
        };
        let budget = file.resolve(config, &cfgs(self.suite)?);
        budget.map(Some).map_err(|problems| problems.to_string())
    }

    pub(crate) fn measurement(&self, run: &Run, outcome: Outcome) -> Measurement {
        Measurement {
            schema: SCHEMA,
            run: run.id.clone(),
            suite: self.suite.name().to_owned(),
            workload: self.workload.path(),
            commit: commit_of(self.home.workspace()),
            ruler: ruler::ruler(self.suite, self.home.workspace()),
            outcome,
            repeats: Vec::new(),
            planted: None,
            snapshot: None,
        }
    }
}

/// What `when` may ask of this build.
pub(crate) fn cfgs(suite: &Suite) -> Result<Cfgs, String> {
    Cfgs::parse(&ruler::cfgs(suite))
        .map_err(|error| format!("failed to read this build's cfgs: {error}"))
}

/// An error with its causes on one line; a file's problems as they are.
pub(crate) fn describe(error: &LoadError) -> String {
    match error {
        LoadError::Read { file, source } => format!("failed to read {file}: {source}"),
        LoadError::Problems(problems) => problems.to_string(),
    }
}

fn no_suite(workload: &Workload) -> String {
    let name = workload.crate_name();
    format!(
        "FAILED {name}::{}: this crate is no suite        {}:{}

  `suite!` installs the allocator that measures; without it nothing can be.
  add       tripline::suite!();        at the root of the crate `{name}`
",
        workload.path(),
        workload.file,
        workload.line
    )
}
