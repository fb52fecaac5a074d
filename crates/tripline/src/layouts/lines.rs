//! The lines of `sizes.toml`, and the types that are over theirs.

use std::io::ErrorKind;

use tripline_budget::protocol::file_names;
use tripline_budget::{Error, RecordedRuler, Sizes, SizesFile};

use crate::case::paths::WorkspacePaths;
use crate::case::registry::{self, SizedType, Suite};
use crate::case::ruler::cfgs;
use crate::error::NotJudged;

/// A type that is larger than its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GrownSizedType {
    pub(crate) ty: &'static SizedType,
    /// The size in its line.
    pub(crate) before: u64,
}

/// Reads the lines of the suite's types in this build; none if there is no file.
pub(crate) fn sizes(suite: &Suite, paths: &WorkspacePaths) -> Result<Sizes, NotJudged> {
    let file = file_names::sizes_file(&paths.suite(suite.name()));
    let shown = paths.shown(&file);
    match SizesFile::load(&file, &shown) {
        Err(Error::Unreadable { kind: ErrorKind::NotFound, .. }) => {
            Ok(Sizes { file: shown, types: Vec::new(), ruler: RecordedRuler::default() })
        }
        file => file?.resolve(&cfgs(suite)?).map_err(NotJudged::FileProblems),
    }
}

/// Returns the types that are larger than their line, each once. There are none where the lines cannot be read, which
/// the suite's own test reports.
pub(crate) fn grown(suite: &Suite, paths: &WorkspacePaths) -> Vec<GrownSizedType> {
    let Ok(sizes) = sizes(suite, paths) else { return Vec::new() };
    let over = |ty: &'static SizedType| {
        let limit = sizes.types.iter().find(|limit| limit.name == ty.name)?;
        (ty.size as u64 > limit.size).then_some(GrownSizedType { ty, before: limit.size })
    };
    let mut grown: Vec<_> = registry::types().into_iter().filter_map(over).collect();
    grown.dedup_by_key(|grown| grown.ty.name);
    grown
}
