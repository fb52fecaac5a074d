//! The size of a profile's run.

/// The size of a run. The same load gives the same statements, value for value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Transactions per connection.
    pub iterations: u64,
    /// Statements per transaction.
    pub batch_size: u64,
    /// Rows that are there when a reading profile's run begins; insert-heavy seeds none.
    pub seed_rows: u64,
    /// The seed of the generator that picks rows to read.
    pub seed: u64,
}

impl Load {
    /// Rows that a reading profile seeds unless a load says otherwise.
    pub const SEED_ROWS: u64 = 10_000;

    /// Sets `iterations` transactions of `batch_size` statements on every connection.
    pub fn new(iterations: u64, batch_size: u64) -> Self {
        Self { iterations, batch_size, seed_rows: Self::SEED_ROWS, seed: 0 }
    }

    /// Returns the same load on a table of `rows` seeded rows.
    pub fn seed_rows(self, rows: u64) -> Self {
        Self { seed_rows: rows, ..self }
    }

    /// Returns the statements that `connections` connections run in all.
    pub fn statements(&self, connections: usize) -> u64 {
        self.iterations * self.batch_size * connections as u64
    }
}
