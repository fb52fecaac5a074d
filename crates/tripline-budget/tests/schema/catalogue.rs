//! Every metric of the catalogue has its schema, its line in the book, and two fixtures: one that trips and one, the
//! nearest, that holds.
//!
//! Each test lists everything that is absent, so that a new metric is told all it needs at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tripline_budget::{
    BudgetFile, CATALOGUE, CatalogueEntry, Form, Metric, Platforms, Quantity, Source, Unit,
};

use crate::validator::{Schema, repository};

/// Returns every spelling of a row's key, with a name where one belongs.
fn keys(entry: &CatalogueEntry) -> Vec<String> {
    let divided: Vec<String> =
        std::iter::once(entry.shown()).chain(entry.shown_per_entity()).collect();
    let has = |form| entry.forms.contains(&form);
    let in_phase =
        divided.iter().filter(|_| has(Form::Phase)).map(|key| format!("phase.run.{key}"));
    let keys = divided.iter().cloned().chain(in_phase);
    keys.map(|key| key.replace("<label>", "some").replace("<name>", "some")).collect()
}

#[track_caller]
fn settle(absent: &[String], checked: usize) {
    assert!(absent.is_empty(), "{}", absent.join("\n"));
    assert!(checked >= CATALOGUE.len(), "only {checked} were looked for");
}

#[test]
fn every_metric_has_its_schema() {
    let schema = Schema::load("budget");
    let text = fs::read_to_string(repository().join("docs/schema/budget.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let (mut absent, mut checked) = (Vec::new(), 0);
    for entry in &CATALOGUE {
        for key in keys(entry) {
            let takes = |limit: Value| {
                schema.errors_of(&json!({ "entity": "row", "limits": { &key: limit } })).is_empty()
            };
            let in_bytes = key.parse::<Metric>().unwrap().unit() == Unit::Bytes;
            if !takes(json!(1)) || takes(json!("1 KiB")) != in_bytes {
                absent.push(format!("docs/schema/budget.json does not take `{key}` in its unit"));
            }
            checked += 1;
        }
        if entry.forms.contains(&Form::Growth) {
            let key = keys(entry).remove(0);
            let line = json!({ &key: { "fixed": 1, "per_entity": 1 } });
            let errors = schema.errors_of(&json!({ "entity": "row", "growth": line }));
            absent.extend(
                errors.iter().map(|_| {
                    format!("docs/schema/budget.json does not take `{key}` under `growth`")
                }),
            );
        }
        let described = document
            .pointer(&format!("/definitions/limits/properties/{}/description", entry.key))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let names_systems = match entry.platforms {
            Platforms::All => true,
            Platforms::Only { systems, .. } => described.contains(&format!("{systems} only")),
        };
        if described.is_empty() || !names_systems {
            absent.push(format!(
                "docs/schema/budget.json does not describe `{}` with its platforms",
                entry.key
            ));
        }
    }
    settle(&absent, checked);
}

#[test]
fn every_metric_has_its_line_in_the_book() {
    let page = fs::read_to_string(repository().join("docs/src/files.md")).unwrap();
    let section = page.split("\n### Metrics\n").nth(1).unwrap().split("\n###").next().unwrap();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with('|')).collect();
    let (mut absent, mut checked) = (Vec::new(), 0);
    for entry in &CATALOGUE {
        let spellings = match entry.label {
            Some(_) => std::iter::once(entry.shown()).chain(entry.shown_per_entity()).collect(),
            None => vec![entry.shown()],
        };
        for spelling in spellings {
            let row = rows.iter().find(|row| row.contains(&format!("`{spelling}`")));
            let explains = row.is_some_and(|row| match entry.platforms {
                Platforms::All => true,
                Platforms::Only { systems, .. } => row.contains(&format!("({systems})")),
            });
            if !explains {
                absent.push(format!(
                    "docs/src/files.md does not list `{spelling}` with its platforms, under Metrics"
                ));
            }
            checked += 1;
        }
    }
    settle(&absent, checked);
}

/// A limit of a fixture, without names and amounts.
type Limited = (String, Option<Form>, Option<Source>);

fn form(metric: &Metric) -> Limited {
    let entry = metric.quantity.kind().entry();
    match metric.quantity {
        // One code path draws all lines, so one metric of each source stands for the others.
        Quantity::Growth(_) => (String::new(), Some(Form::Growth), Some(entry.source)),
        Quantity::Phase { .. } => (entry.key.to_owned(), Some(Form::Phase), None),
        _ => (entry.key.to_owned(), metric.per_entity.then_some(Form::PerEntity), None),
    }
}

/// Returns the limits of a fixture's budget; none if it is wrong on purpose.
fn limited(file: &Path) -> Vec<Limited> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let budget = BudgetFile::parse("fixture", &text).unwrap_or_default();
    budget.base.limits.keys().map(form).collect()
}

/// Collects the limits that stand in `over.toml`, which trips, and in `within.toml` beside it, of every folder.
fn pairs(folder: &Path, found: &mut Vec<Limited>) {
    let held = limited(&folder.join("within.toml"));
    found.extend(limited(&folder.join("over.toml")).into_iter().filter(|one| held.contains(one)));
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pairs(&path, found);
        }
    }
}

#[test]
fn every_metric_has_a_fixture_that_trips_and_one_that_holds() {
    let mut found = Vec::new();
    pairs(&repository().join("tests/fixtures/budgets"), &mut found);
    let (mut absent, mut checked) = (BTreeSet::new(), 0);
    for entry in &CATALOGUE {
        let of = |form| match form {
            Some(Form::Growth) => (String::new(), form, Some(entry.source)),
            _ => (entry.key.to_owned(), form, None),
        };
        for wanted in std::iter::once(None).chain(entry.forms.iter().copied().map(Some)).map(of) {
            checked += 1;
            if !found.contains(&wanted) {
                absent.insert(format!(
                    "tests/fixtures/budgets has no `over.toml` with `within.toml` beside it for `{}`, {:?}",
                    entry.key, wanted.1
                ));
            }
        }
    }
    settle(&absent.into_iter().collect::<Vec<_>>(), checked);
}
