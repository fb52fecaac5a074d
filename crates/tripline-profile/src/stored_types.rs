//! Finds types that grew in the call sites that grew.
//!
//! A profile knows no types. A site stores a type if its figures fit, before and now, to the byte:
//!
//! - values, in boxes, vectors and slices: the bytes are a multiple of the type's size, before and now, in as many
//!   blocks; or blocks of exactly one value each, of which there may be more now;
//! - hash tables, as hashbrown lays them out: a power of two of buckets, each with a control byte, and one group of
//!   control bytes more. A bucket holds the type and perhaps more, and grew by as much as the type.
//!
//! If several types fit one site, the one that is in all others is named: a map from `u64` to `T` is byte for byte
//! a set of a struct of both, but there is a `T` in either. If no type is in all others, none is named.
//!
//! Deliberately absent: anything that fits only nearly, and collections that keep more beside a value.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::compare::{Change, Comparison};
use crate::figures::{Amount, AmountUnit, Moment, SiteMetric};

/// hashbrown has no table with fewer buckets.
const FEWEST_BUCKETS: u64 = 4;

/// A type that is larger than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrownType {
    pub was: u64,
    pub now: u64,
    pub align: u64,
}

/// The form in which a site stores a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StorageForm {
    /// Values one after the other, or each in a block of its own.
    Values,
    /// The buckets of hash tables, including empty ones.
    Buckets,
}

/// A type, and the sites that it made grow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeInSites<'a> {
    /// Its index among the types.
    pub ty: usize,
    pub form: StorageForm,
    /// The number of values that are stored now.
    pub count: u128,
    /// The bytes by which they are larger together.
    pub bytes: u128,
    /// The names of the sites, in the order of the comparison.
    pub sites: Vec<&'a str>,
}

/// A type that a site may store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TypeFit {
    ty: usize,
    form: StorageForm,
    count: u64,
}

impl Comparison {
    /// Finds those of `types` that the sites that grew store at `moment`. The type that explains most is first.
    ///
    /// `group` is the number of control bytes that hashbrown reads at once. `holds` returns how many of the second of
    /// two types are in the first.
    ///
    /// All types together explain at most the growth of the total. If other sites shrank so much that it would be more,
    /// none is returned.
    #[must_use]
    pub fn stored_types(
        &self,
        moment: Moment,
        types: &[GrownType],
        group: u64,
        holds: impl Fn(usize, usize) -> u64,
    ) -> Vec<TypeInSites<'_>> {
        let mut found: BTreeMap<(usize, StorageForm), TypeInSites<'_>> = BTreeMap::new();
        for change in &self.changes {
            let fits = fits(change, moment, types, group);
            let Some(TypeFit { ty, form, count }) = innermost(&fits, &holds) else { continue };
            let none = TypeInSites { ty, form, count: 0, bytes: 0, sites: Vec::new() };
            let stored = found.entry((ty, form)).or_insert(none);
            stored.count += u128::from(count);
            stored.bytes += u128::from(count) * u128::from(types[ty].growth());
            stored.sites.push(change.name());
        }
        let mut stored: Vec<_> = found.into_values().collect();
        stored.sort_by_key(|stored| (Reverse(stored.bytes), stored.ty, stored.form));
        let explained: u128 = stored.iter().map(|stored| stored.bytes).sum();
        let grew = self.delta(SiteMetric::new(moment, AmountUnit::Bytes));
        if u128::try_from(grew).is_ok_and(|grew| explained <= grew) { stored } else { Vec::new() }
    }
}

/// Returns the types that a site may store. Empty if it did not grow, or is on one side alone.
fn fits(change: &Change, moment: Moment, types: &[GrownType], group: u64) -> Vec<TypeFit> {
    let (before, after) = (change.before().at(moment), change.after().at(moment));
    if change.was.is_empty() || change.now.is_empty() || before.bytes >= after.bytes {
        return Vec::new();
    }
    let fit = |(ty, grown): (usize, &GrownType)| {
        let values = grown.values(before, after).map(|count| (StorageForm::Values, count));
        let buckets =
            || grown.buckets(before, after, group).map(|count| (StorageForm::Buckets, count));
        let (form, count) = values.or_else(buckets)?;
        Some(TypeFit { ty, form, count })
    };
    types.iter().enumerate().filter_map(fit).collect()
}

