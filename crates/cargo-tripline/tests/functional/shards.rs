//! A checkout, and what machines would hand over that each measured a part of it.

use std::collections::BTreeMap;
use std::path::Path;

use tripline_budget::{
    Blocks, CargoTarget, Figures, Measurement, Outcome, Ruler, SCHEMA, SuiteDescription,
    TypeLayout, WorkloadDescription,
};

use crate::environment::program;
use crate::project::Project;

/// A project in git whose suite is `played`, and no test of it ever built.
pub(crate) struct Played {
    pub(crate) project: Project,
    pub(crate) commit: String,
}

impl Played {
    /// With the shards `ci/one`, which has the suite and `insert`, and `ci/two`, which has `scan`.
    pub(crate) fn new() -> Self {
        let project = Project::new("played", "");
        for (workload, blocks) in [("insert", 1), ("cold/scan", 2), ("soak", 3)] {
            let limit = format!("[limits]\ntotal_blocks = {blocks}\n");
            project.write(&format!("budgets/played/{workload}.toml"), &limit);
        }
        project.write("budgets/played/sizes.toml", "[types]\nu64 = 8\n");
        let commit = commit(&project);
        let played = Self { project, commit };
        played.publish("ci/one/tripline/latest", &[&played.measurement("insert", 1)]);
        played.describe("ci/one/tripline/latest", &played.suite());
        played.publish("ci/two", &[&played.measurement("cold::scan", 2)]);
        played
    }

    pub(crate) fn suite(&self) -> SuiteDescription {
        let workload = |workload: &str| WorkloadDescription {
            workload: workload.to_owned(),
            test: workload.to_owned(),
            file: "tests/played.rs".to_owned(),
            line: 1,
            ignored: workload == "soak",
        };
        SuiteDescription {
            schema: SCHEMA,
            run: "one".to_owned(),
            starter: None,
            suite: "played".to_owned(),
            commit: Some(self.commit.clone()),
            package: "project-played".to_owned(),
            target: CargoTarget::Test("played".to_owned()),
            file: "tests/played.rs".to_owned(),
            line: 1,
            budgets: Some("/home/runner/work/budgets/played".to_owned()),
            cfgs: vec!["unix".to_owned()],
            ruler: ruler(),
            workloads: ["cold::scan", "insert", "soak"].map(workload).into(),
            types: vec![TypeLayout {
                name: "u64".to_owned(),
                size: 8,
                align: 8,
                file: "tests/played.rs".to_owned(),
                line: 2,
            }],
        }
    }

    pub(crate) fn measurement(&self, workload: &str, blocks: u64) -> Measurement {
        let bytes = 8 * blocks;
        let metrics = [("total_blocks", blocks), ("total_bytes", bytes)];
        let figures = Figures {
            metrics: BTreeMap::from(metrics.map(|(key, figure)| (key.to_owned(), figure))),
            counted: Blocks { blocks, bytes },
            ..Figures::default()
        };
        Measurement {
            schema: SCHEMA,
            run: workload.to_owned(),
            suite: "played".to_owned(),
            workload: workload.to_owned(),
            commit: Some(self.commit.clone()),
            ruler: ruler(),
            outcome: Outcome::Measured(figures),
            repeats: Vec::new(),
            planted: None,
            tripped: Vec::new(),
            snapshot: None,
        }
    }

    pub(crate) fn publish(&self, latest: &str, measurements: &[&Measurement]) {
        for it in measurements {
            let path = it.workload.replace("::", "/");
            let file = format!("{latest}/{}/{path}/measurement.json", it.suite);
            self.project.write(&file, &it.to_json());
        }
    }

    pub(crate) fn describe(&self, latest: &str, suite: &SuiteDescription) {
        let place = Path::new(latest).join(suite.place());
        self.project.write(place.to_str().unwrap(), &suite.to_json());
    }
}

fn ruler() -> Ruler {
    Ruler {
        rustc: "1.95.0".to_owned(),
        target: "x86_64-unknown-linux-gnu".to_owned(),
        profile: "opt 1".to_owned(),
        features: "none".to_owned(),
        allocator: "system".to_owned(),
        dependencies: "1 crate, 0123456789abcdef, sources none, features 0123456789abcdef"
            .to_owned(),
    }
}

/// Makes the project a checkout at a commit of its budgets, and says at which: the same on every machine.
pub(crate) fn commit(project: &Project) -> String {
    git(project, &["init", "--quiet", "--object-format=sha1"]);
    git(project, &["add", "budgets"]);
    git(project, &["commit", "--quiet", "--message", "Record budgets"]);
    git(project, &["rev-parse", "HEAD"]).trim().to_owned()
}

/// Runs git as nobody in particular, at no time in particular.
pub(crate) fn git(project: &Project, arguments: &[&str]) -> String {
    let mut git = program("git");
    git.current_dir(project.root()).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "nobody")
            .env(format!("GIT_{who}_EMAIL"), "nobody@localhost")
            .env(format!("GIT_{who}_DATE"), "2026-01-01T00:00:00Z");
    }
    let output = git.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
