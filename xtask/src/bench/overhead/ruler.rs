//! What the times were taken on and with. Those of another ruler are not comparable.

use std::num::NonZero;
use std::path::Path;

use anyhow::Context as _;

use crate::bench::overhead::catalogue::{PROGRAMS, Pace, Program};
use crate::bench::overhead::results::Results;
use crate::bench::table::{Align, Table};
use crate::versions::{locked, rustc};

/// Packages whose versions matter, as Cargo.lock calls them.
const PEERS: [&str; 7] = [
    "dhat",
    "stats_alloc",
    "cap",
    "peak_alloc",
    "tracking-allocator",
    "divan",
    "allocation-counter",
];

pub(super) fn ruler(package: &Path, results: &Results) -> anyhow::Result<Table> {
    let (rustc, target) = rustc()?;
    let lock = package.join("Cargo.lock");
    let lock = std::fs::read_to_string(&lock)
        .with_context(|| format!("failed to read {}", lock.display()))?;
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut table = Table::new(["", ""], Align::Left);
    let mut say = |name: &str, value: String| table.push(vec![name.to_owned(), value]);
    say("rustc", rustc);
    say("target", target);
    say("profile", "`release`".to_owned());
    say("processor", processor());
    say("cores", cores.to_string());
    say("rounds", results.rounds().to_string());
    say("iterations", each(|program| program.iterations.to_string()));
    say("times", each(times));
    say("engine", format!("turso {}", locked(&lock, "turso")?));
    for peer in PEERS {
        say(peer, locked(&lock, peer)?);
    }
    Ok(table)
}

fn each(say: impl Fn(&Program) -> String) -> String {
    let said = PROGRAMS.iter().map(|program| format!("{} {}", program.name, say(program)));
    said.collect::<Vec<_>>().join(", ")
}

fn times(program: &Program) -> String {
    let [fast, slow] = [Pace::Fast, Pace::Slow]
        .map(|pace| format!("{} in each of {} processes", program.repeats(pace), pace.processes()));
    format!("{fast} ({slow} with dhat)")
}

/// As Linux names it.
fn processor() -> String {
    let listed = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = listed.lines().find(|line| line.starts_with("model name"));
    let name = line.and_then(|line| line.split_once(": "));
    name.map_or("not known", |(_, name)| name.trim()).to_owned()
}
