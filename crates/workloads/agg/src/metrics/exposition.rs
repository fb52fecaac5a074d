//! Formats snapshots as text that Prometheus reads.

use std::fmt;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, text};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use super::snapshot::{Snapshot, TableSnapshot};

pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) fn render(snapshot: Arc<Snapshot>) -> Result<String, fmt::Error> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Metrics(snapshot)));
    let mut out = String::new();
    text::encode(&mut out, &registry)?;
    Ok(out)
}

#[derive(Debug)]
struct Metrics(Arc<Snapshot>);

/// A gauge for each table: its name, its help text, and its value, if there is one.
type Gauge = (&'static str, &'static str, fn(&TableSnapshot) -> Option<u64>);

const GAUGES: [Gauge; 7] = [
    (
        "bytes_per_entity_p50",
        "Slots and heap of the median entity, nearest rank. Of all entities of a table that has at most 4096; else \
         of every n-th, n such that at most 4096 are looked at.",
        |table| table.bytes_per_entity_p50,
    ),
    (
        "bytes_per_entity_p99",
        "Slots and heap of the entity at the 99th percentile, nearest rank, of the same entities.",
        |table| table.bytes_per_entity_p99,
    ),
    ("entities", "Values of the key that were seen.", |table| Some(table.entities)),
    ("sampled_entities", "Entities that the figures in bytes are from.", |table| {
        Some(table.sampled)
    }),
    ("stack_bytes", "Slots of all entities.", |table| Some(table.stack_bytes)),
    (
        "heap_bytes",
        "Heap behind the slots of all entities: exact where all were looked at, else scaled up from the sample.",
        |table| Some(table.heap_bytes),
    ),
    ("index_bytes", "The table, its map and its keys, exact.", |table| Some(table.index_bytes)),
];

impl Collector for Metrics {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        for (name, help, value) in GAUGES {
            self.gauge(&mut encoder, name, help, value)?;
        }
        self.operators(&mut encoder)?;
        self.events(&mut encoder)
    }
}

impl Metrics {
    fn gauge(
        &self,
        encoder: &mut DescriptorEncoder<'_>,
        name: &str,
        help: &str,
        value: fn(&TableSnapshot) -> Option<u64>,
    ) -> fmt::Result {
        let kind = ConstGauge::new(0_u64).metric_type();
        let mut metric = encoder.encode_descriptor(name, help, None, kind)?;
        for table in &self.0.tables {
            if let Some(value) = value(table) {
                let labels = [("table", table.table.as_str())];
                ConstGauge::new(value).encode(metric.encode_family(&labels)?)?;
            }
        }
        Ok(())
    }

    fn operators(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let help = "Heap behind the slots of an operator, as heap_bytes.";
        let kind = ConstGauge::new(0_u64).metric_type();
        let mut metric = encoder.encode_descriptor("operator_heap_bytes", help, None, kind)?;
        for table in &self.0.tables {
            for (operator, heap) in &table.operators {
                let labels = [("table", table.table.as_str()), ("operator", *operator)];
                ConstGauge::new(*heap).encode(metric.encode_family(&labels)?)?;
            }
        }
        Ok(())
    }

    fn events(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let kind = ConstCounter::new(0_u64).metric_type();
        let mut metric = encoder.encode_descriptor("events", "Events taken in.", None, kind)?;
        for table in &self.0.tables {
            let labels = [("table", table.table.as_str())];
            ConstCounter::new(table.events).encode(metric.encode_family(&labels)?)?;
        }
        Ok(())
    }
}
