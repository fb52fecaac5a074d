//! The memory of the tables, added up. Field names are the keys of the JSON report; all sizes are bytes.

use std::collections::BTreeMap;

use serde::Serialize;
use workload_agg::{Audit, Pipeline, Table, Tables, nearest_rank};

use crate::advice::Advice;
use crate::process::Process;

#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// The version of these keys.
    pub(crate) schema: u32,
    pub(crate) workload: String,
    pub(crate) events: u64,
    /// The tables in the configuration's order.
    pub(crate) tables: Vec<TableRow>,
    /// The operators, the dearest first.
    pub(crate) operators: Vec<OperatorRow>,
    pub(crate) coherence: Coherence,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) process: Option<Process>,
}

#[derive(Debug, Serialize)]
pub(crate) struct TableRow {
    pub(crate) table: String,
    pub(crate) event: String,
    pub(crate) key: String,
    pub(crate) features: usize,
    pub(crate) events: u64,
    pub(crate) entities: u64,
    /// The slots' bytes, the same for every entity.
    pub(crate) stack_per_entity: u64,
    /// None if the table has no entities.
    pub(crate) heap_per_entity: Option<Spread>,
    /// The feature with the most heap, if any has some.
    pub(crate) top: Option<Top>,
    pub(crate) stack_bytes: u64,
    pub(crate) heap_bytes: u64,
    /// All bytes that are neither slots nor behind them, by data structure.
    pub(crate) index: BTreeMap<&'static str, u64>,
    pub(crate) total_bytes: u64,
}

/// Percentiles by the nearest rank.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Spread {
    pub(crate) p50: u64,
    pub(crate) p99: u64,
    pub(crate) max: u64,
}

#[derive(Debug, Serialize)]
pub(crate) struct Top {
    pub(crate) feature: String,
    pub(crate) operator: &'static str,
    /// Its slots and the heap behind them.
    pub(crate) bytes: u64,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct OperatorRow {
    pub(crate) operator: &'static str,
    /// The number of its features.
    pub(crate) features: u64,
    /// The number of slots: one for each feature of each entity.
    pub(crate) slots: u64,
    pub(crate) stack_bytes: u64,
    pub(crate) heap_bytes: u64,
    pub(crate) total_bytes: u64,
    /// The heap that would be there if each slot had as little as the slot of its feature with the least.
    pub(crate) alike_bytes: u64,
    /// The heap by data structure.
    pub(crate) structures: BTreeMap<&'static str, u64>,
    pub(crate) advice: Advice,
}

/// The same bytes, added up in two ways.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Coherence {
    pub(crate) operators_stack_bytes: u64,
    pub(crate) operators_heap_bytes: u64,
    pub(crate) index_bytes: u64,
    pub(crate) tables_bytes: u64,
}

impl Report {
    pub(crate) fn new(
        workload: &str,
        events: u64,
        pipeline: &Pipeline,
        tables: &Tables<'_>,
    ) -> Self {
        let audits: Vec<_> = tables.iter().map(|table| (table, table.audit(1))).collect();
        let tables: Vec<_> =
            audits.iter().map(|(table, audit)| TableRow::new(pipeline, table, audit)).collect();
        let operators = operators(&audits);
        Self {
            schema: 1,
            workload: workload.to_owned(),
            events,
            coherence: Coherence::new(&tables, &operators),
            tables,
            operators,
            process: None,
        }
    }
}

impl TableRow {
    fn new(pipeline: &Pipeline, table: &Table<'_>, audit: &Audit) -> Self {
        let spec = table.spec();
        let entities = table.entities() as u64;
        let stack_bytes = table.stack_per_entity() * entities;
        let index = table.index();
        Self {
            table: spec.name.clone(),
            event: pipeline.schema(spec.event).name.clone(),
            key: pipeline.key(spec).to_owned(),
            features: spec.features.len(),
            events: table.events(),
            entities,
            stack_per_entity: table.stack_per_entity(),
            heap_per_entity: Spread::new(&audit.entities),
            top: top(table, audit),
            stack_bytes,
            heap_bytes: audit.heap(),
            index: index.iter().collect(),
            total_bytes: stack_bytes + audit.heap() + index.bytes(),
        }
    }
}

impl Spread {
    fn new(ascending: &[u64]) -> Option<Self> {
        let rank = |percent| nearest_rank(ascending, percent);
        Some(Self { p50: rank(50)?, p99: rank(99)?, max: rank(100)? })
    }
}

/// Returns the first of the features with the most heap.
fn top(table: &Table<'_>, audit: &Audit) -> Option<Top> {
    let features = table.spec().features.iter().zip(&audit.features).rev();
    let (feature, found) = features.max_by_key(|(_, found)| found.heap)?;
    let slots = (table.entities() * size_of::<workload_agg::AggOp>()) as u64;
    (found.heap > 0).then(|| Top {
        feature: feature.name.clone(),
        operator: feature.op.name(),
        bytes: slots + found.heap,
    })
}

fn operators(audits: &[(&Table<'_>, Audit)]) -> Vec<OperatorRow> {
    let mut rows = BTreeMap::<_, OperatorRow>::new();
    for (table, audit) in audits {
        for (feature, found) in table.spec().features.iter().zip(&audit.features) {
            let operator = feature.op.name();
            let row = rows.entry(operator).or_insert_with(|| OperatorRow::named(operator));
            row.add(table.entities() as u64, found);
        }
    }
    let mut rows: Vec<_> = rows.into_values().map(OperatorRow::advised).collect();
    // The sort is stable: of equals the first by name comes first.
    rows.sort_by_key(|row| std::cmp::Reverse(row.total_bytes));
    rows
}

impl OperatorRow {
    fn named(operator: &'static str) -> Self {
        Self { operator, ..Self::default() }
    }

    fn add(&mut self, slots: u64, found: &workload_agg::FeatureAudit) {
        self.features += 1;
        self.slots += slots;
        self.stack_bytes += slots * size_of::<workload_agg::AggOp>() as u64;
        self.heap_bytes += found.heap;
        self.total_bytes = self.stack_bytes + self.heap_bytes;
        self.alike_bytes += found.least * slots;
        for (structure, bytes) in found.parts.iter() {
            *self.structures.entry(structure).or_default() += bytes;
        }
    }

    fn advised(mut self) -> Self {
        self.advice = Advice::new(self.stack_bytes, self.heap_bytes, self.alike_bytes);
        self
    }
}

impl Coherence {
    fn new(tables: &[TableRow], operators: &[OperatorRow]) -> Self {
        Self {
            operators_stack_bytes: operators.iter().map(|row| row.stack_bytes).sum(),
            operators_heap_bytes: operators.iter().flat_map(|row| row.structures.values()).sum(),
            index_bytes: tables.iter().flat_map(|row| row.index.values()).sum(),
            tables_bytes: tables.iter().map(|row| row.total_bytes).sum(),
        }
    }

    /// Returns Σ operators and index.
    pub(crate) fn parts_bytes(&self) -> u64 {
        self.operators_stack_bytes + self.operators_heap_bytes + self.index_bytes
    }

    pub(crate) fn holds(&self) -> bool {
        self.parts_bytes() == self.tables_bytes
    }
}
