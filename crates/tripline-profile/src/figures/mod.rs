//! The figures of a site, and the metrics that name one figure of the six.
//!
//! Knows nothing of sites, files and limits.

mod site_figures;
mod site_metric;

pub use site_figures::{Amount, Moment, SiteFigures};
pub use site_metric::{AmountUnit, SiteMetric};
