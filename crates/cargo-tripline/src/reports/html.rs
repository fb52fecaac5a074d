//! `--html`: every workload on one page, with a link to its own page if it has one.
//!
//! It needs no other file, has no script, and its policy lets nothing be loaded.

use crate::findings::{BudgetFindings, FindingRow, RowVerdict};
use crate::outcome::Status;
use crate::reports::check_report::CheckReport;
use crate::reports::pages::ReportPages;

const STYLE: &str = include_str!("page.css");
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const HEADS: &str = "\
<thead><tr><th scope=\"col\">limit</th><th scope=\"col\">verdict</th><th scope=\"col\" class=\"n\">budget</th>\
<th scope=\"col\" class=\"n\">measured</th><th scope=\"col\" class=\"n\">left</th><th scope=\"col\">note</th></tr></thead>
";

/// Returns the whole page, the same for the same findings.
pub(super) fn html(checked: &CheckReport, pages: &ReportPages) -> String {
    let status = checked.summary.status;
    let summary = checked.summary.text();
    let groups: String = checked.groups.iter().map(|group| section(group, pages)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>tripline: {word}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>tripline</h1>\n\
         <p class=\"verdict {class}\"><strong>{word}</strong> {summary}</p>\n</header>\n\
         <main>\n{groups}</main>\n</body>\n</html>\n",
        word = status.word(),
        class = class(status),
    )
}

fn section(group: &BudgetFindings, pages: &ReportPages) -> String {
    let (name, place) = group.headline();
    let name = match pages.link(group) {
        Some(link) => format!("<a href=\"{}\">{}</a>", escape(link), escape(&name)),
        None => escape(&name),
    };
    let status = group.status();
    format!(
        "<section>\n<h2>{name} <span class=\"{}\">{}</span></h2>\n<p class=\"place\">{}</p>\n{}{}</section>\n",
        class(status),
        if group.skipped { "skipped" } else { status.word() },
        escape(&place),
        table(group),
        sentences(group),
    )
}

/// Returns the table in a box that scrolls, so the page does not; the box takes the focus, to be scrolled by keys.
fn table(group: &BudgetFindings) -> String {
    if group.rows.is_empty() {
        return String::new();
    }
    let rows: String = group.rows.iter().map(line).collect();
    let (name, _) = group.headline();
    format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n\
         <table>\n{HEADS}<tbody>\n{rows}</tbody>\n</table>\n</div>\n",
        escape(&format!("Limits of {name}")),
    )
}

fn line(row: &FindingRow) -> String {
    let left = row.headroom().map_or_else(String::new, |headroom| headroom.percent);
    format!(
        "<tr><th scope=\"row\">{}</th><td class=\"{}\">{}</td><td class=\"n\">{}</td>\
         <td class=\"n\">{}</td><td class=\"n\">{left}</td><td class=\"note\">{}</td></tr>\n",
        escape(&row.label()),
        match row.verdict {
            RowVerdict::Unsupported => "quiet",
            _ => class(row.status()),
        },
        row.verdict.text(),
        row.budget_text(),
        row.measured_text(),
        escape(&row.note()),
    )
}

fn sentences(group: &BudgetFindings) -> String {
    match group.lines().as_slice() {
        [] => String::new(),
        lines => format!("<pre>{}</pre>\n", escape(&lines.join("\n"))),
    }
}

const fn class(status: Status) -> &'static str {
    match status {
        Status::Holds => "good",
        Status::Loose => "fair",
        Status::Breach | Status::Unknown => "bad",
    }
}

/// Escapes a text for tags and quoted attributes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::testing::checked;

    fn page() -> String {
        html(&checked(false), &ReportPages::of("sql::wal", "target/a%20b/report.html"))
    }

    #[test]
    fn every_group_stands_on_the_page_and_links_to_its_own() {
        let page = page();
        let body = page.split_once("<body>").unwrap().1;
        insta::assert_snapshot!(body);
        assert_eq!(page.matches("<a href=").count(), 1);
    }

    #[test]
    fn nothing_is_loaded_and_no_name_is_a_tag() {
        let page = page();
        assert!(!page.contains("<script") && !page.contains("url(") && !page.contains("://"));
        assert_eq!(page.matches("<b>").count(), 0);
        assert_eq!(page.matches("</pre>").count(), page.matches("<pre>").count());
    }
}
