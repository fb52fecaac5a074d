//! `analyze`: the output of every option, and of all of them together.

use serde_json::Value;

use crate::profiles::{FIGURES, figure, grouped, json, printed, profiles};
use crate::project::Project;

/// The options, alone and combined.
const ASKED: [&[&str]; 13] = [
    &[],
    &["--top", "3"],
    &["--top", "0"],
    &["--filter", "pager"],
    &["--filter", "main::run", "--top", "2"],
    &["--filter", "util", "--stacks", "--sort-by", "eb"],
    &["--modules"],
    &["--modules", "--filter", "sql"],
    &["--stacks", "--top", "1"],
    &["--sort-by", "eb", "--filter", "src/"],
    &["--sort-by", "tb", "--modules", "--top", "2"],
    &["--sort-by", "ebk", "--stacks", "--filter", "pager"],
    &["--sort-by", "tbk", "--modules", "--stacks", "--top", "1", "--filter", "engine"],
];

#[test]
fn every_option_alone_and_with_others() {
    let project = profiles("analyze_options");
    let mut transcript = project.transcript();
    for asked in ASKED {
        transcript.run(&[&["analyze", "before.json"], asked].concat());
    }
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn json_honours_every_option() {
    let project = profiles("analyze_json");
    let mut transcript = project.transcript();
    let all = ["--sort-by", "tbk", "--modules", "--stacks", "--top", "1", "--filter", "pager"];
    transcript.run(&[&["analyze", "before.json", "--json"], &all[..]].concat());
    transcript.run(&["analyze", "before.json", "--json", "--top", "1"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn json_and_table_are_one_and_add_up() {
    let project = profiles("analyze_sums");
    for asked in ASKED {
        let asked = [&["analyze", "before.json"], asked].concat();
        let shown = json(&project, &asked);
        adds_up(&shown);
        agrees(&shown, &printed(&project, &asked), &asked);
    }
}

/// The file's own sums, as they were written.
const TOTALS: [(&str, u64); 6] =
    [("gb", 43_296), ("gbk", 46), ("eb", 4_336), ("ebk", 13), ("tb", 166_368), ("tbk", 781)];

fn rows(shown: &Value) -> &[Value] {
    shown["sites"].as_array().or(shown["modules"].as_array()).unwrap()
}

fn adds_up(shown: &Value) {
    for (key, total) in TOTALS {
        let parts = rows(shown).iter().chain([&shown["others"], &shown["unmatched"]]);
        assert_eq!(parts.map(|part| figure(part, key)).sum::<u64>(), total, "{key}");
        assert_eq!(figure(&shown["totals"], key), total, "{key}");
    }
    for row in rows(shown).iter().filter(|row| !row["stacks"].is_null()) {
        for key in FIGURES {
            let stacks = row["stacks"].as_array().unwrap();
            let parts = stacks.iter().chain([&row["more_stacks"]]);
            assert_eq!(parts.map(|part| figure(part, key)).sum::<u64>(), figure(row, key));
        }
    }
}

/// Each row of the one is a line of the other, in the same order.
fn agrees(shown: &Value, table: &str, asked: &[&str]) {
    // A share ends each figure; the lines of a stack have none.
    let lines: Vec<&str> = table.lines().filter(|line| line.contains(" %   ")).collect();
    for (row, line) in rows(shown).iter().zip(&lines) {
        let name = row["site"].as_str().or(row["module"].as_str()).unwrap();
        assert!(line.contains(name.split('\u{1b}').next().unwrap()), "{asked:?}: {name}\n{line}");
        for key in ["gb", "eb", "tb", "tbk"] {
            let cell = format!(" {} ", grouped(figure(row, key)));
            assert!(line.contains(&cell), "{asked:?}: {key} {cell}\n{line}");
        }
    }
    let rests = ["others", "unmatched"].iter().filter(|rest| figure(&shown[**rest], "count") > 0);
    assert_eq!(lines.len(), rows(shown).len() + rests.count() + 1, "{asked:?}\n{table}");
}

#[test]
fn a_site_maximum_is_refused_and_so_is_what_is_no_figure() {
    let project = profiles("analyze_keys");
    let mut transcript = project.transcript();
    for key in ["mb", "bytes"] {
        transcript.run(&["analyze", "before.json", "--sort-by", key]);
    }
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn what_cannot_be_shown_says_why() {
    let project = profiles("analyze_errors");
    project.write("other.json", "{\"name\": \"x\"}");
    let half = project.read("before.json");
    project.write("half.json", &half[..half.len() / 2]);
    let mode = half.replacen("rust-heap", "\\u001b[2Jcopy", 1);
    project.write("mode.json", &mode);
    let mut transcript = project.transcript();
    transcript.run(&["analyze", "other.json"]).run(&["analyze", "half.json"]);
    transcript.run(&["analyze", "mode.json"]);
    transcript.run(&["analyze", "before.json", "--filter", "pagre"]);
    transcript.run(&["analyze", "before.json", "--filter", "pagre", "--json"]);
    insta::assert_snapshot!(transcript.finish());
    absent(&project, &["analyze", "absent.json"]);
}

fn absent(project: &Project, arguments: &[&str]) {
    let output = project.command(arguments).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.starts_with("error: failed to read absent.json: "), "{stderr}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_profile_without_blocks_has_nothing_but_a_total() {
    let project = profiles("analyze_empty");
    let text = project.read("before.json");
    let (start, rest) = text.split_once("\"pps\":[").unwrap();
    let (_, end) = rest.split_once("],\n\"ftbl\"").unwrap();
    project.write("empty.json", &format!("{start}\"pps\":[],\n\"ftbl\"{end}"));
    let mut transcript = project.transcript();
    transcript.run(&["analyze", "empty.json", "--modules", "--stacks"]);
    transcript.run(&["analyze", "empty.json", "--filter", "x"]);
    insta::assert_snapshot!(transcript.finish());
}

/// Colours are the tool's own: what a name would do to a terminal is shown, not done.
#[test]
fn colours_are_never_a_names() {
    let project = profiles("analyze_colours");
    let asked = ["analyze", "before.json", "--stacks", "--filter", "util"];
    let output = project.command(&asked).env("CLICOLOR_FORCE", "1").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\u{1b}[1m"), "{text:?}");
    assert!(!text.contains("\u{1b}[31mred"), "{text:?}");
    let plain = anstream::adapter::strip_str(&text).to_string();
    assert_eq!(plain, printed(&project, &asked));
    let output =
        project.command(&asked).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), plain);
}
