//! The budget files of one moment.

use std::collections::BTreeMap;

use super::stated_limit::{StatedLimit, of_types, of_workload};
use crate::error::Error;
use crate::files::{BudgetFile, BudgetReasonKey, ConfigFile, SizesFile};
use crate::protocol::file_names::{CONFIG, SIZES};

/// A parsed budget file.
#[derive(Clone, Debug)]
pub enum ParsedFile {
    Workload(Box<BudgetFile>),
    Types(SizesFile),
}

/// A file, and the `budgets/` that holds it.
#[derive(Clone, Debug)]
pub struct TreeFile {
    pub folder: String,
    pub parsed: ParsedFile,
}

impl TreeFile {
    /// Returns the file, as it was given.
    #[must_use]
    pub fn file(&self) -> &str {
        match &self.parsed {
            ParsedFile::Workload(file) => &file.file,
            ParsedFile::Types(file) => &file.file,
        }
    }

    /// Returns the reason that its `[reasons]` give for a metric or type.
    #[must_use]
    pub fn reason(&self, key: &str) -> Option<&str> {
        match &self.parsed {
            ParsedFile::Workload(file) => {
                file.reasons.get(&BudgetReasonKey::Line(key.parse().ok()?))
            }
            ParsedFile::Types(file) => file.reasons.get(&key.to_owned()),
        }
    }

    /// Returns every limit that the file states.
    #[must_use]
    pub fn stated(&self) -> Vec<StatedLimit> {
        match &self.parsed {
            ParsedFile::Workload(file) => of_workload(file),
            ParsedFile::Types(file) => of_types(file),
        }
    }
}

/// Budget files by what they budget, and their defaults.
#[derive(Clone, Debug, Default)]
pub struct BudgetTree {
    /// The defaults, by the `budgets/` that they hold for.
    pub(super) configs: BTreeMap<String, ConfigFile>,
    /// The files, by `suite::workload` or `suite::sizes`.
    pub(super) files: BTreeMap<String, TreeFile>,
}

impl BudgetTree {
    /// Takes the file at `path` in the `budgets/` called `folder`. Whatever else lies in there is not
    /// taken: no test reads it.
    ///
    /// # Errors
    ///
    /// If it has problems, or another one has its name.
    pub fn add(&mut self, folder: &str, path: &str, text: &str) -> Result<(), Error> {
        let shown = format!("{folder}/{path}");
        if path == CONFIG {
            self.configs.insert(folder.to_owned(), ConfigFile::parse(&shown, text)?);
            return Ok(());
        }
        let Some(name) = name_of(path) else {
            return Ok(());
        };
        let parsed = if is_sizes(path) {
            ParsedFile::Types(SizesFile::parse(&shown, text)?)
        } else {
            ParsedFile::Workload(Box::new(BudgetFile::parse(&shown, text)?))
        };
        if let Some(first) = self.files.get(&name) {
            let first = first.file().to_owned();
            return Err(Error::Twice { name, first, second: shown });
        }
        self.files.insert(name, TreeFile { folder: folder.to_owned(), parsed });
        Ok(())
    }

    /// Iterates over every file by its name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &TreeFile)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }

    /// Returns the file of this name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&TreeFile> {
        self.files.get(name)
    }

    /// Iterates over the defaults of each `budgets/` that states some.
    pub fn configs(&self) -> impl Iterator<Item = &ConfigFile> {
        self.configs.values()
    }

    /// Returns `true` if there is no budget at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the number of limits that all files state.
    #[must_use]
    pub fn limits(&self) -> usize {
        self.files.values().map(|file| file.stated().len()).sum()
    }
}

/// `sql/cold/open.toml` → `sql::cold::open`. A file that stands in no suite's folder has none.
fn name_of(path: &str) -> Option<String> {
    path.strip_suffix(".toml").filter(|name| name.contains('/')).map(|name| name.replace('/', "::"))
}

fn is_sizes(path: &str) -> bool {
    let workload = path.split_once('/').and_then(|(_, file)| file.strip_suffix(".toml"));
    workload == Some(SIZES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_they_budget() {
        let mut tree = BudgetTree::default();
        for (path, text) in [
            ("tripline.toml", "schema = 1"),
            ("sql/wal.toml", "[limits]\ntotal_blocks = 1\nmax_bytes = 2"),
            ("sql/cold/sizes.toml", "[limits]\ntotal_blocks = 1"),
            ("sql/sizes.toml", "[types]\nT = 8"),
            ("stray.toml", "this is not TOML"),
            ("sql/notes.txt", "nor is this"),
        ] {
            tree.add("budgets", path, text).unwrap();
        }
        let names: Vec<&str> = tree.files().map(|(name, _)| name).collect();
        assert_eq!(names, ["sql::cold::sizes", "sql::sizes", "sql::wal"]);
        assert_eq!(tree.limits(), 4);
        assert_eq!(
            tree.add("a/budgets", "sql/wal.toml", "").unwrap_err().to_string(),
            "budgets/sql/wal.toml and a/budgets/sql/wal.toml both budget sql::wal: remove one"
        );
        assert!(tree.add("budgets", "sql/new.toml", "max_byte = 1").is_err());
    }
}
