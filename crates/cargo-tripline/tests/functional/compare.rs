//! `compare`: the output for two profiles.

use serde_json::Value;

use crate::profiles::{FIGURES, figure, grouped, json, printed, profiles};

/// The options, alone and combined.
const ASKED: [&[&str]; 9] = [
    &[],
    &["--sort-by", "tb"],
    &["--sort-by", "tbk"],
    &["--sort-by", "eb"],
    &["--top", "1"],
    &["--top", "0"],
    &["--filter", "sql"],
    &["--filter", "append", "--sort-by", "tb"],
    &["--filter", "engine", "--sort-by", "tbk", "--top", "1"],
];

#[test]
fn every_option_alone_and_with_others() {
    let project = profiles("compare_options");
    let mut transcript = project.transcript();
    for asked in ASKED {
        transcript.run(&[&["compare", "before.json", "after.json"], asked].concat());
    }
    insta::assert_snapshot!(transcript.finish());
}

/// Nothing grew the other way round, in total blocks: what shrank is shown with its reasons all the same.
#[test]
fn what_only_shrank_is_told_like_what_grew() {
    let project = profiles("compare_shrunk");
    let mut transcript = project.transcript();
    transcript.run(&["compare", "after.json", "before.json"]);
    transcript.run(&["compare", "after.json", "before.json", "--filter", "pager"]);
    transcript.run(&["compare", "before.json", "before.json"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn json_honours_every_option() {
    let project = profiles("compare_json");
    let mut transcript = project.transcript();
    let all = ["--sort-by", "tb", "--top", "1", "--filter", "engine"];
    transcript.run(&[&["compare", "before.json", "after.json", "--json"], &all[..]].concat());
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn json_and_table_are_one_and_add_up() {
    let project = profiles("compare_sums");
    for files in [["before.json", "after.json"], ["after.json", "before.json"]] {
        for asked in ASKED.iter().filter(|asked| !asked.contains(&"append")) {
            let asked = [&["compare"], &files[..], asked].concat();
            let shown = json(&project, &asked);
            adds_up(&shown);
            agrees(&shown, &printed(&project, &asked), &asked);
        }
    }
}

fn changes(shown: &Value) -> &[Value] {
    shown["changes"].as_array().unwrap()
}

fn adds_up(shown: &Value) {
    let parts = || {
        let rests = ["others", "unchanged", "unmatched"].map(|rest| &shown[rest]);
        changes(shown).iter().chain(rests)
    };
    for side in ["before", "after"] {
        for key in FIGURES {
            let sum: u64 = parts().map(|part| figure(&part[side], key)).sum();
            assert_eq!(sum, figure(&shown["totals"][side], key), "{side} {key}");
        }
    }
    let change = |part: &Value| part["change"].as_i64().unwrap();
    assert_eq!(parts().map(change).sum::<i64>(), change(&shown["totals"]));
}

/// Each change of the one is a line of the other, in the same order.
fn agrees(shown: &Value, table: &str, asked: &[&str]) {
    let key = shown["sort_by"].as_str().unwrap();
    // A name begins otherwise.
    let figures = |line: &&str| line.trim_start().starts_with(|first: char| first.is_ascii_digit());
    let lines: Vec<&str> = table.lines().filter(figures).collect();
    for (change, line) in changes(shown).iter().zip(&lines) {
        let name = change["site"].as_str().unwrap();
        assert!(line.contains(name.split('\u{1b}').next().unwrap()), "{asked:?}: {name}\n{line}");
        for side in ["before", "after"] {
            let cell = format!(" {} ", grouped(figure(&change[side], key)));
            assert!(line.contains(&cell), "{asked:?}: {side} {cell}\n{line}");
        }
        assert!(!change["classes"].as_array().unwrap().is_empty(), "{asked:?}: {name}");
    }
    let rests = ["others", "unchanged", "unmatched"];
    let rests = rests.iter().filter(|rest| figure(&shown[**rest], "count") > 0);
    assert_eq!(lines.len(), changes(shown).len() + rests.count() + 1, "{asked:?}\n{table}");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let project = profiles("compare_errors");
    project.write("other.json", "[]");
    let mut transcript = project.transcript();
    transcript.run(&["compare", "before.json", "other.json"]);
    transcript.run(&["compare", "before.json", "after.json", "--filter", "zlip"]);
    transcript.run(&["compare", "before.json", "after.json", "--sort-by", "mb"]);
    insta::assert_snapshot!(transcript.finish());
}
