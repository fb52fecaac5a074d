//! What the path of a source file says about the crate and the module of its functions.
//!
//! A full path always says it. dhat-rs cuts paths to their last three parts, after which
//! `storage/btree.rs` may be anybody's: then modules are known and the crate is not.

use crate::frame::std_files;

/// Where a function's source is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In std or what stands in for it.
    Std(String),
    /// In a crate that the path names: `turso_core::vdbe::execute`.
    Module(String),
    /// In a package whose folder may be called otherwise than its crate: `sql` for `workload_sql`.
    Folder {
        folder: String,
        modules: Vec<String>,
    },
    /// In some crate. `anchored` where the modules are known from the crate's root on.
    Open {
        modules: Vec<String>,
        anchored: bool,
    },
    /// In a source that is not Rust's, or in a library without debug information.
    C,
    Unknown,
}

impl Origin {
    pub(crate) fn of(path: &str) -> Self {
        if !path.ends_with(".rs") {
            return if path == "???" { Self::Unknown } else { Self::C };
        }
        library(path)
            .or_else(|| std_files::module_of(path).map(|module| Self::Std(module.to_owned())))
            .or_else(|| package(path))
            .or_else(|| folder(path))
            .unwrap_or_else(|| Self::Open { modules: modules(path), anchored: false })
    }

    /// Of a function in a library or executable that has no debug information.
    pub(crate) fn of_object(_path: &str) -> Self {
        Self::C
    }
}

/// `…/library/alloc/src/vec/mod.rs`: the sources of std itself.
fn library(path: &str) -> Option<Origin> {
    let (_, rest) = path.rsplit_once("library/")?;
    let (name, file) = rest.split_once("/src/")?;
    let name = name.rsplit('/').next()?;
    crate::function::is_std(name).then(|| Origin::Std(join(name, &modules(file))))
}

/// `…/turso_core-0.8.3/[src/]vdbe/execute.rs`: a registry's package, with its version.
fn package(path: &str) -> Option<Origin> {
    let mut rest = path;
    while let Some((part, after)) = rest.split_once('/') {
        if let Some(name) = name_of_package(part) {
            let file = after.strip_prefix("src/").unwrap_or(after);
            let module = join(&name, &modules(file));
            return Some(if crate::function::is_std(&name) {
                Origin::Std(module)
            } else {
                Origin::Module(module)
            });
        }
        rest = after;
    }
    None
}

fn name_of_package(part: &str) -> Option<String> {
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

/// `…/sql/src/execute.rs`, `src/a/b.rs`, `tests/sql.rs`, `bin/name/main.rs`.
fn folder(path: &str) -> Option<Origin> {
    let parts: Vec<&str> = path.split('/').collect();
    let at = parts.iter().position(|part| *part == "src");
    match at {
        Some(0) => Some(below_src(&parts[1..], None)),
        Some(at) => Some(below_src(&parts[at + 1..], Some(parts[at - 1]))),
        None => target(&parts),
    }
}

fn below_src(file: &[&str], folder: Option<&str>) -> Origin {
    if let Some(("bin", rest)) = file.split_first().map(|(first, rest)| (*first, rest)) {
        return target_of(rest);
    }
    let modules = modules(&file.join("/"));
    match folder {
        // A path dependency, whose folder has no version to tell it by.
        Some("tripline") => Origin::Std(join("tripline", &modules)),
        Some(folder) => Origin::Folder { folder: folder.replace('-', "_"), modules },
        None => Origin::Open { modules, anchored: true },
    }
}

/// A test, bench, example or binary is a crate of its own.
fn target(parts: &[&str]) -> Option<Origin> {
    let kinds = ["tests", "benches", "examples", "bin"];
    let at = parts.iter().position(|part| kinds.contains(part))?;
    (at + 1 < parts.len()).then(|| target_of(&parts[at + 1..]))
}

fn target_of(parts: &[&str]) -> Origin {
    let name = parts.first().map_or("", |part| part.trim_end_matches(".rs")).replace('-', "_");
    let rest = parts.get(1..).unwrap_or_default().join("/");
    Origin::Folder { folder: name, modules: modules(&rest) }
}

/// The modules that a file below a crate's root stands for.
pub(crate) fn modules(file: &str) -> Vec<String> {
    let mut modules: Vec<String> = file
        .trim_end_matches(".rs")
        .split('/')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let root =
        modules.len() == 1 && modules.first().is_some_and(|name| name == "lib" || name == "main");
    if root || modules.last().is_some_and(|name| name == "mod" || name == "main") {
        modules.pop();
    }
    modules
}

pub(crate) fn join(first: &str, modules: &[String]) -> String {
    let mut path = first.to_owned();
    for module in modules {
        path.push_str("::");
        path.push_str(module);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(path: &str) -> Origin {
        Origin::Module(path.to_owned())
    }

    fn std(path: &str) -> Origin {
        Origin::Std(path.to_owned())
    }

    fn folder(folder: &str, modules: &[&str]) -> Origin {
        Origin::Folder { folder: folder.to_owned(), modules: owned(modules) }
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
            assert_eq!(Origin::of(path), origin, "{path}");
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
            assert_eq!(Origin::of(path), origin, "{path}");
        }
    }

    #[test]
    fn otherwise_the_folder_or_the_target_gives_the_name() {
        let open = |modules: &[&str], anchored| Origin::Open { modules: owned(modules), anchored };
        for (path, origin) in [
            ("crates/workloads/sql/src/bench.rs", folder("sql", &["bench"])),
            ("sql-probe/src/main.rs", folder("sql_probe", &[])),
            ("tests/sql.rs", folder("sql", &[])),
            ("bin/memory-benchmark/job.rs", folder("memory_benchmark", &["job"])),
            ("src/main.rs", open(&[], true)),
            ("src/runtime/park.rs", open(&["runtime", "park"], true)),
            ("translate/main_loop/mod.rs", open(&["translate", "main_loop"], false)),
            ("./nptl/pthread_create.c", Origin::C),
        ] {
            assert_eq!(Origin::of(path), origin, "{path}");
        }
    }
}
