//! The outputs of `check` beside its table, its exit codes, and names that want to be more than names.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::project::Project;

const CODE: &str = r#"
#[tripline::test]
fn alone(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }

mod pair {
    use super::Probe;

    #[tripline::test]
    fn over(probe: &Probe) { probe.measure(|| [Box::new(1_u64), Box::new(2)]); }

    #[tripline::test]
    fn spare(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }
}

#[tripline::test]
fn panics(probe: &Probe) {
    probe.measure(|| ());
    panic!("no\n  ::set-env name=PATH::/tmp\n\u{1b}[2J##[add-path]/tmp</pre><script>");
}
"#;

/// A type that nothing names, and that would be a command, a formula, a tag and the end of a cell.
const SIZES: &str =
    "[types]\n\"=1+1\\n::error::owned|<script>`x`\" = 8\n\n\"::warning::std\" = 8\n";

const SPARE: &str = "[limits]\ntotal_blocks = 3\n";

fn project() -> Project {
    let project = Project::new("outputs", CODE);
    project.write("budgets/outputs/alone.toml", "[limits]\n\ntotal_blocks = 2\n");
    project.write("budgets/outputs/pair/spare.toml", SPARE);
    // The one workload that has a page of its own.
    let over = "breakdown = true\n\n[limits]\ntotal_blocks = 1\n";
    project.write("budgets/outputs/pair/over.toml", over);
    project.write("budgets/outputs/panics.toml", SPARE);
    project.write("budgets/outputs/sizes.toml", SIZES);
    project
}

fn run(project: &Project, arguments: &[&str]) -> Output {
    project.command(arguments).output().unwrap()
}

/// Lines by which a CI runner would do something, however they are indented.
fn commands(text: &str) -> Vec<&str> {
    let lines = text.split(['\n', '\r']).map(str::trim_start);
    lines.filter(|line| line.starts_with("::") || line.contains("##[")).collect()
}

#[test]
fn every_output_tells_the_same_and_the_exit_code_the_worst() {
    let project = project();
    project.write("out/summary.md", "# CI\n");
    let all = run(
        &project,
        &[
            "check",
            "--strict",
            "--json",
            "--github",
            "--markdown",
            "out/summary.md",
            "--junit",
            "out/new/junit.xml",
            "--csv",
            "out/limits.csv",
            "--html",
            "out/index.html",
        ],
    );
    assert_eq!(all.status.code(), Some(2));
    let json = check_json(&String::from_utf8(all.stdout).unwrap());
    assert_eq!(json["summary"]["exit_code"], 2);
    check_junit(&project.read("out/new/junit.xml"), &json);
    check_page(&project);
    let told = String::from_utf8(all.stderr).unwrap();
    assert_eq!(commands(&told).len(), 7, "{told}");
    let mut transcript = project.transcript();
    transcript.show("out/summary.md").show("out/limits.csv");
    insta::assert_snapshot!(transcript.finish());

    let mut transcript = project.transcript();
    transcript.run_with(&["check", "--strict", "pair"], &[("GITHUB_ACTIONS", "true")]);
    transcript.run(&["check", "--strict", "alone"]).run(&["check", "alone"]);
    insta::assert_snapshot!("exit_codes", transcript.finish());

    let sizes = run(&project, &["check", "sizes"]);
    let table = String::from_utf8(sizes.stdout).unwrap();
    assert_eq!(commands(&table), [""; 0], "{table}");
    assert!(table.contains("\n  \\u{3a}:warning::std "), "{table}");
}

/// Nothing but one document, as the schema describes it.
fn check_json(text: &str) -> Value {
    let json = serde_json::from_str(text).unwrap();
    let schema = include_str!("../../../../docs/schema/check.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let errors: Vec<_> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let statuses: Vec<_> = json["groups"].as_array().unwrap().iter().map(status).collect();
    assert_eq!(
        statuses,
        [
            "outputs::alone: loose",
            "outputs::pair::over: tripped",
            "outputs::pair::spare: loose",
            "outputs::panics: unknown",
            "outputs::sizes: tripped",
        ]
    );
    let row = &json["groups"][1]["rows"][0];
    assert_eq!((&row["name"], &row["line"]), (&"total_blocks".into(), &4.into()));
    assert_eq!((&row["budget"], &row["measured"]), (&1.into(), &2.into()));
    json
}

fn status(group: &Value) -> String {
    format!("{}: {}", group["name"].as_str().unwrap(), group["status"].as_str().unwrap())
}

/// One suite, and a case for each limit and for what is said of a workload.
fn check_junit(text: &str, json: &Value) {
    let report = quick_junit::Report::deserialize_from_str(text).unwrap();
    let [suite] = report.test_suites.as_slice() else {
        panic!("{text}");
    };
    assert_eq!(suite.name.as_str(), json["suites"][0]["suite"]);
    assert_eq!((suite.tests, suite.failures, suite.errors), (7, 6, 1), "{text}");
}

/// The page links to the one that there is, by a path that leads there.
fn check_page(project: &Project) {
    let page = project.read("out/index.html");
    assert!(!page.contains("<script") && !page.contains("</pre><"), "{page}");
    let links: Vec<_> = page.split("<a href=\"").skip(1).collect();
    let [link] = links.as_slice() else {
        panic!("{page}");
    };
    let (link, name) = link.split_once("\">").unwrap();
    assert!(name.starts_with("outputs::pair::over</a>"), "{page}");
    assert!(Path::new(link).is_relative(), "{link}");
    let linked = project.path("out").canonicalize().unwrap().join(link.replace("%20", " "));
    assert!(linked.is_file(), "{}", linked.display());
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_measured() {
    let project = Project::new("unwritable", "this does not even build");
    project.write("file", "");
    let mut transcript = project.transcript();
    transcript.run(&["check", "--html", "file/index.html"]);
    transcript.run(&["check", "--csv", "file", "--junit", "./file"]);
    transcript.run(&["check", "--markdown", "."]);
    insta::assert_snapshot!(transcript.finish());
}
