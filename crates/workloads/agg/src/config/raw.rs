//! The shape of a configuration file. Any other key is an error.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::pipeline::FieldKind;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPipeline {
    pub(super) events: BTreeMap<String, BTreeMap<String, FieldKind>>,
    pub(super) tables: Vec<RawTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTable {
    pub(super) name: Spanned<String>,
    pub(super) event: Spanned<String>,
    pub(super) key: Spanned<String>,
    pub(super) features: Vec<RawFeature>,
}

/// A feature with every parameter that any operator takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFeature {
    pub(super) name: Spanned<String>,
    pub(super) op: Spanned<String>,
    pub(super) field: Option<Spanned<String>>,
    pub(super) lat: Option<Spanned<String>>,
    pub(super) lon: Option<Spanned<String>>,
    pub(super) quadkey: Option<Spanned<RawQuadkey>>,
    pub(super) window: Option<Spanned<String>>,
    pub(super) half_life: Option<Spanned<String>>,
    pub(super) sub_window: Option<Spanned<String>>,
    pub(super) n: Option<Spanned<i64>>,
    pub(super) k: Option<Spanned<i64>>,
    pub(super) samples: Option<Spanned<i64>>,
    pub(super) bins: Option<Spanned<i64>>,
    pub(super) q: Option<Spanned<f64>>,
    pub(super) low: Option<Spanned<f64>>,
    pub(super) width: Option<Spanned<f64>>,
}

/// The tile of a map that a point lies in. It stands in place of a field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuadkey {
    pub(super) lat: Spanned<String>,
    pub(super) lon: Spanned<String>,
    pub(super) zoom: Spanned<i64>,
}
