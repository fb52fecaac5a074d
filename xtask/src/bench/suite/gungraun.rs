//! Finds the programs that gungraun needs: valgrind, and a runner of its own version.

use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_tripline::run;

pub(super) const RUNNER: &str = "gungraun-runner";

/// Returns the runner of this version, or the reason why gungraun is left out.
pub(super) fn runner(version: &str, target: &Path) -> Result<PathBuf, String> {
    if valgrind().is_none() {
        return Err("valgrind is not installed".to_owned());
    }
    let tools = target.join("tools");
    let candidates = [tools.join("bin").join(RUNNER), PathBuf::from(RUNNER)];
    let wanted = format!("{RUNNER} {version}");
    let found = candidates.into_iter().find(|path| version_of(path).as_ref() == Some(&wanted));
    found.ok_or_else(|| missing(version, &tools))
}

/// Returns valgrind's name and version, if it is installed.
pub(super) fn valgrind() -> Option<String> {
    version_of(Path::new("valgrind"))
}

fn missing(version: &str, tools: &Path) -> String {
    let tools = tools.display();
    format!("no {RUNNER} {version}: cargo install --root {tools} --version ={version} {RUNNER}")
}

/// Returns the output of `--version`, if the program is installed.
fn version_of(program: &Path) -> Option<String> {
    let finished = run(Command::new(program).arg("--version")).ok()?;
    finished.success.then(|| finished.stdout.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runner_must_be_of_the_version_that_was_locked() {
        let why = runner("0.0.0", Path::new("target")).unwrap_err();
        assert!(
            why.starts_with("no gungraun-runner 0.0.0: ") || why.starts_with("valgrind"),
            "{why}"
        );
        assert_eq!(
            missing("0.20.0", Path::new("target/tools")),
            "no gungraun-runner 0.20.0: \
             cargo install --root target/tools --version =0.20.0 gungraun-runner"
        );
    }

    #[test]
    fn a_program_that_is_not_installed_has_no_version() {
        assert_eq!(version_of(Path::new("no-such-program")), None);
        assert!(version_of(Path::new("cargo")).unwrap().starts_with("cargo "));
    }
}
