//! Lines of figures with a name behind them, as one table.
//!
//! Names come last because they are the longest: on a terminal they are shortened to what is left of its width.

use owo_colors::OwoColorize as _;

use crate::output::grid::{Grid, GridColumn};
use crate::output::shorten::shorten;

/// A line of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct FigureLine {
    /// As many cells as the heading has.
    pub(crate) cells: Vec<String>,
    pub(crate) name: String,
    /// Stands behind the name and is never cut.
    pub(crate) word: String,
    /// Stands behind the word if there is room.
    pub(crate) note: String,
    /// Lines below it.
    pub(crate) details: Vec<String>,
    pub(crate) tone: LineTone,
}

/// The colour of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineTone {
    #[default]
    Plain,
    /// The word is bad news.
    Worse,
    /// The word is good news.
    Better,
    /// The line stands for others.
    Rest,
    /// The line is the sum.
    Sum,
}

/// A heading with the lines below it.
#[derive(Clone, Debug)]
pub(crate) struct FigureTable {
    /// Each heading with the blanks before it.
    pub(crate) heading: Vec<(String, usize)>,
    /// The heading of the names.
    pub(crate) names: &'static str,
    pub(crate) lines: Vec<FigureLine>,
}

const INDENT: usize = 2;
const GAP: usize = 3;
/// The least characters of a shortened name.
const LEAST: usize = 20;

impl FigureTable {
    /// Returns the table, with styles.
    pub(crate) fn render(&self, terminal: Option<usize>) -> String {
        let heading: Vec<String> = self.heading.iter().map(|(text, _)| text.clone()).collect();
        let mut columns: Vec<_> =
            self.heading.iter().map(|(_, gap)| GridColumn::right(*gap)).collect();
        columns.insert(0, GridColumn::left(INDENT));
        columns.push(GridColumn::left(GAP));
        let row = |cells: &[String], name: String| {
            let ends = [vec![String::new()], cells.to_vec(), vec![name]];
            ends.concat()
        };
        let cells = self.lines.iter().map(|line| &line.cells).chain([&heading]);
        let rows: Vec<_> = cells.map(|cells| row(cells, String::new())).collect();
        let grid = Grid::new(&columns, &rows);
        let room = terminal.map(|width| width.saturating_sub(grid.width()));
        let heading = grid.line(&row(&heading, self.names.to_owned()));
        let mut text = format!("{}\n", heading.dimmed());
        for line in &self.lines {
            text.push_str(&format!("{}\n", grid.line(&row(&line.cells, line.text(room)))));
            for detail in &line.details {
                let room = terminal.map_or(usize::MAX, |width| width.saturating_sub(DETAIL.len()));
                text.push_str(&format!("{DETAIL}{}\n", shorten(detail, room).dimmed()));
            }
        }
        text
    }
}

const DETAIL: &str = "      ";

impl FigureLine {
    fn text(&self, room: Option<usize>) -> String {
        let length = |text: &str| if text.is_empty() { 0 } else { GAP + text.chars().count() };
        let word = length(&self.word);
        let name = room.map_or(usize::MAX, |room| room.saturating_sub(word).max(LEAST));
        let name = shorten(&self.name, name);
        let used = name.chars().count() + word + length(&self.note);
        let mut text = match self.tone {
            LineTone::Rest => name.dimmed().to_string(),
            LineTone::Sum => name.bold().to_string(),
            _ => name,
        };
        if !self.word.is_empty() {
            text.push_str(&format!("   {}", self.painted_word()));
        }
        if !self.note.is_empty() && room.is_none_or(|room| used <= room) {
            text.push_str(&format!("   {}", self.note.dimmed()));
        }
        text
    }

    fn painted_word(&self) -> String {
        match self.tone {
            LineTone::Worse => self.word.red().to_string(),
            LineTone::Better => self.word.green().to_string(),
            _ => self.word.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(terminal: Option<usize>) -> String {
        let line = |cell: &str, name: &str| FigureLine {
            cells: vec![cell.to_owned(), "9.0 %".to_owned()],
            name: name.to_owned(),
            ..FigureLine::default()
        };
        let site = FigureLine {
            word: "new site".to_owned(),
            note: "a/b.rs:1".to_owned(),
            details: vec!["was engine::storage::pager::Pager::cache_insert".to_owned()],
            ..line("1 234", "engine::storage::pager::Pager::insert")
        };
        let sum = FigureLine { tone: LineTone::Sum, ..line("1 236", "total") };
        let columns = FigureTable {
            heading: vec![("peak B".to_owned(), 0), ("share".to_owned(), 1)],
            names: "site",
            lines: vec![site, line("2", "1 other"), sum],
        };
        anstream::adapter::strip_str(&columns.render(terminal)).to_string()
    }

    #[test]
    fn without_a_terminal_nothing_is_shortened() {
        insta::assert_snapshot!(shown(None), @"
        peak B share   site
         1 234 9.0 %   engine::storage::pager::Pager::insert   new site   a/b.rs:1
            was engine::storage::pager::Pager::cache_insert
             2 9.0 %   1 other
         1 236 9.0 %   total
        ");
    }

    #[test]
    fn on_a_terminal_names_are_shortened_and_notes_go_first() {
        assert_eq!(shown(Some(80)), shown(None));
        insta::assert_snapshot!(shown(Some(60)), @"
        peak B share   site
         1 234 9.0 %   engine::st…:pager::Pager::insert   new site
            was engine::storage::pager::Pager::cache_insert
             2 9.0 %   1 other
         1 236 9.0 %   total
        ");
        assert!(shown(Some(60)).lines().all(|line| line.chars().count() <= 60));
        assert!(shown(Some(0)).contains("engine…Pager::insert"));
    }
}
