//! Reads the crate and the module of a function from the path of its source file.
//!
//! A full path always names both. dhat-rs cuts paths to their last three parts. Then `storage/btree.rs` may
//! belong to any crate: the modules are known and the crate is not.

use crate::frame::source_modules::source_modules;
use crate::frame::std_files;
use crate::function::is_std;
use crate::rust_path::join;

/// The origin of a function's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SourceOrigin {
    /// A module of std, or of a crate that stands in for it.
    Std(String),
    /// A module of a crate that the path names: `turso_core::vdbe::execute`.
    Module(String),
    /// A package's folder, whose name may differ from the crate's: `sql` for `workload_sql`.
    Folder {
        folder: String,
        modules: Vec<String>,
    },
    /// Modules of a crate that the path does not name.
    UnknownCrate {
        modules: Vec<String>,
        /// True if the first module is the crate's outermost one.
        from_root: bool,
    },
    /// A source that is not Rust's, or a library without debug information.
    C,
    Unknown,
}

impl SourceOrigin {
    /// Reads the origin from the path of a source file.
    pub(crate) fn of(path: &str) -> Self {
        if !path.ends_with(".rs") {
            return if path == "???" { Self::Unknown } else { Self::C };
        }
        library(path)
            .or_else(|| std_files::module_of(path).map(|module| Self::Std(module.to_owned())))
            .or_else(|| package(path))
            .or_else(|| folder(path))
            .unwrap_or_else(|| Self::UnknownCrate {
                modules: source_modules(path),
                from_root: false,
            })
    }
}

/// Reads a path of std's own sources: `…/library/alloc/src/vec/mod.rs`.
fn library(path: &str) -> Option<SourceOrigin> {
    let (_, rest) = path.rsplit_once("library/")?;
    let (name, file) = rest.split_once("/src/")?;
    let name = name.rsplit('/').next()?;
    is_std(name).then(|| SourceOrigin::Std(join(name, &source_modules(file))))
}

/// Reads a path of a registry's package, which has a version: `…/turso_core-0.8.3/[src/]vdbe/execute.rs`.
fn package(path: &str) -> Option<SourceOrigin> {
    let mut rest = path;
    while let Some((part, after)) = rest.split_once('/') {
        if let Some(name) = package_name(part) {
            let file = after.strip_prefix("src/").unwrap_or(after);
            let module = join(&name, &source_modules(file));
            return Some(if is_std(&name) {
                SourceOrigin::Std(module)
            } else {
                SourceOrigin::Module(module)
            });
        }
        rest = after;
    }
    None
}

fn package_name(part: &str) -> Option<String> {
    let at = part.match_indices('-').map(|(at, _)| at).find(|&at| is_version(&part[at + 1..]))?;
    (at > 0).then(|| part[..at].replace('-', "_"))
}

fn is_version(text: &str) -> bool {
    let mut numbers = text.splitn(3, '.');
    let number = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let patch = |part: Option<&str>| {
        part.is_some_and(|part| part.starts_with(|first: char| first.is_ascii_digit()))
    };
    number(numbers.next()) && number(numbers.next()) && patch(numbers.next())
}

/// Reads `…/sql/src/execute.rs`, `src/a/b.rs`, `tests/sql.rs` or `bin/name/main.rs`.
fn folder(path: &str) -> Option<SourceOrigin> {
    let parts: Vec<&str> = path.split('/').collect();
    let at = parts.iter().position(|part| *part == "src");
    match at {
        Some(0) => Some(below_src(&parts[1..], None)),
        Some(at) => Some(below_src(&parts[at + 1..], Some(parts[at - 1]))),
        None => target(&parts),
    }
}

fn below_src(file: &[&str], folder: Option<&str>) -> SourceOrigin {
    if let Some(("bin", rest)) = file.split_first().map(|(first, rest)| (*first, rest)) {
        return target_of(rest);
    }
    let modules = source_modules(&file.join("/"));
    match folder {
        // A path dependency: its folder has no version.
        Some("tripline") => SourceOrigin::Std(join("tripline", &modules)),
        Some(folder) => SourceOrigin::Folder { folder: folder.replace('-', "_"), modules },
        None => SourceOrigin::UnknownCrate { modules, from_root: true },
    }
}

