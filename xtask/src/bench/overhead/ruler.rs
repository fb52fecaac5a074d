//! The machine, versions and settings of the times. Times of different rulers are not comparable.

use std::path::Path;

use crate::bench::overhead::catalogue::{PROGRAMS, Speed, TimedProgram};
use crate::bench::overhead::results::OverheadResults;
use crate::bench::table::{Alignment, CellTable};
use crate::toolchain::{CargoLock, Compiler, cores};

/// The packages whose versions matter, as Cargo.lock names them.
const PEERS: [&str; 7] = [
    "dhat",
    "stats_alloc",
    "cap",
    "peak_alloc",
    "tracking-allocator",
    "divan",
    "allocation-counter",
];

/// Returns the ruler as a table of names and values.
pub(super) fn ruler(package: &Path, results: &OverheadResults) -> anyhow::Result<CellTable> {
    let compiler = Compiler::installed()?;
    let lock = CargoLock::load(package)?;
    let mut table = CellTable::new(["", ""], Alignment::Left);
    let mut add = |name: &str, value: String| table.push(vec![name.to_owned(), value]);
    add("rustc", compiler.release);
    add("target", compiler.host);
    add("profile", "`release`".to_owned());
    add("processor", processor());
    add("cores", cores());
    add("rounds", results.rounds().to_string());
    add("iterations", for_each_program(|program| program.iterations.to_string()));
    add("times", for_each_program(times));
    add("engine", format!("turso {}", lock.version("turso")?));
    for peer in PEERS {
        add(peer, lock.version(peer)?);
    }
    Ok(table)
}

fn for_each_program(value: impl Fn(&TimedProgram) -> String) -> String {
    let values = PROGRAMS.iter().map(|program| format!("{} {}", program.name, value(program)));
    values.collect::<Vec<_>>().join(", ")
}

fn times(program: &TimedProgram) -> String {
    let [fast, slow] = [Speed::Fast, Speed::Slow].map(|speed| {
        format!("{} in each of {} processes", program.repeats(speed), speed.processes())
    });
    format!("{fast} ({slow} with dhat)")
}

/// Returns the processor's name on Linux.
fn processor() -> String {
    let listed = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = listed.lines().find(|line| line.starts_with("model name"));
    let name = line.and_then(|line| line.split_once(": "));
    name.map_or("not known", |(_, name)| name.trim()).to_owned()
}
