//! The modules that a source file stands for.

/// Returns the modules that a file stands for, by its path below the crate's root.
pub(crate) fn source_modules(file: &str) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_and_mod_files_add_no_module() {
        for (file, modules) in [
            ("lib.rs", &[][..]),
            ("main.rs", &[]),
            ("a/mod.rs", &["a"]),
            ("a/main.rs", &["a"]),
            ("a/lib.rs", &["a", "lib"]),
            ("a/b.rs", &["a", "b"]),
        ] {
            assert_eq!(source_modules(file), modules, "{file}");
        }
    }
}
