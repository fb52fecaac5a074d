//! The files that the pages show are read as what they are, and the reference leaves no key or variable out.

use std::collections::BTreeSet;
use std::fs;

use tripline_budget::{BudgetFile, Cfgs, Config, ConfigFile, Problems, SizesFile, known_metrics};

use crate::page::Code;
use crate::{chapter, list, pages, root, settle};

/// Returns what is wrong with a block of TOML. A block that does not say otherwise is a budget.
fn unreadable(block: &Code) -> Option<String> {
    let (file, text) = (block.place.as_str(), block.text.as_str());
    let message = |problems: Problems| problems.to_string();
    match block.info.get(1).map(String::as_str) {
        None => BudgetFile::parse(file, text).and_then(|it| resolved(&it)).err().map(message),
        Some("sizes") => SizesFile::parse(file, text).err().map(message),
        Some("defaults") => ConfigFile::parse(file, text).err().map(message),
        Some("cargo") => text.parse::<toml_edit::DocumentMut>().err().map(|it| it.to_string()),
        Some(other) => Some(format!("{file}: `{other}` is no kind of file")),
    }
}

/// Resolves a file in a build that knows each cfg that the pages name, so that another is an error.
fn resolved(file: &BudgetFile) -> Result<(), Problems> {
    let captured = [
        "unix",
        "!windows",
        "!feature=\"metrics\"",
        "!debug_assertions",
        "target_os=\"linux\"",
        "target_pointer_width=\"64\"",
    ];
    file.resolve(&Config::default(), &Cfgs::parse(&captured).unwrap()).map(drop)
}

#[test]
fn files_are_what_they_say() {
    let mut offences = Vec::new();
    let mut checked = 0;
    for page in pages() {
        for block in page.blocks().iter().filter(|block| block.info[0] == "toml") {
            offences.extend(unreadable(block));
            checked += 1;
        }
    }
    settle(&offences, checked, 10);
}

#[test]
fn a_file_with_an_unknown_key_is_told() {
    let message = |info: &[&str], text: &str| {
        let info = info.iter().map(|&word| word.to_owned()).collect();
        unreadable(&Code { place: "a.md:1".to_owned(), info, text: text.to_owned() })
    };
    assert_eq!(message(&["toml"], "[limits]\ntotal_blocks = 1"), None);
    assert_eq!(message(&["toml", "sizes"], "[types]\nIndex = 48"), None);
    assert!(message(&["toml"], "[limits]\ntotal_block = 1").unwrap().contains("total_block"));
    assert!(message(&["toml", "sizes"], "[type]\nIndex = 48").unwrap().contains("type"));
    assert!(message(&["toml", "defaults"], "schema = 1\nslak = '1%'").unwrap().contains("slak"));
    assert!(message(&["toml", "carg"], "").unwrap().contains("carg"));
}

/// The keys that the reader names when it meets one that it does not know.
fn keys(refused: &Problems) -> Vec<String> {
    let text = refused.to_string();
    let keys = text.split("the keys are ").nth(1).unwrap();
    keys.split([',', '\n']).map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect()
}

/// Names that stand in a text, without the marks around them.
fn names(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|char: char| !char.is_ascii_alphanumeric() && char != '_');
    words.map(|word| word.trim_matches('_').to_owned()).filter(|word| !word.is_empty())
}

/// Fails with what the reference nowhere names in a sentence or a table.
fn explained(wanted: &BTreeSet<String>, at_least: usize) {
    let spans = chapter("files.md").spans();
    let there: BTreeSet<_> = spans.iter().flat_map(|span| names(&span.text)).collect();
    let absent = wanted.difference(&there);
    let offences: Vec<_> =
        absent.map(|name| format!("docs/src/files.md does not explain {name}")).collect();
    settle(&offences, wanted.len(), at_least);
}

#[test]
fn every_key_is_explained() {
    let coherence =
        "[coherence]\nreported.a = { equals = 'max_bytes', within = '1%', unknown = 1 }";
    let refused = [
        BudgetFile::parse("a", "unknown = 1").unwrap_err(),
        BudgetFile::parse("a", "[limits]\ntotal_blocks = { max = 1, unknown = 1 }").unwrap_err(),
        BudgetFile::parse("a", coherence).unwrap_err(),
        BudgetFile::parse("a", "[ruler]\nunknown = 1").unwrap_err(),
        SizesFile::parse("a", "unknown = 1").unwrap_err(),
        SizesFile::parse("a", "[types]\nu8 = { size = 1, unknown = 1 }").unwrap_err(),
        Config::parse("a", "schema = 1\nunknown = 1").unwrap_err(),
    ];
    let mut wanted: BTreeSet<String> = refused.iter().flat_map(keys).collect();
    for key in ["breakdown", "ceiling", "within", "rustc", "types", "align", "schema"] {
        assert!(wanted.contains(key), "{key}");
    }
    wanted.extend(names(&known_metrics()).filter(|word| word.contains('_')));
    explained(&wanted, 30);
}

/// Looks for variables that are read while tests or the tool run, not for those that a build script hands over.
#[test]
fn every_variable_is_explained() {
    let mut sources = Vec::new();
    for krate in ["tripline", "tripline-budget", "cargo-tripline"] {
        list(&root().join("crates").join(krate).join("src"), "rs", &mut sources);
    }
    let texts = sources.iter().map(|file| fs::read_to_string(file).unwrap());
    explained(&texts.flat_map(|text| variables(&text)).collect(), 8);
}

fn variables(text: &str) -> Vec<String> {
    let read = text
        .match_indices("\"TRIPLINE_")
        .filter(|(at, _)| !text[..*at].ends_with("env!("))
        .filter_map(|(at, _)| text[at + 1..].split('"').next());
    read.map(str::to_owned).collect()
}
