//! A suite's budget files, read for the build that the suite describes.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::file_names::SIZES;
use tripline_budget::{Budget, BudgetFile, Cfgs, Config, RecordedRuler, Sizes, SizesFile};

use crate::workspace::home::SuiteHome;

/// A file, its text, and the part that applies.
#[derive(Clone, Debug)]
pub struct LoadedFile<T> {
    pub path: PathBuf,
    pub shown: String,
    pub text: String,
    pub applies: T,
}

/// An error is a text for a person, with each of the file's problems at its place.
impl SuiteHome<'_> {
    /// Returns the defaults of every workload.
    pub(crate) fn load_config(&self) -> Result<Config, String> {
        let file = self.config();
        Config::load(&file, &self.shown(&file)).map_err(|error| error.to_string())
    }

    pub(crate) fn cfgs(&self) -> Result<Cfgs, String> {
        Cfgs::parse(&self.suite.cfgs)
            .map_err(|error| format!("failed to read the cfgs of {}: {error}", self.suite.suite))
    }

    /// Returns a workload's budget; `None` if there is no file.
    ///
    /// # Errors
    ///
    /// If it cannot be read or applied, or needs a newer version.
    pub fn load_budget(&self, workload: &str) -> Result<Option<LoadedFile<Budget>>, String> {
        let path = self.budget(workload);
        let Some(text) = read(&path)? else {
            return Ok(None);
        };
        let shown = self.shown(&path);
        let applies = self.resolve_budget(&shown, &text)?;
        Ok(Some(LoadedFile { path, shown, text, applies }))
    }

    /// Returns the budget that applies of a text.
    pub(crate) fn resolve_budget(&self, shown: &str, text: &str) -> Result<Budget, String> {
        let file = BudgetFile::parse(shown, text).map_err(|problems| problems.to_string())?;
        let budget = file.resolve(&self.load_config()?, &self.cfgs()?);
        budget.map_err(|problems| problems.to_string())
    }

    /// Returns the sizes of the suite's types; `None` if there is no file.
    pub(crate) fn load_sizes(&self) -> Result<Option<LoadedFile<Sizes>>, String> {
        let path = self.budget(SIZES);
        let Some(text) = read(&path)? else {
            return Ok(None);
        };
        let shown = self.shown(&path);
        let applies = self.resolve_sizes(&shown, &text)?;
        Ok(Some(LoadedFile { path, shown, text, applies }))
    }

    /// Returns the sizes that apply of a text.
    pub(crate) fn resolve_sizes(&self, shown: &str, text: &str) -> Result<Sizes, String> {
        let file = SizesFile::parse(shown, text).map_err(|problems| problems.to_string())?;
        file.resolve(&self.cfgs()?).map_err(|problems| problems.to_string())
    }

    /// Returns sizes without limits, for a suite without a file.
    pub(crate) fn no_sizes(&self) -> Sizes {
        Sizes {
            file: self.shown(&self.budget(SIZES)),
            types: Vec::new(),
            ruler: RecordedRuler::default(),
        }
    }
}

/// Returns the file's text; `None` if there is no such file.
fn read(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("failed to read {}: {error}", path.display())),
    }
}
