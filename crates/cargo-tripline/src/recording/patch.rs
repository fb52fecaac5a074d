//! Drafts as a patch for `git apply` and `patch -p1`.

use similar::TextDiff;

use crate::recording::draft::Draft;
use crate::recording::orphaned::OrphanedFile;

pub(crate) fn patch(drafts: &[Draft]) -> String {
    drafts.iter().map(one).collect()
}

/// Returns the patch that removes these files.
pub(super) fn removal_patch(files: &[OrphanedFile]) -> String {
    let one = |file: &OrphanedFile| {
        TextDiff::from_lines(file.text.as_str(), "")
            .unified_diff()
            .header(&format!("a/{}", file.shown), "/dev/null")
            .to_string()
    };
    files.iter().map(one).collect()
}

fn one(draft: &Draft) -> String {
    let old = match &draft.before {
        Some(_) => format!("a/{}", draft.shown),
        None => "/dev/null".to_owned(),
    };
    let new = format!("b/{}", draft.shown);
    TextDiff::from_lines(draft.before.as_deref().unwrap_or_default(), &draft.after)
        .unified_diff()
        .header(&old, &new)
        .to_string()
}
