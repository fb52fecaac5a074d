//! The counters instead of dhat: recorded with them, checked with either, and refused where they cannot know.

use crate::project::Project;

/// Frees from before the region as many blocks as it is told to.
fn boxes(count: u32, before: u32) -> String {
    format!(
        "
fn boxed(count: u32) -> Vec<Box<u32>> {{
    let mut boxes = Vec::with_capacity(100);
    boxes.extend((0..count).map(Box::new));
    boxes
}}

#[tripline::test]
fn boxes(probe: &Probe) {{
    let before: Vec<_> = boxed({before}).into_iter().collect();
    let boxes = probe.measure(|| {{
        before.into_iter().for_each(drop);
        boxed({count})
    }});
    assert_eq!(boxes.len(), {count});
}}
"
    )
    .replace(
        "let before: Vec<_> = boxed(0).into_iter().collect();",
        "let before = Vec::<Box<u32>>::new();",
    )
}

/// Elsewhere no threads and descriptors are recorded.
#[cfg(target_os = "linux")]
#[test]
fn what_counters_measure_is_recorded_and_checked_with_either() {
    let project = Project::new("counts", &boxes(10, 0));
    project.write("budgets/tripline.toml", "schema = 1\nengine = \"count\"\nbreakdown = false\n");
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]);
    transcript.run(&["check"]);
    transcript.run(&["check", "--engine", "dhat"]);
    transcript.run(&["prove"]);
    project.code(&boxes(11, 0));
    transcript.run(&["check", "--engine", "count"]);
    transcript.run(&["check", "--engine", "perf"]);
    project.code(&boxes(10, 3));
    transcript.run(&["check"]);
    transcript.run(&["update-budgets", "--add", "live_blocks"]);
    project.write("budgets/tripline.toml", "schema = 1\nbreakdown = false\n");
    transcript.run(&["check", "--engine", "count"]);
    insta::assert_snapshot!(transcript.finish());
}
