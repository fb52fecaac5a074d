//! Notes beside the figures of a change.

use tripline_budget::format_count;
use tripline_profile::{Change, ChangeClass, Site};

use crate::commands::compare::view::ChangeRow;
use crate::output::shown;

/// Returns `new site`, or `more blocks, bigger blocks`.
pub(super) fn classes(row: &ChangeRow<'_>) -> String {
    row.classes.iter().map(ChangeClass::to_string).collect::<Vec<_>>().join(", ")
}

/// Returns the earlier name, the sites it is counted together with, and its caller, one a line.
pub(super) fn notes(row: &ChangeRow<'_>) -> Vec<String> {
    let via = row.via.as_ref().map(|via| format!("via {}", shown(via)));
    former(row.change).into_iter().chain(with(row.change)).chain(via).collect()
}

/// Returns the names of sites that changed nothing but their name: `a::f, was b::f`.
pub(super) fn renames(renamed: &[&Change]) -> Vec<String> {
    /// The most names; a rewrite renames most sites.
    const NAMED: usize = 5;
    let name = |change: &&Change| Some(format!("{}, {}", shown(change.name()), former(change)?));
    let mut names: Vec<String> = renamed.iter().take(NAMED).filter_map(name).collect();
    let more = renamed.len().saturating_sub(NAMED);
    names.extend((more > 0).then(|| format!("and {} more renamed", format_count(more as u64))));
    names
}

/// Returns the earlier name if it differs, marked as likely where it is not certain.
fn former(change: &Change) -> Option<String> {
    let names = names(&change.was, |key| change.now.iter().all(|site| site.key != key));
    match (names.is_empty(), change.is_certain(), change.now.is_empty()) {
        (true, ..) | (_, _, true) => None,
        (_, true, _) if change.renamed_from().is_some() => Some(format!("was {names}")),
        (_, true, _) => Some(format!("has taken in {names}")),
        (_, false, _) => Some(format!("likely the same as {names}")),
    }
}

/// Returns the later names after the first.
fn with(change: &Change) -> Option<String> {
    let names = names(&change.now, |key| key != change.name());
    let doubt = if change.is_certain() { "" } else { "likely " };
    (!names.is_empty()).then(|| format!("{doubt}one with {names}"))
}

fn names(sites: &[Site], wanted: impl Fn(&str) -> bool) -> String {
    let names = sites.iter().map(|site| site.key.as_str()).filter(|key| wanted(key));
    names.map(shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use tripline_profile::{Pairing, SiteFigures};

    use super::*;

    fn note_text(was: &[&str], now: &[&str], pairing: Pairing, via: Option<&str>) -> String {
        let site = |key: &&str| Site {
            key: (*key).to_owned(),
            callers: Vec::new(),
            inside: Vec::new(),
            place: None,
            figures: SiteFigures::default(),
        };
        let sites = |keys: &[&str]| keys.iter().map(site).collect();
        let change = Change { was: sites(was), now: sites(now), pairing };
        let row = ChangeRow { change: &change, classes: Vec::new(), via: via.map(str::to_owned) };
        notes(&row).join("; ")
    }

    #[test]
    fn what_is_sure_is_said_otherwise_than_what_is_likely() {
        use Pairing::{Figures, Key, LooseNeighbours, Neighbours, Role};
        assert_eq!(note_text(&["a"], &["a"], Key, None), "");
        assert_eq!(note_text(&["a"], &["b"], Figures, None), "was a");
        assert_eq!(note_text(&["a"], &["b"], Role, None), "likely the same as a");
        assert_eq!(note_text(&["a", "b"], &["b"], Neighbours, None), "has taken in a");
        assert_eq!(note_text(&["a"], &["a", "b"], Neighbours, None), "one with b");
        assert_eq!(note_text(&["a"], &["a", "b"], LooseNeighbours, None), "likely one with b");
        assert_eq!(note_text(&["a", "b"], &["b"], LooseNeighbours, None), "likely the same as a");
    }

    #[test]
    fn only_some_renames_are_named() {
        let site = Site::folded(0, SiteFigures::default());
        let named = |key: String| vec![Site { key, ..site.clone() }];
        let change = |at: usize| Change {
            was: named(format!("old{at}")),
            now: named(format!("new{at}")),
            pairing: Pairing::Figures,
        };
        let changes: Vec<Change> = (0..6).map(change).collect();
        let changes: Vec<&Change> = changes.iter().collect();
        assert_eq!(renames(&changes[..1]), ["new0, was old0"]);
        assert_eq!(renames(&changes[..5]).len(), 5);
        assert_eq!(renames(&changes)[4..], ["new4, was old4", "and 1 more renamed"]);
    }

    #[test]
    fn one_side_has_no_other_name() {
        assert_eq!(note_text(&["a"], &[], Pairing::Key, None), "");
        assert_eq!(note_text(&[], &["a"], Pairing::Key, Some("main")), "via main");
    }

    #[test]
    fn names_are_harmless() {
        assert_eq!(note_text(&["a\u{1b}[2J"], &["b"], Pairing::Figures, None), "was a\\u{1b}[2J");
    }
}
