//! The fraud team's payments, made once, and the tables that the aggregator makes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};

use workload_agg::{
    AggOp, Event, EventKind, Feature, Footprint, Generator, Parts, Pipeline, Table, TableSpec,
    Tables, Value, nearest_rank,
};

pub(crate) const ANY_PORT: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0));

/// Returns the fraud team's whole configuration.
pub(crate) fn pipeline() -> Pipeline {
    Pipeline::fraud_team().expect("the crate's own configuration")
}

/// Returns the configuration with one of its tables.
pub(crate) fn table(name: &str) -> Pipeline {
    let mut pipeline = pipeline();
    pipeline.tables.retain(|table| table.name == name);
    assert_eq!(pipeline.tables.len(), 1, "there is no table {name}");
    pipeline
}

/// Events that outlive the region they are used in.
pub(crate) struct Payments {
    kind: EventKind,
    events: Vec<(u64, Vec<Value>)>,
}

impl Payments {
    pub(crate) fn new(pipeline: &Pipeline, count: usize) -> Self {
        let mut generator = Generator::new(pipeline).expect("the configuration has payments");
        let mut next = || {
            let event = generator.next_event();
            (event.at, event.values.to_vec())
        };
        let events = (0..count).map(|_| next()).collect();
        Self { kind: generator.kind(), events }
    }

    /// Makes the same `count` payments again and again, by one user after the other.
    pub(crate) fn of_each(pipeline: &Pipeline, users: u64, count: usize) -> Self {
        let Self { kind, events } = Self::new(pipeline, count);
        let key = pipeline.tables[0].key;
        let of_user = |user: u64| {
            let mut events = events.clone();
            for (_, values) in &mut events {
                values[key] = Value::Str(format!("k{user:08}").into());
            }
            events
        };
        Self { kind, events: (0..users).flat_map(of_user).collect() }
    }

    fn events(&self) -> impl Iterator<Item = Event<'_>> {
        self.events.iter().map(|(at, values)| Event { at: *at, values })
    }

    /// Returns the number of entities that the pipeline's tables will have, together.
    pub(crate) fn entities(&self, pipeline: &Pipeline) -> u64 {
        let of_table = |table: &TableSpec| {
            let keys: BTreeSet<_> = self.events().map(|event| key(&event, table)).collect();
            keys.len() as u64
        };
        pipeline.tables.iter().filter(|table| table.event == self.kind).map(of_table).sum()
    }

    /// Returns all tables, with every event in them.
    pub(crate) fn feed<'p>(&self, pipeline: &'p Pipeline) -> Tables<'p> {
        let mut tables = Tables::new(pipeline);
        self.events().for_each(|event| tables.ingest(self.kind, &event));
        tables
    }

    /// Returns a feature's state, with every event in it.
    pub(crate) fn slot(&self, feature: &Feature) -> AggOp {
        let mut slot = AggOp::new(feature);
        self.events().for_each(|event| slot.update(feature, &event));
        slot
    }

    /// Returns the slots of the pipeline's first table for one value of its key.
    pub(crate) fn entity(&self, pipeline: &Pipeline, key: &str) -> Box<[AggOp]> {
        let table = &pipeline.tables[0];
        let mut slots: Box<[AggOp]> = table.features.iter().map(AggOp::new).collect();
        for event in self.events().filter(|event| self::key(event, table) == key) {
            for (slot, feature) in slots.iter_mut().zip(&table.features) {
                slot.update(feature, &event);
            }
        }
        slots
    }

    /// Returns the key of the entity at a percentile of the first table, by nearest rank.
    pub(crate) fn key_at(&self, pipeline: &Pipeline, percent: usize) -> String {
        let tables = self.feed(pipeline);
        let table = tables.iter().next().expect("one table");
        let mut costs: Vec<_> = table.iter().map(|(key, slots)| (heap(slots), key)).collect();
        costs.sort_unstable();
        let ranked: Vec<_> = costs.iter().map(|(cost, _)| *cost).collect();
        let at = nearest_rank(&ranked, percent).expect("entities");
        let (_, key) = costs.iter().find(|(cost, _)| *cost == at).expect("one that costs that");
        (*key).to_owned()
    }
}

/// Returns the key of the event's entity.
fn key<'e>(event: &Event<'e>, table: &TableSpec) -> &'e str {
    match &event.values[table.key] {
        Value::Str(key) => key,
        other => panic!("{other:?} is the key of nobody"),
    }
}

/// Returns the costliest feature of each operator that payments reach, by the operator's name.
pub(crate) fn costliest<'p>(pipeline: &'p Pipeline, payments: &Payments) -> Vec<&'p Feature> {
    let reached = pipeline.tables.iter().filter(|table| table.event == payments.kind);
    let mut costliest = BTreeMap::<_, (u64, &Feature)>::new();
    for feature in reached.flat_map(|table| &table.features) {
        let cost = heap(&[payments.slot(feature)]);
        let known = costliest.entry(feature.op.name()).or_insert((cost, feature));
        if cost > known.0 {
            *known = (cost, feature);
        }
    }
    costliest.into_values().map(|(_, feature)| feature).collect()
}

/// Returns the heap behind slots.
fn heap(slots: &[AggOp]) -> u64 {
    let mut parts = Parts::default();
    slots.iter().for_each(|slot| slot.add_to(&mut parts));
    parts.bytes()
}

/// Returns the number of entities of the tables.
pub(crate) fn found(tables: &Tables<'_>) -> u64 {
    tables.iter().map(|table| table.entities() as u64).sum()
}

/// Returns the memory of every operator's slots, of the heap behind them, and of finding them.
pub(crate) fn operator_bytes(tables: &Tables<'_>) -> u64 {
    let of_table = |table: &Table<'_>| {
        let mut operators = BTreeMap::<&str, u64>::new();
        for (_, slots) in table.iter() {
            for (slot, feature) in slots.iter().zip(&table.spec().features) {
                let bytes = size_of_val(slot) as u64 + heap(std::slice::from_ref(slot));
                *operators.entry(feature.op.name()).or_default() += bytes;
            }
        }
        operators.values().sum::<u64>() + table.index().bytes()
    };
    tables.iter().map(of_table).sum()
}

/// Fetches a figure of `/metrics` by its name and labels, over HTTP.
pub(crate) fn scrape(address: SocketAddr, name: &str) -> io::Result<u64> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET /metrics HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let line = answer.lines().find_map(|line| line.strip_prefix(name));
    let figure = line.and_then(|figure| figure.trim().parse().ok());
    figure.ok_or_else(|| io::Error::other(format!("no {name} in:\n{answer}")))
}
