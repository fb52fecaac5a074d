//! The macros where `tripline` has another name, is another crate's, or wraps an allocator that has a state.

use std::fs;
use std::process::Command;

use crate::project::Project;

const RENAMED: &str = "
budget::suite!();
budget::sizes! { u64 <= 8 }

#[budget::test]
fn boxes(probe: &budget::Probe) { probe.measure(|| Box::new(1_u64)); }

#[budget::test(flavor = \"current_thread\")]
async fn later(probe: &budget::Probe) { probe.measure_async(async || Box::new(1_u64)).await; }
";

/// Through another crate, with an allocator whose type has no name and whose state changes.
const REEXPORTED: &str = "
support::tripline::suite!(allocator = support::Counting::new());
support::tripline::sizes! { u64 }

mod inner {
    #[support::tripline::test(crate = support::tripline)]
    fn boxes(probe: &support::tripline::Probe) { probe.measure(|| Box::new(1_u64)); }
}
";

const CONSTANT: &str = "
use support::tripline;

const COUNTING: support::Counting = support::Counting::new();
tripline::suite!(allocator = COUNTING);

#[tripline::test(crate = \"support::tripline\")]
fn boxes(probe: &tripline::Probe) { probe.measure(|| Box::new(1_u64)); }
";

const SUPPORT: &str = "
pub use tripline;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Counting { blocks: AtomicUsize, limit: usize }

impl Counting {
    pub const fn new() -> Self { Self { blocks: AtomicUsize::new(0), limit: usize::MAX } }
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        assert!(self.blocks.fetch_add(1, Ordering::Relaxed) < self.limit);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.blocks.fetch_sub(1, Ordering::Relaxed);
        unsafe { System.dealloc(block, layout) };
    }
}
";

#[test]
fn the_macros_know_their_crate_under_any_name() {
    let project = Project::new("named", "");
    let manifest = project.read("Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("tripline = { path")).unwrap();
    let renamed = line.replace("tripline = {", "budget = { package = \"tripline\",");
    let both = format!("{renamed}\nsupport = {{ path = 'support' }}");
    project.write("Cargo.toml", &manifest.replace(line, &both));
    let package = "[package]\nname = \"support\"\nedition = \"2024\"\n[dependencies]\n";
    project.write("support/Cargo.toml", &format!("{package}{line}\n"));
    project.write("support/src/lib.rs", SUPPORT);
    fs::remove_file(project.path("tests/named.rs")).unwrap();
    for (suite, code, workloads) in [
        ("renamed", RENAMED, &["boxes", "later"][..]),
        ("reexported", REEXPORTED, &["inner/boxes"]),
        ("constant", CONSTANT, &["boxes"]),
    ] {
        project.write(&format!("tests/{suite}.rs"), code);
        for workload in workloads {
            // dhat would take its memory from the system, and not from the suite's own allocator.
            let budget = "engine = \"count\"\n[limits]\ntotal_blocks = 1\n";
            project.write(&format!("budgets/{suite}/{workload}.toml"), budget);
        }
    }
    project.write("budgets/renamed/sizes.toml", "[types]\nu64 = 8\n");
    project.write("budgets/reexported/sizes.toml", "[types]\nu64 = 8\n");
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--no-fail-fast"]).current_dir(project.root());
    let output =
        cargo.envs(project.environment()).env_remove("CARGO_MANIFEST_DIR").output().unwrap();
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (shown(&output.stdout), shown(&output.stderr));
    assert!(output.status.success(), "{stdout}\n{stderr}");
    assert_eq!(stdout.matches("boxes ... ok").count(), 3, "{stdout}");
}
