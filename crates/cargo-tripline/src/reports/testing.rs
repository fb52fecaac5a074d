//! Findings of every kind, names among them that want to be more than names.

use tripline_budget::Ruler;

use crate::findings::testing::{group, row};
use crate::findings::{BudgetFindings, BudgetOwner, FindingRow, RemedyLine, RowKind, RowVerdict};
use crate::outcome::Status;
use crate::reports::check_report::{CheckReport, SuiteRuler};
use crate::reports::summary::Summary;

/// A type that would be a command, a formula, a tag, a cell's end and a link.
pub(super) const HOSTILE: &str = "=A1|</pre>`<b>\n::error::%0A[x](y)";

pub(super) fn checked(strict: bool) -> CheckReport {
    let groups = vec![wal(), read(), sizes(), panicked(), skipped(), orphan()];
    let ruler = Ruler {
        rustc: "1.95.0".to_owned(),
        target: "x86_64-unknown-linux-gnu".to_owned(),
        profile: "opt 1".to_owned(),
        ..Ruler::default()
    };
    let suites = vec![SuiteRuler { suite: "sql".to_owned(), package: "tests".to_owned(), ruler }];
    CheckReport { suites, summary: Summary::of(&groups, strict), groups }
}

fn wal() -> BudgetFindings {
    let mut wal = group("sql::wal");
    let mut band = row("max_bytes", 273_408, 272_698, RowVerdict::Within);
    band.tolerance = Some("3 %".to_owned());
    band.allowed = Some(281_610);
    let each = FindingRow {
        total: Some(121),
        allowed: Some(120),
        entities: Some(10),
        ceiling: Some(64),
        line: Some(8),
        ..row("live_bytes", 12, 13, RowVerdict::Over)
    };
    wal.rows = vec![row("total_blocks", 323_224, 343_224, RowVerdict::Over), band, each];
    wal.say(Status::Holds, "the ruler changed: rustc 1.94.0 → 1.95.0")
        .remedy(RemedyLine::update("wanted?", "cargo tripline update-budgets sql::wal".to_owned()))
}

fn read() -> BudgetFindings {
    let mut read = group("sql::read");
    let rss = FindingRow {
        measured: None,
        total: None,
        allowed: None,
        text: "only on Linux".to_owned(),
        ..row("rss_max_bytes", 4096, 0, RowVerdict::Unsupported)
    };
    read.rows = vec![row("total_blocks", 20, 11, RowVerdict::Loose), rss];
    read.remedy(RemedyLine::update("lock in", "cargo tripline update-budgets sql::read".to_owned()))
}

fn sizes() -> BudgetFindings {
    let mut sizes = BudgetFindings { owner: BudgetOwner::Sizes, ..group("sql::sizes") };
    let size = row(HOSTILE, 8, 16, RowVerdict::Over);
    let orphan = FindingRow {
        kind: RowKind::Size,
        measured: None,
        total: None,
        allowed: None,
        text: "no `sizes!` names this type".to_owned(),
        ..row("Gone", 8, 0, RowVerdict::Orphan)
    };
    sizes.rows = vec![FindingRow { kind: RowKind::Size, ..size }, orphan];
    sizes.remedy(RemedyLine::advice("remove", format!("the line of {HOSTILE}")))
}

fn panicked() -> BudgetFindings {
    group("sql::mvcc")
        .say(Status::Unknown, "the workload panicked\n\n  | ::set-env::</pre>\u{1b}[31m")
}

fn skipped() -> BudgetFindings {
    BudgetFindings { skipped: true, ..group("sql::cold") }
        .say(Status::Holds, "skipped: it is ignored")
        .remedy(RemedyLine::command("run", "cargo tripline check sql::cold".to_owned()))
}

fn orphan() -> BudgetFindings {
    BudgetFindings::new("former::*".to_owned(), "budgets/former".to_owned())
        .say(Status::Breach, "budgets without a suite")
        .remedy(RemedyLine::advice("remove", "the folder".to_owned()))
}
