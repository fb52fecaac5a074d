//! Parser and schema on keys of metrics: those that there are, and whatever looks like one.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tripline_budget::{Metric, Unit};

use crate::generate;
use crate::validator::Schema;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::load("budget"));

/// Returns `true` if the schema takes a limit on the key, written so.
fn takes(key: &str, limit: &Value) -> bool {
    let budget = json!({ "entity": "row", "limits": { key: limit } });
    SCHEMA.errors_of(&budget).is_empty()
}

/// The same with a table for each part of the key: `phase.run.max_bytes = 1`.
fn takes_dotted(key: &str, limit: &Value) -> bool {
    let nested = key.rsplit('.').fold(limit.clone(), |inner, part| json!({ part: inner }));
    SCHEMA.errors_of(&json!({ "entity": "row", "limits": nested })).is_empty()
}

/// Returns `true` if a reported figure may have to equal it.
fn equals(key: &str) -> bool {
    let line = json!({ "equals": key, "within": "5%" });
    let budget = json!({ "entity": "row", "coherence": { "reported.x": line } });
    SCHEMA.errors_of(&budget).is_empty()
}

/// Parts of keys, in any order.
fn likeness() -> impl Strategy<Value = String> {
    let part = select(vec![
        "total",
        "max",
        "live",
        "leaked",
        "blocks",
        "bytes",
        "per_entity",
        "phase",
        "disk",
        "reported",
        "rss",
        "growth",
        "threads",
        "fds",
        "run",
        "x-1",
        "",
        "ä",
        " ",
        "Bytes",
    ]);
    let parts = proptest::collection::vec((part, select(vec!["_", ".", ""])), 1..6);
    parts.prop_map(|parts| {
        let text: String = parts.iter().flat_map(|(part, gap)| [*part, *gap]).collect();
        text.trim_end_matches(['_', '.']).to_owned()
    })
}

/// A metric's key with one thing wrong, or not.
fn nearly() -> impl Strategy<Value = String> {
    let keys = generate::metric().prop_map(|metric| metric.to_string());
    (keys, any::<prop::sample::Index>(), select(vec!["", "_", ".", "s", "_per_entity", "é", "B"]))
        .prop_map(|(mut key, at, inserted)| {
            key.insert_str(at.index(key.len() + 1), inserted);
            key
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn every_metric_is_taken_in_its_unit(metric in generate::metric()) {
        let key = metric.to_string();
        let in_bytes = metric.unit() == Unit::Bytes;
        for takes in [takes, takes_dotted] {
            prop_assert!(takes(&key, &json!(1)), "{}", key);
            prop_assert_eq!(takes(&key, &json!("1 KiB")), in_bytes, "{}", key);
            prop_assert_eq!(takes(&key, &json!({ "max": 1, "tolerance": 1 })), !in_bytes, "{}", key);
        }
    }

    #[test]
    fn what_looks_like_a_metric_is_taken_only_if_it_is_one(key in prop_oneof![likeness(), nearly()]) {
        // A line of growth is a metric, and stands in a section of its own.
        let limited = |key: &str| key.parse::<Metric>().is_ok_and(|metric| !metric.is_growth());
        let is_metric = limited(&key);
        prop_assert_eq!(takes(&key, &json!(1)), is_metric, "{:?}", key);
        // `reported.total.max = 1` is the limit `reported.total = { max = 1 }`.
        let is_limit = is_metric || key.strip_suffix(".max").is_some_and(limited);
        prop_assert_eq!(takes_dotted(&key, &json!(1)), is_limit, "{:?}", key);
        prop_assert_eq!(equals(&key), key.parse::<Metric>().is_ok(), "{:?}", key);
    }
}
