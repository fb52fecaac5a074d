//! `--markdown`: the summary of a CI job. Tripped limits come first, then loose ones; those that hold are folded.

use crate::findings::{BudgetFindings, FindingRow};
use crate::outcome::Status;
use crate::reports::check_report::CheckReport;
use crate::reports::entry::{ReportEntry, entries};

const HEADER: &str = "\
| name | limit | budget | measured | left | verdict | note |
| --- | --- | ---: | ---: | ---: | --- | --- |
";

/// Returns a part of a page, which may have others before it.
pub(super) fn markdown(checked: &CheckReport) -> String {
    let status = checked.summary.status.word();
    [
        format!("## tripline: {status}\n\n{}\n", checked.summary.text()),
        section("Tripped", &checked.groups, |status| status >= Status::Breach),
        section("Loose", &checked.groups, |status| status == Status::Loose),
        folded(&checked.groups),
    ]
    .concat()
}

/// Returns the limits and the groups of the wanted statuses.
fn section(heading: &str, groups: &[BudgetFindings], wanted: fn(Status) -> bool) -> String {
    let entries: Vec<_> = entries(groups).filter(|entry| wanted(entry.status())).collect();
    if entries.is_empty() {
        return String::new();
    }
    let texts: Vec<_> =
        groups.iter().filter(|group| wanted(group.status())).filter_map(sentences).collect();
    let texts = match texts.as_slice() {
        [] => String::new(),
        // HTML, because the text could close a fence of Markdown.
        texts => format!("\n<pre>\n{}</pre>\n", texts.join("\n")),
    };
    format!("\n### {heading}\n\n{}{texts}", table(&entries))
}

/// Returns the table's sentences below the limits of a group.
fn sentences(group: &BudgetFindings) -> Option<String> {
    let (name, place) = group.headline();
    let lines: String = group.lines().iter().map(|line| indented(line)).collect();
    (!lines.is_empty()).then(|| html(&format!("{name}   {place}\n{lines}")))
}

fn indented(line: &str) -> String {
    format!("{}\n", format!("  {line}").trim_end())
}

fn folded(groups: &[BudgetFindings]) -> String {
    let entries: Vec<_> = entries(groups).filter(|entry| entry.status() == Status::Holds).collect();
    let skipped = entries.iter().filter(|entry| entry.is_skipped()).count();
    let hold = entries.len() - skipped;
    let counts =
        [("holding", hold), ("skipped", skipped)].into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(word, count)| format!("{word}: {count}")).collect();
    match entries.as_slice() {
        [] => String::new(),
        entries => format!(
            "\n<details><summary>{}</summary>\n\n{}\n</details>\n",
            counts.join(", "),
            table(entries)
        ),
    }
}

fn table(entries: &[ReportEntry<'_>]) -> String {
    entries.iter().fold(HEADER.to_owned(), |text, entry| text + &line(entry))
}

fn line(entry: &ReportEntry<'_>) -> String {
    let (name, _) = entry.group.headline();
    let figures = entry.row.map_or_else(Default::default, |row| {
        let left = row.headroom().map_or_else(String::new, |headroom| headroom.percent);
        [row.budget_text(), row.measured_text(), left]
    });
    let note = entry.row.map_or_else(|| entry.summary_line(), FindingRow::note);
    let [budget, measured, left] = figures;
    let (name, label) = (code(&name), code(&entry.label()));
    let (word, note) = (entry.word().to_owned(), escape(&note));
    format!("| {} |\n", [name, label, budget, measured, left, word, note].join(" | "))
}

/// Wraps a text in `<code>`, so that `:bomb:` is no picture and `@all` is nobody.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// Escapes Markdown, HTML and the end of a cell.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '<' | '>' => escaped.push_str(&html(character.encode_utf8(&mut [0; 4]))),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '!' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::testing::checked;

    #[test]
    fn what_tripped_is_first_and_what_holds_is_folded() {
        insta::assert_snapshot!(markdown(&checked(false)));
    }

    #[test]
    fn where_all_holds_nothing_stands_open() {
        let mut checked = checked(false);
        for group in &mut checked.groups {
            group.rows.retain(|row| row.status() == Status::Holds);
        }
        checked.groups.retain(|group| group.status() == Status::Holds && !group.rows.is_empty());
        let text = markdown(&checked);
        assert!(!text.contains("###") && !text.contains("<pre>"), "{text}");
        assert!(text.contains("<summary>holding: 2</summary>"), "{text}");
    }

    #[test]
    fn a_cell_is_neither_markdown_nor_html() {
        assert_eq!(escape("a|b`<i>&*_[x](y)"), "a\\|b\\`&lt;i&gt;&amp;\\*\\_\\[x\\](y)");
        assert_eq!(escape("Vec of u8 → 3 %"), "Vec of u8 → 3 %");
    }
}
