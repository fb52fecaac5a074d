//! Names that two suites, or two workloads, would share.
//!
//! A suite's name is its folder of budgets and of figures, and a workload's is a file in them. Two that share one are
//! held to each other's limits, or the last to run is the only one that is measured. So a clash is an error before
//! anything is measured. Some file systems know no case, and a repository is checked out on many: names that differ in
//! case alone clash everywhere.
//!
//! Deliberately absent: a way to resolve a clash. Budgets that are committed belong to one of the two, and only a
//! person knows to which.

use std::collections::BTreeMap;
use std::fmt;

use crate::protocol::file_names;
use crate::runs::{SuiteDescription, WorkloadDescription};

/// A name that several suites or workloads would share. Its `Display` is the whole text, without an end of line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameClash {
    shared: SharedName,
    /// Each owner and its place, at least two.
    owners: Vec<(String, String)>,
}

/// The thing that is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SharedName {
    /// The name of a suite.
    Suite(String),
    /// The budget of a workload, from the folder of budgets on.
    Budget(String),
    /// The breakdown of a workload, by its path.
    Breakdown(String),
}

impl NameClash {
    /// Returns the fault, as the first line of a failure.
    #[must_use]
    pub fn reason(&self) -> String {
        match &self.shared {
            SharedName::Suite(name) => format!("several suites are called `{name}`"),
            SharedName::Budget(file) | SharedName::Breakdown(file) => {
                format!("several workloads have the file {file}")
            }
        }
    }

    /// Returns each that has the name, and its place.
    #[must_use]
    pub fn owners(&self) -> &[(String, String)] {
        &self.owners
    }

    /// Returns `true` if `name` is one of them.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        self.owners.iter().any(|(owner, _)| owner == name)
    }

    /// Returns the remedy: a word and the advice.
    #[must_use]
    pub const fn remedy(&self) -> (&'static str, &'static str) {
        match self.shared {
            SharedName::Suite(_) => (
                "write",
                "`tripline::suite!(name = \"…\")` in all but one; budgets that are recorded stay under the name that they \
                 have",
            ),
            SharedName::Budget(_) => (
                "rename",
                "all but one; upper and lower case make no difference to some file systems",
            ),
            SharedName::Breakdown(_) => (
                "rename",
                "all but one: in a breakdown's file name `::` is `__`, also behind the suite's name",
            ),
        }
    }
}

impl fmt::Display for NameClash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n\n", self.reason())?;
        let width = self.owners.iter().map(|(owner, _)| owner.chars().count()).max().unwrap_or(0);
        for (owner, place) in &self.owners {
            writeln!(f, "  {owner:<width$}   {place}")?;
        }
        let (word, advice) = self.remedy();
        write!(f, "\n  {word:<9} {advice}")
    }
}

/// Returns every clash among the suites of one build. A suite that stands there twice, by two runs, is one.
#[must_use]
pub fn name_clashes(suites: &[SuiteDescription]) -> Vec<NameClash> {
    let clashes = suite_clashes(suites);
    if !clashes.is_empty() {
        // Their workloads clash only because they do.
        return clashes;
    }
    let by_name: BTreeMap<_, _> = suites.iter().map(|suite| (&suite.suite, suite)).collect();
    let workloads = by_name
        .values()
        .flat_map(|suite| suite.workloads.iter().map(|workload| (suite.suite.as_str(), workload)));
    workload_clashes(workloads)
}

fn suite_clashes(suites: &[SuiteDescription]) -> Vec<NameClash> {
    let mut by_name = BTreeMap::<_, BTreeMap<_, _>>::new();
    for suite in suites {
        let owners = by_name.entry(suite.suite.to_lowercase()).or_default();
        owners.entry((&suite.package, &suite.target)).or_insert(suite);
    }
    let several = by_name.into_values().filter(|owners| owners.len() > 1);
    several.map(|owners| of_suites(&owners.into_values().collect::<Vec<_>>())).collect()
}

fn of_suites(suites: &[&SuiteDescription]) -> NameClash {
    let one = suites.iter().all(|suite| suite.suite == suites[0].suite);
    let owner = |suite: &&SuiteDescription| {
        let target = format!("{} of package `{}`", suite.target, suite.package);
        let owner = if one { target } else { format!("`{}`: {target}", suite.suite) };
        (owner, format!("{}:{}", suite.file.replace('\\', "/"), suite.line))
    };
    let mut owners: Vec<_> = suites.iter().map(owner).collect();
    owners.sort();
    NameClash { shared: SharedName::Suite(suites[0].suite.clone()), owners }
}

/// Returns every clash among workloads, each with the name of its suite.
#[must_use]
pub fn workload_clashes<'a>(
    workloads: impl IntoIterator<Item = (&'a str, &'a WorkloadDescription)>,
) -> Vec<NameClash> {
    let mut by_budget = BTreeMap::<_, Vec<_>>::new();
    let mut by_breakdown = BTreeMap::<_, Vec<_>>::new();
    for (suite, workload) in workloads {
        let (budget, breakdown) = (budget(suite, workload), breakdown(suite, workload));
        by_budget.entry(budget.to_lowercase()).or_default().push((suite, workload, budget));
        by_breakdown
            .entry(breakdown.to_lowercase())
            .or_default()
            .push((suite, workload, breakdown));
    }
    let budgets = clashing(by_budget, SharedName::Budget);
    // Workloads that share a budget share its breakdown, too.
    if budgets.is_empty() { clashing(by_breakdown, SharedName::Breakdown) } else { budgets }
}

