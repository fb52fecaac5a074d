//! Metrics: what can be measured and limited, and the one spelling of each.
//!
//! The [`CATALOGUE`] has a row for each [`MetricKind`]. A [`Metric`] is such a kind, of the region, a phase or a
//! line through several sizes ([`GrowthMetric`]), as a total or per entity. `key` reads its spelling;
//! [`DisplayScale`] shows its figures.
//!
//! Deliberately absent: figures and limits.

pub(crate) mod catalogue;
pub(crate) mod display_scale;
pub(crate) mod growth_metric;
pub(crate) mod key;
pub(crate) mod metric;

pub use catalogue::{
    CATALOGUE, CatalogueEntry, DefaultLimit, Form, MetricKind, Platforms, Source,
    default_heap_keys, known_metrics,
};
pub use display_scale::DisplayScale;
pub use growth_metric::GrowthMetric;
pub use key::check_name;
pub use metric::{Metric, Quantity};
