//! Formats the report as a page to read.

use std::fmt::Write;

use crate::advice::{Advice, RULE};
use crate::report::{OperatorRow, Report, TableRow};
use crate::text::{bar, count, percent};

/// The characters of the longest bar.
const WIDTH: usize = 30;

/// Returns the whole page, with the `top` dearest operators by data structure. `command` writes it again.
pub(crate) fn render(report: &Report, top: usize, command: &str) -> String {
    let mut page = String::new();
    head(&mut page, report, command);
    tables(&mut page, &report.tables);
    operators(&mut page, &report.operators);
    dearest(&mut page, &report.operators, top);
    coherence(&mut page, report);
    process(&mut page, report);
    page
}

fn head(page: &mut String, report: &Report, command: &str) {
    let features: usize = report.tables.iter().map(|table| table.features).sum();
    let _ = write!(
        page,
        "# Memory profile: {}\n\n\
         The memory of {} features in {} tables after {} generated payments, in bytes asked of the allocator. An entity is one\n\
         value of a table's key. It has a slot of 80 bytes for each feature (the stack), and memory behind the slots (the\n\
         heap).\n\n\
         ```sh\n{command}            # writes this page\n{command} --check    # fails if it differs from a fresh one\n```\n",
        report.workload,
        features,
        report.tables.len(),
        count(report.events),
    );
}

fn tables(page: &mut String, tables: &[TableRow]) {
    page.push_str(
        "\n## Tables\n\n\
         Per entity, at percentiles by the nearest rank. The total is stack and heap of an entity; the top contributor's\n\
         share is of all entities' stack and heap.\n\n\
         | table | key | entities | features | events | stack | heap p50 | p99 | max | total p50 | p99 | max | top contributor |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n",
    );
    for table in tables {
        table_row(page, table);
    }
}

fn table_row(page: &mut String, table: &TableRow) {
    let stack = table.stack_per_entity;
    let per_entity = table.heap_per_entity.map(|heap| {
        [heap.p50, heap.p99, heap.max, stack + heap.p50, stack + heap.p99, stack + heap.max]
    });
    let per_entity =
        per_entity.map_or_else(|| ["—"; 6].join(" | "), |figures| figures.map(count).join(" | "));
    let whole = table.stack_bytes + table.heap_bytes;
    let top = table.top.as_ref().map_or_else(
        || "—".to_owned(),
        |top| format!("{} ({}), {}", top.feature, top.operator, percent(top.bytes, whole)),
    );
    let _ = writeln!(
        page,
        "| {} | {} | {} | {} | {} | {} | {per_entity} | {top} |",
        table.table,
        table.key,
        count(table.entities),
        table.features,
        count(table.events),
        count(stack),
    );
}

fn operators(page: &mut String, operators: &[OperatorRow]) {
    page.push_str(
        "\n## Operators\n\n\
         Over all tables. A slot is one feature of one entity.\n\n\
         | operator | features | slots | stack | heap | total | share | |\n\
         |---|---:|---:|---:|---:|---:|---:|---|\n",
    );
    let whole = operators.iter().map(|row| row.total_bytes).sum();
    let largest = operators.first().map_or(0, |row| row.total_bytes);
    for row in operators {
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            row.operator,
            row.features,
            count(row.slots),
            count(row.stack_bytes),
            count(row.heap_bytes),
            count(row.total_bytes),
            percent(row.total_bytes, whole),
            bar(row.total_bytes, largest, WIDTH),
        );
    }
}

fn dearest(page: &mut String, operators: &[OperatorRow], top: usize) {
    let shown = &operators[..top.min(operators.len())];
    if shown.is_empty() {
        return;
    }
    let _ = write!(page, "\n## The dearest, by data structure\n\n{RULE}\n");
    for (place, row) in shown.iter().enumerate() {
        let _ = writeln!(page, "\n### {}. {}\n", place + 1, row.operator);
        let _ = writeln!(page, "**{}**: {}\n", row.advice.as_str(), reason(row));
        page.push_str("| structure | bytes | share | a slot |\n|---|---:|---:|---:|\n");
        structure(page, row, "slot", row.stack_bytes);
        for (name, bytes) in by_size(row) {
            structure(page, row, name, bytes);
        }
    }
}

fn structure(page: &mut String, row: &OperatorRow, name: &str, bytes: u64) {
    let share = percent(bytes, row.total_bytes);
    let a_slot = count(bytes / row.slots.max(1));
    let _ = writeln!(page, "| {name} | {} | {share} | {a_slot} |", count(bytes));
}

/// Returns the data structures, the largest first, of equals the first by name.
fn by_size(row: &OperatorRow) -> Vec<(&'static str, u64)> {
    let mut parts: Vec<_> = row.structures.iter().map(|(name, bytes)| (*name, *bytes)).collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    parts
}

fn reason(row: &OperatorRow) -> String {
    let largest = by_size(row).first().copied();
    let Some((name, bytes)) = largest else {
        return "it has no heap.".to_owned();
    };
    let heap = row.heap_bytes;
    let (alike, of_heap) = (percent(row.alike_bytes, heap), percent(bytes, heap));
    match row.advice {
        Advice::Keep => format!("its heap is {} of its slots.", percent(heap, row.stack_bytes)),
        Advice::BoxSmaller => format!(
            "{alike} of its heap is behind every slot alike; begin with its {name}, {of_heap} of the heap."
        ),
        Advice::Restructure => format!(
            "only {alike} of its heap is behind every slot alike; the part that grows most is its {name}, {of_heap} of the heap."
        ),
    }
}

fn coherence(page: &mut String, report: &Report) {
    let sums = &report.coherence;
    let equal = if sums.holds() { "=" } else { "is not" };
    let _ = write!(
        page,
        "\n## Coherence\n\n\
         The index finds entities: each table itself, its map, its keys.\n\n\
         | Σ | bytes |\n|---|---:|\n\
         | operators, stack | {} |\n| operators, heap | {} |\n| index | {} |\n| operators + index | {} |\n| tables | {} |\n\n\
         Σ operators + index {equal} Σ tables.\n",
        count(sums.operators_stack_bytes),
        count(sums.operators_heap_bytes),
        count(sums.index_bytes),
        count(sums.parts_bytes()),
        count(sums.tables_bytes),
    );
}

fn process(page: &mut String, report: &Report) {
    let Some(process) = &report.process else {
        return;
    };
    let _ = write!(
        page,
        "\n## This process\n\n\
         These figures depend on the machine, unlike all above.\n\n\
         | | bytes | ratio |\n|---|---:|---:|\n\
         | live, as the process's own allocator counts | {} | report / live = {:.4} |\n",
        count(process.live_bytes),
        process.report_per_live,
    );
    if let (Some(bytes), Some(ratio)) = (process.resident_bytes, process.resident_per_live) {
        let _ = writeln!(
            page,
            "| growth of the resident set | {} | resident / live = {ratio:.3} |",
            count(bytes)
        );
    }
}
