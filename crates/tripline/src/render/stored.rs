//! *Types that grew*: what of a breach is due to them, a row for each.

use tripline_budget::{Entities, format_count};
use tripline_profile::StorageForm;

use crate::layouts::stored::{Join, Joined};
use crate::render::figure::counted;
use crate::render::grew::{share, signed};
use crate::render::rows::Rows;

/// Sites of one type that are named.
const SITES: usize = 3;

/// The types of a join, under what they come to together.
pub(crate) fn stored(join: &Join, entities: Option<&Entities>) -> Rows {
    let Join { question, delta, types } = join;
    let bytes = |bytes: u128| i128::try_from(bytes).unwrap_or(i128::MAX);
    let all = types.iter().map(|ty| ty.bytes).sum();
    let heading =
        format!("types that grew: {} B of the {}", grouped(all), signed(*question, *delta));
    let mut rows = Rows::below(&heading);
    for ty in types {
        let amounts =
            [signed(*question, bytes(ty.bytes)), share(*question, bytes(ty.bytes), entities)];
        rows.add(amounts, &name(ty), vec![sites(&ty.sites)]);
    }
    rows
}

/// `Op 80 → 88 B (`flag` 1 B, 7 B padding) × 124 000`
fn name(ty: &Joined) -> String {
    let cause = ty.cause.as_ref().map_or_else(String::new, |cause| format!(" ({cause})"));
    let kept = if ty.form == StorageForm::Buckets { " buckets" } else { "" };
    format!(
        "{} {} → {} B{cause} × {}{kept}",
        ty.name,
        format_count(ty.was),
        format_count(ty.now),
        grouped(ty.count)
    )
}

/// No count is above the figure that it explains.
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

    fn joined(name: &'static str, form: StorageForm, count: u128, sites: &[&str]) -> Joined {
        Joined {
            name,
            was: 80,
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
        let op = Joined { cause: Some("`flag` 1 B, 7 B padding".to_owned()), ..op };
        let slot =
            joined("Slot", StorageForm::Buckets, 1_024, &["a::f", "a::g", "a::h", "a::i", "a::j"]);
        let question = SiteMetric::new(Moment::Peak, AmountUnit::Bytes);
        let join = Join { question, delta: 1_008_192, types: vec![op, slot] };
        let entities = Entities { name: "row".to_owned(), count: 1_000 };
        let mut text = String::new();
        stored(&join, Some(&entities)).print(&mut text);
        insta::assert_snapshot!(text, @"
          types that grew: 1 000 192 B of the +1 008 192 B peak
          +992 000 B peak   +992.00 B per row   Op 80 → 88 B (`flag` 1 B, 7 B padding) × 124 000   in agg::ops
            +8 192 B peak     +8.19 B per row   Slot 80 → 88 B × 1 024 buckets                     in a::f, a::g, a::h and 2 others
        ");
    }
}
