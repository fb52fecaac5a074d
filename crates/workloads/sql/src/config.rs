//! How the engine is opened.

use std::time::Duration;

use crate::Mode;

/// How long a connection of the run phase lives. It matters: connecting costs the engine
/// about 110 blocks under WAL and 4 300 under MVCC, where every connection reads the schema
/// for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// For one transaction: every batch connects anew, as the engine's own benchmark does.
    Batch,
    /// As long as the bench, as in a pool.
    Bench,
}

/// Where the engine keeps a connection's temporary database. Under MVCC it makes one for
/// every connection that begins a concurrent transaction, used or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TempStore {
    /// In a file under `TMPDIR`, the engine's default. Every such file leaves 456 B in the
    /// engine's registry of databases, unless the file system gives its inode number to a
    /// later one: ext4 mostly does, tmpfs never. Figures then depend on the file system.
    Disk,
    /// In memory: nothing is left, and the figures of a current-thread runtime are exact.
    Memory,
}

/// The engine's settings, the same for every profile.
#[derive(Debug, Clone)]
pub struct Config {
    /// Journal mode, set once for the database.
    pub mode: Mode,
    /// Connections that work at the same time in the run phase.
    pub connections: usize,
    /// How long each of them lives.
    pub lifetime: Lifetime,
    /// For how long a connection waits for another's lock before it gives up.
    pub busy_timeout: Duration,
    /// Page cache of each connection, in pages (negative: in KiB); `None` keeps the
    /// engine's default. The engine raises anything below its minimum to that minimum.
    pub cache_size: Option<i64>,
    /// Where temporary databases go.
    pub temp_store: TempStore,
}

impl Config {
    /// `connections` connections in `mode`, each for one batch, 30 s of patience,
    /// everything else as the engine has it.
    pub fn new(mode: Mode, connections: usize) -> Self {
        Self {
            mode,
            connections,
            lifetime: Lifetime::Batch,
            busy_timeout: Duration::from_secs(30),
            cache_size: None,
            temp_store: TempStore::Disk,
        }
    }
}
