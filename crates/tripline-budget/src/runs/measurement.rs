//! What a run writes for others to read: `measurement.json` of a workload, `suite.json` of a suite.
//!
//! Both carry the id of the run that wrote them; a reader that started a run accepts no other id.
//! Figures are plain totals under the metric's key. Nothing here is divided by entities or judged.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::files::Engine;
use crate::metrics::{Metric, Source};
use crate::runs::FiguresAtSize;

/// The version of both formats. A reader refuses any other.
pub const SCHEMA: u32 = 1;

/// `measurement.json`: what one workload cost in one run, or why that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    pub schema: u32,
    /// The run that wrote this.
    pub run: String,
    pub suite: String,
    /// The test's path below the crate, with `::`.
    pub workload: String,
    /// Of the checkout it was measured in, by [`commit_of`](crate::commit_of).
    pub commit: Option<String>,
    pub ruler: Ruler,
    pub outcome: Outcome,
    /// The further runs that a tool asked for, in their order. The verdict is on the first alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<Outcome>,
    /// The limit that a breach was planted for. Such a measurement proves a limit and says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planted: Option<String>,
    /// The limits that the test trips on, if a breach was planted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tripped: Vec<String>,
    /// The breakdown by call site, where the workload's snapshot does not hold it or a tool asked.
    pub snapshot: Option<PendingSnapshot>,
}

/// A breakdown by call site that is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PendingSnapshot {
    pub composition: BreakdownStatus,
    /// The snapshot's path.
    pub file: String,
    /// All that the file is to hold.
    pub text: String,
}

/// How the call sites of a workload compare with those that were recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakdownStatus {
    /// No site grew by more than what its limit tolerates.
    Same,
    Changed,
    /// None were recorded.
    Missing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Measured(Figures),
    /// No figures: the workload panicked, was killed, hung … The text says which, and what to do.
    Failed(String),
}

/// The figures of one run of a workload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// What per-entity limits divide by, as declared by `probe.entities`.
    pub entities: Option<Entities>,
    /// What measured the heap.
    #[serde(default)]
    pub engine: Engine,
    /// Totals by [`Metric::measured_key`](crate::metrics::Metric::measured_key).
    pub metrics: BTreeMap<String, u64>,
    /// Metrics that this platform cannot measure, and why. A limit on one is no breach.
    pub unsupported: BTreeMap<String, String>,
    /// Figures that are bounds: by how much each may be too high. Only a peak that several threads made, by the
    /// counters; its blocks are then not known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub too_high_by: BTreeMap<String, u64>,
    /// Blocks from before the region that were freed inside it; no heap metric counts them.
    pub freed_before: Blocks,
    /// The totals by tripline's own counters, which must equal dhat's.
    pub counted: Blocks,
    /// Where the counters and dhat, which measured after them, do not fit each other: a sentence each. Such a
    /// measurement holds nothing, whatever its limits say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// What each size cost, the smallest first, of a workload that has several. Everything else here is the
    /// largest size's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scale: Vec<FiguresAtSize>,
}

impl Figures {
    /// Takes from `other` every figure that comes from `source`, and why it has none.
    pub fn take_from_source(&mut self, other: &Self, source: Source) {
        let is_from = |key: &str| key.parse().is_ok_and(|metric: Metric| metric.source() == source);
        let copied = |(key, value): (&String, &u64)| (key.clone(), *value);
        self.metrics.extend(other.metrics.iter().filter(|(key, _)| is_from(key)).map(copied));
        let copied = |(key, why): (&String, &String)| (key.clone(), why.clone());
        self.unsupported
            .extend(other.unsupported.iter().filter(|(key, _)| is_from(key)).map(copied));
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entities {
    pub name: String,
    pub count: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocks {
    pub blocks: u64,
    pub bytes: u64,
}

/// `suite.json`: what a test binary holds, known without running a workload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuiteDescription {
    pub schema: u32,
    /// The run that wrote this.
    pub run: String,
    pub suite: String,
    /// Of the checkout it was built in, by [`commit_of`](crate::commit_of).
    pub commit: Option<String>,
    /// The Cargo package and, within it, the target that hold the suite.
    pub package: String,
    pub target: Target,
    /// The folder whose files budget this suite, if there is one.
    pub budgets: Option<String>,
    /// Every captured cfg as Cargo writes it, `!` before those that are off.
    pub cfgs: Vec<String>,
    pub ruler: Ruler,
    pub workloads: Vec<WorkloadDescription>,
    pub types: Vec<TypeLayout>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Lib,
    Bin(String),
    /// By crate name, in which hyphens are underscores.
    Test(String),
}

/// What figures were measured with, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruler {
    pub rustc: String,
    pub target: String,
    /// Opt level and debug assertions.
    pub profile: String,
    /// Of the suite's package, those that are on; `none` if none is.
    pub features: String,
    /// What `tripline::Alloc` takes its memory from.
    pub allocator: String,
    /// [`Dependencies::digest`](crate::runs::Dependencies::digest); empty where there is no lock file.
    pub dependencies: String,
}

impl Ruler {
    /// Each part by its key in `[ruler]`, in the file's order. An empty one is not known.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &str); 6] {
        [
            ("rustc", &self.rustc),
            ("target", &self.target),
            ("profile", &self.profile),
            ("features", &self.features),
            ("allocator", &self.allocator),
            ("dependencies", &self.dependencies),
        ]
    }
}

