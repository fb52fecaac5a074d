//! Times the sampling for `/metrics` beside ingestion.
//!
//! ```text
//! cargo bench -p workload-agg --bench sampling --profile dev
//! ```
//!
//! The same tables take in the same payments again and again, by turns alone (A) and with a sampler beside them (B)
//! that samples as often as it ever may: its least pause is set to none, so only a sample's own time decides. Turns
//! are short and in the order A B B A, so that a machine that becomes slower meanwhile slows both, and all samples fall
//! to B, also those that became due during A: twice the real cost. A round is many turns; the figure is the
//! median of the rounds' ratios, in processor time of the thread, which other processes do not take.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use workload_agg::metrics::Sampler;
use workload_agg::{Event, EventKind, Generator, Pipeline, Tables, Value};

const ROUNDS: usize = 15;

/// Payments, of nearly as many users.
const EVENTS: usize = 512;

/// Payments between two calls of the sampler.
const BATCH: usize = 64;

/// Turns of a round, each A B B A.
const TURNS: usize = 25;

/// The time of a turn: all payments are taken in as often as it allows.
const TURN: Duration = Duration::from_millis(25);

/// The most that sampling may add, in percent.
const ALLOWED: f64 = 2.0;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("--bench") => compare(),
        // `cargo test --all-targets` comes here; timing is no test.
        _ => println!("run with: cargo bench -p workload-agg --bench sampling --profile dev"),
    }
}

fn compare() {
    let pipeline = Pipeline::fraud_team().expect("it is good");
    let mut load = Load::new(&pipeline);
    let mut sampler = Sampler::every(Duration::ZERO, &load.tables);
    let started = processor_seconds();
    sampler.sample(&load.tables);
    let sample = 1e3 * (processor_seconds() - started);
    let times = (TURN.as_secs_f64() / load.seconds(1, None)).ceil() as usize;
    let mut added = Vec::new();
    for _ in 0..ROUNDS {
        let (mut alone, mut sampled) = (0.0, 0.0);
        for _ in 0..TURNS {
            alone += load.seconds(times, None);
            sampled += load.seconds(times, Some(&mut sampler));
            sampled += load.seconds(times, Some(&mut sampler));
            alone += load.seconds(times, None);
        }
        added.push(100.0 * (sampled / alone - 1.0));
    }
    let percent = quantile(&mut added, 0.5);
    let (low, high) = (quantile(&mut added, 0.25), quantile(&mut added, 0.75));
    println!("{times} x {EVENTS} payments a turn, median of {ROUNDS} rounds");
    println!("  a sample takes {sample:.1} ms");
    println!(
        "  sampling adds {percent:.2} %   (half of the rounds: {low:.2} to {high:.2} %; allowed: {ALLOWED} %)"
    );
    assert!(percent <= ALLOWED, "sampling takes too much");
}

fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

/// Tables that hold all users of the payments that they take in.
struct Load<'p> {
    kind: EventKind,
    payments: Vec<Vec<Value>>,
    /// The time of every payment. It stands still; else some run would have all the windows' new parts.
    at: u64,
    tables: Tables<'p>,
}

impl<'p> Load<'p> {
    fn new(pipeline: &'p Pipeline) -> Self {
        let mut generator = Generator::new(pipeline).expect("it has payments");
        let at = generator.next_event().at;
        let payments = (0..EVENTS).map(|_| generator.next_event().values.to_vec()).collect();
        let tables = Tables::new(pipeline);
        let mut load = Self { kind: generator.kind(), payments, at, tables };
        load.seconds(1, None);
        load
    }

    /// Returns the seconds of taking in all payments so many times.
    fn seconds(&mut self, times: usize, mut sampler: Option<&mut Sampler>) -> f64 {
        let started = processor_seconds();
        for _ in 0..times {
            for batch in self.payments.chunks(BATCH) {
                for values in batch {
                    self.tables.ingest(self.kind, &Event { at: self.at, values });
                }
                if let Some(sampler) = &mut sampler {
                    sampler.sample_if_due(&self.tables);
                }
            }
        }
        processor_seconds() - started
    }
}

fn processor_seconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
