//! Files that are written whole or not at all.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

/// Writes `text` to a file beside `path` and renames it.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let name = path.file_name().context("no file name")?.to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, path));
    if written.is_err() {
        // The error above is the one that matters.
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("failed to write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = std::env::temp_dir().join(format!("whole-file-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.md");
        for text in ["one", "two"] {
            write(&path, text).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        let count = folder.read_dir().unwrap().count();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(count, 1);
    }
}
