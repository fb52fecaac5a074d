//! The page: its sections in the order in which a reader asks.
//!
//! Without the script the map and its controls stay hidden, and everything else is there.

use std::fmt::Write as _;

use tripline_budget::format_count;

use crate::render::{BlameRow, BlameSection, CoherenceRow, LimitRow};
use crate::report::Report;
use crate::report::data::data;
use crate::report::html::{
    Head, element, escape, heads, number, row, scrolling, section, table, visible, words,
};
use crate::report::sites::{SiteColumn, SiteTable, SiteTableRow};
use crate::report::types::types;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Lets nothing be loaded or sent, whatever a name might smuggle in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

impl Report {
    /// Returns the whole page, the same for the same report.
    #[must_use]
    pub fn to_html(&self) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{}\
             <script type=\"application/json\" id=\"data\">{}</script>\n\
             <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
            escape(&format!("{} {}: {}", self.name, self.word(), self.what)),
            self.body(),
            data(&self.sites),
        )
    }

    /// Returns the page that a reader without the script sees, and the script's controls.
    fn body(&self) -> String {
        let sections = [
            section("Limits", &limits(&self.limits)),
            section("Coherence", &coherence(&self.coherence)),
            self.superlinear.iter().map(rows).collect(),
            self.grown.as_ref().map(rows).unwrap_or_default(),
            self.stored.as_ref().map(rows).unwrap_or_default(),
            self.left.as_ref().map(rows).unwrap_or_default(),
            section("Breakdown by call site", &breakdown(&self.sites)),
            section("Types", &types(&self.types)),
            section("All figures", &measured(self)),
        ];
        format!("{}<main>\n{}</main>\n", self.head(), sections.concat())
    }

    fn word(&self) -> &'static str {
        if self.trips { "tripped" } else { "holds" }
    }

    fn head(&self) -> String {
        let class = if self.trips { "bad" } else { "good" };
        let mut head = format!(
            "<header>\n<h1>{}</h1>\n<p class=\"verdict {class}\"><strong>{}</strong> {}</p>\n",
            breakable(&self.name),
            self.word(),
            escape(&self.what),
        );
        let _ = writeln!(head, "{}", element("p", "place", &self.place));
        for line in self.sentences.iter().flat_map(|sentence| sentence.lines()) {
            let _ = writeln!(head, "{}", element("p", "note", line));
        }
        head.push_str("</header>\n");
        head
    }
}

fn limits(limits: &[LimitRow]) -> String {
    if limits.is_empty() {
        return String::new();
    }
    let heads = heads([
        Head::Words("limit"),
        Head::Words("verdict"),
        Head::Figures("budget"),
        Head::Figures("measured"),
        Head::Figures("headroom"),
        Head::Figures("of the limit"),
        Head::Words("note"),
    ]);
    let rows: String = limits.iter().map(limit).collect();
    let table = format!("<table>\n{heads}<tbody>\n{rows}</tbody>\n</table>\n");
    scrolling("Limits", "", &table)
}

fn limit(limit: &LimitRow) -> String {
    let (amount, share) = match &limit.difference {
        Some(apart) if apart.above => (format!("{} over", apart.amount), apart.share.clone()),
        Some(apart) => (format!("{} left", apart.amount), apart.share.clone()),
        None => (String::new(), String::new()),
    };
    let cells = [
        verdict(limit.verdict, limit.trips),
        number(&limit.budget),
        number(&limit.measured),
        number(&amount),
        number(&share),
        words(&limit.note),
    ];
    row("", &escape(&limit.name), &cells)
}

fn coherence(lines: &[CoherenceRow]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let heads = heads([
        Head::Words("figure"),
        Head::Words("verdict"),
        Head::Figures("reported"),
        Head::Figures("measured"),
        Head::Words("note"),
    ]);
    let rows: String = lines
        .iter()
        .map(|line| {
            let cells = [
                verdict(line.verdict, line.trips),
                number(&line.reported),
                number(&line.measured),
                words(&line.note),
            ];
            row("", &escape(&line.name), &cells)
        })
        .collect();
    let table = format!("<table>\n{heads}<tbody>\n{rows}</tbody>\n</table>\n");
    scrolling("Coherence", "", &table)
}

fn verdict(word: &str, trips: bool) -> String {
    let class = match (trips, word) {
        (true, _) => "bad",
        (false, "within") => "good",
        (false, _) => "fair",
    };
    format!("<td>{}</td>", element("span", class, word))
}

/// Lays out rows that the failure prints, too.
fn rows(rows: &BlameSection) -> String {
    let items: String = rows.rows.iter().map(blamed).collect();
    section(&capital(&rows.heading), &format!("<ul class=\"rows\">\n{items}</ul>\n"))
}

fn blamed(row: &BlameRow) -> String {
    let share =
        if row.share.is_empty() { String::new() } else { element("span", "share", &row.share) };
    let about = if row.about.is_empty() {
        String::new()
    } else {
        element("span", "about", &row.about.join(" · "))
    };
    format!(
        "<li><span class=\"amount\">{}{share}</span><span class=\"what\">\
         <span class=\"key\">{}</span>{about}</span></li>\n",
        escape(&row.amount),
        breakable(&row.name),
    )
}

fn breakdown(sites: &SiteTable) -> String {
    if sites.rows.is_empty() {
        return "<p>The region allocated nothing.</p>\n".to_owned();
    }
    let figures = sites.columns.iter().map(|column| Head::Figures(column.label));
    let heads = heads([Head::Words("site")].into_iter().chain(figures));
    let rows: String = sites.rows.iter().map(site).collect();
    let sums: Vec<_> = sites.totals.iter().map(|sum| number(&format_count(*sum))).collect();
    let table = format!(
        "<table id=\"sites\">\n{heads}<tbody>\n{rows}</tbody>\n<tfoot>{}</tfoot>\n</table>\n",
        row("", "Σ", &sums),
    );
    format!("{}{}", controls(sites), scrolling("Call sites", "tall", &table))
}

