//! TODO

pub(crate) mod catalogue;
pub(crate) mod display_scale;
pub(crate) mod key;
pub(crate) mod metric;

pub use catalogue::{
    CATALOGUE, CatalogueEntry, DefaultLimit, Form, MetricKind, Platforms, Source,
    default_heap_keys, known_metrics,
};
pub use display_scale::DisplayScale;
pub use key::{MetricError, NameError, check_name};
pub use metric::{Metric, Quantity};
