//! Limits that are proven to trip, by breaches that meters plant.

use crate::project::Project;

const CODE: &str = "
#[tripline::test]
fn every_kind(probe: &Probe) {
    let file = std::env::temp_dir().join(\"db\");
    std::fs::write(&file, \"four\").unwrap();
    probe.disk(\"db\", &file);
    probe.disk(\"folder\", std::env::temp_dir());
    probe.entities(\"box\", 10);
    let boxes = probe.measure(|| {
        probe.phase(\"fill\");
        let boxes: Vec<_> = (0..10_u64).map(Box::new).collect();
        probe.phase(\"rest\");
        boxes
    });
    assert_eq!(std::fs::read(&file).unwrap(), b\"four\");
    probe.report(\"hits\", 7);
    drop(boxes);
}

#[tripline::test]
fn line(probe: &Probe) {
    let n = probe.scale([100, 200, 400]) as usize;
    probe.entities(\"row\", n as u64);
    let rows = probe.measure(|| {
        let mut rows = Vec::with_capacity(n);
        rows.extend((0..n).map(|_| Vec::<u8>::with_capacity(8)));
        (rows, Vec::<u8>::with_capacity(1_000))
    });
    drop(rows);
}

#[tripline::test]
fn loose(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }

#[tripline::test]
fn late(probe: &Probe) {
    probe.measure(|| Box::new(1_u64));
    probe.entities(\"box\", 1);
}

#[tripline::test]
fn over(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }
";

const EVERY_KIND: &str = "entity = \"box\"

[limits]
total_blocks = 11
total_bytes = 160
max_blocks = 11
max_bytes = 160
live_blocks = 11
live_bytes = { max = 160, tolerance = \"3%\" }
live_bytes_per_entity = 16
total_blocks_per_entity = 2
leaked_blocks = 0
leaked_bytes = 0
leaked_threads = 0
leaked_fds = 0
\"phase.fill.max_bytes\" = 160
\"phase.rest.total_blocks\" = 0
\"phase.rest.live_blocks\" = 11
\"disk_bytes.db\" = 4
\"disk_bytes_per_entity.folder\" = 1
\"reported.hits\" = 7
";

const LINE: &str = "entity = \"row\"

[growth]
total_blocks = { fixed = 2, per_entity = 1 }
max_bytes = { fixed = 1_000, per_entity = 32 }
live_bytes = { fixed = 1_000, per_entity = 32 }
";

#[cfg(target_os = "linux")]
#[test]
fn every_exact_limit_trips_on_the_smallest_breach() {
    let project = Project::new("proves", CODE);
    let write =
        |name: &str, text: &str| project.write(&format!("budgets/proves/{name}.toml"), text);
    write("every_kind", EVERY_KIND);
    write("line", LINE);
    write(
        "loose",
        "[limits]\ntotal_blocks = 3\nmax_bytes = { max = 1_000, tolerance = \"90%\" }\n",
    );
    write("late", "entity = \"box\"\n[limits]\ntotal_blocks_per_entity = 1\n");
    write("over", "[limits]\ntotal_blocks = 0\n");
    let before = project.budgets();
    let mut transcript = project.transcript();
    transcript.run(&["prove"]).run(&["prove", "nothing"]);
    assert_eq!(project.budgets(), before);
    insta::assert_snapshot!(transcript.finish());
}
