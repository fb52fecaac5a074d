//! Changes for a person: file by file, key by key.

use owo_colors::OwoColorize as _;

use crate::output::{Grid, GridColumn};
use crate::recording::draft::{ChangedLine, Draft};
use crate::recording::orphaned::OrphanedFile;
use crate::recording::plan::ChangeCause;

/// Returns every draft, its lines aligned.
pub(super) fn changes(drafts: &[Draft]) -> String {
    drafts.iter().map(one).collect()
}

/// Returns a line for each file that is removed.
pub(super) fn removals(files: &[OrphanedFile]) -> String {
    files.iter().map(|file| format!("{}{}\n\n", file.shown.bold(), "   removed".dimmed())).collect()
}

fn one(draft: &Draft) -> String {
    let new = match (&draft.before, draft.lines.as_slice()) {
        (None, _) => "   new",
        (Some(_), []) => "   changed",
        (Some(_), _) => "",
    };
    let mut text = format!("{}{}\n", draft.shown.bold(), new.dimmed());
    let cells = |line: &ChangedLine| [line.key.clone(), moved(line), why(line)];
    let rows: Vec<_> = draft.lines.iter().map(cells).collect();
    let grid = Grid::new(&[GridColumn::left(2), GridColumn::left(3), GridColumn::left(3)], &rows);
    text.extend(rows.iter().map(|row| format!("{}\n", grid.line(row))));
    text.push('\n');
    text
}

fn moved(line: &ChangedLine) -> String {
    match &line.old {
        Some(old) => format!("{old} → {}", line.new),
        None => line.new.clone(),
    }
}

fn why(line: &ChangedLine) -> String {
    let word = line.why.text();
    let word = match line.why {
        ChangeCause::Recorded | ChangeCause::Added | ChangeCause::Ruler => word.to_owned(),
        ChangeCause::Lowered => word.green().to_string(),
        ChangeCause::Raised => word.yellow().to_string(),
    };
    match &line.reason {
        Some(reason) => format!("{word}: {reason}"),
        None => word,
    }
}