fn clashing(
    by_file: BTreeMap<String, Vec<(&str, &WorkloadDescription, String)>>,
    shared: fn(String) -> SharedName,
) -> Vec<NameClash> {
    let several = by_file.into_values().filter(|owners| owners.len() > 1);
    let clash = |owners: Vec<(&str, &WorkloadDescription, String)>| {
        let owner = |(suite, workload, _): &(&str, &WorkloadDescription, String)| {
            let place = format!("{}:{}", workload.file.replace('\\', "/"), workload.line);
            (format!("{suite}::{}", workload.workload), place)
        };
        NameClash {
            shared: shared(owners[0].2.clone()),
            owners: owners.iter().map(owner).collect(),
        }
    };
    several.map(clash).collect()
}

fn budget(suite: &str, workload: &WorkloadDescription) -> String {
    format!("{suite}/{}.toml", workload.workload.replace("::", "/"))
}

fn breakdown(suite: &str, workload: &WorkloadDescription) -> String {
    let name = file_names::snapshot_name(suite, &workload.workload);
    let file = workload.file.replace('\\', "/");
    let folder = file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    format!("{folder}{}/{}", file_names::SNAPSHOTS, file_names::snapshot_file(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::{CargoTarget, Ruler, SCHEMA};

    fn suite(
        name: &str,
        package: &str,
        target: CargoTarget,
        workloads: &[&str],
    ) -> SuiteDescription {
        let workload = |(at, workload): (usize, &&str)| WorkloadDescription {
            workload: (*workload).to_owned(),
            test: (*workload).to_owned(),
            file: format!("{package}/tests/t.rs"),
            line: 9 + u32::try_from(at).unwrap(),
            ignored: false,
        };
        SuiteDescription {
            schema: SCHEMA,
            run: "run".to_owned(),
            starter: None,
            suite: name.to_owned(),
            commit: None,
            package: package.to_owned(),
            target,
            file: format!("{package}/tests/t.rs"),
            line: 2,
            budgets: None,
            cfgs: Vec::new(),
            ruler: Ruler::default(),
            workloads: workloads.iter().enumerate().map(workload).collect(),
            types: Vec::new(),
        }
    }

    fn test(name: &str) -> CargoTarget {
        CargoTarget::Test(name.to_owned())
    }

    fn texts(suites: &[SuiteDescription]) -> Vec<String> {
        name_clashes(suites).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn two_suites_of_one_name_are_named_with_their_places() {
        let suites = [
            suite("memory", "b", test("memory"), &["build"]),
            suite("memory", "a", test("memory"), &["build"]),
        ];
        assert_eq!(
            texts(&suites),
            ["several suites are called `memory`\n\n  \
              test target `memory` of package `a`   a/tests/t.rs:2\n  \
              test target `memory` of package `b`   b/tests/t.rs:2\n\n  \
              write     `tripline::suite!(name = \"…\")` in all but one; budgets that are recorded stay under the name that they have"]
        );
        let renamed = [suites[0].clone(), suite("memory_a", "a", test("memory"), &["build"])];
        assert_eq!(texts(&renamed), [""; 0]);
    }

    #[test]
    fn a_library_and_a_binary_are_two_and_a_suite_of_two_runs_is_one() {
        let lib = suite("p", "p", CargoTarget::Lib, &[]);
        let bin = suite("p", "p", CargoTarget::Bin("p".to_owned()), &[]);
        let clashes = name_clashes(&[lib.clone(), bin]);
        let owners: Vec<_> = clashes[0].owners().iter().map(|(owner, _)| owner.as_str()).collect();
        assert_eq!(owners, ["binary `p` of package `p`", "library of package `p`"]);
        assert!(name_clashes(&[lib.clone(), lib]).is_empty());
    }

    #[test]
    fn case_alone_tells_no_two_apart() {
        let suites =
            [suite("memory", "a", test("memory"), &[]), suite("Memory", "b", test("Memory"), &[])];
        let owners = name_clashes(&suites);
        assert_eq!(owners[0].owners()[0].0, "`Memory`: test target `Memory` of package `b`");
        let suites = [suite("s", "a", test("s"), &["a::b", "A::b", "a::c"])];
        assert_eq!(
            texts(&suites),
            ["several workloads have the file s/a/b.toml\n\n  \
              s::a::b   a/tests/t.rs:9\n  \
              s::A::b   a/tests/t.rs:10\n\n  \
              rename    all but one; upper and lower case make no difference to some file systems"]
        );
    }

    #[test]
    fn a_breakdowns_file_has_one_workload() {
        let clash = |file: &str, owners: &str| {
            format!(
                "several workloads have the file {file}\n\n{owners}\n  \
                 rename    all but one: in a breakdown's file name `::` is `__`, also behind the suite's name"
            )
        };
        let suites = [suite("s", "a", test("s"), &["a::b", "a__b", "a::b::c", "a_b"])];
        let owners = "  s::a::b   a/tests/t.rs:9\n  s::a__b   a/tests/t.rs:10\n";
        assert_eq!(texts(&suites), [clash("a/tests/snapshots/s__a__b.snap", owners)]);
        let two = |packages: [&str; 2]| {
            [
                suite("x", packages[0], test("x"), &["y__z"]),
                suite("x__y", packages[1], test("x__y"), &["z"]),
            ]
        };
        let owners = "  x::y__z   a/tests/t.rs:9\n  x__y::z   a/tests/t.rs:9\n";
        assert_eq!(texts(&two(["a", "a"])), [clash("a/tests/snapshots/x__y__z.snap", owners)]);
        // Each lies beside its own test.
        assert_eq!(texts(&two(["a", "b"])), [""; 0]);
    }
}
