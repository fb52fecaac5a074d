//! `--serve`: takes in payments without end, and serves their figures at `/metrics`.

use std::io::Write;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context;
use workload_agg::metrics::{Sampler, Server};
use workload_agg::{Generator, Tables};

use crate::args::Args;
use crate::interrupt;
use crate::source::Source;

/// The longest wait between two checks, and so the longest that an interrupt waits.
const TICK: Duration = Duration::from_millis(10);

/// The payments between two checks.
const BATCH: u64 = 64;

/// Serves until interrupted, which is its normal end.
pub(crate) fn serve(args: &Args, address: SocketAddr) -> anyhow::Result<()> {
    let source = Source::read(args)?;
    let mut generator = Generator::new(&source.pipeline)?;
    let mut tables = Tables::new(&source.pipeline);
    let mut sampler = Sampler::new(&tables);
    interrupt::install()?;
    let server = Server::bind(address, sampler.published());
    let server = server.with_context(|| format!("failed to listen at {address}"))?;
    announce(&server)?;
    let pace = Pace { started: Instant::now(), rate: args.rate, end: args.events };
    let mut done = 0;
    while !interrupt::happened() {
        let missing = pace.due() - done;
        for _ in 0..missing.min(BATCH) {
            let kind = generator.kind();
            tables.ingest(kind, &generator.next_event());
            done += 1;
        }
        sampler.sample_if_due(&tables);
        if missing <= BATCH {
            std::thread::sleep(TICK);
        }
    }
    server.stop().context("failed to serve")
}

fn announce(server: &Server) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "serving http://{}/metrics", server.local_addr())
        .and_then(|()| out.flush())
        .context("failed to print the address")
}

/// The rate of payments since the start.
struct Pace {
    started: Instant,
    rate: u64,
    end: Option<u64>,
}

impl Pace {
    fn due(&self) -> u64 {
        let due = self.started.elapsed().as_millis() * u128::from(self.rate) / 1_000;
        let due = u64::try_from(due).unwrap_or(u64::MAX);
        self.end.map_or(due, |end| due.min(end))
    }
}
