//! What was or would be written, for a person: file by file, key by key.

use owo_colors::OwoColorize as _;

use crate::recording::draft::{Draft, Line};
use crate::recording::plan::Why;

/// Every draft, its lines aligned.
pub(super) fn changes(drafts: &[Draft]) -> String {
    drafts.iter().map(one).collect()
}

fn one(draft: &Draft) -> String {
    let new = match (&draft.before, draft.lines.as_slice()) {
        (None, _) => "   new",
        (Some(_), []) => "   changed",
        (Some(_), _) => "",
    };
    let mut text = format!("{}{}\n", draft.shown.bold(), new.dimmed());
    let moves: Vec<_> = draft.lines.iter().map(moved).collect();
    let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or_default();
    let keys = width(&mut draft.lines.iter().map(|line| line.key.chars().count()));
    let figures = width(&mut moves.iter().map(|moved| moved.chars().count()));
    for (line, moved) in draft.lines.iter().zip(moves) {
        text.push_str(&format!("  {:<keys$}   {moved:<figures$}   {}\n", line.key, why(line)));
    }
    text.push('\n');
    text
}

fn moved(line: &Line) -> String {
    match &line.old {
        Some(old) => format!("{old} → {}", line.new),
        None => line.new.clone(),
    }
}

fn why(line: &Line) -> String {
    let word = line.why.text();
    let word = match line.why {
        Why::Recorded | Why::Added | Why::Ruler => word.to_owned(),
        Why::Lowered => word.green().to_string(),
        Why::Raised => word.yellow().to_string(),
    };
    match &line.reason {
        Some(reason) => format!("{word}: {reason}"),
        None => word,
    }
}
