//! The last line: how many limits there are and how they stand.

use tripline_budget::format_count;

use crate::report::{Group, Word};
use crate::status::Status;

/// The line, and what all groups come to. Where no limit was held to anything, nothing was checked.
pub(super) fn of(groups: &[Group], skipped: usize) -> (String, Status) {
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let limits = rows().count();
    let counts = Word::ALL.into_iter().filter_map(|word| {
        let count = rows().filter(|row| row.word == word).count();
        (count > 0).then(|| format!("{} {}", format_count(count as u64), word.text()))
    });
    let mut parts = vec![counted(limits, "limit")];
    parts[0].extend([": ".to_owned(), counts.collect::<Vec<_>>().join(", ")]);
    if limits == 0 {
        parts = vec!["no limit was checked".to_owned()];
    }
    let said = |status| groups.iter().filter(|group| group.said == status).count();
    let (breaches, unknown) = (said(Status::Breach), said(Status::Unknown));
    parts.extend((breaches > 0).then(|| counted(breaches, "problem")));
    parts.extend((unknown > 0).then(|| format!("{unknown} could not be checked")));
    parts.extend((skipped > 0).then(|| format!("{skipped} skipped")));
    let worst = groups.iter().map(Group::status).max().unwrap_or(Status::Unknown);
    let status = if limits == 0 && worst == Status::Holds { Status::Unknown } else { worst };
    (parts.join("; "), status)
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", format_count(count as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Row;

    fn group(words: &[Word]) -> Group {
        let row = |word: &Word| Row {
            limit: String::new(),
            budget: String::new(),
            measured: String::new(),
            headroom: None,
            word: *word,
            note: String::new(),
        };
        let mut group = Group::new(String::new(), String::new());
        group.rows = words.iter().map(row).collect();
        group
    }

    #[test]
    fn the_worst_decides() {
        let holds = group(&[Word::Within, Word::Loose]);
        let over = group(&[Word::Over]);
        let failed = group(&[]).say(Status::Unknown, "it panicked");
        let unrecorded = group(&[]).say(Status::Breach, "no limit is recorded");
        assert_eq!(
            of(std::slice::from_ref(&holds), 0),
            ("2 limits: 1 within, 1 loose".to_owned(), Status::Holds)
        );
        assert_eq!(
            of(&[holds.clone(), over.clone(), unrecorded], 2),
            (
                "3 limits: 1 within, 1 loose, 1 over; 1 problem; 2 skipped".to_owned(),
                Status::Breach
            )
        );
        assert_eq!(
            of(&[holds, over, failed], 0),
            (
                "3 limits: 1 within, 1 loose, 1 over; 1 could not be checked".to_owned(),
                Status::Unknown
            )
        );
    }

    #[test]
    fn nothing_checked_is_not_a_pass() {
        assert_eq!(of(&[], 0), ("no limit was checked".to_owned(), Status::Unknown));
        assert_eq!(of(&[group(&[])], 1).1, Status::Unknown);
    }
}