/// Reads the path of a test, bench, example or binary, which is a crate of its own.
fn target(parts: &[&str]) -> Option<SourceOrigin> {
    let kinds = ["tests", "benches", "examples", "bin"];
    let at = parts.iter().position(|part| kinds.contains(part))?;
    (at + 1 < parts.len()).then(|| target_of(&parts[at + 1..]))
}

fn target_of(parts: &[&str]) -> SourceOrigin {
    let name = parts.first().map_or("", |part| part.trim_end_matches(".rs")).replace('-', "_");
    let rest = parts.get(1..).unwrap_or_default().join("/");
    SourceOrigin::Folder { folder: name, modules: source_modules(&rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(path: &str) -> SourceOrigin {
        SourceOrigin::Module(path.to_owned())
    }

    fn std(path: &str) -> SourceOrigin {
        SourceOrigin::Std(path.to_owned())
    }

    fn folder(folder: &str, modules: &[&str]) -> SourceOrigin {
        SourceOrigin::Folder { folder: folder.to_owned(), modules: owned(modules) }
    }

    fn owned(modules: &[&str]) -> Vec<String> {
        modules.iter().map(|&module| module.to_owned()).collect()
    }

    #[test]
    fn a_package_with_its_version_is_a_crate() {
        for (path, origin) in [
            (
                "index.crates.io-1949cf8c6b5b557f/turso_core-0.8.3/schema.rs",
                module("turso_core::schema"),
            ),
            ("turso_core-0.8.3/alloc/mod.rs", module("turso_core::alloc")),
            ("turso-0.8.3/src/lib.rs", module("turso")),
            (
                "/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/crossbeam-epoch-0.9.21/src/sync/queue.rs",
                module("crossbeam_epoch::sync::queue"),
            ),
            ("x/turso-0.9.0-pre.2/src/lib.rs", module("turso")),
            ("dhat-0.3.3/src/lib.rs", std("dhat")),
            ("tripline/src/profiled.rs", std("tripline::profiled")),
            ("crates/triplines/src/profiled.rs", folder("triplines", &["profiled"])),
            ("/rust/deps/hashbrown-0.16.1/src/raw.rs", std("hashbrown::raw")),
        ] {
            assert_eq!(SourceOrigin::of(path), origin, "{path}");
        }
    }

    #[test]
    fn std_is_known_by_its_full_path_and_by_its_list() {
        for (path, origin) in [
            ("/rustc/0123abcd/library/alloc/src/raw_vec/mod.rs", std("alloc::raw_vec")),
            (
                "/root/.rustup/toolchains/x/lib/rustlib/src/rust/library/std/src/io/mod.rs",
                std("std::io"),
            ),
            ("src/vec/mod.rs", std("alloc::vec")),
            ("crates/library/src/vec/mod.rs", folder("library", &["vec"])),
            ("/home/me/app/src/vec/mod.rs", folder("app", &["vec"])),
        ] {
            assert_eq!(SourceOrigin::of(path), origin, "{path}");
        }
    }

    #[test]
    fn otherwise_the_folder_or_the_target_gives_the_name() {
        let open = |modules: &[&str], from_root| SourceOrigin::UnknownCrate {
            modules: owned(modules),
            from_root,
        };
        for (path, origin) in [
            ("crates/workloads/sql/src/bench.rs", folder("sql", &["bench"])),
            ("sql-probe/src/main.rs", folder("sql_probe", &[])),
            ("tests/sql.rs", folder("sql", &[])),
            ("bin/memory-benchmark/job.rs", folder("memory_benchmark", &["job"])),
            ("src/main.rs", open(&[], true)),
            ("src/runtime/park.rs", open(&["runtime", "park"], true)),
            ("translate/main_loop/mod.rs", open(&["translate", "main_loop"], false)),
            ("./nptl/pthread_create.c", SourceOrigin::C),
        ] {
            assert_eq!(SourceOrigin::of(path), origin, "{path}");
        }
    }
}
