//! *Faster than a line*: the call sites that grow faster than the workload's size.

use tripline_budget::{DisplayScale, Unit};
use tripline_profile::Moment;

use crate::growth::superlinear::{SuperlinearMetric, SuperlinearSite};
use crate::render::blame::{BlameSection, BlamedAmount};
use crate::render::figure::counted;

/// The most sites that are shown.
const AT_MOST: usize = 4;

/// Returns the sites of one metric, the furthest above a line first.
pub(crate) fn superlinear(metric: &SuperlinearMetric) -> BlameSection {
    let unit = metric.heap.unit();
    let heading = format!("call sites above a line in `{}`", metric.heap.key());
    let mut section = BlameSection::below(&heading);
    for site in metric.sites.iter().take(AT_MOST) {
        let excess = match unit {
            Unit::Bytes => DisplayScale::exact(unit).format(site.excess),
            Unit::Count => counted(site.excess, "block"),
        };
        let amount = format!("+{excess}{}", moment(metric.site_metric.moment));
        let amount = BlamedAmount { amount, share: String::new() };
        section.add(amount, &site.site, about(site, unit));
    }
    section
}

/// Says what a site took at each size, and where it is.
fn about(site: &SuperlinearSite, unit: Unit) -> Vec<String> {
    let scale = DisplayScale::exact(unit);
    let taken: Vec<_> = site.at_sizes.iter().map(|taken| scale.format(*taken)).collect();
    let place = site.place.as_ref().map(|place| format!("{}:{}", place.file, place.line));
    std::iter::once(taken.join(" → ")).chain(place).collect()
}

const fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Total => "",
        Moment::Peak => " peak",
        Moment::End => " live",
    }
}
