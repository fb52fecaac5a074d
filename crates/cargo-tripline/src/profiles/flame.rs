//! Flame graphs of a profile's stacks, drawn by `inferno`.
//!
//! Functions are named by their keys: without hashes, lines and generic arguments, so two runs draw one picture.
//! Colours depend on names alone.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use anyhow::{Context as _, bail};
use inferno::flamegraph::color::BasicPalette;
use inferno::flamegraph::{self, Options, Palette};
use tripline_profile::SiteMetric;

use crate::output::{Step, shown};
use crate::profiles::pattern::SitePattern;
use crate::profiles::read::{OpenedProfile, harmless};
use crate::profiles::sort_by::SortBy;
use crate::system::{interrupt, replace};

/// Separates a stack's functions in a folded line.
const SEPARATOR: char = ';';

/// The figure of each stack, by its functions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FlameStacks(BTreeMap<String, u64>);

impl FlameStacks {
    /// Reads the stacks of the sites that match.
    pub(crate) fn read(
        read: &mut OpenedProfile,
        pattern: &SitePattern,
        question: SiteMetric,
    ) -> anyhow::Result<Self> {
        let sites = read.breakdown.sites.iter().filter(|site| pattern.matches(site));
        let keys: HashSet<&str> = sites.map(|site| site.key.as_str()).collect();
        let mut flames = Self::default();
        let _step = Step::begin("reading stacks".to_owned());
        let visited = read.profile.visit(|site, functions, figures| {
            let amount = question.of(&figures);
            if amount > 0 && keys.contains(site) {
                flames.add(functions, amount);
            }
        });
        visited.map_err(|error| harmless(&error))?;
        interrupt::check()?;
        Ok(flames)
    }

    fn add(&mut self, functions: &[&str], amount: u64) {
        let name = |function: &&str| shown(function).replace(SEPARATOR, ",").replace(' ', "");
        let names: Vec<String> = functions.iter().map(name).collect();
        let stack = match names.is_empty() {
            true => "unknown".to_owned(),
            false => names.join(";"),
        };
        let sum = self.0.entry(stack).or_default();
        *sum = sum.saturating_add(amount);
    }

    /// Returns a line for each stack, as `inferno` reads them: with two figures if `before` is given.
    fn lines(&self, before: Option<&Self>) -> Vec<String> {
        let Some(Self(before)) = before else {
            return self.0.iter().map(|(stack, amount)| format!("{stack} {amount}")).collect();
        };
        let stacks: std::collections::BTreeSet<&String> =
            before.keys().chain(self.0.keys()).collect();
        let of = |all: &BTreeMap<String, u64>, stack: &String| all.get(stack).copied().unwrap_or(0);
        let line = |stack| format!("{stack} {} {}", of(before, stack), of(&self.0, stack));
        stacks.into_iter().map(line).collect()
    }
}

/// Writes the picture, whole or not at all; with `before` it shows the difference.
pub(crate) fn draw(
    file: &Path,
    sort_by: SortBy,
    flames: &FlameStacks,
    before: Option<&FlameStacks>,
) -> anyhow::Result<()> {
    let lines = flames.lines(before);
    if flames.0.is_empty() {
        bail!("there is nothing to draw: no stack has any {}", sort_by.words());
    }
    let mut options = Options::default();
    options.title = match before {
        Some(_) => {
            format!("{}: after, red where they grew and blue where they shrank", sort_by.words())
        }
        None => sort_by.words().to_owned(),
    };
    options.count_name = sort_by.unit().to_owned();
    options.colors = Palette::Basic(BasicPalette::Mem);
    options.hash = true;
    options.deterministic = true;
    let mut picture = Vec::new();
    flamegraph::from_lines(&mut options, lines.iter().map(String::as_str), &mut picture)
        .context("failed to draw the flame graph")?;
    let picture = String::from_utf8(picture).context("the flame graph is not text")?;
    replace(file, &picture).with_context(|| format!("failed to write {}", file.display()))?;
    crate::output::print_to_stderr(&format!("flame graph in {}\n", file.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flames(stacks: &[(&[&str], u64)]) -> FlameStacks {
        let mut flames = FlameStacks::default();
        stacks.iter().for_each(|(functions, amount)| flames.add(functions, *amount));
        flames
    }

    #[test]
    fn equal_stacks_are_one_and_no_name_breaks_a_line() {
        let flames =
            flames(&[(&["a", "b"], 2), (&["a", "b"], 3), (&["a", "[u8; 4]::f"], 1), (&[], 7)]);
        assert_eq!(flames.lines(None), ["a;[u8,4]::f 1", "a;b 5", "unknown 7"]);
    }

    #[test]
    fn a_difference_has_what_is_on_either_side() {
        let (before, after) =
            (flames(&[(&["a"], 2), (&["b"], 5)]), flames(&[(&["a"], 4), (&["c"], 1)]));
        assert_eq!(after.lines(Some(&before)), ["a 2 4", "b 5 0", "c 0 1"]);
    }

    #[test]
    fn the_picture_is_the_same_every_time_and_names_are_escaped() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("flames.svg");
        let flames = flames(&[(&["a", "<script>alert(1)</script>"], 60), (&["a", "b\"&c"], 40)]);
        draw(&file, SortBy::default(), &flames, None).unwrap();
        let first = std::fs::read_to_string(&file).unwrap();
        draw(&file, SortBy::default(), &flames, None).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
        assert!(!first.contains("<script>alert"), "{first}");
        assert!(
            first.contains("&lt;script&gt;alert(1)&lt;/script&gt; (60 bytes, 60.00%)"),
            "{first}"
        );
        assert_eq!(dir.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_no_picture() {
        let file = Path::new("nothing.svg");
        let error = draw(file, SortBy::default(), &FlameStacks::default(), None).unwrap_err();
        assert_eq!(error.to_string(), "there is nothing to draw: no stack has any peak bytes");
        assert!(!file.exists());
    }
}
