//! How much a profile does.

/// The size of a run. The same load gives the same statements, value for value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Transactions per connection.
    pub iterations: u64,
    /// Statements per transaction.
    pub batch_size: u64,
    /// Rows that a reading profile finds when its run begins; insert-heavy seeds none.
    pub seed_rows: u64,
    /// Of the generator that picks which rows are read.
    pub seed: u64,
}

impl Load {
    /// What the reading profiles seed unless a load says otherwise, in rows.
    pub const SEED_ROWS: u64 = 10_000;

    /// `iterations` transactions of `batch_size` statements on every connection.
    pub fn new(iterations: u64, batch_size: u64) -> Self {
        Self { iterations, batch_size, seed_rows: Self::SEED_ROWS, seed: 0 }
    }

    /// The same load on a table of `rows` seeded rows.
    pub fn seed_rows(self, rows: u64) -> Self {
        Self { seed_rows: rows, ..self }
    }

    /// Statements that `connections` connections run in all.
    pub fn statements(&self, connections: usize) -> u64 {
        self.iterations * self.batch_size * connections as u64
    }
}
