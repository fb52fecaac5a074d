//! A workload at several sizes, each in a meter of its own.
//!
//! The first meter takes the largest size and says which others there are; one more runs for each. So no size finds
//! what another left: a registry that grew, a cache that is warm.

use tripline_budget::protocol::variables;
use tripline_budget::{Figures, FiguresAtSize, Outcome, format_count, invariants};

use crate::meter::probe::{Notes, Region};

/// The fewest sizes by which a line can be told from a curve.
const FEWEST: usize = 3;

/// The size that this meter was ordered to take.
pub(crate) fn ordered() -> Option<u64> {
    std::env::var(variables::SCALE).ok()?.parse().ok()
}

/// What is wrong with a call of `probe.scale`.
pub(crate) fn refusal(sizes: &[u64], ordered: Option<u64>, notes: &Notes) -> Option<String> {
    if !matches!(notes.region, Region::Before) {
        return Some("it was called after the region began, and says how large that is".to_owned());
    }
    if !notes.sizes.is_empty() {
        return Some("it was called twice; a workload has one list of sizes".to_owned());
    }
    if sizes.len() < FEWEST {
        return Some(format!("{} given, and a line takes {FEWEST} at least", counted(sizes.len())));
    }
    if sizes.contains(&0) {
        return Some("a size is 0, and nothing grows from nothing".to_owned());
    }
    if let Some(pair) = sizes.windows(2).find(|pair| pair[0] >= pair[1]) {
        let [low, high] = [pair[1], pair[0]].map(format_count);
        return Some(format!("{low} follows {high}, and sizes must ascend"));
    }
    let doubles = |size: u64| size.is_multiple_of(sizes[0]) && (size / sizes[0]).is_power_of_two();
    if let Some(size) = sizes.iter().find(|size| !doubles(**size)) {
        let [size, first] = [*size, sizes[0]].map(format_count);
        return Some(format!(
            "{size} is not {first} times a power of two; such sizes find a container that doubles as full at \
             each, so that its steps lie on a line"
        ));
    }
    let other = ordered.filter(|size| !sizes.contains(size)).map(format_count)?;
    Some(format!("the first meter was given a size of {other}, and this one is not: {OTHERS}"))
}

const OTHERS: &str = "the sizes must be the same in every process";

/// What is wrong where a workload declares other entities than its size.
pub(crate) fn miscounted(notes: &Notes) -> Option<String> {
    let size = notes.size?;
    let entities = notes.entities.as_ref().filter(|entities| entities.count != size)?;
    let [declared, size] = [entities.count, size].map(format_count);
    Some(format!(
        "`probe.scale` gave a size of {size}, but `probe.entities` declared {declared} of `{}`: a size is how many \
         entities there are",
        entities.name
    ))
}

fn counted(sizes: usize) -> String {
    if sizes == 1 { "1 size was".to_owned() } else { format!("{sizes} sizes were") }
}

/// Has every other size measured that the largest one's outcome names.
pub(crate) fn complete(largest: Outcome, measure: impl Fn(u64) -> Outcome) -> Outcome {
    match largest {
        Outcome::Measured(figures) if !figures.scale.is_empty() => {
            with_others(figures, measure).map_or_else(Outcome::Failed, Outcome::Measured)
        }
        outcome => outcome,
    }
}

fn with_others(mut largest: Figures, measure: impl Fn(u64) -> Outcome) -> Result<Figures, String> {
    let sizes: Vec<u64> = largest.scale.iter().map(|scaled| scaled.size).collect();
    let mut scale = Vec::new();
    for (at, size) in sizes.iter().enumerate() {
        scale.push(match at + 1 == sizes.len() {
            true => largest.at_size(*size),
            false => sound(*size, &largest.scale, measure(*size))?.at_size(*size),
        });
    }
    largest.set_scale(scale);
    Ok(largest)
}

/// The figures of one size, if they are to be believed.
fn sound(size: u64, sizes: &[FiguresAtSize], outcome: Outcome) -> Result<Figures, String> {
    let at = format_count(size);
    let figures = match outcome {
        Outcome::Measured(figures) => figures,
        Outcome::Failed(reason) => return Err(format!("at a size of {at}, {reason}")),
    };
    if figures.scale != sizes {
        return Err(format!("at a size of {at}, `probe.scale` was given other sizes: {OTHERS}"));
    }
    match invariants(&figures).as_slice() {
        [] => Ok(figures),
        broken => {
            let broken = broken.join("\n  ");
            Err(format!("at a size of {at}, the measurement contradicts itself\n\n  {broken}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use tripline_budget::Entities;

    use super::*;

    fn noted(note: impl FnOnce(&mut Notes)) -> Notes {
        let mut notes = Notes::default();
        note(&mut notes);
        notes
    }

    fn told(sizes: &[u64]) -> Option<String> {
        refusal(sizes, None, &Notes::default())
    }

    #[test]
    fn sizes_that_make_a_line_are_taken() {
        for sizes in [&[1, 2, 4][..], &[1_000, 2_000, 16_000], &[3, 6, 12, 96]] {
            assert_eq!(told(sizes), None, "{sizes:?}");
        }
    }

    #[test]
    fn each_misuse_is_told_apart() {
        for (sizes, words) in [
            (&[][..], "0 sizes were given"),
            (&[1], "1 size was given"),
            (&[1, 2], "a line takes 3 at least"),
            (&[0, 1, 2], "a size is 0"),
            (&[1, 4, 2], "2 follows 4"),
            (&[1, 2, 2], "2 follows 2"),
            (&[1_000, 2_000, 3_000], "3 000 is not 1 000 times a power of two"),
            (&[2, 3, 4], "3 is not 2 times"),
        ] {
            let told = told(sizes).expect("a refusal");
            assert!(told.contains(words), "{told}");
        }
        let twice = noted(|notes| notes.sizes = vec![1, 2, 4]);
        assert!(refusal(&[1, 2, 4], None, &twice).expect("refused").contains("twice"));
        let other = refusal(&[1, 2, 4], Some(8), &Notes::default()).expect("refused");
        assert!(other.contains("a size of 8"), "{other}");
    }

    #[test]
    fn a_size_is_how_many_entities_there_are() {
        let notes = |size, count| {
            noted(|notes| {
                notes.entities = Some(Entities { name: "row".to_owned(), count });
                notes.size = size;
            })
        };
        assert_eq!(miscounted(&notes(Some(2), 2)), None);
        let other = miscounted(&notes(Some(2), 4)).expect("refused");
        assert!(other.contains("declared 4 of `row`"), "{other}");
        assert_eq!(miscounted(&notes(None, 4)), None);
    }

    #[test]
    fn a_size_that_fails_or_has_other_sizes_is_named() {
        let sizes = [1, 2, 4].map(|size| FiguresAtSize { size, ..FiguresAtSize::default() });
        let largest = Figures { scale: sizes.to_vec(), ..Figures::default() };
        let of =
            |outcome: &Outcome| complete(Outcome::Measured(largest.clone()), |_| outcome.clone());
        let failed = of(&Outcome::Failed("the workload panicked".to_owned()));
        assert_eq!(failed, Outcome::Failed("at a size of 1, the workload panicked".to_owned()));
        let Outcome::Failed(reason) = of(&Outcome::Measured(Figures::default())) else {
            panic!("other sizes were taken");
        };
        assert!(reason.contains("was given other sizes"), "{reason}");
    }
}
