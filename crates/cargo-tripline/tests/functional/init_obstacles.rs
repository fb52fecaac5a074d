//! `init` on a package that had better be changed first: it says so before anything is written.

use crate::init::{files, git, stranger};
use crate::project::Project;

fn project(name: &'static str, rust: &str, ignored: &str) -> Project {
    let project = stranger(name, "src/lib.rs", "pub struct Counter;\n");
    let manifest = project.read("Cargo.toml");
    let edition = "edition = \"2024\"\n";
    let declared = manifest.replacen(edition, &format!("{edition}rust-version = \"{rust}\"\n"), 1);
    project.write("Cargo.toml", &declared);
    project.write(".gitignore", &format!("/target\n{ignored}"));
    git(&project, &["init", "--quiet"], b"");
    project
}

#[test]
fn an_older_rust_and_an_ignored_lock_file_are_said_before_anything_is_written() {
    let project = project("older", "1.87", "Cargo.lock\n");
    let before = files(&project);
    let mut transcript = project.transcript();
    transcript.run(&["init"]).run(&["init", "--dry-run"]);
    assert_eq!(files(&project), before);
    insta::assert_snapshot!(transcript.finish());
    let forced = project.command(&["init", "--dry-run", "--force"]).output().unwrap();
    assert!(forced.status.success(), "{forced:?}");
}

#[test]
fn the_oldest_rust_and_a_lock_file_that_is_kept_are_fine() {
    for (name, ignored) in [("oldest", "!Cargo.lock\n"), ("kept_lock", "other/Cargo.lock\n")] {
        let project = project(name, "1.88", ignored);
        let shown = project.command(&["init", "--dry-run"]).output().unwrap();
        assert!(shown.status.success(), "{shown:?}");
    }
    // git takes no notice of a rule for what it tracks.
    let project = project("tracked", "1.88", "Cargo.lock\n");
    git(&project, &["add", "--force", "Cargo.lock"], b"");
    assert!(project.command(&["init", "--dry-run"]).output().unwrap().status.success());
}
