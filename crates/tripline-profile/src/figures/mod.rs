//! Figures of a site, and the metric that selects one of them.

mod site_figures;
mod site_metric;

pub use site_figures::{Amount, Figures, Moment};
pub use site_metric::{Quantity, Question};
