//! A workload at several sizes, each in a meter of its own.
//!
//! The first meter takes the largest size and says which others there are; one more runs for each. So no size finds
//! what another left: a registry that grew, a cache that is warm.

use tripline_budget::{Figures, FiguresAtSize, invariants};

use crate::error::NotMeasured;

/// Measures every other size that the largest one's figures name, and completes those figures.
pub(crate) fn complete(
    largest: Figures,
    measure: impl Fn(u64) -> Result<Figures, NotMeasured>,
) -> Result<Figures, NotMeasured> {
    if largest.scale.is_empty() {
        return Ok(largest);
    }
    let mut largest = largest;
    let sizes: Vec<u64> = largest.scale.iter().map(|scaled| scaled.size).collect();
    let mut scale = Vec::new();
    for (at, size) in sizes.iter().enumerate() {
        scale.push(match at + 1 == sizes.len() {
            true => largest.at_size(*size),
            false => measure(*size)
                .and_then(|figures| sound(figures, &largest.scale))
                .map_err(|cause| cause.at_size(*size))?
                .at_size(*size),
        });
    }
    largest.set_scale(scale);
    Ok(largest)
}

/// Returns the figures of one size, if they are to be believed.
fn sound(figures: Figures, sizes: &[FiguresAtSize]) -> Result<Figures, NotMeasured> {
    if figures.scale != sizes {
        return Err(NotMeasured::OtherSizes);
    }
    let broken = invariants(&figures);
    if broken.is_empty() { Ok(figures) } else { Err(NotMeasured::Contradicts(broken)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_fails_or_has_other_sizes_is_named() {
        let sizes = [1, 2, 4].map(|size| FiguresAtSize { size, ..FiguresAtSize::default() });
        let largest = Figures { scale: sizes.to_vec(), ..Figures::default() };
        let failed = complete(largest.clone(), |_| Err(NotMeasured::NoAllocator));
        let Err(NotMeasured::AtSize { size: 1, cause }) = failed else { panic!("{failed:?}") };
        assert!(matches!(*cause, NotMeasured::NoAllocator));
        let other = complete(largest, |_| Ok(Figures::default()));
        let Err(NotMeasured::AtSize { size: 1, cause }) = other else { panic!("{other:?}") };
        assert!(matches!(*cause, NotMeasured::OtherSizes));
    }
}
