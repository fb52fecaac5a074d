//! Sites chosen by `--filter`: a part of a site's name, of a caller's, or of its file's.

use tripline_profile::{Breakdown, Site};

use crate::filter::Filter;
use crate::output::shown;

/// The text that chosen sites contain.
#[derive(Clone, Debug)]
pub(crate) struct SitePattern {
    text: Option<String>,
    filter: Filter,
}

impl SitePattern {
    pub(crate) fn new(text: Option<&str>) -> Self {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        Self { text: text.map(str::to_owned), filter: Filter::new(text) }
    }

    /// Returns the text as it was typed; `None` if everything matches.
    pub(crate) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub(crate) fn matches(&self, site: &Site) -> bool {
        self.filter.matches(&site.key)
            || site.callers.iter().any(|caller| self.filter.matches(caller))
            || site.place.as_ref().is_some_and(|place| self.filter.matches(&place.file))
    }

    /// Returns an error if no site of any breakdown matches.
    pub(crate) fn check(&self, breakdowns: &[&Breakdown]) -> anyhow::Result<()> {
        let mut sites = breakdowns.iter().flat_map(|breakdown| &breakdown.sites);
        if self.text.is_none() || sites.any(|site| self.matches(site)) {
            return Ok(());
        }
        let sites = breakdowns.iter().flat_map(|breakdown| &breakdown.sites);
        let mut names: Vec<String> = sites.map(|site| shown(&site.key)).collect();
        anyhow::ensure!(!names.is_empty(), "nothing matches: the profile holds no site");
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        Err(self.filter.matches_nothing(&names))
    }
}

#[cfg(test)]
mod tests {
    use tripline_profile::{Place, SiteFigures};

    use super::*;

    #[test]
    fn site_callers_and_file_are_looked_at() {
        let site = Site {
            key: "a::f".to_owned(),
            callers: vec!["b::g".to_owned()],
            inside: vec!["alloc::vec::push".to_owned()],
            place: Some(Place { file: "src/x.rs".to_owned(), line: 7 }),
            figures: SiteFigures::default(),
        };
        let matches = |text: &str| SitePattern::new(Some(text)).matches(&site);
        for text in ["a::", "b::g", "x.rs", " ", ""] {
            assert!(matches(text), "{text}");
        }
        for text in ["A::", "push", "7"] {
            assert!(!matches(text), "{text}");
        }
    }
}
