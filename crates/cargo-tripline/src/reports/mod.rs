//! Reports of what a check found: a table for a person, files for programs, CI, spreadsheets and browsers.
//!
//! Each output is a file of its own that turns findings into text. All of them read the same rows, so no two can
//! disagree. A report may not judge or measure.

mod args;
mod check_report;
mod csv;
mod entry;
mod file;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod outputs;
mod pages;
mod short_form;
mod summary;
mod table;
#[cfg(test)]
mod testing;

pub(crate) use args::ReportArgs;
pub(crate) use table::table;