/// A workload that the test binary holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkloadDescription {
    pub workload: String,
    /// The test's path as the test harness spells it: `workload` with the marks of raw identifiers.
    pub test: String,
    pub file: String,
    pub line: u32,
    pub ignored: bool,
}

/// A type's layout as the compiler chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeLayout {
    /// As written in `sizes!`, white space normalised.
    pub name: String,
    pub size: u64,
    pub align: u64,
    pub file: String,
    pub line: u32,
}

/// Why a text is no measurement or suite of this version.
#[derive(Debug, Error)]
pub enum ReadError {
    #[error(
        "it has schema {found}, but this tripline reads schema {SCHEMA}: build both with one version"
    )]
    Schema { found: u64 },
    #[error("it is not what this tripline writes: {0}")]
    Malformed(serde_json::Error),
}

/// Reads the schema alone first, because everything else may have changed with it.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    #[derive(Deserialize)]
    struct Schema {
        schema: u64,
    }
    let Schema { schema } = serde_json::from_str(text).map_err(ReadError::Malformed)?;
    if schema != u64::from(SCHEMA) {
        return Err(ReadError::Schema { found: schema });
    }
    serde_json::from_str(text).map_err(ReadError::Malformed)
}

/// The same value always gives the same bytes.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    // Strings, numbers and maps with string keys only: there is nothing that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(value).expect("JSON holds it");
    text.push('\n');
    text
}

/// Gives a published type the reading and writing of its file.
macro_rules! published {
    ($published:ty, $file:ident) => {
        impl $published {
            #[doc = concat!("Reads the file [`", stringify!($file), "`](crate::protocol::files::", stringify!($file), ").")]
            ///
            /// # Errors
            ///
            /// If it has another schema, an unknown or a missing field, or is no JSON.
            pub fn from_json(text: &str) -> Result<Self, $crate::ReadError> {
                $crate::runs::measurement::from_json(text)
            }

            #[doc = concat!("Returns the text of the file [`", stringify!($file), "`](crate::protocol::files::", stringify!($file), "). The same value always gives the same bytes.")]
            #[must_use]
            pub fn to_json(&self) -> String {
                $crate::runs::measurement::to_json(self)
            }
        }
    };
}
pub(crate) use published;

published!(Measurement, MEASUREMENT);
published!(SuiteDescription, SUITE);

#[cfg(test)]
mod tests {
    use super::*;

    fn measurement() -> Measurement {
        let figures = Figures {
            entities: Some(Entities { name: "row".into(), count: 4000 }),
            engine: Engine::Dhat,
            too_high_by: BTreeMap::new(),
            metrics: [("total_blocks".to_owned(), 5), ("max_bytes".to_owned(), 12)].into(),
            unsupported: [("rss_max_bytes".to_owned(), "only on Linux".to_owned())].into(),
            freed_before: Blocks::default(),
            counted: Blocks { blocks: 5, bytes: 40 },
            doubts: Vec::new(),
            scale: Vec::new(),
        };
        Measurement {
            schema: SCHEMA,
            run: "r1".into(),
            suite: "sql".into(),
            workload: "insert".into(),
            commit: Some("0123abcd".repeat(5)),
            ruler: Ruler { rustc: "1.95.0".into(), ..Ruler::default() },
            outcome: Outcome::Measured(figures),
            planted: None,
            tripped: Vec::new(),
            repeats: vec![Outcome::Failed("it panicked".into())],
            snapshot: Some(PendingSnapshot {
                composition: BreakdownStatus::Changed,
                file: "tests/snapshots/sql__insert.snap".into(),
                text: "---\n".into(),
            }),
        }
    }

