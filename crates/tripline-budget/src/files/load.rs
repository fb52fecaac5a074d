//! Reading the files.

use std::io;
use std::path::Path;

use crate::error::{Error, Problems};
use crate::files::{BudgetFile, Config, SizesFile};

fn load<T>(
    path: &Path,
    file: &str,
    parse: impl FnOnce(&str, &str) -> Result<T, Problems>,
) -> Result<T, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::unreadable(file, &error))?;
    Ok(parse(file, &text)?)
}

impl Config {
    /// Reads `path`, which errors call `file`; the defaults if there is no such file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or has problems.
    pub fn load(path: &Path, file: &str) -> Result<Self, Error> {
        match load(path, file, Self::parse) {
            Err(Error::Unreadable { kind: io::ErrorKind::NotFound, .. }) => Ok(Self::default()),
            loaded => loaded,
        }
    }
}

impl BudgetFile {
    /// Reads `path`, which errors call `file`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or has problems.
    pub fn load(path: &Path, file: &str) -> Result<Self, Error> {
        load(path, file, Self::parse)
    }
}

impl SizesFile {
    /// Reads `path`, which errors call `file`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or has problems.
    pub fn load(path: &Path, file: &str) -> Result<Self, Error> {
        load(path, file, Self::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_defaults_are_the_defaults_but_an_absent_budget_is_an_error() {
        let nowhere = Path::new(env!("CARGO_MANIFEST_DIR")).join("nowhere.toml");
        assert_eq!(Config::load(&nowhere, "tripline.toml").unwrap(), Config::default());
        let error = BudgetFile::load(&nowhere, "budgets/sql/insert.toml").unwrap_err();
        assert!(error.to_string().starts_with("failed to read budgets/sql/insert.toml: "));
        assert!(matches!(SizesFile::load(&nowhere, "sizes.toml"), Err(Error::Unreadable { .. })));
    }

    #[test]
    fn problems_name_the_file_as_it_was_given() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        for error in [
            Config::load(&manifest, "as/given.toml").unwrap_err(),
            BudgetFile::load(&manifest, "as/given.toml").unwrap_err(),
            SizesFile::load(&manifest, "as/given.toml").unwrap_err(),
        ] {
            assert!(error.to_string().contains(" --> as/given.toml:1:"), "{error}");
        }
    }
}
