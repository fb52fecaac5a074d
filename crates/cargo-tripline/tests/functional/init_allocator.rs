//! `init` where the library installs a global allocator.

use crate::init::{among_others, stranger};
use crate::project::Project;

fn library(condition: &str) -> String {
    format!(
        "use std::alloc::System;\n{condition}\n#[global_allocator]\nstatic OURS: System = System;\n"
    )
}

fn is_as_before(project: &Project, manifest: &str) -> bool {
    project.read("Cargo.toml") == manifest && !project.path("tests").exists()
}

#[test]
fn an_allocator_is_refused_with_what_to_do_and_that_works() {
    let project = stranger("allocating", "src/lib.rs", &library(""));
    let manifest = project.read("Cargo.toml");
    let mut transcript = project.transcript();
    transcript.run(&["init"]);
    assert!(is_as_before(&project, &manifest));
    project.write("src/lib.rs", &library("#[cfg(not(test))]"));
    transcript.run(&["init"]).show("src/lib.rs").list().run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

/// Cargo knows which features are on. So the compiler decides, and no file stays if it refuses.
#[test]
fn where_the_tests_do_not_build_every_file_is_taken_back() {
    let project = stranger("featured", "src/lib.rs", &library("#[cfg(feature = \"extra\")]"));
    let project = among_others(project);
    let manifest = project.read("Cargo.toml");
    let lock = project.read("Cargo.lock");
    let output = project.command(&["init", "--features", "extra"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("conflicts with global allocator in: project_featured"), "{stderr}");
    let (_, end) = stderr.split_once("if the allocator is the cause").unwrap();
    insta::assert_snapshot!(end);
    assert!(is_as_before(&project, &manifest));
    assert_eq!(project.read("Cargo.lock"), lock);
}
