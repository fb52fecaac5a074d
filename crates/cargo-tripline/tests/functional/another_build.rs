//! Limits of another build: left alone, or joined by those of this one under a `when` of their own.

use crate::elsewhere::{Elsewhere, JUDGE, RECORD, figures};

const DEBUG: &str = "opt-level 1, debug-assertions";
const RELEASE: &str = "opt-level 3";

const BUDGET: &str = "\
[limits]
total_blocks = 201

total_bytes = 1_600

leaked_blocks = 0

[ruler]
rustc = \"1.95.0\"
profile = \"opt-level 1, debug-assertions\"
features = \"none\"
";

const TYPES: &str = "\
[types]
\"p::Thing\" = 16

[ruler]
rustc = \"1.95.0\"
profile = \"opt-level 1, debug-assertions\"
";

/// The figures of the other build: half of the blocks, and more bytes.
const MEASURED: [(&str, u64); 3] =
    [("total_blocks", 101), ("total_bytes", 1_700), ("leaked_blocks", 0)];

fn elsewhere(profile: &str) -> Elsewhere {
    let mut elsewhere = Elsewhere::new(&["build"]);
    elsewhere.suite.ruler.profile = profile.to_owned();
    let cfg = if profile == RELEASE { "!debug_assertions" } else { "debug_assertions" };
    elsewhere.suite.cfgs = ["unix", cfg, "!feature=\"extra\""].map(str::to_owned).into();
    elsewhere.types(&[("p::Thing", 8, 8)]);
    elsewhere.measured("build", &figures(&MEASURED));
    elsewhere.project.write("budgets/elsewhere/build.toml", BUDGET);
    elsewhere.project.write("budgets/elsewhere/sizes.toml", TYPES);
    elsewhere
}

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [&RECORD[..], more].concat()
}

#[test]
fn limits_of_another_profile_are_left_alone_or_get_neighbours() {
    let elsewhere = elsewhere(RELEASE);
    let project = &elsewhere.project;
    let mut transcript = project.transcript();
    transcript.run(&JUDGE).run(&RECORD).run(&with(&["--check"]));
    let raise = ["--raise", "total_bytes", "--reason", "x"];
    transcript.run(&with(&raise));
    // A `when` that tells nothing, one that does not hold, one that nobody knows, and none.
    for when in ["unix", "debug_assertions", "feature = \"none\"", "not("] {
        transcript.run(&[&RECORD[..], &["--when", when]].concat());
    }
    assert_eq!(project.read("budgets/elsewhere/build.toml"), BUDGET);
    assert_eq!(project.read("budgets/elsewhere/sizes.toml"), TYPES);

    transcript.run(&with(&["--when", "not(debug_assertions)"]));
    transcript.show("budgets/elsewhere/build.toml").show("budgets/elsewhere/sizes.toml");
    transcript.run(&JUDGE).run(&RECORD);
    insta::assert_snapshot!(transcript.finish());
}

/// Lines under a `when` that is this build's alone are its own, and move as ever.
#[test]
fn a_limit_of_this_build_alone_is_lowered() {
    let elsewhere = elsewhere(RELEASE);
    let project = &elsewhere.project;
    let own = |when: &str, blocks: u64| {
        let (limits, ruler) = BUDGET.split_once("[ruler]").unwrap();
        let limits = limits.replace("total_bytes = 1_600", "total_bytes = 1_700");
        format!("{limits}[when.'cfg({when})'.limits]\ntotal_blocks = {blocks}\n\n[ruler]{ruler}")
    };
    project.write("budgets/elsewhere/sizes.toml", &TYPES.replace("16", "8"));
    project.write("budgets/elsewhere/build.toml", &own("not(debug_assertions)", 150));
    assert!(project.command(&RECORD).output().unwrap().status.success());
    assert_eq!(project.read("budgets/elsewhere/build.toml"), own("not(debug_assertions)", 101));
    // Of both builds.
    project.write("budgets/elsewhere/build.toml", &own("unix", 150));
    assert_eq!(project.command(&RECORD).output().unwrap().status.code(), Some(1));
    assert_eq!(project.read("budgets/elsewhere/build.toml"), own("unix", 150));
}

/// A newer compiler has taken the older one's place, and an older record does not know its level.
#[test]
fn a_ruler_that_moved_is_no_build_of_its_own() {
    for (recorded, now) in [
        (BUDGET.replace("1.95.0", "1.94.0"), DEBUG),
        (BUDGET.replace(DEBUG, "opt 0, debug-assertions"), DEBUG),
    ] {
        let elsewhere = elsewhere(now);
        let project = &elsewhere.project;
        project.write("budgets/elsewhere/build.toml", &recorded.replace("1_600", "1_700"));
        let output = project.command(&RECORD).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        let budget = project.read("budgets/elsewhere/build.toml");
        assert!(budget.contains("total_blocks = 101"), "{budget}");
        assert!(budget.contains("rustc = \"1.95.0\"") && budget.contains(DEBUG), "{budget}");
        let when = project.command(&[&RECORD[..], &["--when", "unix"]].concat()).output().unwrap();
        let text = String::from_utf8(when.stdout).unwrap();
        assert!(text.contains("its limits are of this build already"), "{text}");
    }
}

/// A type that trips says that the ruler moved, as a workload does; one that holds says nothing.
#[test]
fn a_type_that_trips_says_that_the_ruler_changed() {
    let elsewhere = elsewhere(DEBUG);
    let project = &elsewhere.project;
    let judged = |size: &str| {
        let older = TYPES.replace("1.95.0", "1.94.0").replace("16", size);
        project.write("budgets/elsewhere/sizes.toml", &older);
        let output = project.command(&JUDGE).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let changed = "the ruler changed: rustc 1.94.0 → 1.95.0";
    assert!(judged("4").contains(changed), "{}", judged("4"));
    assert!(!judged("8").contains(changed), "{}", judged("8"));
}
