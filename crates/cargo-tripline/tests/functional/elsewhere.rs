//! A project whose tests ran elsewhere: figures that a test states, for what the tool makes of figures.
//!
//! The plans, tables and files are the same as of tests that run here. Nothing is built, and a limit that takes 20
//! runs takes 20 lines of a file.

use std::collections::BTreeMap;
use std::path::Path;

use tripline_budget::{
    Blocks, CargoTarget, Entities, Figures, Measurement, Outcome, Ruler, SCHEMA, SuiteDescription,
    TypeLayout, WorkloadDescription,
};

use crate::project::Project;

/// Judges what was published.
pub(crate) const JUDGE: [&str; 2] = ["merge", "ci"];

/// Records it.
pub(crate) const RECORD: [&str; 3] = ["update-budgets", "--from", "ci"];

/// As many runs as a new limit takes.
const RUNS: usize = 20;

/// A workspace with the suite `elsewhere`, and the folder `ci` that a machine published.
pub(crate) struct Elsewhere {
    pub(crate) project: Project,
    pub(crate) suite: SuiteDescription,
}

impl Elsewhere {
    /// Publishes a suite with `workloads`, of which nothing is measured yet.
    pub(crate) fn new(workloads: &[&str]) -> Self {
        let suite = SuiteDescription {
            schema: SCHEMA,
            run: "ci".to_owned(),
            starter: None,
            suite: "elsewhere".to_owned(),
            commit: Some(COMMIT.to_owned()),
            package: "project-elsewhere".to_owned(),
            target: CargoTarget::Test("elsewhere".to_owned()),
            file: FILE.to_owned(),
            line: 1,
            budgets: Some("/home/runner/work/budgets/elsewhere".to_owned()),
            cfgs: ["unix", "debug_assertions", "!feature=\"extra\""].map(str::to_owned).into(),
            ruler: Ruler {
                rustc: "1.95.0".to_owned(),
                target: "x86_64-unknown-linux-gnu".to_owned(),
                profile: "opt-level 1, debug-assertions".to_owned(),
                features: "none".to_owned(),
                allocator: "system".to_owned(),
                dependencies: "1 crate, 0123456789abcdef".to_owned(),
            },
            workloads: workloads.iter().map(|workload| description(workload)).collect(),
            types: Vec::new(),
        };
        let elsewhere = Self { project: Project::new("elsewhere", "").at(COMMIT), suite };
        elsewhere.describe();
        elsewhere
    }

    /// Publishes the suite with its types: names, sizes, alignments.
    pub(crate) fn types(&mut self, types: &[(&str, u64, u64)]) {
        let layout = |(name, size, align): &(&str, u64, u64)| TypeLayout {
            name: (*name).to_owned(),
            size: *size,
            align: *align,
            file: FILE.to_owned(),
            line: 9,
        };
        self.suite.types = types.iter().map(layout).collect();
        self.describe();
    }

    /// Publishes equal runs of a workload.
    pub(crate) fn measured(&self, workload: &str, figures: &Figures) {
        self.measured_each(workload, &vec![figures.clone(); RUNS]);
    }

    /// Publishes the runs of a workload.
    pub(crate) fn measured_each(&self, workload: &str, runs: &[Figures]) {
        let mut outcomes = runs.iter().cloned().map(Outcome::Measured);
        let measurement = Measurement {
            schema: SCHEMA,
            run: "ci".to_owned(),
            suite: self.suite.suite.clone(),
            workload: workload.to_owned(),
            commit: Some(COMMIT.to_owned()),
            ruler: self.suite.ruler.clone(),
            outcome: outcomes.next().unwrap(),
            repeats: outcomes.collect(),
            planted: None,
            tripped: Vec::new(),
            snapshot: None,
        };
        self.project
            .write(&format!("ci/elsewhere/{workload}/measurement.json"), &measurement.to_json());
        self.describe();
    }

    fn describe(&self) {
        let place = Path::new("ci").join(self.suite.place());
        self.project.write(place.to_str().unwrap(), &self.suite.to_json());
    }
}

/// Named by a variable: there is no repository.
const COMMIT: &str = "elsewhere-1";

const FILE: &str = "tests/elsewhere.rs";

fn description(workload: &str) -> WorkloadDescription {
    WorkloadDescription {
        workload: workload.to_owned(),
        test: workload.to_owned(),
        file: FILE.to_owned(),
        line: 1,
        ignored: false,
    }
}

/// One run's figures. The second instrument counted what the first did.
pub(crate) fn figures(metrics: &[(&str, u64)]) -> Figures {
    let metrics: BTreeMap<_, _> =
        metrics.iter().map(|(key, figure)| ((*key).to_owned(), *figure)).collect();
    let total = |key| metrics.get(key).copied().unwrap_or_default();
    let counted = Blocks { blocks: total("total_blocks"), bytes: total("total_bytes") };
    Figures { metrics, counted, ..Figures::default() }
}

/// One run's figures, of a workload with boxes.
pub(crate) fn figures_of_boxes(boxes: u64, metrics: &[(&str, u64)]) -> Figures {
    let entities = Some(Entities { name: "box".to_owned(), count: boxes });
    Figures { entities, ..figures(metrics) }
}
