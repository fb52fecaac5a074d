//! Measures the time and the memory that reading a profile needs, as ratios to Python's `json.load` of the same file.
//!
//! `cargo bench -p tripline-profile --bench reader` writes a profile of 100 MB and one of 1 GB with the same
//! sites into a temporary folder. A process of its own reads each, and the best of three runs is printed. It
//! needs Linux, for the peak memory of a process, and `python3`. Nothing here passes or fails.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tripline_profile::Profile;

const MB: u64 = 1_000_000;
const FRAMES: u64 = 4_000;
const RUNS: usize = 3;

const PYTHON: &str = "import json, sys\n\
    json.load(open(sys.argv[1]))\n\
    print(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])";

/// The time and memory that one process needed.
#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    memory_kb: u64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--read") {
        Some(at) => read(Path::new(&arguments[at + 1])),
        None => compare(),
    }
}

/// Runs the process that is measured: reads a profile, and prints its own peak memory.
fn read(path: &Path) {
    let breakdown = Profile::open(path).unwrap().breakdown().unwrap();
    assert!(breakdown.sites.len() > 100);
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("{}", peak.trim().trim_end_matches(" kB"));
}

fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let [small, large] = [100 * MB, 1_000 * MB].map(|size| {
        let path = folder.path().join(format!("{size}.json"));
        write_profile(&path, size).unwrap();
        path
    });
    let exe = std::env::current_exe().unwrap();
    let ours = |path: &Path| best(|| Command::new(&exe).arg("--read").arg(path).output().unwrap());
    let python =
        best(|| Command::new("python3").args(["-c", PYTHON]).arg(&small).output().unwrap());
    let (ours_small, ours_large) = (ours(&small), ours(&large));
    show("python, 100 MB", python);
    show("tripline, 100 MB", ours_small);
    show("tripline, 1 GB", ours_large);
    let speed = python.time.as_secs_f64() / ours_small.time.as_secs_f64();
    println!("{speed:.1} x as fast as python's json.load (goal: at least 4)");
    let ratio = |a: Cost, b: Cost| a.memory_kb as f64 / b.memory_kb as f64;
    println!("{:.4} of its memory (goal: at most 0.33)", ratio(ours_small, python));
    println!(
        "{:.2} x the memory for ten times the file (goal: at most 1.2)",
        ratio(ours_large, ours_small)
    );
}

fn best(run: impl Fn() -> std::process::Output) -> Cost {
    let once = || {
        let start = Instant::now();
        let output = run();
        let time = start.elapsed();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let memory_kb = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
        Cost { time, memory_kb }
    };
    (0..RUNS).map(|_| once()).min_by_key(|cost| cost.time).unwrap()
}

fn show(what: &str, cost: Cost) {
    println!("{what:18} {:7.3} s  {:9} kB", cost.time.as_secs_f64(), cost.memory_kb);
}

/// Writes a profile like dhat-rs: one token on a line, forty frames in a stack, the frame table last.
fn write_profile(path: &Path, size: u64) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let head = "{\n\"dhatFileVersion\": 2,\n\"mode\": \"rust-heap\",\n\"verb\": \"Allocated\",\n\"bklt\": true,\n";
    write!(file, "{head}\"bkacc\": false,\n\"cmd\": \"made up\",\n\"pid\": 1,\n\"pps\": [")?;
    let (mut written, mut comma) = (0, "");
    while written < size {
        let (blocks, bytes) = (1 + next(10_000), 16 * (1 + next(100_000)));
        let mut point = format!(
            "{comma}\n{{\n\"tb\": {bytes},\n\"tbk\": {blocks},\n\"tl\": {},\n\"mb\": 64,\n\"mbk\": 1,\n",
            next(1 << 40)
        );
        point += "\"gb\": 32,\n\"gbk\": 1,\n\"eb\": 0,\n\"ebk\": 0,\n\"fs\": [\n1,\n2,\n3";
        for _ in 0..37 {
            point += &format!(",\n{}", 4 + next(FRAMES - 4));
        }
        point += "\n]\n}";
        file.write_all(point.as_bytes())?;
        written += point.len() as u64;
        comma = ",";
    }
    write!(file, "\n],\n\"ftbl\": [\n\"[root]\"")?;
    for index in 1..FRAMES {
        write!(file, ",\n{:?}", frame(index))?;
    }
    write!(file, "\n]\n}}\n")?;
    file.flush()
}

fn frame(index: u64) -> String {
    let address = 0x5604_0000_0000 + index / 3 * 16;
    match index {
        1 => format!("{address:#x}: alloc (dhat-0.3.3/src/lib.rs:1176:9)"),
        2 | 3 => format!(
            "{address:#x}: with_capacity_in<u8, alloc::alloc::Global> (src/raw_vec/mod.rs:433:15)"
        ),
        _ => {
            let (krate, file) = (index % 17, index % 101);
            format!(
                "{address:#x}: f{index}<core::option::Option<c{krate}::m{file}::T>> (c{krate}-1.2.3/src/m{file}.rs:{index}:9)"
            )
        }
    }
}