/// Returns the type that is in all others, as often as they are there. It is the only one that holds no other.
fn innermost(fits: &[TypeFit], holds: impl Fn(usize, usize) -> u64) -> Option<TypeFit> {
    if let [only] = fits {
        return Some(*only);
    }
    let holds = |outer: &TypeFit, inner: &TypeFit| {
        let all = u128::from(outer.count) * u128::from(holds(outer.ty, inner.ty));
        outer.ty != inner.ty && outer.form == inner.form && all == u128::from(inner.count)
    };
    let mut inner = fits.iter().filter(|fit| !fits.iter().any(|other| holds(fit, other)));
    inner.next().filter(|_| inner.next().is_none()).copied()
}

impl GrownType {
    /// Returns the growth of one value. 0 if it did not grow.
    #[must_use]
    pub const fn growth(&self) -> u64 {
        self.now.saturating_sub(self.was)
    }

    /// Returns how many values a site holds now, if it holds and held nothing else.
    fn values(&self, before: Amount, after: Amount) -> Option<u64> {
        let (old, new) =
            (exact_quotient(before.bytes, self.was)?, exact_quotient(after.bytes, self.now)?);
        let as_many =
            old == new && before.blocks == after.blocks && (1..=old).contains(&before.blocks);
        let boxed = old == before.blocks && new == after.blocks && old <= new;
        (as_many || boxed).then_some(new)
    }

    /// Returns how many buckets the tables of a site have, if they had as many before.
    fn buckets(&self, before: Amount, after: Amount, group: u64) -> Option<u64> {
        let tables = before.blocks;
        let buckets = exact_quotient(after.bytes.checked_sub(before.bytes)?, self.growth())?;
        let control = tables.checked_mul(group)?.checked_add(buckets)?;
        let bucket = exact_quotient(before.bytes.checked_sub(control)?, buckets)?;
        let holds_one = bucket >= self.was && exact_quotient(bucket, self.align).is_some();
        (tables == after.blocks && holds_one && are_tables(buckets, tables)).then_some(buckets)
    }
}

/// Returns `true` if so many tables can have so many buckets together, each a power of two.
const fn are_tables(buckets: u64, tables: u64) -> bool {
    let smallest = buckets / FEWEST_BUCKETS;
    let fewest = smallest.count_ones() as u64;
    buckets.is_multiple_of(FEWEST_BUCKETS) && fewest <= tables && 0 < tables && tables <= smallest
}

