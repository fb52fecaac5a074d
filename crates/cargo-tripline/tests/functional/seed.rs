//! A second target folder, given what cargo has built of a project's dependencies: else it builds all of them
//! again, for one test.
//!
//! Nothing is proven by it. What cargo does not take it builds as it would have.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::environment::program;
use crate::project::{Project, named, shared_target};

/// Fills `target`, unless it is there from an earlier run.
pub(crate) fn seed(project: &Project, target: &Path) {
    if target.exists() {
        return;
    }
    let hashes = hashes(project);
    for folder in ["debug/.fingerprint", "debug/build", "debug/deps"] {
        let to = target.join(folder);
        fs::create_dir_all(&to).unwrap();
        let built = |name: &str| hashes.iter().any(|hash| name.contains(hash));
        // Cargo goes by the time of each file.
        let mut copy = Command::new("cp");
        copy.arg("-a").args(named(&shared_target().join(folder), built)).arg(&to);
        let _ = copy.status();
    }
    // By which a test knows a target folder.
    fs::copy(shared_target().join("CACHEDIR.TAG"), target.join("CACHEDIR.TAG")).unwrap();
}

/// In which the names end of what the project's tests are built from.
fn hashes(project: &Project) -> BTreeSet<String> {
    let mut cargo = program("cargo");
    cargo.current_dir(project.root()).envs(project.environment());
    let output = cargo.args(["test", "--no-run", "--message-format=json"]).output().unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let messages = messages.lines().map(|line| serde_json::from_str(line).unwrap());
    messages
        .filter(|message: &Value| message["target"]["name"] != project.suite())
        .flat_map(|message| hashes_in(&message))
        .collect()
}

/// `debug/deps/lib<crate>-<hash>.rlib`, `debug/build/<package>-<hash>/out`
fn hashes_in(message: &Value) -> Vec<String> {
    let files = message["filenames"].as_array().into_iter().flatten();
    let files = files.chain(message.get("out_dir")).filter_map(Value::as_str);
    let hash = |file: &str| {
        let within = Path::new(file).strip_prefix(shared_target().join("debug")).ok()?;
        let (_, hash) = within.iter().nth(1)?.to_str()?.rsplit_once('-')?;
        Some(hash.split('.').next()?.to_owned())
    };
    files.filter_map(hash).collect()
}
