//! All tables of a pipeline.

use crate::event::Event;
use crate::pipeline::{EventKind, Pipeline};
use crate::table::Table;

/// All memory of a feature server. Features are the pipeline's, and shared.
#[derive(Debug)]
pub struct Tables<'p>(Box<[Table<'p>]>);

impl<'p> Tables<'p> {
    #[must_use]
    pub fn new(pipeline: &'p Pipeline) -> Self {
        Self(pipeline.tables.iter().map(Table::new).collect())
    }

    /// Takes an event into every table of its kind. The kind's schema gives the order of its values.
    pub fn ingest(&mut self, kind: EventKind, event: &Event<'_>) {
        for table in &mut self.0 {
            if table.spec().event == kind {
                table.ingest(event);
            }
        }
    }

    /// Returns the tables in the pipeline's order.
    pub fn iter(&self) -> impl Iterator<Item = &Table<'p>> {
        self.0.iter()
    }

    /// Returns all bytes that the tables allocate: slots, the heap behind them, and each table's index.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let table = |table: &Table<'_>| {
            let slots = table.stack_per_entity() * table.entities() as u64;
            slots + table.audit(1).heap() + table.index().bytes()
        };
        self.0.iter().map(table).sum()
    }
}
