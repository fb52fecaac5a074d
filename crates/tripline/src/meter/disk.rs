//! Measures the length of a file, or of all files in a folder.

use std::io;
use std::path::Path;

/// Returns the length of a file, or of a folder's files at any depth, in bytes. Links inside a folder are not
/// followed. A missing path is an error.
pub(crate) fn length(path: &Path) -> io::Result<u64> {
    let metadata = path.metadata()?;
    if metadata.is_dir() { folder_length(path) } else { Ok(metadata.len()) }
}

fn folder_length(folder: &Path) -> io::Result<u64> {
    let mut total = 0;
    for entry in folder.read_dir()? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            total += folder_length(&entry.path())?;
        } else if kind.is_file() {
            total += entry.metadata()?.len();
        }
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_folder_is_the_sum_of_its_files() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        std::fs::create_dir(dir.path().join("sub"))?;
        std::fs::write(dir.path().join("a"), [0; 10])?;
        std::fs::write(dir.path().join("sub/b"), [0; 5])?;
        assert_eq!(length(dir.path())?, 15);
        assert_eq!(length(&dir.path().join("a"))?, 10);
        Ok(())
    }

    #[test]
    fn a_missing_path_is_an_error() {
        assert!(length("/nonexistent/path".as_ref()).is_err());
    }
}
