//! Findings of every kind, names among them that want to be more than names.

use tripline_budget::Ruler;

use crate::findings::testing::{group, row};
use crate::findings::{Group, Kind, Owner, Row, Word};
use crate::outcome::Status;
use crate::reports::checked::{Checked, Measure};
use crate::reports::summary::Summary;

/// A type that would be a command, a formula, a tag, a cell's end and a link.
pub(super) const HOSTILE: &str = "=A1|</pre>`<b>\n::error::%0A[x](y)";

pub(super) fn checked(strict: bool) -> Checked {
    let groups = vec![wal(), read(), sizes(), panicked(), skipped(), orphan()];
    let ruler = Ruler {
        rustc: "1.95.0".to_owned(),
        target: "x86_64-unknown-linux-gnu".to_owned(),
        profile: "opt 1".to_owned(),
        ..Ruler::default()
    };
    let suites = vec![Measure { suite: "sql".to_owned(), package: "tests".to_owned(), ruler }];
    Checked { suites, summary: Summary::of(&groups, strict), groups }
}

fn wal() -> Group {
    let mut wal = group("sql::wal");
    let mut band = row("max_bytes", 273_408, 272_698, Word::Within);
    band.tolerance = Some("3 %".to_owned());
    band.allowed = Some(281_610);
    let each = Row {
        total: Some(121),
        allowed: Some(120),
        entities: Some(10),
        ceiling: Some(64),
        line: Some(8),
        ..row("live_bytes", 12, 13, Word::Over)
    };
    wal.rows = vec![row("total_blocks", 323_224, 343_224, Word::Over), band, each];
    wal.say(Status::Holds, "the ruler changed: rustc 1.94.0 → 1.95.0")
        .remedy("wanted?", "cargo tripline update-budgets sql::wal".to_owned())
}

fn read() -> Group {
    let mut read = group("sql::read");
    let rss = Row {
        measured: None,
        total: None,
        allowed: None,
        said: "only on Linux".to_owned(),
        ..row("rss_max_bytes", 4096, 0, Word::Unsupported)
    };
    read.rows = vec![row("total_blocks", 20, 11, Word::Loose), rss];
    read.remedy("lock in", "cargo tripline update-budgets sql::read".to_owned())
}

fn sizes() -> Group {
    let mut sizes = Group { owner: Owner::Sizes, ..group("sql::sizes") };
    let size = row(HOSTILE, 8, 16, Word::Over);
    let orphan = Row {
        kind: Kind::Size,
        measured: None,
        total: None,
        allowed: None,
        said: "no `sizes!` names this type".to_owned(),
        ..row("Gone", 8, 0, Word::Orphan)
    };
    sizes.rows = vec![Row { kind: Kind::Size, ..size }, orphan];
    sizes.remedy("remove", format!("the line of {HOSTILE}"))
}

fn panicked() -> Group {
    group("sql::mvcc")
        .say(Status::Unknown, "the workload panicked\n\n  | ::set-env::</pre>\u{1b}[31m")
}

fn skipped() -> Group {
    Group { skipped: true, ..group("sql::cold") }
        .say(Status::Holds, "skipped: it is ignored")
        .remedy("run", "cargo tripline check sql::cold".to_owned())
}

fn orphan() -> Group {
    Group::new("former::*".to_owned(), "budgets/former".to_owned())
        .say(Status::Breach, "budgets without a suite")
        .remedy("remove", "the folder".to_owned())
}
