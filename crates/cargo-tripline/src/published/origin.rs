//! Checks that everything was measured at one commit, by one ruler.

use std::collections::{BTreeMap, BTreeSet};

use tripline_budget::Ruler;

use crate::output::few;
use crate::published::disagreement::Disagreement;
use crate::published::shard::Shard;
use crate::workspace::name;

/// The digits of a commit that are shown.
const SHOWN_DIGITS: usize = 12;

/// Returns the first digits of a commit, which are enough to know it by.
pub(crate) fn shown_commit(commit: Option<&str>) -> &str {
    commit.map_or("unknown", |commit| commit.get(..SHOWN_DIGITS).unwrap_or(commit))
}

/// The suite, commit and ruler that a file of a shard states.
struct FileOrigin<'a> {
    suite: &'a str,
    /// The suite or the workload that the file is about.
    about: String,
    commit: Option<&'a str>,
    ruler: &'a Ruler,
}

fn origins(shards: &[Shard]) -> impl Iterator<Item = FileOrigin<'_>> {
    shards.iter().flat_map(|shard| {
        let suites = shard.suites.iter().map(|it| FileOrigin {
            suite: &it.suite,
            about: it.suite.clone(),
            commit: it.commit.as_deref(),
            ruler: &it.ruler,
        });
        suites.chain(shard.measurements.iter().map(|it| FileOrigin {
            suite: &it.suite,
            about: name(&it.suite, &it.workload),
            commit: it.commit.as_deref(),
            ruler: &it.ruler,
        }))
    })
}

/// Finds files that are not of `head`, the commit of this checkout.
pub(super) fn commits(shards: &[Shard], head: Option<&str>) -> Option<Disagreement> {
    if origins(shards).all(|origin| origin.commit == head) {
        return None;
    }
    let mut places = vec![("this checkout".to_owned(), shown_commit(head).to_owned())];
    places.extend(stated_values(shards, |_| true, |origin| shown_commit(origin.commit).to_owned()));
    Some(Disagreement {
        reason: "the files are not all of one commit".to_owned(),
        places,
        remedy: (
            "measure",
            "every shard at this checkout's commit, in a checkout with its `.git`; remove \
             `tripline/latest` before the tests where a target folder is kept",
        ),
    })
}

/// Finds rulers that differ, part by part. Packages that one compiler builds for one target may differ in their
/// profiles, so those are compared suite by suite.
pub(super) fn rulers(shards: &[Shard]) -> Vec<Disagreement> {
    let suites: BTreeSet<_> = origins(shards).map(|origin| origin.suite).collect();
    let mut problems = Vec::new();
    for (at, (part, _)) in Ruler::default().parts().into_iter().enumerate() {
        let value = |origin: &FileOrigin<'_>| origin.ruler.parts()[at].1.to_owned();
        if matches!(part, "rustc" | "target") {
            problems.extend(differing(part, stated_values(shards, |_| true, value)));
            continue;
        }
        for suite in &suites {
            let of_suite = |origin: &FileOrigin<'_>| origin.suite == *suite;
            problems.extend(differing(
                &format!("{part} of {suite}"),
                stated_values(shards, of_suite, value),
            ));
        }
    }
    problems
}

fn differing(part: &str, places: Vec<(String, String)>) -> Option<Disagreement> {
    let values: BTreeSet<_> = places.iter().map(|(_, value)| value).collect();
    (values.len() > 1).then(|| Disagreement {
        reason: format!("not everything was measured by one ruler: {part}"),
        places,
        remedy: (
            "measure",
            "every shard with the same toolchain, target, profile, features and lock file",
        ),
    })
}

/// Returns a line for each value that a shard states; if it states several, each names what states it.
fn stated_values(
    shards: &[Shard],
    of: impl Fn(&FileOrigin<'_>) -> bool,
    value: impl Fn(&FileOrigin<'_>) -> String,
) -> Vec<(String, String)> {
    let mut places = Vec::new();
    for shard in shards {
        let mut values = BTreeMap::<_, Vec<_>>::new();
        for origin in origins(std::slice::from_ref(shard)).filter(&of) {
            values.entry(value(&origin)).or_default().push(origin.about);
        }
        let mixed = values.len() > 1;
        places.extend(values.into_iter().map(|(value, about)| {
            let of = if mixed { format!("   {}", few(&about, 1)) } else { String::new() };
            (shard.shown(), format!("{value}{of}"))
        }));
    }
    places
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tripline_budget::{Measurement, Outcome, SCHEMA};

    use super::*;

    fn shard(given: &str, measured: &[(&str, &str)]) -> Shard {
        let measurement = |(suite, profile): &(&str, &str)| Measurement {
            schema: SCHEMA,
            run: String::new(),
            suite: (*suite).to_owned(),
            workload: "w".to_owned(),
            commit: None,
            ruler: Ruler { profile: (*profile).to_owned(), ..Ruler::default() },
            outcome: Outcome::Failed(String::new()),
            repeats: Vec::new(),
            planted: None,
            tripped: Vec::new(),
            snapshot: None,
        };
        Shard {
            given: PathBuf::from(given),
            latest: PathBuf::new(),
            canonical: PathBuf::new(),
            files: Vec::new(),
            suites: Vec::new(),
            measurements: measured.iter().map(measurement).collect(),
        }
    }

    #[test]
    fn packages_may_have_profiles_of_their_own_and_one_suite_has_one() {
        let one = shard("one", &[("sql", "opt 1"), ("net", "opt 3")]);
        assert_eq!(rulers(&[one, shard("two", &[("sql", "opt 1")])]), []);

        let one = shard("one", &[("sql", "opt 1"), ("net", "opt 3")]);
        let problems = rulers(&[one, shard("two", &[("sql", "opt 3")])]);
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!(problem.reason, "not everything was measured by one ruler: profile of sql");
        let place = |shard: &str, value: &str| (shard.to_owned(), value.to_owned());
        assert_eq!(problem.places, [place("one", "opt 1"), place("two", "opt 3")]);
    }
}
