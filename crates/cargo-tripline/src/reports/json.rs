//! `--json`: one document for programs, described by `docs/schema/check.json`.
//!
//! It is versioned: a key is renamed or dropped only under another number.

use std::collections::BTreeMap;

use serde::Serialize;
use tripline_budget::{Ruler, Unit};

use crate::findings::{BudgetFindings, FindingRow, RemedyLine};
use crate::reports::check_report::CheckReport;
use crate::reports::summary::Summary;

const SCHEMA: u32 = 1;

#[derive(Debug, Serialize)]
pub(super) struct CheckJson<'a> {
    schema: u32,
    summary: SummaryJson,
    suites: Vec<SuiteJson<'a>>,
    groups: Vec<GroupJson<'a>>,
}

#[derive(Debug, Serialize)]
struct SummaryJson {
    status: &'static str,
    exit_code: u8,
    limits: usize,
    verdicts: BTreeMap<&'static str, usize>,
    problems: usize,
    unknown: usize,
    skipped: usize,
}

#[derive(Debug, Serialize)]
struct SuiteJson<'a> {
    suite: &'a str,
    package: &'a str,
    ruler: &'a Ruler,
}

#[derive(Debug, Serialize)]
struct GroupJson<'a> {
    name: &'a str,
    suite: &'a str,
    owner: &'static str,
    file: &'a str,
    status: &'static str,
    skipped: bool,
    rows: Vec<FindingRowJson<'a>>,
    sentences: &'a [String],
    remedies: Vec<RemedyJson<'a>>,
}

#[derive(Debug, Serialize)]
struct FindingRowJson<'a> {
    kind: &'static str,
    name: &'a str,
    verdict: &'static str,
    unit: &'static str,
    budget: Option<u64>,
    measured: Option<u64>,
    total: Option<u64>,
    allowed: Option<u64>,
    entities: Option<u64>,
    tolerance: Option<&'a str>,
    ceiling: Option<u64>,
    line: Option<usize>,
    note: String,
}

#[derive(Debug, Serialize)]
struct RemedyJson<'a> {
    word: &'a str,
    text: &'a str,
}

impl<'a> From<&'a CheckReport> for CheckJson<'a> {
    fn from(checked: &'a CheckReport) -> Self {
        let suites = checked.suites.iter().map(|suite| SuiteJson {
            suite: &suite.suite,
            package: &suite.package,
            ruler: &suite.ruler,
        });
        Self {
            schema: SCHEMA,
            summary: (&checked.summary).into(),
            suites: suites.collect(),
            groups: checked.groups.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Summary> for SummaryJson {
    fn from(summary: &Summary) -> Self {
        Self {
            status: summary.status.word(),
            exit_code: summary.exit().code(),
            limits: summary.limits,
            verdicts: summary
                .verdicts
                .iter()
                .map(|(verdict, count)| (verdict.text(), *count))
                .collect(),
            problems: summary.problems,
            unknown: summary.unknown,
            skipped: summary.skipped,
        }
    }
}

impl<'a> From<&'a BudgetFindings> for GroupJson<'a> {
    fn from(group: &'a BudgetFindings) -> Self {
        let remedies =
            group.remedies.iter().map(|RemedyLine { word, text, .. }| RemedyJson { word, text });
        Self {
            name: &group.name,
            suite: group.suite(),
            owner: group.owner.word(),
            file: &group.place,
            status: group.status().word(),
            skipped: group.skipped,
            rows: group.rows.iter().map(Into::into).collect(),
            sentences: &group.sentences,
            remedies: remedies.collect(),
        }
    }
}

impl<'a> From<&'a FindingRow> for FindingRowJson<'a> {
    fn from(row: &'a FindingRow) -> Self {
        Self {
            kind: row.kind.word(),
            name: &row.name,
            verdict: row.verdict.text(),
            unit: unit(row.unit),
            budget: row.budget,
            measured: row.measured,
            total: row.total,
            allowed: row.allowed,
            entities: row.entities,
            tolerance: row.tolerance.as_deref(),
            ceiling: row.ceiling,
            line: row.line,
            note: row.note(),
        }
    }
}

pub(super) const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Bytes => "bytes",
        Unit::Count => "count",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::testing::checked;

    #[test]
    fn the_document_holds_every_figure() {
        let checked = checked(false);
        insta::assert_snapshot!(serde_json::to_string_pretty(&CheckJson::from(&checked)).unwrap());
    }

    #[test]
    fn the_schema_describes_it() {
        let schema = include_str!("../../../../docs/schema/check.json");
        let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        for strict in [false, true] {
            let checked = checked(strict);
            let mut json = serde_json::to_value(CheckJson::from(&checked)).unwrap();
            let errors: Vec<_> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new());
            json["groups"][0]["rows"][0]["budget"] = (-1).into();
            assert!(!schema.is_valid(&json));
        }
    }
}
