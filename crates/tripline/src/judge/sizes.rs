//! The test `tripline_suite::sizes`: every type of `sizes!` against `sizes.toml`.

use tripline_budget::{RulerChange, Sizes, TypeFinding, TypeVerdict, judge_types};

use crate::case::paths::WorkspacePaths;
use crate::case::registry::{self, SizedType, Suite};
use crate::error::NotJudged;
use crate::judge::inputs;
use crate::layouts::lines;
use crate::layouts::read::{self, ReadLayout};

/// The verdict on a suite's types.
#[derive(Debug)]
pub(crate) struct SizesVerdict {
    pub(crate) sizes: Sizes,
    pub(crate) findings: Vec<TypeFinding>,
    /// The layouts of the types that are over their line.
    pub(crate) over: Vec<ReadLayout>,
    /// The changes of the ruler since the sizes were recorded.
    pub(crate) ruler_changes: Vec<RulerChange>,
}

/// Holds the suite's types to their lines.
pub(crate) fn hold(suite: &Suite, paths: &WorkspacePaths) -> Result<SizesVerdict, NotJudged> {
    let sizes = lines::sizes(suite, paths)?;
    let findings = judge_types(&sizes, &registry::type_layouts());
    let is_over = |ty: &&SizedType| {
        let finding = findings.iter().find(|finding| finding.name == ty.name);
        finding.is_some_and(|finding| finding.verdict == TypeVerdict::Over)
    };
    let over: Vec<_> = registry::types().into_iter().filter(is_over).collect();
    let ruler_changes = sizes.ruler.changes(&inputs::ruler(suite, paths));
    Ok(SizesVerdict { over: read::layouts(&over), sizes, findings, ruler_changes })
}

impl SizesVerdict {
    /// Returns the types that fail the test.
    pub(crate) fn tripped(&self) -> Vec<&TypeFinding> {
        self.findings.iter().filter(|finding| finding.verdict.trips()).collect()
    }
}
