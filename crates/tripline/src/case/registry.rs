//! The suite, its workloads and its types, as the macros register them.

use std::path::Path;

use tripline_budget::{CargoTarget, NameClash, TypeLayout, WorkloadDescription, workload_clashes};

/// One `suite!`.
#[derive(Debug)]
pub struct Suite {
    /// `<crate>::tripline_suite`.
    pub module: &'static str,
    /// Set where the crate's name would not do.
    pub name: Option<&'static str>,
    pub package: &'static str,
    /// The place of the `suite!`.
    pub file: &'static str,
    pub line: u32,
    /// The package's folder when it was compiled.
    pub manifest_dir: &'static str,
    /// The binary's name if the crate is one.
    pub bin: Option<&'static str>,
    pub integration_test: bool,
    pub debug_assertions: bool,
    /// The crate's own level, in Cargo's words, if it is known.
    pub opt_level: Option<&'static str>,
    /// The allocator that the global one is built around, unless the crate installs it.
    pub allocator: Option<&'static str>,
    /// The bytes by which a tool knows the executable.
    pub mark: &'static [u8; 32],
    /// Every feature of the package; true if it is on.
    pub features: &'static [(&'static str, bool)],
}

/// One `#[tripline::test]`.
#[derive(Debug)]
pub struct Workload {
    /// The module the test stands in, from the crate on.
    pub module: &'static str,
    pub name: &'static str,
    pub file: &'static str,
    pub line: u32,
    pub manifest_dir: &'static str,
    pub ignored: bool,
    /// insta's assertion, expanded in the workload's own crate: folder, name and contents.
    pub assert_snapshot: fn(&Path, &str, &str),
}

/// A [`Workload`] in the suite's list.
#[derive(Debug)]
pub struct RegisteredWorkload(pub &'static Workload);

/// One type of `sizes!`.
#[derive(Debug)]
pub struct SizedType {
    /// The type as written, white space normalised.
    pub name: &'static str,
    pub size: usize,
    pub align: usize,
    pub file: &'static str,
    pub line: u32,
    /// [`witness`] of the type: its address leads to the type's debug information. It is never called.
    pub witness: fn(),
}

inventory::collect!(Suite);
inventory::collect!(RegisteredWorkload);
inventory::collect!(SizedType);

/// Names `T` in the debug information of the crate that instantiates this: `size_of` in a constant
/// alone leaves no trace of a type there.
///
/// The type's name is used, so that no two bodies are equal: equal ones may be folded into one, and
/// an address would then lead to another type.
#[inline(never)]
pub fn witness<T>() {
    std::hint::black_box(std::any::type_name::<T>());
}

/// Refuses a `suite!` below the crate's root, whose tests would have other paths.
///
/// # Panics
/// At compile time, unless `module` is `<crate>::tripline_suite`.
pub const fn assert_at_crate_root(module: &str) {
    let bytes = module.as_bytes();
    let mut separators = 0;
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] == b':' && bytes[at + 1] == b':' {
            separators += 1;
        }
        at += 1;
    }
    assert!(separators == 1, "`tripline::suite!` must stand at the crate's root");
}

impl Suite {
    /// Returns the suite of this test binary.
    pub(crate) fn of_this_binary() -> Option<&'static Self> {
        inventory::iter::<Self>().next()
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name.unwrap_or(self.crate_name())
    }

    fn crate_name(&self) -> &'static str {
        crate_of(self.module)
    }

    pub(crate) fn target(&self) -> CargoTarget {
        match self.bin {
            Some(name) => CargoTarget::Bin(name.to_owned()),
            None if self.integration_test => CargoTarget::Test(self.crate_name().to_owned()),
            None => CargoTarget::Lib,
        }
    }
}

impl Workload {
    pub(crate) fn crate_name(&self) -> &'static str {
        crate_of(self.module)
    }

    /// Returns the test's path as libtest prints it: the module path less the crate, and the name.
    pub(crate) fn test_path(&self) -> String {
        match self.module.split_once("::") {
            Some((_, module)) => format!("{module}::{}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// Returns the test's path without raw-identifier marks, which names the budget file.
    pub(crate) fn path(&self) -> String {
        self.test_path().replace("r#", "")
    }
}

fn crate_of(module: &'static str) -> &'static str {
    module.split_once("::").map_or(module, |(name, _)| name)
}

/// Returns every workload of this binary, sorted by path.
pub(crate) fn workloads() -> Vec<WorkloadDescription> {
    let mut workloads: Vec<_> = inventory::iter::<RegisteredWorkload>()
        .map(|RegisteredWorkload(workload)| WorkloadDescription {
            workload: workload.path(),
            test: workload.test_path(),
            file: workload.file.to_owned(),
            line: workload.line,
            ignored: workload.ignored,
        })
        .collect();
    workloads.sort_by(|a, b| a.workload.cmp(&b.workload));
    workloads
}

/// Returns the clashes among workloads of a suite.
pub(crate) fn clashes(suite: &Suite, workloads: &[WorkloadDescription]) -> Vec<NameClash> {
    workload_clashes(workloads.iter().map(|workload| (suite.name(), workload)))
}

/// Returns every type of this binary, sorted by name.
pub(crate) fn types() -> Vec<&'static SizedType> {
    let mut types: Vec<_> = inventory::iter::<SizedType>().collect();
    types.sort_by_key(|ty| ty.name);
    types
}

/// Returns the types' sizes as the suite's description states them.
pub(crate) fn type_layouts() -> Vec<TypeLayout> {
    let layout = |ty: &SizedType| TypeLayout {
        name: ty.name.to_owned(),
        size: ty.size as u64,
        align: ty.align as u64,
        file: ty.file.to_owned(),
        line: ty.line,
    };
    types().into_iter().map(layout).collect()
}

#[cfg(test)]
mod tests {
    use super::{Path, Workload};

    fn at(module: &'static str, name: &'static str) -> Workload {
        let assert_snapshot = |_: &Path, _: &str, _: &str| {};
        let (file, line, manifest_dir, ignored) = ("", 0, "", false);
        Workload { module, name, file, line, manifest_dir, ignored, assert_snapshot }
    }

    #[test]
    fn a_path_is_the_module_less_the_crate() {
        assert_eq!(at("sql", "wal").test_path(), "wal");
        assert_eq!(at("sql::cold::open", "wal").test_path(), "cold::open::wal");
    }

    #[test]
    fn raw_identifiers_stay_for_libtest_and_go_for_files() {
        let workload = at("sql::r#mod", "r#fn");
        assert_eq!(workload.test_path(), "r#mod::r#fn");
        assert_eq!(workload.path(), "mod::fn");
    }
}