/// Returns the controls, hidden until the script shows them.
fn controls(sites: &SiteTable) -> String {
    let option = |(at, column): (usize, &SiteColumn)| {
        let selected = if at == sites.chosen { " selected" } else { "" };
        format!("<option value=\"{at}\"{selected}>{}</option>", escape(column.label))
    };
    let options: String = sites.columns.iter().enumerate().map(option).collect();
    format!(
        "<div id=\"interactive\" hidden>\n<div class=\"controls\">\n\
         <label>Figure <select id=\"figure\">{options}</select></label>\n\
         <label class=\"grow\">Search <input id=\"search\" type=\"search\" autocomplete=\"off\" \
         spellcheck=\"false\" placeholder=\"site, caller or file\"></label>\n</div>\n\
         <p id=\"found\" role=\"status\"></p>\n\
         <div id=\"map\" role=\"group\" aria-label=\"Map of the call sites by module\"></div>\n\
         <div id=\"detail\" aria-live=\"polite\"></div>\n</div>\n"
    )
}

fn site(row: &SiteTableRow) -> String {
    let site = &row.site;
    let mut name = format!("<span class=\"key\">{}</span>", breakable(&site.key));
    for (mark, functions) in [("←", &site.callers), ("→", &site.inside)] {
        let functions =
            functions.iter().map(|function| format!("{mark}\u{a0}{}", breakable(function)));
        let functions: Vec<_> = functions.collect();
        if !functions.is_empty() {
            let _ = write!(name, "<span class=\"by\">{}</span>", functions.join(" "));
        }
    }
    if let Some(place) = &site.place {
        name.push_str(&element("span", "at", &format!("{}:{}", place.file, place.line)));
    }
    let figures: Vec<_> = row.figures.iter().map(|figure| number(&format_count(*figure))).collect();
    self::row("", &name, &figures)
}

fn measured(report: &Report) -> String {
    let table = table(&report.measured);
    if table.is_empty() { table } else { scrolling("All figures", "", &table) }
}

/// Lets a path be broken before its segments.
fn breakable(path: &str) -> String {
    let segments: Vec<_> = visible(path).split("::").map(escape).collect();
    segments.join("<wbr>::")
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use tripline_profile::{Amount, Breakdown, Place, Site, SiteFigures};

    use super::*;
    use crate::render::LimitDifference;
    use crate::report::TypeRow;

    fn site(key: &str, bytes: u64) -> Site {
        let amount = Amount { blocks: 2, bytes };
        let figures = SiteFigures { total: amount, peak: amount, end: Amount::default() };
        Site {
            callers: vec!["app::main".to_owned()],
            inside: vec!["alloc::vec::Vec<T>::push".to_owned()],
            place: Some(Place { file: "src/a.rs".to_owned(), line: 7 }),
            key: key.to_owned(),
            ..Site::folded(0, figures)
        }
    }

    fn breakdown(names: &[&str]) -> Breakdown {
        let sites: Vec<_> =
            names.iter().zip(1..).map(|(name, at)| site(name, at * 1_000)).collect();
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    fn report(name: &str) -> Report {
        let row = BlameRow {
            amount: "+2 blocks".to_owned(),
            share: "+1.00 per row".to_owned(),
            name: name.to_owned(),
            about: vec!["new site".to_owned(), name.to_owned()],
        };
        let limit = LimitRow {
            name: "total_blocks".to_owned(),
            budget: "2".to_owned(),
            measured: "4".to_owned(),
            difference: Some(LimitDifference {
                above: true,
                amount: "2".to_owned(),
                share: "100.0 %".to_owned(),
            }),
            verdict: "over",
            trips: true,
            note: name.to_owned(),
        };
        Report {
            name: name.to_owned(),
            trips: true,
            what: "1 of 1 limit".to_owned(),
            place: "budgets/a/b.toml:3".to_owned(),
            sentences: vec![name.to_owned()],
            limits: vec![limit],
            stored: Some(BlameSection {
                heading: format!("types in {name}"),
                rows: vec![row.clone()],
            }),
            grown: Some(BlameSection { heading: "what grew".to_owned(), rows: vec![row] }),
            sites: SiteTable::of(&breakdown(&[name, "app::b::g"]), None),
            types: vec![TypeRow {
                name: name.to_owned(),
                size: 32,
                align: 8,
                layout: Some(format!("  {name}: 32 B, aligned to 8\n    offset  size\n")),
            }],
            ..Report::default()
        }
    }

    #[test]
    fn the_body_says_everything_without_the_script() {
        insta::assert_snapshot!(report("app::f").body());
    }

    #[test]
    fn the_same_report_is_the_same_page_and_loads_nothing() {
        let page = report("app::f").to_html();
        assert_eq!(page, report("app::f").to_html());
        for loads in ["http:", "https:", "//", "src=", "href=", "url(", "@import", "innerHTML"] {
            let own_comments = |line: &&str| !line.trim_start().starts_with("// ");
            let found = page.lines().filter(own_comments).find(|line| line.contains(loads));
            assert_eq!(found, None, "{loads}");
        }
    }

    #[test]
    fn a_hostile_name_adds_no_tag() {
        let tags = |page: &str| page.matches('<').count();
        let harmless = tags(&report("app").to_html());
        for hostile in ["</script><script>x</script>", "<img src=x onerror=x>", "'\"><b>", "<!--"] {
            assert_eq!(tags(&report(hostile).to_html()), harmless, "{hostile}");
        }
    }
}
