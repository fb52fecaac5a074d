//! `measurement.json`: what one workload cost in one run.
//!
//! It carries the id of the run that wrote it; a reader that started a run accepts no other id.

use serde::{Deserialize, Serialize};

use crate::runs::file_format::published;
use crate::runs::{Figures, Ruler};

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
    /// The commit of the checkout it was measured in, by [`commit_of`](crate::commit_of).
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

/// The call sites of a workload, compared with those that were recorded.
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

published!(Measurement, MEASUREMENT);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::runs::{
        Blocks, CargoTarget, Engine, Entities, SCHEMA, SuiteDescription, TypeLayout,
        WorkloadDescription,
    };

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
            starter: None,
            suite: "sql".into(),
            commit: None,
            package: "tests".into(),
            target: CargoTarget::Test("sql".into()),
            file: "tests/sql.rs".into(),
            line: 1,
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
