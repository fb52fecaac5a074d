//! Checks that everything was measured at one commit, by one ruler.

use std::collections::{BTreeMap, BTreeSet};

use tripline_budget::{DependencyDigest, Ruler, UnknownCommit};

use crate::output::few;
use crate::published::disagreement::Disagreement;
use crate::published::shard::Shard;
use crate::workspace::name;

/// The digits of a commit that are shown.
const SHOWN_DIGITS: usize = 12;

/// Stands for what a file does not state. It is not equal to anything, itself included.
const NOT_KNOWN: &str = "not known";

/// Returns the first digits of a commit, which are enough to know it by; a name of another kind whole.
pub(crate) fn shown_commit(commit: &str) -> &str {
    let is_hex = commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex { commit.get(..SHOWN_DIGITS).unwrap_or(commit) } else { commit }
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

/// Returns the commit of this checkout and of every file.
///
/// # Errors
///
/// If they differ, or one of them is not known: what nobody knows is not the same.
pub(super) fn commit(
    shards: &[Shard],
    head: &Result<String, UnknownCommit>,
) -> Result<String, Disagreement> {
    let known = head.as_ref().ok();
    let all_known = known.is_some() && origins(shards).all(|origin| origin.commit.is_some());
    if let Some(head) = known
        && origins(shards).all(|origin| origin.commit == Some(head))
    {
        return Ok(head.clone());
    }
    let here = match head {
        Ok(head) => shown_commit(head).to_owned(),
        Err(reason) => format!("{NOT_KNOWN}: {reason}"),
    };
    let of = |origin: &FileOrigin<'_>| origin.commit.map_or(NOT_KNOWN, shown_commit).to_owned();
    let mut places = vec![("this checkout".to_owned(), here)];
    places.extend(stated_values(shards, |_| true, of));
    let (reason, advice) = if all_known {
        ("the files are not all of one commit", SAME_COMMIT)
    } else {
        ("the commit is not known, so nobody can say that the files are all of one", KNOWN_COMMIT)
    };
    Err(Disagreement { reason: reason.to_owned(), places, remedy: ("measure", advice) })
}

const SAME_COMMIT: &str = "every shard at this checkout's commit; remove `tripline/latest` before the tests where a target folder is kept";

const KNOWN_COMMIT: &str = "every shard in a checkout whose commit git says; where there is no repository, set TRIPLINE_COMMIT to the same name of the sources for the tests and for this command";

/// Finds rulers that differ or are not known, part by part. Packages that one compiler builds for one target may differ
/// in their profiles, so those are compared suite by suite.
///
/// The features of dependencies are compared where every shard of a suite knows them: [`without_features`].
pub(super) fn rulers(shards: &[Shard]) -> Vec<Disagreement> {
    let suites: BTreeSet<_> = origins(shards).map(|origin| origin.suite).collect();
    let partly_known = suites_without_features(shards);
    let mut problems = Vec::new();
    for (at, (part, _)) in Ruler::default().parts().into_iter().enumerate() {
        let value = |origin: &FileOrigin<'_>| match origin.ruler.parts()[at].1 {
            "" => NOT_KNOWN.to_owned(),
            digest if part == "dependencies" && partly_known.contains(origin.suite) => {
                let read = DependencyDigest::read(digest);
                read.map_or_else(|| digest.to_owned(), |it| it.without_features().to_string())
            }
            known => known.to_owned(),
        };
        let mut compare = |part: &str, of: &dyn Fn(&FileOrigin<'_>) -> bool| {
            let values: BTreeSet<_> = origins(shards).filter(of).map(|it| value(&it)).collect();
            let problem = if values.contains(NOT_KNOWN) {
                Some((format!("not everybody's ruler is known: {part}"), KNOWN_RULER))
            } else {
                let reason = || format!("not everything was measured by one ruler: {part}");
                (values.len() > 1).then(|| (reason(), SAME_RULER))
            };
            problems.extend(problem.map(|(reason, advice)| Disagreement {
                reason,
                places: stated_values(shards, of, value),
                remedy: ("measure", advice),
            }));
        };
        if matches!(part, "rustc" | "target") {
            compare(part, &|_| true);
            continue;
        }
        for suite in &suites {
            compare(&format!("{part} of {suite}"), &|origin| origin.suite == *suite);
        }
    }
    problems
}

/// Returns the shards that do not know the features of a suite's dependencies: the tests ran apart from what Cargo built,
/// as those of an archive do. Nobody can say that the features were the same.
pub(crate) fn without_features(shards: &[Shard]) -> Vec<String> {
    let is_without =
        |shard: &&Shard| !suites_without_features(std::slice::from_ref(*shard)).is_empty();
    // One part alone is compared with nothing.
    let compared = if shards.len() > 1 { shards } else { &[] };
    compared.iter().filter(is_without).map(Shard::shown).collect()
}

fn suites_without_features(shards: &[Shard]) -> BTreeSet<&str> {
    let is_without = |origin: &FileOrigin<'_>| {
        DependencyDigest::read(&origin.ruler.dependencies).is_some_and(|it| !it.knows_features())
    };
    origins(shards).filter(is_without).map(|origin| origin.suite).collect()
}

const SAME_RULER: &str =
    "every shard with the same toolchain, target, profile, features and lock file";

/// The lock file is all that can be absent or unreadable where tests run.
const KNOWN_RULER: &str = "every shard with Cargo's own `Cargo.lock` at the workspace's root, also where an archive of tests runs";

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
            ruler: Ruler { profile: (*profile).to_owned(), ..known() },
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

    fn known() -> Ruler {
        let one = || "1".to_owned();
        let (rustc, target, profile, features) = (one(), one(), one(), one());
        Ruler { rustc, target, profile, features, allocator: one(), dependencies: one() }
    }

    #[test]
    fn a_part_that_nobody_knows_is_not_the_same() {
        let stating = |given: &str, dependencies: &str| {
            let mut shard = shard(given, &[("sql", "opt 1")]);
            shard.measurements[0].ruler.dependencies = dependencies.to_owned();
            shard
        };
        assert_eq!(rulers(&[stating("one", "1"), stating("two", "1")]), []);
        for dependencies in ["1", ""] {
            let problems = rulers(&[stating("one", ""), stating("two", dependencies)]);
            let [problem] = &problems[..] else { panic!("{problems:?}") };
            assert_eq!(problem.reason, "not everybody's ruler is known: dependencies of sql");
        }
    }

    #[test]
    fn features_are_compared_where_every_shard_knows_them() {
        let stating = |given: &str, end: &str| {
            let mut shard = shard(given, &[("sql", "opt 1")]);
            let digest = format!("2 crates, 3f9a1c2e41d07b55, sources none{end}");
            shard.measurements[0].ruler.dependencies = digest;
            shard
        };
        let [one, other] = ["1", "2"].map(|end| format!(", features 3f9a1c2e41d07b5{end}"));
        assert_eq!(rulers(&[stating("one", &one), stating("two", &one)]), []);
        assert_eq!(rulers(&[stating("one", &one), stating("two", &other)]).len(), 1);

        let archived = [stating("one", &one), stating("two", "")];
        assert_eq!(rulers(&archived), []);
        assert_eq!(without_features(&archived), ["two"]);
        assert_eq!(without_features(&archived[1..]), [""; 0]);
        let [mut moved, archived] = archived;
        let versions = &mut moved.measurements[0].ruler.dependencies;
        *versions = versions.replace("2 crates", "3 crates");
        assert_eq!(rulers(&[moved, archived]).len(), 1);
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
