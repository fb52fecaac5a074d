//! The commit that a checkout is at, read from git's own files.
//!
//! No program is started. Each test that publishes asks this, and where tests run git may not be
//! installed, or may refuse a folder of another user's, as in a container. The tool asks the same way, so
//! that a test and the tool never differ over one checkout.
//!
//! Deliberately absent: whatever needs git's objects, such as whether a file was changed since; and refs
//! that are kept as a reftable, whose checkouts are at no known commit.

use std::fs;
use std::path::{Path, PathBuf};

/// The most names that a ref may have on its way to a commit, which is git's own limit.
const NAMES: usize = 5;

/// Returns the commit of the checkout that holds `folder`, in hex digits.
///
/// `None` outside of git, before the first commit, and where git's files cannot be read.
#[must_use]
pub fn commit_of(folder: &Path) -> Option<String> {
    let git = folder.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    GitFolder::open(&git)?.head()
}

struct GitFolder {
    /// The folder of this work tree alone, with `HEAD`.
    own: PathBuf,
    /// The folder that all work trees of the repository share, with branches and tags.
    common: PathBuf,
}

impl GitFolder {
    /// `git` is the folder itself, or the file that stands for it in a further work tree or a submodule.
    fn open(git: &Path) -> Option<Self> {
        let own = if git.is_file() {
            git.parent()?.join(read(git)?.strip_prefix("gitdir:")?.trim())
        } else {
            git.to_owned()
        };
        let common = match read(&own.join("commondir")) {
            Some(path) => own.join(path),
            None => own.clone(),
        };
        Some(Self { own, common })
    }

    fn head(&self) -> Option<String> {
        let mut name = "HEAD".to_owned();
        for _ in 0..=NAMES {
            let value = self.loose(&name).or_else(|| self.packed(&name))?;
            match value.strip_prefix("ref:") {
                Some(next) => name = next.trim().to_owned(),
                None => return is_commit(&value).then_some(value),
            }
        }
        None
    }

    fn loose(&self, name: &str) -> Option<String> {
        read(&self.own.join(name)).or_else(|| read(&self.common.join(name)))
    }

    /// A line is `<commit> <name>`; comments and the commits that tags lead to have another form.
    fn packed(&self, name: &str) -> Option<String> {
        let refs = read(&self.common.join("packed-refs"))?;
        let mut lines = refs.lines().filter_map(|line| line.split_once(' '));
        lines.find(|(_, packed)| *packed == name).map(|(commit, _)| commit.to_owned())
    }
}

fn read(file: &Path) -> Option<String> {
    fs::read_to_string(file).ok().map(|text| text.trim_end().to_owned())
}

/// Returns `true` if `text` is a SHA-1 or a SHA-256 in hex digits.
fn is_commit(text: &str) -> bool {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    matches!(text.len(), 40 | 64) && text.bytes().all(is_hex)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    const ONE: &str = "1111111111111111111111111111111111111111";
    const TWO: &str = "2222222222222222222222222222222222222222";

    /// A checkout whose files are `files`, and the commit that `folder` in it is at.
    fn commit_at(folder: &str, files: &[(&str, &str)]) -> Option<String> {
        let dir = TempDir::new().unwrap();
        fs::create_dir_all(dir.path().join(folder)).unwrap();
        for (path, text) in files {
            let file = dir.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        commit_of(&dir.path().join(folder))
    }

    fn commit(files: &[(&str, &str)]) -> Option<String> {
        commit_at("", files)
    }

    #[test]
    fn a_detached_head_is_the_commit() {
        assert_eq!(commit(&[(".git/HEAD", &format!("{ONE}\n"))]).as_deref(), Some(ONE));
        let sha256 = format!("{ONE}{}", &ONE[..24]);
        assert_eq!(commit(&[(".git/HEAD", &sha256)]), Some(sha256));
    }

    #[test]
    fn a_branch_is_a_file() {
        let head = (".git/HEAD", "ref: refs/heads/main\n");
        assert_eq!(commit(&[head, (".git/refs/heads/main", ONE)]).as_deref(), Some(ONE));
        assert_eq!(commit(&[head, (".git/refs/heads/other", ONE)]), None);
    }

    #[test]
    fn a_branch_is_a_line_unless_it_is_a_file_too() {
        let head = (".git/HEAD", "ref: refs/heads/main\n");
        let packed = format!(
            "# pack-refs with: peeled fully-peeled sorted\n{TWO} refs/heads/other\n\
             {ONE} refs/heads/main\n{TWO} refs/tags/v1\n^{ONE}\n"
        );
        let packed = (".git/packed-refs", packed.as_str());
        assert_eq!(commit(&[head, packed]).as_deref(), Some(ONE));
        let newer = (".git/refs/heads/main", TWO);
        assert_eq!(commit(&[head, packed, newer]).as_deref(), Some(TWO));
    }

    #[test]
    fn a_branch_may_stand_for_another_and_not_for_itself() {
        let head = (".git/HEAD", "ref: refs/heads/a\n");
        let to = |text| (".git/refs/heads/a", text);
        let other = (".git/refs/heads/b", ONE);
        assert_eq!(commit(&[head, to("ref: refs/heads/b\n"), other]).as_deref(), Some(ONE));
        assert_eq!(commit(&[head, to("ref: refs/heads/a\n")]), None);
    }

    #[test]
    fn the_checkout_is_looked_for_upwards() {
        let head = (".git/HEAD", ONE);
        assert_eq!(commit_at("crates/a", &[head]).as_deref(), Some(ONE));
        let nearer = ("crates/.git/HEAD", TWO);
        assert_eq!(commit_at("crates/a", &[head, nearer]).as_deref(), Some(TWO));
    }

    #[test]
    fn a_further_work_tree_has_its_own_head_and_the_common_branches() {
        let files = [
            ("main/.git/HEAD", "ref: refs/heads/main"),
            ("main/.git/refs/heads/main", ONE),
            ("main/.git/refs/heads/topic", TWO),
            ("main/.git/worktrees/tree/HEAD", "ref: refs/heads/topic\n"),
            ("main/.git/worktrees/tree/commondir", "../..\n"),
            ("tree/.git", "gitdir: ../main/.git/worktrees/tree\n"),
        ];
        assert_eq!(commit_at("tree", &files).as_deref(), Some(TWO));
        assert_eq!(commit_at("main", &files).as_deref(), Some(ONE));
    }

    #[test]
    fn what_cannot_be_read_is_at_no_known_commit() {
        assert_eq!(commit(&[]), None);
        assert_eq!(commit(&[(".git/HEAD", "")]), None);
        assert_eq!(commit(&[(".git/HEAD", &ONE[1..])]), None);
        assert_eq!(commit(&[(".git/HEAD", &ONE.replace('1', "g"))]), None);
        assert_eq!(commit(&[(".git", "gitdir: nowhere\n")]), None);
        assert_eq!(commit(&[(".git", "what is this\n")]), None);
        // As git leaves it beside a reftable.
        assert_eq!(commit(&[(".git/HEAD", "ref: refs/heads/.invalid\n")]), None);
    }
}
