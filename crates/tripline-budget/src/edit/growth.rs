//! Lines of `[growth]`: two limits that share a line, its tolerance and its reason.

use super::apply::Edit;
use super::change::LimitChange;
use super::locate::{SectionKind, SectionPath, limits};
use crate::edit::FieldChange;
use crate::error::Error;
use crate::files::LimitValue;
use crate::files::growth::GrowthLimits;
use crate::files::render::growth_line;
use crate::metrics::GrowthMetric;
use crate::metrics::Metric;
use crate::metrics::growth_metric::part_name;
use crate::text::toml::parse_document;

impl Edit {
    /// Changes one limit of a line that stands there; a tolerance and a reason are the line's.
    pub(super) fn set_growth(
        &mut self,
        when: Option<&str>,
        of: &GrowthMetric,
        metric: &Metric,
        change: &LimitChange,
    ) -> Result<(), Error> {
        let place = SectionPath { when, kind: SectionKind::Growth };
        if !self.states(place, of, metric)?.unwrap_or(false) {
            let (key, section) = (metric.to_string(), place.to_string());
            return Err(Error::NotThere { key, section });
        }
        self.set(place, &of.to_string(), change.fields(metric))
    }

    /// Adds one limit of a line: to the line, or with it.
    pub(super) fn add_growth(
        &mut self,
        when: Option<&str>,
        of: &GrowthMetric,
        metric: &Metric,
        value: &LimitValue,
    ) -> Result<(), Error> {
        let place = SectionPath { when, kind: SectionKind::Growth };
        match self.states(place, of, metric)? {
            Some(true) => {
                let (key, section) = (metric.to_string(), place.to_string());
                Err(Error::AlreadyThere { key, section })
            }
            Some(false) => {
                let tolerance = value.tolerance.map_or(FieldChange::Keep, FieldChange::Set);
                let reason = value.reason.clone();
                let change = LimitChange { max: Some(value.max), tolerance, reason };
                self.set(place, &of.to_string(), change.fields(metric))
            }
            None => {
                let mut line = GrowthLimits::default();
                line.set(metric.per_entity, value);
                let key = Metric::total(of.quantity());
                self.add(place, &key, &growth_line(of, line), limits)
            }
        }
    }

    /// Returns `true` if a line has the limit; `None` if there is no line.
    fn states(
        &self,
        place: SectionPath<'_>,
        of: &GrowthMetric,
        metric: &Metric,
    ) -> Result<Option<bool>, Error> {
        let document = parse_document(&self.file, self.text.as_str())?;
        let line = place.find(&document, self.text.as_str(), &of.to_string());
        let table = line.as_ref().and_then(|line| line.item.as_table_like());
        Ok(table.map(|table| table.contains_key(part_name(metric.per_entity))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: &str = r#"entity = "row"

[limits]
total_blocks = 323_224

# pages
[growth] # by row
live_bytes = { fixed = "8 KiB", per_entity = 12 } # kept

[growth.disk_bytes.db]
per_entity = 3

[ruler]
rustc = "1.95.0"
"#;

    fn metric(key: &str) -> Metric {
        key.parse().unwrap()
    }

    fn set(key: &str, change: &LimitChange) -> Result<String, String> {
        let mut edit = Edit::new("a.toml", BUDGET).unwrap();
        let set = edit.set_limit(None, &metric(key), change);
        set.map(|()| edit.finish()).map_err(|error| error.to_string())
    }

    fn add(text: &str, when: Option<&str>, key: &str) -> Result<String, String> {
        let mut edit = Edit::new("a.toml", text).unwrap();
        let add = edit.add_limit(when, &metric(key), &LimitValue::exact(7));
        add.map(|()| edit.finish()).map_err(|error| error.to_string())
    }

    fn max(max: u64) -> LimitChange {
        LimitChange { max: Some(max), ..LimitChange::default() }
    }

    /// The file with one line another.
    fn with(old: &str, new: &str) -> Result<String, String> {
        assert!(BUDGET.contains(old), "{old}");
        Ok(BUDGET.replace(old, new))
    }

    const LINE: &str = "{ fixed = \"8 KiB\", per_entity = 12 } # kept";

    #[test]
    fn each_limit_of_a_line_is_changed_alone() {
        let per_entity = set("growth.live_bytes.per_entity", &max(15));
        assert_eq!(per_entity, with(LINE, "{ fixed = \"8 KiB\", per_entity = 15 } # kept"));
        let fixed = set("growth.live_bytes.fixed", &max(9 * 1024));
        assert_eq!(fixed, with(LINE, "{ fixed = \"9 KiB\", per_entity = 12 } # kept"));
        let below = set("growth.disk_bytes.db.per_entity", &max(4));
        assert_eq!(below, with("per_entity = 3\n", "per_entity = 4\n"));
    }

    #[test]
    fn a_reason_is_the_lines() {
        let change = LimitChange { reason: Some("wider".into()), ..max(15) };
        let line = "{ fixed = \"8 KiB\", per_entity = 15, reason = \"wider\" } # kept";
        assert_eq!(set("growth.live_bytes.per_entity", &change), with(LINE, line));
    }

    #[test]
    fn a_limit_is_added_to_its_line_or_with_it() {
        let fixed = add(BUDGET, None, "growth.disk_bytes.db.fixed");
        assert_eq!(fixed, with("per_entity = 3\n", "fixed = 7\nper_entity = 3\n"));
        let inline = BUDGET.replace("fixed = \"8 KiB\", ", "");
        let added = add(&inline, None, "growth.live_bytes.fixed");
        assert_eq!(added, with("fixed = \"8 KiB\"", "fixed = 7"));
        let before = add(BUDGET, None, "growth.total_blocks.per_entity");
        let header = "[growth] # by row\n";
        let line = "[growth] # by row\ntotal_blocks = { per_entity = 7 }\n\n";
        assert_eq!(before, with(header, line));
        let there = add(BUDGET, None, "growth.live_bytes.fixed");
        assert_eq!(there.unwrap_err(), "`growth.live_bytes.fixed` already stands in [growth]");
    }

    #[test]
    fn a_section_stands_below_the_limits() {
        let text = "entity = 'row'\n\n[limits]\nmax_bytes = 2\n\n# mine\n[ruler]\nrustc = '1'\n";
        let growth = "[growth]\nlive_bytes = { per_entity = 7 }\n\n# mine";
        let added = add(text, None, "growth.live_bytes.per_entity");
        assert_eq!(added, Ok(text.replace("# mine", growth)));
        let when = add(text, Some("cfg(unix)"), "growth.live_bytes.per_entity").unwrap();
        assert_eq!(
            when,
            text.replace("# mine", &growth.replace("[growth]", "[when.'cfg(unix)'.growth]"))
        );
        let alone = add("entity = 'row'\n", None, "growth.live_bytes.fixed").unwrap();
        assert_eq!(alone, "entity = 'row'\n\n[growth]\nlive_bytes = { fixed = 7 }\n");
    }

    #[test]
    fn what_is_not_there_is_not_changed() {
        let absent = set("growth.disk_bytes.db.fixed", &max(4)).unwrap_err();
        assert_eq!(absent, "`growth.disk_bytes.db.fixed` does not stand in [growth]");
        let absent = set("growth.max_bytes.fixed", &max(4)).unwrap_err();
        assert_eq!(absent, "`growth.max_bytes.fixed` does not stand in [growth]");
    }
}
