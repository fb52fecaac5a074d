//! The runner by which Cargo would start a test executable, as far as it is known without Cargo's own answer.
//!
//! Only an unstable command of Cargo's tells its configuration. A runner in a variable is read as Cargo reads it. One in
//! a file is only found: files have many ways to state it, for one target or for a cfg, and they are merged.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use toml_edit::{DocumentMut, Item};

use crate::system::process;

/// The target that tests are built for, and the words before an executable's path that start it there.
#[derive(Debug, PartialEq)]
pub(super) struct Runner {
    pub(super) triple: String,
    pub(super) words: Vec<String>,
}

/// A key of a configuration file that leaves the runner unknown.
#[derive(Debug, PartialEq)]
pub(super) struct UnknownRunner {
    pub(super) file: PathBuf,
    pub(super) key: String,
}

/// Returns the runner of a Cargo that is started in this process's folder.
pub(super) fn find() -> anyhow::Result<Result<Runner, UnknownRunner>> {
    let folder = env::current_dir().context("failed to find the working folder")?;
    let mut target = None;
    for file in config_files(&folder) {
        let shown = file.display();
        let text = fs::read_to_string(&file).with_context(|| format!("failed to read {shown}"))?;
        let config: DocumentMut =
            text.parse().with_context(|| format!("failed to read {shown}"))?;
        if let Some(key) = unknown(&config) {
            return Ok(Err(UnknownRunner { file, key }));
        }
        // The nearest file counts, which comes first.
        target = target.or_else(|| Some(build_target(&config)?.as_str()?.to_owned()));
    }
    let triple = match variable("CARGO_BUILD_TARGET").or(target) {
        Some(target) => triple_of(&target)?,
        None => host()?,
    };
    let words = variable(&variable_of(&triple)).map(|text| words(&text, &folder));
    Ok(Ok(Runner { triple, words: words.unwrap_or_default() }))
}

/// Returns the files that Cargo reads, the nearest first.
fn config_files(folder: &Path) -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").filter(|home| !home.is_empty());
    let home = home.map(|home| folder.join(home));
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let mut files = Vec::new();
    for folder in folder.ancestors().map(|folder| folder.join(".cargo")).chain(home) {
        let names = ["config", "config.toml"].map(|name| folder.join(name));
        let file = names.into_iter().find(|file| file.is_file());
        files.extend(file.filter(|file| !files.contains(file)));
    }
    files
}

/// Returns the first key that leaves the runner unknown.
fn unknown(config: &DocumentMut) -> Option<String> {
    if config.contains_key("include") {
        return Some("include".to_owned());
    }
    if build_target(config).is_some_and(|target| !target.is_str()) {
        return Some("build.target".to_owned());
    }
    let targets = config.get("target").and_then(Item::as_table_like)?;
    let mut runners = targets.iter().filter(|(_, target)| target.get("runner").is_some());
    runners.next().map(|(target, _)| format!("target.'{target}'.runner"))
}

fn build_target(config: &DocumentMut) -> Option<&Item> {
    config.get("build")?.get("target")
}

/// Returns the triple that `build.target` means: itself, the name of a specification's file, or this machine.
fn triple_of(target: &str) -> anyhow::Result<String> {
    let path = Path::new(target);
    match (target, path.extension(), path.file_stem()) {
        ("host-tuple", ..) => host(),
        (_, Some(extension), Some(stem)) if extension == "json" => {
            Ok(stem.to_string_lossy().into_owned())
        }
        _ => Ok(target.to_owned()),
    }
}

/// Returns the triple of this machine, for which Cargo builds unless it is told otherwise.
fn host() -> anyhow::Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let finished = process::run(Command::new(rustc).arg("-vV"))?;
    ensure!(finished.success, "`rustc -vV` failed\n\n{}", finished.stderr.trim_end());
    let host = finished.stdout.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("`rustc -vV` names no host")
}

/// Returns the name of the variable that states the runner of a target.
fn variable_of(triple: &str) -> String {
    format!("CARGO_TARGET_{}_RUNNER", triple.to_uppercase().replace(['-', '.'], "_"))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Splits a runner at its blanks. A program with a folder in its name lies below the folder that Cargo is started in,
/// not below the package's, in which Cargo starts it.
fn words(text: &str, folder: &Path) -> Vec<String> {
    let mut words: Vec<_> = text.split_whitespace().map(str::to_owned).collect();
    if let Some(program) = words.first_mut()
        && Path::new(program).components().count() > 1
    {
        *program = folder.join(&program).to_string_lossy().into_owned();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_may_state_a_runner_leaves_it_unknown() {
        let unknown = |text: &str| unknown(&text.parse().unwrap());
        for (text, key) in [
            (
                "[target.x86_64-unknown-linux-gnu]\nrunner = 'qemu'",
                "target.'x86_64-unknown-linux-gnu'.runner",
            ),
            ("target.'cfg(unix)'.runner = ['qemu', '-L']", "target.'cfg(unix)'.runner"),
            ("[target]\nx = { runner = 'y' }", "target.'x'.runner"),
            ("include = ['other.toml']", "include"),
            ("[build]\ntarget = ['a', 'b']", "build.target"),
        ] {
            assert_eq!(unknown(text).as_deref(), Some(key));
        }
        for text in
            ["", "[build]\ntarget = 'a'", "[target.a]\nlinker = 'l'", "[alias]\nrunner = 'r'"]
        {
            assert_eq!(unknown(text), None, "{text}");
        }
    }

    #[test]
    fn a_target_is_a_triple_or_the_name_of_a_file() {
        assert_eq!(triple_of("i686-unknown-linux-musl").unwrap(), "i686-unknown-linux-musl");
        assert_eq!(triple_of("targets/own.json").unwrap(), "own");
        assert_eq!(triple_of("host-tuple").unwrap(), host().unwrap());
        assert_eq!(variable_of("thumbv8m.main-none"), "CARGO_TARGET_THUMBV8M_MAIN_NONE_RUNNER");
    }

    #[test]
    fn a_runner_in_a_folder_is_found_from_every_package() {
        let folder = Path::new("work");
        assert_eq!(words(" qemu  -L /x ", folder), ["qemu", "-L", "/x"]);
        let script = folder.join("./run.sh").to_string_lossy().into_owned();
        assert_eq!(words("./run.sh a", folder), [script, "a".to_owned()]);
        assert!(words(" ", folder).is_empty());
    }

    #[test]
    fn the_nearest_file_comes_first_and_the_older_name_before_the_newer() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        let files = ["a/b/.cargo/config.toml", "a/.cargo/config", "a/.cargo/config.toml"];
        let files = files.map(|file| folder.path().join(file));
        for file in &files {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        assert_eq!(config_files(&inner)[..2], files[..2]);
        assert!(!config_files(&inner).contains(&files[2]));
    }
}
