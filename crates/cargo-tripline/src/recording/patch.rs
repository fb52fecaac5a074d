//! Drafts as a patch for `git apply` and `patch -p1`.

use similar::TextDiff;

use crate::recording::draft::Draft;

pub(crate) fn patch(drafts: &[Draft]) -> String {
    drafts.iter().map(one).collect()
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
