//! The schemas take every file that the tool writes.

use std::sync::LazyLock;

use proptest::prelude::*;
use tripline_budget::{Percent, Tolerance, Unit, parse_size, render, render_sizes};

use crate::generate::{budget, sizes};
use crate::validator::Schema;

static BUDGET: LazyLock<Schema> = LazyLock::new(|| Schema::load("budget"));
static SIZES: LazyLock<Schema> = LazyLock::new(|| Schema::load("sizes"));

fn takes(text: &str, place: &str) -> bool {
    BUDGET.errors(&place.replace("{}", &format!("{text:?}"))).is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_budget_file(budget in budget()) {
        let text = render(&budget);
        prop_assert_eq!(BUDGET.errors(&text), Vec::<String>::new(), "{}", text);
    }

    #[test]
    fn a_sizes_file(sizes in sizes()) {
        let text = render_sizes(&sizes);
        prop_assert_eq!(SIZES.errors(&text), Vec::<String>::new(), "{}", text);
    }

    /// But for what a pattern cannot count: the size of a number, and whether it comes to whole bytes.
    #[test]
    fn a_size_or_a_percentage(text in "[0-9_.]{0,5} ?(%|B|kB|KB|KiB|GB|ms|)") {
        let is_percent = text.parse::<Percent>().is_ok();
        prop_assert_eq!(takes(&text, "slack = {}"), is_percent);
        let refused = parse_size(&text).err();
        let is_size = refused.is_none_or(|error| error.to_string().contains("whole number of bytes"));
        prop_assert_eq!(takes(&text, "[limits]\nmax_bytes = {}"), is_size);
        if Tolerance::parse(&text, Unit::Bytes).is_ok() {
            let band = takes(&text, "[limits]\nmax_bytes = { max = 1, tolerance = {} }");
            prop_assert!(band, "{}", text);
        }
    }
}
