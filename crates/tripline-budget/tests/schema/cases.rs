//! Every way in which a file can be wrong, as `tests/errors/` lists them, and beside each a file that is right.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::validator::Schema;

/// The wrong files that only the parser can refuse.
const BEYOND_A_SCHEMA: [&str; 29] = [
    // Two lines that contradict each other.
    "budget/coherence_twice",
    "budget/entity_missing",
    "budget/entity_missing_in_coherence",
    "budget/entity_missing_in_when",
    "budget/growth_without_entity",
    "budget/limit_above_ceiling",
    "budget/limit_above_ceiling_on_two_lines",
    "budget/limit_twice",
    "budget/reasons_twice",
    "sizes/above_ceiling",
    // What a number comes to.
    "budget/limit_float",
    "budget/limit_fraction_of_byte",
    "budget/limit_size_beyond_toml",
    "budget/limit_size_overflow",
    "budget/tolerance_too_large",
    "sizes/bad_alignment",
    // How TOML lays out what it says.
    "budget/limits_dotted",
    "budget/limits_inline",
    "budget/reasons_inline",
    "budget/ruler_inline",
    "budget/when_dotted",
    "sizes/inline",
    // The grammar of a cfg, and the cfgs of a build.
    "budget/when_conflict",
    "budget/when_conflict_of_coherence",
    "budget/when_malformed",
    "budget/when_not_captured",
    "budget/when_unknown_feature",
    "sizes/when_conflict",
    "sizes/when_unknown_feature",
];

/// Returns the wrong and the right text of a case.
fn read(path: &Path) -> (String, String) {
    let text = fs::read_to_string(path).unwrap();
    let (wrong, rest) = text.split_once(">>> shown\n").unwrap();
    (wrong.to_owned(), rest.split_once(">>> nearest\n").unwrap().1.to_owned())
}

/// Returns the names of the wrong files that the schema takes.
fn taken(kind: &str, schema: &str) -> BTreeSet<String> {
    let schema = Schema::load(schema);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors").join(kind);
    let mut taken = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (wrong, right) = read(&path);
        let name = format!("{kind}/{}", path.file_stem().unwrap().display());
        assert_eq!(schema.errors(&right), Vec::<String>::new(), "the right file of {name}");
        if schema.errors(&wrong).is_empty() {
            taken.insert(name);
        }
    }
    taken
}

#[test]
fn what_is_wrong_is_refused_but_for_what_no_schema_can_say() {
    let mut taken_here = taken("budget", "budget");
    taken_here.extend(taken("sizes", "sizes"));
    taken_here.extend(taken("config", "tripline"));
    let expected = BEYOND_A_SCHEMA.map(str::to_owned).into();
    assert_eq!(taken_here, expected);
}
