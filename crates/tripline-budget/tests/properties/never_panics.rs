//! Whatever a file holds, reading it ends in a model or in errors that can be shown.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tripline_budget::{
    BudgetFile, Cfgs, Config, Edit, LimitChange, Ruler, SizesFile, render, render_sizes,
};

use crate::generate::{self, sizes};
use crate::layout::laid_out;

/// Pieces that mean something here, or to TOML.
const PIECES: [&str; 50] = [
    "[limits]",
    "[coherence]",
    "[ruler]",
    "[recorded]",
    "[reasons]",
    "[growth]",
    "[growth.live_bytes]",
    "fixed",
    "per_entity",
    "[types]",
    "[when.'cfg(unix)'.limits]",
    "[when.'cfg(not(all(unix)))'.types]",
    "[[limits]]",
    "[limits.phase.run]",
    "cfg(",
    "not(",
    ")",
    "total_blocks",
    "max_bytes_per_entity",
    "disk_bytes.db",
    "phase.run.",
    "reported.x",
    "entity",
    "schema = 1",
    "timeout",
    "env",
    "max",
    "tolerance",
    "ceiling",
    "reason",
    "equals",
    "within",
    " = ",
    "\"3%\"",
    "\"267 KiB\"",
    "9223372036854775807",
    "-1",
    "1.5",
    "true",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "\"\"\"",
    "\n",
    "\r\n",
    "#",
    "\u{1F600}é\u{0301}",
];

#[derive(Clone, Debug)]
enum Mutation {
    Insert(Index, String),
    Delete(Index, usize),
    Repeat(Index, Index),
    Swap(Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let piece = prop_oneof![select(&PIECES[..]).prop_map(str::to_owned), generate::text()];
    prop_oneof![
        (any::<Index>(), piece).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        (any::<Index>(), 1..8_usize).prop_map(|(at, length)| Mutation::Delete(at, length)),
        (any::<Index>(), any::<Index>()).prop_map(|(line, at)| Mutation::Repeat(line, at)),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Mutation::Swap(one, other)),
    ]
}

fn mutate(text: &str, mutation: &Mutation) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.lines().collect();
    match mutation {
        Mutation::Insert(at, piece) => {
            let at = at.index(characters.len() + 1);
            characters.splice(at..at, piece.chars());
            return characters.into_iter().collect();
        }
        Mutation::Delete(at, length) => {
            let at = at.index(characters.len() + 1);
            characters.drain(at..(at + length).min(characters.len()));
            return characters.into_iter().collect();
        }
        Mutation::Repeat(line, at) if !lines.is_empty() => {
            lines.insert(at.index(lines.len()), lines[line.index(lines.len())]);
        }
        Mutation::Swap(one, other) if !lines.is_empty() => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
        }
        Mutation::Repeat(..) | Mutation::Swap(..) => {}
    }
    lines.join("\n")
}

/// A file as people write it, with a few mutations.
fn written() -> impl Strategy<Value = String> {
    mutated(laid_out().prop_map(|layout| layout.text))
}

/// A rendered file, or pieces in any order; with a few mutations.
fn unwritten() -> impl Strategy<Value = String> {
    let pieces =
        proptest::collection::vec(select(&PIECES[..]), 0..12).prop_map(|pieces| pieces.concat());
    mutated(prop_oneof![
        1 => sizes().prop_map(|sizes| render_sizes(&sizes)),
        2 => pieces,
    ])
}

fn mutated(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (text, proptest::collection::vec(mutation(), 0..4))
        .prop_map(|(text, mutations)| mutations.iter().fold(text, |text, m| mutate(&text, m)))
}

fn cfgs() -> Cfgs {
    Cfgs::parse(&["unix", "!debug_assertions", "target_pointer_width=\"64\""]).unwrap()
}

/// A file that is read can be resolved, rendered and edited.
fn use_budget(text: &str, budget: &BudgetFile) -> Result<(), TestCaseError> {
    let again = BudgetFile::parse("again.toml", &render(budget));
    prop_assert_eq!(again.as_ref(), Ok(budget));
    if let Err(problems) = budget.resolve(&Config::default(), &cfgs()) {
        prop_assert!(!problems.to_string().is_empty());
    }
    let _ = budget.applies(&cfgs());
    let mut edit = Edit::new("budget.toml", text).unwrap();
    let change =
        LimitChange { max: Some(0), reason: Some("less".into()), ..LimitChange::default() };
    if let Some(metric) = budget.base.limits.keys().next() {
        edit.set_limit(None, metric, &change).unwrap();
    }
    edit.set_entity("row").unwrap();
    edit.set_ruler(&Ruler::default()).unwrap();
    let edited = edit.finish();
    prop_assert!(BudgetFile::parse("budget.toml", &edited).is_ok(), "{}\n{}", text, edited);
    Ok(())
}

/// Whichever of the three kinds of file the text is taken for.
fn read_all(text: &str) -> Result<(), TestCaseError> {
    match BudgetFile::parse("budget.toml", text) {
        Ok(budget) => use_budget(text, &budget)?,
        Err(problems) => prop_assert!(problems.to_string().starts_with("error: ")),
    }
    match SizesFile::parse("sizes.toml", text) {
        Ok(sizes) => {
            let again = SizesFile::parse("again.toml", &render_sizes(&sizes));
            prop_assert_eq!(again.as_ref(), Ok(&sizes));
            let _ = sizes.resolve(&cfgs());
        }
        Err(problems) => prop_assert!(problems.to_string().starts_with("error: ")),
    }
    if let Err(problems) = Config::parse("tripline.toml", text) {
        prop_assert!(problems.to_string().starts_with("error: "));
    }
    Ok(())
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

// Four thousand files, others in each run, in tests that run side by side and take about as long.
proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn whatever_a_person_writes(text in written()) {
        read_all(&text)?;
    }

    #[test]
    fn whatever_another_person_writes(text in written()) {
        read_all(&text)?;
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn whatever_nobody_writes(text in unwritten()) {
        read_all(&text)?;
    }
}

proptest! {
    #![proptest_config(cases(5_000))]

    #[test]
    fn whatever_the_cfg(pieces in proptest::collection::vec(select(vec![
        "cfg(", "all(", "any(", "not(", ")", ",", " ", "=", "\"", "unix", "target_os", "feature",
        "target_pointer_width", "target_endian", "target_has_atomic", "panic", "debug_assertions",
        "\"64\"", "é", "test",
    ]), 0..12)) {
        let _ = cfgs().evaluate(&pieces.concat());
        let _ = cfgs().evaluate(&format!("cfg({})", pieces.concat()));
        let _ = Cfgs::parse(&pieces);
    }
}
