//! `init --unit`: a suite among a crate's unit tests, which can name what is private.

use crate::init::stranger;

/// A crate without std, with a private type and a private function.
const RING: &str = "#![no_std]
//! A ring of numbers.

extern crate alloc;

use alloc::boxed::Box;

#[derive(Default)]
struct Slot {
    value: u64,
}

fn slot() -> Box<Slot> {
    Box::new(Slot { value: 7 })
}

/// Returns a number.
pub fn number() -> u64 {
    slot().value
}
";

#[test]
fn what_is_private_has_budgets_among_the_unit_tests_also_without_std() {
    let project = stranger("ring", "src/lib.rs", RING);
    let mut transcript = project.transcript();
    transcript.run(&["init", "--unit"]).list();
    let added = project.read("src/lib.rs");
    assert!(added.starts_with(RING));
    // A workload of one's own calls what no other crate can.
    let example = added.split_once("fn example").unwrap().1.split_once("\n    }\n").unwrap().0;
    let own = added.replace(
        &format!("fn example{example}"),
        "fn takes_a_slot(probe: &Probe) {\n        probe.measure(crate::slot);",
    );
    project.write("src/lib.rs", &own);
    transcript.run(&["update-budgets", "--remove-orphans"]).run(&["check"]);
    insta::assert_snapshot!(format!("{}{added}", transcript.finish()));
}

/// The plain example takes no type of the crate, and nothing of std's prelude.
#[test]
fn a_crate_without_std_and_types_gets_an_example_that_compiles() {
    let project = stranger("bare_ring", "src/lib.rs", "#![no_std]\n");
    let output = project.command(&["init", "--unit"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    insta::assert_snapshot!(project.read("src/lib.rs"));
}
