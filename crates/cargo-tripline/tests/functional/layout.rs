//! Layouts of types, on demand.

use crate::project::Project;

const CODE: &str = "
#[repr(C)]
pub struct Row { deleted: bool, id: u64 }
pub enum Cell { Empty, Number(u64), Text([u8; 100]) }
tripline::sizes! { Row, Option<Row>, Cell, Shared, Kept, Ids }

pub struct Slots { head: u32, slots: [u64; 135] }
pub struct Shared { inner: std::sync::Mutex<Slots> }
pub struct Kept(Only, ());
pub enum Only { It(std::mem::ManuallyDrop<std::cell::UnsafeCell<Slots>>) }
pub struct Ids(Vec<u64>);
";

/// The test package itself needs full debug information, and no other.
fn with_debug_information(project: &Project) {
    let manifest = project.read("Cargo.toml");
    assert!(manifest.contains("debug = false, inc"), "{manifest}");
    project.write("Cargo.toml", &manifest.replace("debug = false, inc", "debug = \"full\", inc"));
}

#[test]
fn a_type_is_shown_and_what_is_none_is_not() {
    let project = Project::new("laid_out", CODE);
    with_debug_information(&project);
    project.write("budgets/laid_out/sizes.toml", "[types]\n\"Row\" = 16\n\n\"Cell\" = 32\n");
    let mut transcript = project.transcript();
    transcript.run(&["layout", "Cell"]).run(&["layout", "Row"]).run(&["layout", "ption"]);
    transcript.run(&["layout", "Ro", "--json"]).run(&["layout", "Row", "--json"]);
    // Down to where the bytes are, but not into what is std's.
    transcript.run(&["layout", "Shared"]).run(&["layout", "Kept"]).run(&["layout", "Ids"]);
    transcript.run(&["layout", "Cel1"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn without_debug_information_the_lines_to_add_are_named() {
    let project = Project::new("undebugged", CODE);
    let mut transcript = project.transcript();
    transcript.run(&["layout", "Cell"]).run(&["layout", "Cell", "--json"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_suite_without_types_is_told_how_to_have_some() {
    let project = Project::new("typeless", "");
    let mut transcript = project.transcript();
    transcript.run(&["layout", "Cell"]);
    insta::assert_snapshot!(transcript.finish());
}
