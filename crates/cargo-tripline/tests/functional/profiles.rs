//! Two small profiles of one program, written by hand, and what holds of everything that is shown of them.
//!
//! Between them an engine changed in every way that has a name: blocks became larger, more, or longer-lived, a
//! site is new and one is gone, one is renamed and one renamed and larger. A frame has a hostile name.

use serde_json::Value;

use crate::project::Project;

/// dhat's names of the six figures.
pub(crate) const FIGURES: [&str; 6] = ["gb", "gbk", "eb", "ebk", "tb", "tbk"];

/// A project with nothing but the profiles.
pub(crate) fn profiles(name: &'static str) -> Project {
    let project = Project::new(name, "");
    project.write("before.json", include_str!("data/before.json"));
    project.write("after.json", include_str!("data/after.json"));
    project
}

/// Returns the output of a command that succeeds. It holds no character that a terminal obeys.
pub(crate) fn printed(project: &Project, arguments: &[&str]) -> String {
    let output = project.command(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let harmless = |character: char| !character.is_control() && character != '\u{202e}';
    assert!(text.lines().all(|line| line.chars().all(harmless)), "{text:?}");
    text
}

/// [`printed`], with `--json`.
pub(crate) fn json(project: &Project, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--json"]].concat();
    serde_json::from_str(&printed(project, &arguments)).unwrap()
}

/// `1 234` as a table shows it.
pub(crate) fn grouped(count: u64) -> String {
    tripline_budget::format_count(count)
}

/// A figure of a JSON object.
pub(crate) fn figure(object: &Value, key: &str) -> u64 {
    object[key].as_u64().unwrap()
}
