//! The lines that a test profile lacks for call sites and layouts, and those that spare building time.
//!
//! Only the workspace's Cargo.toml is read, not cargo's configuration nor its variables. An existing key is never
//! changed.

use toml_edit::{InlineTable, Item, Value};

use crate::commands::init::manifest::Manifest;

/// The crates that tests of tripline build and never measure, from the one that costs most when it is optimised.
///
/// `tripline` is not among them: its allocator runs within every region, and its level is that of the ruler.
const NEVER_MEASURED: [&str; 4] =
    ["tripline-budget", "tripline-profile", "insta", "annotate-snippets"];

/// A line to add to the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Advice {
    tables: Vec<String>,
    key: &'static str,
    value: ProfileValue,
    /// Empty if the line above says it.
    why: &'static str,
    /// True if another value stands there, which a person has to change.
    is_set: bool,
}

/// A value of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProfileValue {
    Level(i64),
    Debug(&'static str),
    /// The level of one package, in a table on its line.
    PackageLevel(i64),
}

impl ProfileValue {
    fn to_toml(self) -> Value {
        match self {
            Self::Level(level) => level.into(),
            Self::Debug(debug) => debug.into(),
            Self::PackageLevel(level) => {
                let mut table = InlineTable::new();
                table.insert("opt-level", level.into());
                table.into()
            }
        }
    }
}

/// Returns the lines to add to the workspace's manifest for the tests of `package`.
pub(super) fn advice(manifest: &Manifest<'_>, package: &str) -> Vec<Advice> {
    let find = |key: &str| {
        let profiles = ["test", "dev"].map(|name| manifest.get(&["profile", name, key]));
        profiles.into_iter().flatten().next()
    };
    let find_package = |package: &str| {
        let profiles = ["test", "dev"].map(|name| ["profile", name, "package", package]);
        profiles.map(|keys| manifest.get(&keys)).into_iter().flatten().collect::<Vec<_>>()
    };
    let find_in_package =
        |package: &str| find_package(package).into_iter().find_map(|table| table.get("debug"));
    let dev = || vec!["profile".to_owned(), "dev".to_owned()];
    let packages = || [dev(), vec!["package".to_owned()]].concat();
    let package_table = |package: &str| [packages(), vec![package.to_owned()]].concat();
    let mut advice = Vec::new();
    if find("opt-level").is_none() {
        let why = "at 0 the standard library's own frames crowd out the call sites";
        let value = ProfileValue::Level(1);
        advice.push(Advice { tables: dev(), key: "opt-level", value, why, is_set: false });
    }
    let debug = find("debug");
    if debug.is_none() && find_in_package("*").is_none() {
        let (value, why) =
            (ProfileValue::Debug("limited"), "enough for call sites, built and read faster");
        advice.push(Advice { tables: package_table("*"), key: "debug", value, why, is_set: false });
    }
    if debug.is_some_and(names_no_sites) {
        let (value, why) = (ProfileValue::Debug("limited"), "it names the call sites");
        advice.push(Advice { tables: dev(), key: "debug", value, why, is_set: true });
    }
    let own = find_in_package(package);
    if debug.is_some_and(|debug| !is_full(debug)) && !own.is_some_and(is_full) {
        let (value, why) =
            (ProfileValue::Debug("full"), "the layouts of `sizes!` are read from it");
        let tables = package_table(package);
        advice.push(Advice { tables, key: "debug", value, why, is_set: own.is_some() });
    }
    // Only with the level that makes them slow to build: a profile that states its own is its owner's.
    if find("opt-level").is_none() {
        let mut why = "never measured, and built faster at 0";
        for key in NEVER_MEASURED.into_iter().filter(|package| find_package(package).is_empty()) {
            let (tables, value) = (packages(), ProfileValue::PackageLevel(0));
            let why = std::mem::take(&mut why);
            advice.push(Advice { tables, key, value, why, is_set: false });
        }
    }
    advice
}

fn names_no_sites(debug: &Item) -> bool {
    debug.as_bool() == Some(false)
        || debug.as_integer() == Some(0)
        || matches!(debug.as_str(), Some("none" | "line-tables-only" | "line-directives-only"))
}

fn is_full(debug: &Item) -> bool {
    debug.as_bool() == Some(true) || debug.as_integer() == Some(2) || debug.as_str() == Some("full")
}

/// Adds the missing lines, and leaves those that are set.
pub(super) fn add(manifest: &mut Manifest<'_>, advice: &[Advice]) -> anyhow::Result<()> {
    for line in advice.iter().filter(|line| !line.is_set) {
        let tables: Vec<&str> = line.tables.iter().map(String::as_str).collect();
        manifest.set(&tables, line.key, line.value.to_toml())?;
    }
    Ok(())
}

/// Returns the lines as they would stand in the file.
pub(super) fn lines<'a>(advice: impl Iterator<Item = &'a Advice>) -> String {
    let mut text = String::new();
    let mut table = None;
    for line in advice {
        if table.replace(&line.tables) != Some(&line.tables) {
            let header = line.tables.join(".").replace('*', "\"*\"");
            text.push_str(&format!("    [{header}]\n"));
        }
        text.push_str(&format!("    {} = {}", line.key, line.value.to_toml()));
        if !line.why.is_empty() {
            text.push_str(&format!("   # {}", line.why));
        }
        text.push('\n');
    }
    text
}

