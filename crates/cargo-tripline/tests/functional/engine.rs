//! The counters instead of dhat: recorded with them, checked with either, and refused where they cannot know.

use crate::project::Project;

/// Frees as many blocks from before the region as the file `before` says.
const BOXES: &str = "
fn boxed(count: usize) -> Vec<Box<u32>> {
    let mut boxes = Vec::with_capacity(100);
    boxes.extend((0..count as u32).map(Box::new));
    boxes
}

#[tripline::test]
fn boxes(probe: &Probe) {
    let count = number(\"boxes\");
    let before = match number(\"before\") {
        0 => Vec::new(),
        before => boxed(before),
    };
    let boxes = probe.measure(|| {
        before.into_iter().for_each(drop);
        boxed(count)
    });
    assert_eq!(boxes.len(), count);
}
";

/// Elsewhere no threads and descriptors are recorded.
#[cfg(target_os = "linux")]
#[test]
fn what_counters_measure_is_recorded_and_checked_with_either() {
    let project = Project::new("counts", BOXES);
    let boxes = |count, before| {
        project.write("boxes", count);
        project.write("before", before);
    };
    boxes("10", "0");
    project.write("budgets/tripline.toml", "schema = 1\nengine = \"count\"\nbreakdown = false\n");
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]);
    transcript.run(&["check"]);
    transcript.run(&["check", "--engine", "dhat"]);
    transcript.run(&["prove"]);
    boxes("11", "0");
    transcript.run(&["check", "--engine", "count"]);
    transcript.run(&["check", "--engine", "perf"]);
    boxes("10", "3");
    transcript.run(&["check"]);
    transcript.run(&["update-budgets", "--add", "live_blocks"]);
    project.write("budgets/tripline.toml", "schema = 1\nbreakdown = false\n");
    transcript.run(&["check", "--engine", "count"]);
    insta::assert_snapshot!(transcript.finish());
}
