//! The rules for the sizes that `probe.scale` takes.
//!
//! Deliberately absent: running the other sizes, which is the judge's (`growth::all_sizes`).

use crate::error::{Misuse, SizesMisuse};
use crate::meter::notes::{ProbeNotes, Region};

/// The fewest sizes by which a line can be told from a curve.
const FEWEST: usize = 3;

/// Checks a call of `probe.scale` with these sizes.
pub(crate) fn check(
    sizes: &[u64],
    ordered: Option<u64>,
    notes: &ProbeNotes,
) -> Result<(), SizesMisuse> {
    if !matches!(notes.region, Region::Before) {
        return Err(SizesMisuse::AfterRegion);
    }
    if !notes.sizes.is_empty() {
        return Err(SizesMisuse::Twice);
    }
    if sizes.len() < FEWEST {
        return Err(SizesMisuse::TooFew { given: sizes.len(), fewest: FEWEST });
    }
    if sizes.contains(&0) {
        return Err(SizesMisuse::Zero);
    }
    if let Some([before, after]) = descent(sizes) {
        return Err(SizesMisuse::NotAscending { before, after });
    }
    let first = sizes[0];
    let doubles = |size: u64| size.is_multiple_of(first) && (size / first).is_power_of_two();
    if let Some(&size) = sizes.iter().find(|size| !doubles(**size)) {
        return Err(SizesMisuse::NotDoubling { first, size });
    }
    match ordered.filter(|size| !sizes.contains(size)) {
        Some(size) => Err(SizesMisuse::Lacks(size)),
        None => Ok(()),
    }
}

/// Returns the first two neighbours that do not ascend.
fn descent(sizes: &[u64]) -> Option<[u64; 2]> {
    let pairs = sizes.iter().zip(sizes.iter().skip(1)).map(|(&before, &after)| [before, after]);
    pairs.into_iter().find(|[before, after]| before >= after)
}

/// Returns the misuse of a workload that declares other entities than its size.
pub(crate) fn other_count(notes: &ProbeNotes) -> Option<Misuse> {
    let size = notes.size?;
    let entities = notes.entities.as_ref().filter(|entities| entities.count != size)?;
    Some(Misuse::OtherCount { entity: entities.name.clone(), declared: entities.count, size })
}

#[cfg(test)]
mod tests {
    use tripline_budget::Entities;

    use super::*;

    fn noted(note: impl FnOnce(&mut ProbeNotes)) -> ProbeNotes {
        let mut notes = ProbeNotes::default();
        note(&mut notes);
        notes
    }

    fn checked(sizes: &[u64]) -> Result<(), SizesMisuse> {
        check(sizes, None, &ProbeNotes::default())
    }

    #[test]
    fn sizes_that_make_a_line_are_taken() {
        for sizes in [&[1, 2, 4][..], &[1_000, 2_000, 16_000], &[3, 6, 12, 96]] {
            assert_eq!(checked(sizes), Ok(()), "{sizes:?}");
        }
    }

    #[test]
    fn each_misuse_is_told_apart() {
        let too_few = |given| SizesMisuse::TooFew { given, fewest: FEWEST };
        for (sizes, misuse) in [
            (&[][..], too_few(0)),
            (&[1], too_few(1)),
            (&[1, 2], too_few(2)),
            (&[0, 1, 2], SizesMisuse::Zero),
            (&[1, 4, 2], SizesMisuse::NotAscending { before: 4, after: 2 }),
            (&[1, 2, 2], SizesMisuse::NotAscending { before: 2, after: 2 }),
            (&[1_000, 2_000, 3_000], SizesMisuse::NotDoubling { first: 1_000, size: 3_000 }),
            (&[2, 3, 4], SizesMisuse::NotDoubling { first: 2, size: 3 }),
        ] {
            assert_eq!(checked(sizes), Err(misuse), "{sizes:?}");
        }
        let twice = noted(|notes| notes.sizes = vec![1, 2, 4]);
        assert_eq!(check(&[1, 2, 4], None, &twice), Err(SizesMisuse::Twice));
        let lacks = check(&[1, 2, 4], Some(8), &ProbeNotes::default());
        assert_eq!(lacks, Err(SizesMisuse::Lacks(8)));
    }

    #[test]
    fn a_size_is_how_many_entities_there_are() {
        let notes = |size, count| {
            noted(|notes| {
                notes.entities = Some(Entities { name: "row".to_owned(), count });
                notes.size = size;
            })
        };
        assert!(other_count(&notes(Some(2), 2)).is_none());
        assert!(matches!(
            other_count(&notes(Some(2), 4)),
            Some(Misuse::OtherCount { declared: 4, size: 2, .. })
        ));
        assert!(other_count(&notes(None, 4)).is_none());
    }
}