impl Advice {
    /// Returns `true` if only a person can follow it, because another value stands there.
    pub(super) fn is_set(&self) -> bool {
        self.is_set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines for crates that are never measured.
    const UNOPTIMISED: &str = "    [profile.dev.package]\n    tripline-budget = { opt-level = 0 }   \
                               # never measured, and built faster at 0\n    tripline-profile = { \
                               opt-level = 0 }\n    insta = { opt-level = 0 }\n    \
                               annotate-snippets = { opt-level = 0 }\n";

    fn all_advised(text: &str) -> String {
        let manifest = Manifest::parse("Cargo.toml", text).unwrap();
        lines(advice(&manifest, "a").iter())
    }

    /// Returns the advice but for the crates that are never measured.
    fn advised(text: &str) -> String {
        let all = all_advised(text);
        all.strip_suffix(UNOPTIMISED).unwrap_or(&all).to_owned()
    }

    #[test]
    fn what_is_never_measured_is_not_optimised_unless_the_manifest_speaks_of_it() {
        for text in ["", "[profile.dev]\ndebug = 1", "[profile.release]\nopt-level = 's'"] {
            assert!(all_advised(text).ends_with(UNOPTIMISED), "{text}");
        }
        for text in ["[profile.dev]\nopt-level = 0", "[profile.test]\nopt-level = 's'"] {
            assert!(!all_advised(text).contains("insta"), "{text}");
        }
        let speaks = "[profile.dev.package]\ninsta = { opt-level = 3 }\n\
                      [profile.test.package.tripline-budget]\ndebug = false";
        let advised = all_advised(speaks);
        assert!(
            advised.contains("    tripline-profile = { opt-level = 0 }   # never"),
            "{advised}"
        );
        assert!(!advised.contains("insta") && !advised.contains("tripline-budget"), "{advised}");
    }

    #[test]
    fn a_profile_that_says_nothing_lacks_optimisation_and_describes_dependencies_in_full() {
        let level = "    [profile.dev]\n    opt-level = 1   # at 0 the standard library's own frames \
                     crowd out the call sites\n";
        let debug = "    [profile.dev.package.\"*\"]\n    debug = \"limited\"   # enough for call \
                     sites, built and read faster\n";
        assert_eq!(advised(""), format!("{level}{debug}"));
        assert_eq!(advised("[profile.dev]\nopt-level = 2"), debug);
        assert_eq!(advised("[profile.test]\nopt-level = 2"), debug);
        assert_eq!(advised("[profile.dev.package.'*']\ndebug = 2"), level);
        assert_eq!(advised("[profile.dev]\ndebug = true"), level);
    }

    #[test]
    fn little_debug_information_names_no_sites_and_lays_out_no_types() {
        let dev = |debug: &str| advised(&format!("[profile.dev]\nopt-level = 1\ndebug = {debug}"));
        for nothing in ["false", "0", "\"line-tables-only\""] {
            let advised = dev(nothing);
            assert!(advised.contains("    [profile.dev]\n    debug = \"limited\""), "{advised}");
            assert!(
                advised.contains("    [profile.dev.package.a]\n    debug = \"full\""),
                "{advised}"
            );
        }
        assert!(dev("\"limited\"").starts_with("    [profile.dev.package.a]\n"));
        assert_eq!(dev("true"), "");
        assert_eq!(dev("1\n[profile.dev.package.a]\ndebug = 2"), "");
    }

    #[test]
    fn a_profile_is_added_to_a_manifest_without_one() {
        let mut manifest = Manifest::parse("Cargo.toml", "[package]\n").unwrap();
        let advice = advice(&manifest, "a");
        add(&mut manifest, &advice).unwrap();
        assert_eq!(
            manifest.finish().unwrap(),
            "[package]\n\n[profile.dev]\nopt-level = 1\n\n[profile.dev.package]\n\
             tripline-budget = { opt-level = 0 }\ntripline-profile = { opt-level = 0 }\n\
             insta = { opt-level = 0 }\nannotate-snippets = { opt-level = 0 }\n\n\
             [profile.dev.package.\"*\"]\ndebug = \"limited\"\n"
        );
    }

    #[test]
    fn what_is_set_is_not_changed() {
        let text = "[profile.dev]\ndebug = false\n\n[profile.dev.package]\ninsta.opt-level = 2\n\
                    tripline-budget.debug = 1\ntripline-profile.debug = 1\nannotate-snippets.debug = 1\n";
        let mut manifest = Manifest::parse("Cargo.toml", text).unwrap();
        let advice = advice(&manifest, "a");
        add(&mut manifest, &advice).unwrap();
        assert_eq!(
            manifest.finish().unwrap(),
            "[profile.dev]\ndebug = false\nopt-level = 1\n\n[profile.dev.package]\ninsta.opt-level = 2\n\
             tripline-budget.debug = 1\ntripline-profile.debug = 1\nannotate-snippets.debug = 1\n\n\
             [profile.dev.package.a]\ndebug = \"full\"\n"
        );
        assert_eq!(advice.iter().filter(|line| line.is_set()).count(), 1);
    }
}
