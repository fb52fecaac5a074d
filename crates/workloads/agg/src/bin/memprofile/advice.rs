//! Advice about an operator, by a rule on its figures.

use serde::Serialize;

/// The rule, as the report states it.
pub(crate) const RULE: &str = "\
*Keep* an operator while its heap is no more than its slots: every operator has a slot. Else, if at least half of the heap
is behind every slot of its feature alike, whatever the entity's events, a *smaller box* would spare it. If most of the
heap came with events, only another data structure would spare it: *restructure*.";

/// The advice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Advice {
    #[default]
    Keep,
    BoxSmaller,
    Restructure,
}

impl Advice {
    /// Applies the rule. `alike` is the part of `heap` that would be there if each slot had as little behind it as the
    /// slot of its feature with the least.
    pub(crate) fn new(stack: u64, heap: u64, alike: u64) -> Self {
        if heap <= stack {
            Self::Keep
        } else if alike.saturating_mul(2) >= heap {
            Self::BoxSmaller
        } else {
            Self::Restructure
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::BoxSmaller => "box smaller",
            Self::Restructure => "restructure",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_advice_has_its_figures_and_the_nearest_do_not() {
        assert_eq!(Advice::new(80, 80, 80), Advice::Keep);
        assert_eq!(Advice::new(80, 81, 81), Advice::BoxSmaller);
        assert_eq!(Advice::new(80, 100, 50), Advice::BoxSmaller);
        assert_eq!(Advice::new(80, 100, 49), Advice::Restructure);
        assert_eq!(Advice::new(0, 0, 0), Advice::Keep);
    }
}