/// Returns how often `size` is in `bytes`, if that is a whole number above 0.
fn exact_quotient(bytes: u64, size: u64) -> Option<u64> {
    let times = bytes.checked_div(size)?;
    (times > 0 && bytes.is_multiple_of(size)).then_some(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OP: GrownType = GrownType { was: 80, now: 88, align: 8 };

    fn values(before: (u64, u64), after: (u64, u64)) -> Option<u64> {
        let amount = |(blocks, bytes)| Amount { blocks, bytes };
        OP.values(amount(before), amount(after))
    }

    fn buckets(before: (u64, u64), after: (u64, u64)) -> Option<u64> {
        let amount = |(blocks, bytes)| Amount { blocks, bytes };
        OP.buckets(amount(before), amount(after), 16)
    }

    #[test]
    fn a_vector_holds_as_many_as_it_did() {
        assert_eq!(values((1, 8_000), (1, 8_800)), Some(100));
        assert_eq!(values((3, 8_000), (3, 8_800)), Some(100));
        assert_eq!(values((1, 8_000), (1, 8_888)), None, "one more");
        assert_eq!(values((1, 8_000), (2, 8_800)), None, "another block");
        assert_eq!(values((1, 8_000), (1, 8_801)), None, "a byte more");
        assert_eq!(values((1, 8_001), (1, 8_801)), None, "a byte beside it");
        assert_eq!(values((101, 8_000), (101, 8_800)), None, "a block has none");
        assert_eq!(values((0, 8_000), (0, 8_800)), None, "no block");
    }

    #[test]
    fn there_may_be_more_boxes_but_not_fewer() {
        assert_eq!(values((100, 8_000), (100, 8_800)), Some(100));
        assert_eq!(values((100, 8_000), (110, 9_680)), Some(110));
        assert_eq!(values((100, 8_000), (95, 8_360)), None);
        assert_eq!(values((100, 8_000), (110, 9_688)), None);
    }

    #[test]
    fn a_table_has_a_power_of_two_of_buckets() {
        let table = |buckets: u64, stride: u64| (1, buckets * (stride + 1) + 16);
        assert_eq!(buckets(table(128, 88), table(128, 96)), Some(128));
        assert_eq!(buckets(table(4, 80), table(4, 88)), Some(4));
        assert_eq!(buckets(table(128, 88), table(256, 96)), None, "more buckets");
        assert_eq!(buckets(table(96, 88), table(96, 96)), None, "no power of two");
        assert_eq!(buckets(table(2, 88), table(2, 96)), None, "too few");
        assert_eq!(buckets(table(128, 72), table(128, 80)), None, "too small for it");
        assert_eq!(buckets(table(128, 84), table(128, 92)), None, "not aligned");
        assert_eq!(buckets((1, 12_000), (1, 13_024)), None, "no table");
        assert_eq!(buckets(table(128, 88), (2, table(128, 96).1)), None, "another block");
    }

    #[test]
    fn a_table_that_grew_left_smaller_ones_behind() {
        let all = |stride: u64| (3, (4 + 8 + 16) * (stride + 1) + 3 * 16);
        assert_eq!(buckets(all(88), all(96)), Some(28));
        assert!(are_tables(28, 3) && are_tables(28, 7) && are_tables(4, 1));
        assert!(
            !are_tables(28, 2) && !are_tables(28, 8) && !are_tables(0, 0) && !are_tables(30, 4)
        );
    }

    #[test]
    fn figures_that_no_profile_has_do_not_overflow() {
        let all = [0, 1, u64::MAX];
        for (was, now) in all.into_iter().flat_map(|was| all.map(|now| (was, now))) {
            for (blocks, bytes) in
                all.into_iter().flat_map(|blocks| all.map(|bytes| (blocks, bytes)))
            {
                let ty = GrownType { was, now, align: 0 };
                let _ = ty.values(Amount { blocks, bytes: 1 }, Amount { blocks, bytes });
                let _ = ty.buckets(Amount { blocks, bytes: 1 }, Amount { blocks, bytes }, u64::MAX);
            }
        }
    }

    #[test]
    fn the_innermost_is_named_and_of_two_none() {
        let fit = |ty, count| TypeFit { ty, form: StorageForm::Buckets, count };
        let chain = |outer: usize, inner: usize| u64::from(outer == inner + 1) * 2;
        assert_eq!(innermost(&[fit(0, 16), fit(1, 8), fit(2, 4)], chain), Some(fit(0, 16)));
        assert_eq!(innermost(&[fit(0, 16), fit(2, 4)], chain), None, "apart");
        assert_eq!(innermost(&[fit(0, 24), fit(1, 8)], chain), None, "some are elsewhere");
        assert_eq!(innermost(&[fit(7, 4)], chain), Some(fit(7, 4)));
        assert_eq!(innermost(&[], chain), None);
        assert_eq!(innermost(&[fit(0, 4), fit(1, 4)], |_, _| 1), None, "in a circle");
        let values = TypeFit { form: StorageForm::Values, ..fit(1, 8) };
        assert_eq!(innermost(&[fit(0, 16), values], chain), None, "of another form");
    }
}
