//! Proofs as text: a line for each limit, and a summary.

use owo_colors::OwoColorize as _;
use tripline_budget::{DisplayScale, Limit, Unit};

use crate::commands::prove::case::ProvenWorkload;
use crate::commands::prove::proof::Proof;
use crate::outcome::Status;
use crate::output::{Grid, GridColumn, counted};

const COLUMNS: [GridColumn; 3] = [GridColumn::left(2), GridColumn::left(3), GridColumn::left(3)];

/// Returns each workload's limits, aligned over all.
pub(super) fn table(cases: &[ProvenWorkload<'_>]) -> String {
    let rows = |case: &ProvenWorkload<'_>| -> Vec<[String; 3]> {
        let proofs = case.limits.iter().zip(&case.proofs);
        proofs.map(|(limit, proof)| cells(limit, proof)).collect()
    };
    let rows: Vec<_> = cases.iter().map(rows).collect();
    let grid = Grid::new(&COLUMNS, rows.iter().flatten());
    let mut text = String::new();
    for (case, rows) in cases.iter().zip(&rows) {
        let workload = &case.registered.workload;
        let place = case.home.shown(&case.home.budget(workload));
        text.push_str(&format!("\n{}   {}\n", case.home.name(workload).bold(), place.dimmed()));
        text.extend(rows.iter().map(|row| format!("{}\n", grid.line(row))));
    }
    text
}

fn cells(limit: &Limit, proof: &Proof) -> [String; 3] {
    [limit.metric.to_string(), planted(limit, proof).to_owned(), outcome(limit, proof)]
}

fn planted(limit: &Limit, proof: &Proof) -> &'static str {
    match (proof, limit.metric.unit(), limit.metric.per_entity) {
        (Proof::NotPlanted(_), ..) => "—",
        (_, Unit::Bytes, true) => "1 B an entity",
        (_, Unit::Bytes, false) => "1 B",
        (_, Unit::Count, true) => "1 an entity",
        (_, Unit::Count, false) => "1",
    }
}

fn outcome(limit: &Limit, proof: &Proof) -> String {
    match proof {
        Proof::Trips => "trips".green().to_string(),
        Proof::Slips { through, is_exact } => {
            let room = DisplayScale::of(&limit.metric, &[*through], 0).format(*through);
            let text = format!("slips    up to {room} more would hold");
            if *is_exact { text.red().to_string() } else { text.yellow().to_string() }
        }
        Proof::NotPlanted(why) => format!("not planted: {why}").dimmed().to_string(),
        Proof::Blind(why) => format!("BLIND    {why}").bold().red().to_string(),
    }
}

/// Returns the summary line and the status of all. `failing` workloads did not hold with nothing planted.
pub(super) fn summary(cases: &[ProvenWorkload<'_>], failing: usize) -> (String, Status) {
    let proofs: Vec<_> = cases.iter().flat_map(|case| &case.proofs).collect();
    let count = |is: fn(&Proof) -> bool| proofs.iter().filter(|proof| is(proof)).count();
    let parts = [
        (count(|proof| *proof == Proof::Trips), "trip on the smallest breach"),
        (
            count(|proof| matches!(proof, Proof::Slips { is_exact: false, .. })),
            "are bands that let it through",
        ),
        (
            count(|proof| matches!(proof, Proof::Slips { is_exact: true, .. })),
            "are exact and loose",
        ),
        (count(|proof| matches!(proof, Proof::NotPlanted(_))), "cannot be planted for"),
        (count(|proof| matches!(proof, Proof::Blind(_))), "could not be proven"),
    ];
    let counts = parts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    let limits = counted(proofs.len(), "limit");
    let mut text = match counts.as_slice() {
        [] => "nothing was proven".to_owned(),
        counts => format!("{limits}: {}", counts.join(", ")),
    };
    if failing > 0 {
        text.push_str(&format!("; {failing} workloads do not hold as they are"));
    }
    let worst = proofs.iter().map(|proof| proof.status()).max().unwrap_or(Status::Unknown);
    (text, worst.max(if failing > 0 { Status::Breach } else { Status::Holds }))
}
