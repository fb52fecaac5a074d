//! Checks that several shards go together: each suite described, each workload measured once.

use std::collections::{BTreeMap, BTreeSet};

use tripline_budget::{CargoTarget, NameClash, Ruler, SuiteDescription};

use crate::published::disagreement::Disagreement;
use crate::published::shard::Shard;
use crate::workspace::name;

/// A suite, its package, and its target in it.
type Target<'a> = (&'a str, &'a str, &'a CargoTarget);

/// Finds names that no test can have: as a file's name, such a name could lead anywhere.
pub(super) fn misnamed(shards: &[Shard]) -> Option<Disagreement> {
    let mut places = Vec::new();
    for shard in shards {
        for suite in &shard.suites {
            let names = suite.workloads.iter().map(|it| it.workload.as_str());
            let misnamed = names.filter(|workload| !workload.split("::").all(is_name));
            places.extend(
                misnamed.map(|it| (format!("{:?}", name(&suite.suite, it)), shard.shown())),
            );
            if !is_name(&suite.suite) {
                places.push((format!("{:?}", suite.suite), shard.shown()));
            }
        }
    }
    (!places.is_empty()).then(|| Disagreement {
        reason: "a suite or a workload has an impossible name".to_owned(),
        places,
        remedy: ("look", "who wrote the folder: no test publishes such a name"),
    })
}

/// Returns `true` for a name that a suite, a module or a test can have, in any script.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let foreign = |c: char| !(c.is_ascii() || c.is_control() || c.is_whitespace());
    !name.is_empty() && name.chars().all(|c| plain(c) || foreign(c))
}

/// Finds suites and workloads that share a name: what was measured of one may have been written over by another.
pub(super) fn name_clashes(shards: &[Shard]) -> Vec<Disagreement> {
    let suites: Vec<_> = shards.iter().flat_map(|shard| shard.suites.iter().cloned()).collect();
    let disagreement = |clash: NameClash| Disagreement {
        reason: clash.reason(),
        places: clash.owners().to_vec(),
        remedy: clash.remedy(),
    };
    tripline_budget::name_clashes(&suites).into_iter().map(disagreement).collect()
}

/// Finds suites that two shards describe differently.
pub(super) fn descriptions(shards: &[Shard]) -> Option<Disagreement> {
    let mut places = Vec::new();
    for ((name, ..), described) in by_target(shards) {
        let (_, first) = described[0];
        if described.iter().any(|(_, suite)| content(suite) != content(first)) {
            places.push((name.to_owned(), listed(described.iter().map(|(shard, _)| *shard))));
        }
    }
    (!places.is_empty()).then(|| Disagreement {
        reason: "a suite differs between shards".to_owned(),
        places,
        remedy: ("build", "every shard with the same features"),
    })
}

fn by_suite(shards: &[Shard]) -> BTreeMap<&str, Vec<(&Shard, &SuiteDescription)>> {
    let mut suites = BTreeMap::<_, Vec<_>>::new();
    for shard in shards {
        for suite in &shard.suites {
            suites.entry(suite.suite.as_str()).or_default().push((shard, suite));
        }
    }
    suites
}

fn by_target(shards: &[Shard]) -> BTreeMap<Target<'_>, Vec<(&Shard, &SuiteDescription)>> {
    let mut suites = BTreeMap::<_, Vec<_>>::new();
    for shard in shards {
        for suite in &shard.suites {
            let target = (suite.suite.as_str(), suite.package.as_str(), &suite.target);
            suites.entry(target).or_default().push((shard, suite));
        }
    }
    suites
}

/// Returns the description without the run, its machine and what is compared elsewhere.
fn content(suite: &SuiteDescription) -> SuiteDescription {
    SuiteDescription {
        run: String::new(),
        starter: None,
        commit: None,
        budgets: None,
        ruler: Ruler::default(),
        ..suite.clone()
    }
}

/// Finds suites with measured workloads that no shard describes.
pub(super) fn undescribed(shards: &[Shard]) -> Option<Disagreement> {
    let described = by_suite(shards);
    let mut measured = BTreeMap::<_, Vec<_>>::new();
    for shard in shards {
        let suites: BTreeSet<_> = shard.measurements.iter().map(|it| it.suite.as_str()).collect();
        for suite in suites.into_iter().filter(|suite| !described.contains_key(suite)) {
            measured.entry(suite).or_default().push(shard);
        }
    }
    let place = |(suite, shards): (&str, Vec<_>)| {
        (suite.to_owned(), format!("measured in {}", listed(shards.into_iter())))
    };
    (!measured.is_empty()).then(|| Disagreement {
        reason: "no shard has the suite's `suite.json`".to_owned(),
        places: measured.into_iter().map(place).collect(),
        remedy: (
            "give",
            "also the shard whose part was the suite's test `tripline_suite::budgets`",
        ),
    })
}

/// Finds measured workloads that their suite does not list.
pub(super) fn unregistered(shards: &[Shard]) -> Option<Disagreement> {
    let described = by_suite(shards);
    let mut places = Vec::new();
    for shard in shards {
        for measured in &shard.measurements {
            let Some(suites) = described.get(measured.suite.as_str()) else { continue };
            let known = suites.iter().any(|(_, suite)| {
                suite.workloads.iter().any(|it| it.workload == measured.workload)
            });
            if !known {
                places.push((name(&measured.suite, &measured.workload), shard.shown()));
            }
        }
    }
    (!places.is_empty()).then(|| Disagreement {
        reason: "a measured workload is not in its suite".to_owned(),
        places,
        remedy: (
            "build",
            "every shard with the same features; remove `tripline/latest` before the tests where a \
             target folder is kept",
        ),
    })
}

pub(super) fn twice(shards: &[Shard]) -> Option<Disagreement> {
    let mut measured = BTreeMap::<_, Vec<_>>::new();
    for shard in shards {
        for it in &shard.measurements {
            measured.entry((it.suite.as_str(), it.workload.as_str())).or_default().push(shard);
        }
    }
    let places: Vec<_> = measured
        .into_iter()
        .filter(|(_, shards)| shards.len() > 1)
        .map(|((suite, workload), shards)| (name(suite, workload), listed(shards.into_iter())))
        .collect();
    (!places.is_empty()).then(|| Disagreement {
        reason: "a workload was measured in more than one shard".to_owned(),
        places,
        remedy: (
            "measure",
            "each in one; remove `tripline/latest` before the tests where a target folder is kept",
        ),
    })
}

fn listed<'a>(shards: impl Iterator<Item = &'a Shard>) -> String {
    shards.map(Shard::shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::published::contents::is_name;

    #[test]
    fn a_name_is_no_path() {
        for name in ["insert", "wal_2", "sql-2", "größe", "नमस्ते"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", ".", "..", "a/b", "a\\b", "C:", "a.b", "a b", "a\u{1b}", "a\u{a0}b"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
