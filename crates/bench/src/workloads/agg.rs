//! A workload of a streaming aggregator that takes in payments, by user.

use workload_agg::{Event, Generator, Pipeline, Tables, Value};

use super::Workload;

/// Events that the workload takes in.
pub const EVENTS: u64 = 5_000;

/// Takes every payment of the fraud team's mix into the table of users.
pub fn agg_users() -> Workload {
    // Leaked, because the tables borrow from it and live as long as the workload.
    let pipeline: &'static Pipeline = Box::leak(Box::new(pipeline()));
    let mut generator = Generator::new(pipeline).expect("the configuration has payments");
    let kind = generator.kind();
    let events: Vec<(u64, Vec<Value>)> = (0..EVENTS)
        .map(|_| {
            let event = generator.next_event();
            (event.at, event.values.to_vec())
        })
        .collect();
    let mut kept = None;
    Workload::new("agg_users", move || {
        let tables = kept.insert(Tables::new(pipeline));
        for (at, values) in &events {
            tables.ingest(kind, &Event { at: *at, values });
        }
    })
}

fn pipeline() -> Pipeline {
    let mut pipeline = Pipeline::fraud_team().expect("the crate's own configuration");
    pipeline.tables.retain(|table| table.name == "TxnByUser");
    pipeline
}
