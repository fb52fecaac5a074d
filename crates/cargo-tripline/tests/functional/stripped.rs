//! The mark of a suite in a build that drops whatever it can.
//!
//! The package places the mark as `suite!` does, by inventory and in data that nobody reads. Deliberately absent: tripline
//! itself, which takes minutes to build so. It answers nothing, and a suite that gives no answer is one that was found.

use crate::project::{Project, workspace};

const RELEASE: &str = "
[profile.release]
strip = true
lto = 'fat'
codegen-units = 1
";

const REGISTRY: &str = "
pub use inventory;
pub struct Suite { pub module: &'static str, pub mark: &'static [u8; 32] }
inventory::collect!(Suite);
pub fn modules() -> usize { inventory::iter::<Suite>().filter(|suite| !suite.module.is_empty()).count() }
";

#[test]
fn the_mark_survives_strip_and_fat_lto_and_what_nothing_names_does_not() {
    let project = Project::bare("stripped", "");
    let package = "[package]\nname = 'project-stripped'\nedition = '2024'\n";
    let dependency = "[dependencies]\ninventory = '0.3'\n[workspace]\n";
    // libtest would have to be optimised as a whole.
    let harness = "[lib]\ntest = false\n[[test]]\nname = 'stripped'\nharness = false\n";
    project.write("Cargo.toml", &format!("{package}{dependency}{harness}{RELEASE}"));
    let mark = workspace().join("crates/tripline-budget/src/protocol/suite_mark.rs");
    project.write("src/lib.rs", &format!("#[path = {mark:?}]\npub mod suite_mark;\n{REGISTRY}"));
    let target = project.path("target");
    let build = ["--profile", "release", "--target-dir", target.to_str().unwrap()];
    let check = |data: &str, modules: &str| {
        project.write(
            "tests/stripped.rs",
            &format!(
                "use project_stripped::*;\n{data}\nfn main() {{ assert!(modules() == {modules}); }}\n"
            ),
        );
        let output = project.command(&[&["check"], &build[..]].concat()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let placed = "inventory::submit!(Suite { module: module_path!(), mark: &suite_mark::MARK });";
    let stderr = check(placed, "1");
    let named = "gave no answer when it was asked what it holds\n\n  test target `stripped` of package `project-stripped`";
    assert!(stderr.contains(named), "{stderr}");
    let unnamed = "pub static MARK: [u8; 32] = suite_mark::MARK;";
    let stderr = check(unnamed, "0");
    assert!(stderr.contains("error: no suite found in "), "{stderr}");
}
