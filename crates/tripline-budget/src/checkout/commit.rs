//! The commit that a checkout is at.
//!
//! Each test that publishes asks this, and the tool asks the same way, so that a test and the tool never differ over
//! one checkout. git's own files are read first: where tests run git may not be installed, or may refuse a folder of
//! another user's, as in a container. Whatever they do not say git is asked for: refs that are kept as a reftable, a
//! repository that a variable names.
//!
//! A commit that neither knows is unknown. Deliberately absent: whether a file was changed since.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::protocol::variables::COMMIT;

/// The most names that a ref may have on its way to a commit, which is git's own limit.
const NAMES: usize = 5;

/// Variables that name another repository than the one that a folder lies in.
const ELSEWHERE: [&str; 2] = ["GIT_DIR", "GIT_COMMON_DIR"];

/// A reason why nobody knows the commit.
#[derive(Debug)]
pub enum UnknownCommit {
    /// The variable that states it is no text.
    NoText,
    /// git could not be started.
    NoGit(std::io::Error),
    /// git does not say it, but this.
    Refused(String),
}

impl fmt::Display for UnknownCommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => write!(f, "{COMMIT} is not UTF-8"),
            Self::NoGit(error) => write!(f, "failed to start git: {error}"),
            Self::Refused(text) => write!(f, "git says {text:?}"),
        }
    }
}

/// Returns the commit of the checkout that holds `folder`, in hex digits, or the name that a variable gives the sources.
///
/// # Errors
///
/// Outside of git, before the first commit, and where git refuses to say it.
pub fn commit_of(folder: &Path) -> Result<String, UnknownCommit> {
    if let Some(stated) = variable(COMMIT) {
        return stated.into_string().map_err(|_| UnknownCommit::NoText);
    }
    let here = ELSEWHERE.into_iter().all(|name| variable(name).is_none());
    match here.then(|| commit_in_files(folder)).flatten() {
        Some(commit) => Ok(commit),
        None => commit_of_git(folder),
    }
}

/// Returns `true` if a variable names the sources, in place of git.
#[must_use]
pub fn is_commit_stated() -> bool {
    variable(COMMIT).is_some()
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn commit_of_git(folder: &Path) -> Result<String, UnknownCommit> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["rev-parse", "--verify", "HEAD^{commit}"]);
    let output = git.env("LC_ALL", "C").stdin(Stdio::null()).output();
    let output = output.map_err(UnknownCommit::NoGit)?;
    let said = String::from_utf8_lossy(&output.stdout);
    match said.trim_end() {
        commit if output.status.success() && is_commit(commit) => Ok(commit.to_owned()),
        _ => {
            let reason = String::from_utf8_lossy(&output.stderr);
            Err(UnknownCommit::Refused(reason.lines().next().unwrap_or_default().to_owned()))
        }
    }
}

/// Returns what git's files say; `None` if they do not say it.
fn commit_in_files(folder: &Path) -> Option<String> {
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
        commit_in_files(&dir.path().join(folder))
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

    fn git(folder: &Path, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@b"]);
        git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env_remove("GIT_DIR");
        let output = git.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Returns a repository with a commit, made with options of `git init`.
    fn repository(options: &[&str]) -> TempDir {
        let dir = TempDir::new().unwrap();
        git(dir.path(), &[&["init", "--quiet"], options].concat());
        git(dir.path(), &["commit", "--quiet", "--allow-empty", "--message=one"]);
        dir
    }

    /// git itself is the judge. `in_files` says if its files tell it, too.
    #[track_caller]
    fn is_gits(folder: &Path, in_files: bool) {
        let head = git(folder, &["rev-parse", "HEAD"]);
        assert_eq!(commit_of(folder).unwrap(), head);
        assert_eq!(commit_in_files(folder), in_files.then_some(head));
    }

    #[test]
    fn the_commit_is_gits_however_it_keeps_it() {
        let plain = repository(&[]);
        is_gits(plain.path(), true);
        git(plain.path(), &["pack-refs", "--all"]);
        is_gits(plain.path(), true);
        let tree = plain.path().join("tree");
        git(plain.path(), &["worktree", "add", "--quiet", "-b", "topic", tree.to_str().unwrap()]);
        git(&tree, &["commit", "--quiet", "--allow-empty", "--message=two"]);
        is_gits(&tree, true);
        is_gits(plain.path(), true);
        git(plain.path(), &["checkout", "--quiet", "--detach"]);
        is_gits(plain.path(), true);
        is_gits(repository(&["--object-format=sha256"]).path(), true);

        let apart = TempDir::new().unwrap();
        let apart = format!("--separate-git-dir={}", apart.path().join("git").display());
        is_gits(repository(&[&apart]).path(), true);
        // No repository, though it is called like one; the one above it counts.
        let inner = plain.path().join("inner");
        fs::create_dir_all(inner.join(".git")).unwrap();
        is_gits(&inner, false);
    }

    #[cfg(unix)]
    #[test]
    fn a_head_that_is_a_link_is_followed() {
        let linked = repository(&[]);
        let head = linked.path().join(".git/HEAD");
        let branch = fs::read_to_string(&head).unwrap();
        fs::remove_file(&head).unwrap();
        let branch = branch.trim_end().strip_prefix("ref: ").unwrap();
        std::os::unix::fs::symlink(branch, &head).unwrap();
        is_gits(linked.path(), true);
    }

    /// git keeps reftables from 2.45 on.
    #[test]
    fn git_is_asked_for_what_its_files_do_not_say() {
        let dir = TempDir::new().unwrap();
        let mut init = Command::new("git");
        init.args(["init", "--quiet", "--ref-format=reftable"]).arg(dir.path());
        if !init.output().is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: this git keeps no reftables");
            return;
        }
        is_gits(repository(&["--ref-format=reftable"]).path(), false);
    }

    #[test]
    fn what_git_does_not_know_is_unknown_with_its_reason() {
        let dir = TempDir::new().unwrap();
        let reason = commit_of(dir.path()).unwrap_err().to_string();
        assert!(reason.contains("not a git repository"), "{reason}");
        git(dir.path(), &["init", "--quiet"]);
        let reason = commit_of(dir.path()).unwrap_err().to_string();
        assert!(reason.starts_with("git says \"fatal: "), "{reason}");
    }
}
