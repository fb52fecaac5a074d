//! The files of one database.

use std::io;
use std::path::{Path, PathBuf};

/// The files of a database. The log of MVCC replaces the extension of the
/// database, so databases that differ only in it collide: give each a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The database itself.
    pub db: PathBuf,
    /// The write-ahead log. MVCC has one too, for its checkpoints.
    pub wal: PathBuf,
    /// The logical log, under MVCC only.
    pub log: PathBuf,
}

impl Files {
    /// Names the files of the database at `path`.
    pub fn of(path: &Path) -> Self {
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        Self { db: path.to_owned(), wal: wal.into(), log: path.with_extension("db-log") }
    }

    /// Returns the length of `file` in bytes, or `None` if there is no such file.
    pub fn len(file: &Path) -> io::Result<Option<u64>> {
        match file.metadata() {
            Ok(metadata) => Ok(Some(metadata.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_replaces_the_extension_and_the_wal_does_not() {
        let files = Files::of(Path::new("/t/bench.db"));
        assert_eq!(files.wal, Path::new("/t/bench.db-wal"));
        assert_eq!(files.log, Path::new("/t/bench.db-log"));
    }
}
