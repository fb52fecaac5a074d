//! The text of a breakdown. A reviewer reads it, a snapshot keeps it, and a later run is compared with it.
//!
//! A site is one line with its six figures and its key. Below it stand its callers (`←`) and the functions of std that
//! it called (`→`). Columns have a fixed width, so that one figure that grows moves no other line. Places are
//! deliberately absent: a line number changes with every edit above it.

use std::fmt::Write as _;

use crate::breakdown::site::{Breakdown, Site};
use crate::error::{BreakdownFault, Error};
use crate::figures::{Amount, Moment, SiteFigures};

/// The width of each of the six columns.
const WIDTH: usize = 13;
const HEAD: [&str; 6] =
    ["total blocks", "total bytes", "peak blocks", "peak bytes", "live blocks", "live bytes"];
const CALLERS: &str = "← ";
const INSIDE: &str = "→ ";

impl Breakdown {
    /// Returns the text of this breakdown, its sites in their order.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = HEAD.map(|head| format!("{head:>WIDTH$}")).concat();
        text.push_str("  site\n");
        for site in &self.sites {
            row(&mut text, &site.figures, &site.key);
            names(&mut text, CALLERS, &site.callers);
            names(&mut text, INSIDE, &site.inside);
        }
        row(&mut text, &self.totals, "Σ");
        text
    }

    /// Reads the text that [`to_text`](Self::to_text) writes. The sites have no place.
    ///
    /// # Errors
    /// If a line is none of its lines, or the sites do not add up.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let (line, head) = lines.next().unwrap_or((1, ""));
        if !head.trim_start().starts_with(HEAD[0]) {
            return Err(Error::Breakdown { line, fault: BreakdownFault::NoHeading(HEAD[0]) });
        }
        let mut sites: Vec<Site> = Vec::new();
        let mut last = line;
        for (line, text) in lines {
            last = line;
            let fail = |fault| Error::Breakdown { line, fault };
            let trimmed = text.trim_start();
            if let Some(callers) = trimmed.strip_prefix(CALLERS) {
                let site = sites.last_mut().ok_or(fail(BreakdownFault::NoSite))?;
                site.callers = callers.split(CALLERS).map(|name| name.trim().to_owned()).collect();
            } else if let Some(inside) = trimmed.strip_prefix(INSIDE) {
                let site = sites.last_mut().ok_or(fail(BreakdownFault::NoSite))?;
                site.inside = inside.split(INSIDE).map(|name| name.trim().to_owned()).collect();
            } else {
                sites.push(site(trimmed).map_err(fail)?);
            }
        }
        let fail = |fault| Error::Breakdown { line: last, fault };
        let sum = sites.pop().filter(|site| site.key == "Σ").ok_or(fail(BreakdownFault::NoSum))?;
        if sites.iter().map(|site| site.figures).sum::<SiteFigures>() != sum.figures {
            return Err(fail(BreakdownFault::Sum));
        }
        Ok(Self { totals: sum.figures, sites })
    }
}

fn row(text: &mut String, figures: &SiteFigures, name: &str) {
    for moment in Moment::ALL {
        let Amount { blocks, bytes } = figures.at(moment);
        for figure in [blocks, bytes] {
            let _ = write!(text, "{:>WIDTH$}", grouped(figure));
        }
    }
    let _ = writeln!(text, "  {name}");
}

fn names(text: &mut String, mark: &str, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let indent = HEAD.len() * WIDTH + 4;
    let names: Vec<_> = names.iter().map(|name| format!("{mark}{name}")).collect();
    let _ = writeln!(text, "{:indent$}{}", "", names.join(" "));
}

fn site(line: &str) -> Result<Site, BreakdownFault> {
    let mut rest = line;
    let mut figures = [0; HEAD.len()];
    for figure in &mut figures {
        let (word, after) =
            rest.split_once(char::is_whitespace).ok_or(BreakdownFault::Incomplete)?;
        *figure = count(word).ok_or_else(|| BreakdownFault::Figure(word.to_owned()))?;
        rest = after.trim_start();
    }
    if rest.is_empty() {
        return Err(BreakdownFault::Incomplete);
    }
    let amount = |at| Amount { blocks: figures[at], bytes: figures[at + 1] };
    let figures = SiteFigures { total: amount(0), peak: amount(2), end: amount(4) };
    let key = rest.trim_end().to_owned();
    Ok(Site { key, callers: Vec::new(), inside: Vec::new(), place: None, figures })
}

/// Writes a figure as budgets do: `324_424`.
fn grouped(figure: u64) -> String {
    let digits = figure.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join("_")
}

fn count(word: &str) -> Option<u64> {
    word.replace('_', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(key: &str, blocks: u64) -> Site {
        let amount = |factor| Amount { blocks: blocks * factor, bytes: blocks * factor * 1_000 };
        Site {
            key: key.to_owned(),
            callers: vec!["a::caller".to_owned(), "main::main".to_owned()],
            inside: vec!["alloc::vec::Vec::push".to_owned()],
            place: None,
            figures: SiteFigures { total: amount(4), peak: amount(2), end: amount(0) },
        }
    }

    fn breakdown() -> Breakdown {
        let sites = vec![site("a::b", 1_234), Site::folded(12, site("", 5).figures)];
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    #[test]
    fn a_site_is_a_line_with_its_callers_below() {
        let expected = "\
\u{20}total blocks  total bytes  peak blocks   peak bytes  live blocks   live bytes  site
        4_936    4_936_000        2_468    2_468_000            0            0  a::b
                                                                                  ← a::caller ← main::main
                                                                                  → alloc::vec::Vec::push
           20       20_000           10       10_000            0            0  other (12 sites)
        4_956    4_956_000        2_478    2_478_000            0            0  Σ
";
        assert_eq!(breakdown().to_text(), expected);
    }

    #[test]
    fn what_was_written_is_read() {
        let breakdown = breakdown();
        assert_eq!(Breakdown::from_text(&breakdown.to_text()).ok(), Some(breakdown));
        let empty = Breakdown::default();
        assert_eq!(Breakdown::from_text(&empty.to_text()).ok(), Some(empty));
    }

    fn error(text: &str) -> String {
        Breakdown::from_text(text).map_or_else(|error| error.to_string(), |_| "read".to_owned())
    }

    #[test]
    fn what_is_no_breakdown_says_where() {
        let text = breakdown().to_text();
        assert_eq!(error(""), "line 1: the heading is missing: it begins with `total blocks`");
        assert_eq!(
            error(&text.replace("2_468 ", "2,468 ")),
            "line 2: `2,468` is not a whole number"
        );
        assert_eq!(
            error(&text.replace("  a::b", "")),
            "line 2: expected six figures and the name of a site"
        );
        assert_eq!(
            error(&text.replace("  Σ", "  S")),
            "line 6: the last line must be the sum, `Σ`"
        );
        let merged = text.replace("4_936 ", "4_937 ");
        let sum = "the sites do not add up to the sum: the text was edited or merged by hand";
        assert_eq!(error(&merged), format!("line 6: {sum}"));
        let (head, rest) = text.split_once('\n').unwrap_or_default();
        let rest = rest.lines().skip(1).collect::<Vec<_>>().join("\n");
        assert_eq!(error(&format!("{head}\n{rest}")), "line 2: no site stands above this line");
    }
}
