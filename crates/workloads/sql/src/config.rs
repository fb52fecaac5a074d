//! The engine's settings.

use std::time::Duration;

use crate::Mode;

/// The lifetime of a connection in the run phase. It matters: connecting costs the engine
/// about 110 blocks under WAL and 4 300 under MVCC, where every connection reads the schema
/// for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// One transaction: every batch connects anew, as the engine's own benchmark does.
    Batch,
    /// The bench's own lifetime, as in a pool.
    Bench,
}

/// The place of a connection's temporary database. Under MVCC the engine makes one for
/// every connection that begins a concurrent transaction, used or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TempStore {
    /// A file under `TMPDIR`, the engine's default. Every such file leaves 456 B in the
    /// engine's registry of databases, unless the file system gives its inode number to a
    /// later one: ext4 mostly does, tmpfs never. Figures then depend on the file system.
    Disk,
    /// Memory. Nothing is left, and the figures of a current-thread runtime are exact.
    Memory,
}

/// The engine's settings, the same for every profile.
#[derive(Debug, Clone)]
pub struct Config {
    /// The journal mode, set once for the database.
    pub mode: Mode,
    /// Connections that work at the same time in the run phase.
    pub connections: usize,
    /// The lifetime of each of them.
    pub lifetime: Lifetime,
    /// The longest wait for another connection's lock.
    pub busy_timeout: Duration,
    /// The page cache of each connection, in pages (negative: in KiB). `None` keeps the
    /// engine's default. The engine raises anything below its minimum to that minimum.
    pub cache_size: Option<i64>,
    /// The place of temporary databases.
    pub temp_store: TempStore,
}

impl Config {
    /// Sets `connections` connections in `mode`, each for one batch, and a wait of 30 s. All
    /// else is the engine's default.
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
