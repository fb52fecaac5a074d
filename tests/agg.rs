//! Memory budgets of a streaming aggregator, from an operator's slot to the figures that its server reports.
//!
//! Every workload takes in the same 2 000 payments of the fraud team's mix. They are made before the region, so the
//! region holds the aggregator's own memory, and nothing of how events are made.
//!
//! Deliberately absent: the parts of an operator's heap. `workload-agg` accounts for them and checks them against dhat,
//! operator by operator.

mod payments;

use payments::{Payments, costliest, scrape};
use tripline::Probe;
use workload_agg::metrics::{Sampler, Server};
use workload_agg::{AggOp, Value, ops};

tripline::suite!();

// Slots are multiplied by features and by entities, so that one byte more is a hundred million. The ceiling is far
// above every budget: beyond it nothing compiles, and no failure explains why.
tripline::sizes! {
    AggOp <= 128,
    Value <= 32,
    ops::Avg,
    ops::Bloom,
    ops::Burst,
    ops::Count,
    ops::CountDistinct,
    ops::DecayedCount,
    ops::DecayedSum,
    ops::Delta,
    ops::DistanceFromHome,
    ops::DowHour,
    ops::Entropy,
    ops::EventTypeMix,
    ops::EwVar,
    ops::EwZ,
    ops::Ewma,
    ops::First,
    ops::FirstN,
    ops::FirstSeenInWindow,
    ops::GeoDistance,
    ops::GeoSpread,
    ops::GeoVelocity,
    ops::Histogram,
    ops::HourOfDay,
    ops::InterArrival,
    ops::Lag,
    ops::Last,
    ops::LastN,
    ops::Max,
    ops::MaxStreak,
    ops::Min,
    ops::MostRecentN,
    ops::NegStreak,
    ops::Outlier,
    ops::Percentile,
    ops::RateOfChange,
    ops::Ratio,
    ops::Reservoir,
    ops::Seasonal,
    ops::Seen,
    ops::Std,
    ops::Streak,
    ops::Sum,
    ops::TimeSinceLastN,
    ops::TopK,
    ops::Trend,
    ops::TrendResidual,
    ops::Twa,
    ops::ValueChange,
    ops::Variance,
    ops::Windowed,
    ops::ZScore,
}

const EVENTS: usize = 2_000;

/// Every table of the mix. Three ways to count their memory must agree: dhat's, the tables' and the operators'.
#[tripline::test]
fn fraud_team(probe: &Probe) {
    let pipeline = payments::pipeline();
    let payments = Payments::new(&pipeline, EVENTS);
    probe.entities("entity", payments.entities(&pipeline));
    let tables = probe.measure(|| payments.feed(&pipeline));
    probe.report("table_bytes", tables.bytes());
    probe.report("operator_bytes", payments::operator_bytes(&tables));
}

/// Makes a workload of each table alone, by its entities: users, cards, devices, addresses, merchants.
macro_rules! tables {
    ($($test:ident: $table:literal,)*) => {
        mod table {
            use tripline::Probe;

            $(#[tripline::test]
            fn $test(probe: &Probe) {
                super::table(probe, $table);
            })*
        }
    };
}

tables! {
    txn_by_card: "TxnByCard",
    txn_by_device: "TxnByDevice",
    txn_by_ip: "TxnByIp",
    txn_by_merchant: "TxnByMerchant",
    txn_by_user: "TxnByUser",
}

fn table(probe: &Probe, name: &str) {
    let pipeline = payments::table(name);
    let payments = Payments::new(&pipeline, EVENTS);
    let entities = payments.entities(&pipeline);
    probe.entities("entity", entities);
    let tables = probe.measure(|| payments.feed(&pipeline));
    assert_eq!(payments::found(&tables), entities);
}

/// The memory that a user adds. Each makes the same three payments.
#[tripline::test]
fn users(probe: &Probe) {
    let users = probe.scale([500, 1_000, 2_000]);
    let pipeline = payments::table("TxnByUser");
    let payments = Payments::of_each(&pipeline, users, 3);
    assert_eq!(payments.entities(&pipeline), users);
    probe.entities("user", users);
    let tables = probe.measure(|| payments.feed(&pipeline));
    assert_eq!(payments::found(&tables), users);
}

/// Each operator in one entity that gets every event, a phase each. Live memory at a phase's end is that operator's
/// slot, which is boxed here, and all memory behind it. Where features share an operator, the costliest counts.
#[tripline::test]
fn operators(probe: &Probe) {
    let pipeline = payments::pipeline();
    let payments = Payments::new(&pipeline, EVENTS);
    let features = costliest(&pipeline, &payments);
    let last = probe.measure(|| {
        let mut last: Option<Box<AggOp>> = None;
        for feature in features {
            probe.phase(feature.op.name());
            // Two states must not live at once.
            drop(last.take());
            last = Some(Box::new(payments.slot(feature)));
        }
        last
    });
    assert!(last.is_some());
}

/// The endpoint's figure for the entity at the 99th percentile, over HTTP, beside that entity's real memory.
#[tripline::test]
fn endpoint(probe: &Probe) -> std::io::Result<()> {
    let pipeline = payments::table("TxnByUser");
    let payments = Payments::new(&pipeline, EVENTS);
    let user = payments.key_at(&pipeline, 99);
    let (entity, tables) = probe.measure(|| {
        probe.phase("p99");
        let entity = payments.entity(&pipeline, &user);
        probe.phase("tables");
        (entity, payments.feed(&pipeline))
    });
    assert_eq!(entity.len(), pipeline.tables[0].features.len());
    let server = Server::bind(payments::ANY_PORT, Sampler::new(&tables).published())?;
    let said = scrape(server.local_addr(), "bytes_per_entity_p99{table=\"TxnByUser\"}")?;
    probe.report("bytes_per_entity_p99", said);
    server.stop()
}
