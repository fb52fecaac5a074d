//! *Types that grew*: their part of a breach, a row for each.

use tripline_budget::{Entities, format_count};
use tripline_profile::StorageForm;

use crate::layouts::stored_types::{StoredType, StoredTypes};
use crate::render::blame::BlameSection;
use crate::render::blame::BlamedAmount;
use crate::render::figure::counted;
use crate::render::grown::{share, signed};

/// The most sites of one type that are named.
const SITES: usize = 3;

/// Returns the types, under their sum.
pub(crate) fn stored_types(stored: &StoredTypes, entities: Option<&Entities>) -> BlameSection {
    let StoredTypes { site_metric, delta, types } = stored;
    let bytes = |bytes: u128| i128::try_from(bytes).unwrap_or(i128::MAX);
    let all = types.iter().map(|ty| ty.bytes).sum();
    let heading =
        format!("types that grew: {} B of the {}", grouped(all), signed(*site_metric, *delta));
    let mut rows = BlameSection::below(&heading);
    for ty in types {
        let amount = BlamedAmount {
            amount: signed(*site_metric, bytes(ty.bytes)),
            share: share(*site_metric, bytes(ty.bytes), entities),
        };
        rows.add(amount, &name(ty), vec![sites(&ty.sites)]);
    }
    rows
}

/// Formats a type: `Op 80 → 88 B (`flag` 1 B, 7 B padding) × 124 000`.
fn name(ty: &StoredType) -> String {
    let cause = ty.cause.as_ref().map_or_else(String::new, |cause| format!(" ({cause})"));
    let kept = if ty.form == StorageForm::Buckets { " buckets" } else { "" };
    format!(
        "{} {} → {} B{cause} × {}{kept}",
        ty.name,
        format_count(ty.before),
        format_count(ty.now),
        grouped(ty.count)
    )
}

/// Formats a count, which is never above the figure that it explains.
fn grouped(count: u128) -> String {
    format_count(u64::try_from(count).unwrap_or(u64::MAX))
}

fn sites(sites: &[String]) -> String {
    let named = sites.iter().take(SITES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match sites.len().checked_sub(SITES) {
        Some(others @ 1..) => format!("in {named} and {}", counted(others as u64, "other")),
        _ => format!("in {named}"),
    }
}

#[cfg(test)]
mod tests {
    use tripline_profile::{AmountUnit, Moment, SiteMetric};

    use super::*;

    fn joined(name: &'static str, form: StorageForm, count: u128, sites: &[&str]) -> StoredType {
        StoredType {
            name,
            before: 80,
            now: 88,
            cause: None,
            form,
            count,
            bytes: 8 * count,
            sites: sites.iter().map(|&site| site.to_owned()).collect(),
        }
    }

    #[test]
    fn a_type_says_how_many_are_where_and_what_they_come_to() {
        let op = joined("Op", StorageForm::Values, 124_000, &["agg::ops"]);
        let op = StoredType { cause: Some("`flag` 1 B, 7 B padding".to_owned()), ..op };
        let slot =
            joined("Slot", StorageForm::Buckets, 1_024, &["a::f", "a::g", "a::h", "a::i", "a::j"]);
        let site_metric = SiteMetric::new(Moment::Peak, AmountUnit::Bytes);
        let types = StoredTypes { site_metric, delta: 1_008_192, types: vec![op, slot] };
        let entities = Entities { name: "row".to_owned(), count: 1_000 };
        let mut text = String::new();
        stored_types(&types, Some(&entities)).print(&mut text);
        insta::assert_snapshot!(text, @"
          types that grew: 1 000 192 B of the +1 008 192 B peak
          +992 000 B peak   +992.00 B per row   Op 80 → 88 B (`flag` 1 B, 7 B padding) × 124 000   in agg::ops
            +8 192 B peak     +8.19 B per row   Slot 80 → 88 B × 1 024 buckets                     in a::f, a::g, a::h and 2 others
        ");
    }
}