    #[test]
    fn the_text_is_the_same_every_time() {
        let text = measurement().to_json();
        assert_eq!(
            text,
            r#"{
  "schema": 1,
  "run": "r1",
  "suite": "sql",
  "workload": "insert",
  "commit": "0123abcd0123abcd0123abcd0123abcd0123abcd",
  "ruler": {
    "rustc": "1.95.0",
    "target": "",
    "profile": "",
    "features": "",
    "allocator": "",
    "dependencies": ""
  },
  "outcome": {
    "measured": {
      "entities": {
        "name": "row",
        "count": 4000
      },
      "engine": "dhat",
      "metrics": {
        "max_bytes": 12,
        "total_blocks": 5
      },
      "unsupported": {
        "rss_max_bytes": "only on Linux"
      },
      "freed_before": {
        "blocks": 0,
        "bytes": 0
      },
      "counted": {
        "blocks": 5,
        "bytes": 40
      }
    }
  },
  "repeats": [
    {
      "failed": "it panicked"
    }
  ],
  "snapshot": {
    "composition": "changed",
    "file": "tests/snapshots/sql__insert.snap",
    "text": "---\n"
  }
}
"#
        );
        assert_eq!(Measurement::from_json(&text).unwrap(), measurement());
    }

    #[test]
    fn sizes_are_there_only_where_there_are_several() {
        let mut scaled = measurement();
        let Outcome::Measured(figures) = &mut scaled.outcome else { panic!("it was measured") };
        let sizes = [1_000, 2_000, 4_000].map(|size| figures.at_size(size));
        figures.set_scale(sizes.to_vec());
        let text = scaled.to_json();
        assert!(text.contains("\"growth.max_bytes.fixed\": 12,"), "{text}");
        assert!(text.contains("\"scale\": ["), "{text}");
        assert_eq!(Measurement::from_json(&text).unwrap(), scaled);
        assert!(!measurement().to_json().contains("scale"));
    }

    #[test]
    fn a_suite_reads_as_what_was_written() {
        let suite = SuiteDescription {
            schema: SCHEMA,
            run: "r1".into(),
            suite: "sql".into(),
            commit: None,
            package: "tests".into(),
            target: Target::Test("sql".into()),
            budgets: Some("budgets/sql".into()),
            cfgs: vec!["unix".into()],
            ruler: Ruler::default(),
            workloads: vec![WorkloadDescription {
                workload: "insert".into(),
                test: "insert".into(),
                file: "tests/sql.rs".into(),
                line: 3,
                ignored: false,
            }],
            types: vec![TypeLayout {
                name: "u8".into(),
                size: 1,
                align: 1,
                file: "tests/sql.rs".into(),
                line: 9,
            }],
        };
        assert_eq!(SuiteDescription::from_json(&suite.to_json()).unwrap(), suite);
    }

    #[test]
    fn another_schema_is_named_before_anything_else() {
        let newer = r#"{ "schema": 2, "whatever": true }"#;
        assert_eq!(
            Measurement::from_json(newer).unwrap_err().to_string(),
            "it has schema 2, but this tripline reads schema 1: build both with one version"
        );
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let text = measurement().to_json().replace("\"run\"", "\"ran\"");
        assert_eq!(
            Measurement::from_json(&text).unwrap_err().to_string(),
            "it is not what this tripline writes: unknown field `ran`, expected one of `schema`, \
             `run`, `suite`, `workload`, `commit`, `ruler`, `outcome`, `repeats`, `planted`, `tripped`, `snapshot` at line 3 column 7"
        );
        assert_eq!(
            SuiteDescription::from_json("{").unwrap_err().to_string(),
            "it is not what this tripline writes: EOF while parsing an object at line 1 column 1"
        );
    }
}
