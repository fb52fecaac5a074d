//! Text for a person: printing, progress, tables, drawings, numbers, harmless names.
//!
//! It may not know budgets, workloads or profiles.

mod counted;
mod escape;
mod few;
mod figure_table;
mod grid;
mod harmless;
mod json;
mod paint;
mod percent;
mod print;
mod progress;
mod share;
mod shorten;
mod svg;
mod tool;

pub(crate) use counted::counted;
pub(crate) use escape::shown;
pub(crate) use few::{few, few_lines};
pub(crate) use figure_table::{FigureLine, FigureTable, LineTone};
pub(crate) use grid::{Grid, GridColumn};
pub(crate) use harmless::{harmless, harmless_lines};
pub(crate) use json::print_json;
pub(crate) use paint::paint_error;
pub(crate) use percent::{percent, sign};
pub use print::print;
pub(crate) use print::print_to_stderr;
pub use progress::Step;
pub(crate) use progress::is_terminal;
pub(crate) use share::shares;
pub(crate) use shorten::{shorten, terminal_width};
pub use svg::{Svg, pixels};
pub use tool::Tool;
