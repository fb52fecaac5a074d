//! `--sort-by`: one of a profile's figures, by dhat's own name.

use std::str::FromStr;

use tripline_profile::{AmountUnit, Moment, SiteMetric};

/// The figure to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SortBy(pub(crate) SiteMetric);

/// dhat's name, the figure, and the words for it.
const KEYS: [(&str, SiteMetric, &str); 6] = [
    ("gb", SiteMetric::new(Moment::Peak, AmountUnit::Bytes), "peak bytes"),
    ("eb", SiteMetric::new(Moment::End, AmountUnit::Bytes), "end bytes"),
    ("tb", SiteMetric::new(Moment::Total, AmountUnit::Bytes), "total bytes"),
    ("tbk", SiteMetric::new(Moment::Total, AmountUnit::Blocks), "total blocks"),
    ("gbk", SiteMetric::new(Moment::Peak, AmountUnit::Blocks), "peak blocks"),
    ("ebk", SiteMetric::new(Moment::End, AmountUnit::Blocks), "end blocks"),
];

/// The number of [`KEYS`] that are always shown.
const USUAL: usize = 4;

/// Explains the keys in the help.
pub(crate) const SORT_BY_HELP: &str = "\
The figure to sort by, and to take the first N by: gb (bytes at the global peak), eb (bytes at exit), tb \
(bytes in total), tbk, gbk or ebk (blocks in total, at the global peak, at exit)";

impl SortBy {
    /// Returns dhat's name: `gb`.
    pub(crate) fn key(self) -> &'static str {
        self.entry().0
    }

    /// Returns the figure in words: `peak bytes`.
    pub(crate) fn words(self) -> &'static str {
        self.entry().2
    }

    /// Returns the unit of the figure.
    pub(crate) fn unit(self) -> &'static str {
        match self.0.unit {
            AmountUnit::Blocks => "blocks",
            AmountUnit::Bytes => "bytes",
        }
    }

    /// Returns the figures to show: this one, and the usual ones.
    pub(crate) fn columns(self) -> Vec<Self> {
        let usual = KEYS[..USUAL].iter().map(|(_, question, _)| Self(*question));
        [self].into_iter().chain(usual.filter(|usual| *usual != self)).collect()
    }

    fn entry(self) -> &'static (&'static str, SiteMetric, &'static str) {
        KEYS.iter().find(|(_, question, _)| *question == self.0).unwrap_or(&KEYS[0])
    }
}

impl Default for SortBy {
    fn default() -> Self {
        Self(KEYS[0].1)
    }
}

impl FromStr for SortBy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "mb" {
            return Err("site maxima of different moments do not add up; use gb".to_owned());
        }
        let entry = KEYS.iter().find(|(key, ..)| *key == text);
        let keys = || KEYS.map(|(key, ..)| key).join(", ");
        entry.map(|(_, question, _)| Self(*question)).ok_or_else(|| format!("one of {}", keys()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_key() {
        for question in SiteMetric::ALL {
            let sort_by = SortBy(question);
            assert_eq!(sort_by.key().parse(), Ok(sort_by));
        }
        assert_eq!(SortBy::default().key(), "gb");
    }

    #[test]
    fn what_is_no_key_says_why() {
        let error = |text: &str| text.parse::<SortBy>().unwrap_err();
        assert_eq!(error("mb"), "site maxima of different moments do not add up; use gb");
        assert_eq!(error("GB"), "one of gb, eb, tb, tbk, gbk, ebk");
    }

    #[test]
    fn what_is_sorted_by_comes_first() {
        let keys = |key: &str| {
            let columns = key.parse::<SortBy>().unwrap().columns();
            columns.into_iter().map(SortBy::key).collect::<Vec<_>>()
        };
        assert_eq!(keys("tbk"), ["tbk", "gb", "eb", "tb"]);
        assert_eq!(keys("ebk"), ["ebk", "gb", "eb", "tb", "tbk"]);
    }
}
