//! `--github`: annotations, each on its budget's line.
//!
//! They are escaped as GitHub's own toolkit does it, so no name or path becomes another command.

use std::path::Path;

use crate::outcome::Status;
use crate::reports::check_report::CheckReport;
use crate::reports::entry::{ReportEntry, entries};

/// Returns one line each, failures first; `root` is the workspace's folder within the repository.
pub(super) fn annotations(checked: &CheckReport, root: &Path) -> String {
    let mut failures_first: Vec<_> =
        entries(&checked.groups).filter(|entry| entry.status() > Status::Holds).collect();
    // GitHub shows only the first ten of a step.
    failures_first.sort_by_key(|entry| !checked.summary.fails(entry.status()));
    let command = |entry: &ReportEntry<'_>| match checked.summary.fails(entry.status()) {
        true => "error",
        false => "warning",
    };
    failures_first.iter().map(|entry| annotation(command(entry), entry, root)).collect()
}

fn annotation(command: &str, entry: &ReportEntry<'_>, root: &Path) -> String {
    let file = root.join(entry.place()).display().to_string().replace('\\', "/");
    let line = entry.row.and_then(|row| row.line);
    let line = line.map_or_else(String::new, |line| format!(",line={line}"));
    let (name, _) = entry.group.headline();
    let title = format!("{name}: {} {}", entry.label(), entry.word());
    format!(
        "::{command} file={}{line},title={}::{}\n",
        property(&file),
        property(&title),
        data(&message(entry))
    )
}

fn message(entry: &ReportEntry<'_>) -> String {
    let summary_line = entry.row.map(|_| entry.summary_line());
    summary_line.into_iter().chain(entry.group.lines()).collect::<Vec<_>>().join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::testing::checked;

    #[test]
    fn an_annotation_stands_on_the_line_of_the_budget() {
        insta::assert_snapshot!(annotations(&checked(false), Path::new("")), @r"
        ::error file=budgets/sql/wal.toml,line=4,title=sql%3A%3Awal%3A total_blocks over::budget 323 224, measured 343 224%0Athe ruler changed: rustc 1.94.0 → 1.95.0%0Awanted?   cargo tripline update-budgets sql::wal
        ::error file=budgets/sql/wal.toml,line=8,title=sql%3A%3Awal%3A live_bytes over::budget 12 B, measured 13 B; ceiling 64 B%0Athe ruler changed: rustc 1.94.0 → 1.95.0%0Awanted?   cargo tripline update-budgets sql::wal
        ::error file=budgets/sql/sizes.toml,line=4,title=sql%3A%3Asizes%3A =A1|</pre>`<b>\u{a}%3A%3Aerror%3A%3A%250A[x](y) over::budget 8, measured 16%0Aremove    the line of =A1|</pre>`<b>\u{a}::error::%250A[x](y)
        ::error file=budgets/sql/sizes.toml,line=4,title=sql%3A%3Asizes%3A Gone orphan::budget 8, measured —; no `sizes!` names this type%0Aremove    the line of =A1|</pre>`<b>\u{a}::error::%250A[x](y)
        ::error file=budgets/sql/mvcc.toml,title=sql%3A%3Amvcc%3A budget unknown::the workload panicked%0A%0A  | ::set-env::</pre>
        ::error file=budgets/former,title=former%3A%3A*%3A budget tripped::budgets without a suite%0Aremove    the folder
        ::warning file=budgets/sql/read.toml,line=4,title=sql%3A%3Aread%3A total_blocks loose::budget 20, measured 11%0Alock in   cargo tripline update-budgets sql::read
        ");
    }

    #[test]
    fn what_is_loose_is_an_error_where_it_fails() {
        let of = |strict, command: &str| {
            annotations(&checked(strict), Path::new("")).matches(command).count()
        };
        assert_eq!((of(false, "::warning "), of(true, "::warning ")), (1, 0));
        assert_eq!(of(true, "::error "), of(false, "::error ") + 1);
    }

    #[test]
    fn a_workspace_within_the_repository_is_part_of_the_path() {
        let text = annotations(&checked(false), Path::new("crates/engine"));
        assert!(text.contains("file=crates/engine/budgets/sql/wal.toml,line=4,"), "{text}");
    }

    #[test]
    fn no_text_ends_a_property_or_a_line() {
        assert_eq!(property("a:b,c%3A\r\nd"), "a%3Ab%2Cc%253A%0D%0Ad");
        assert_eq!(data("50 %: a,b\n::error::x"), "50 %25: a,b%0A::error::x");
    }
}
