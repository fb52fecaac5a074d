//! The repository, through the `git` program.
//!
//! Paths go in and out whole (`-z`), no shell is involved, and settings that would change the output are fixed. It
//! writes nothing to a repository, except that git notes a worktree in it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::bail;

/// The repository around a folder.
#[derive(Debug)]
pub(crate) struct Git {
    folder: PathBuf,
}

/// A line that keeps files out of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IgnoreRule {
    /// From the folder that was asked about.
    pub(crate) file: PathBuf,
    pub(crate) line: String,
}

impl IgnoreRule {
    /// Reads `.gitignore:3:Cargo.lock`, and the file that was asked about behind a tab. A rule that begins with `!`
    /// ignores nothing.
    fn parse(answer: &str) -> Option<Self> {
        let (rule, _) = answer.rsplit_once('\t')?;
        rule.match_indices(':').find_map(|(at, _)| {
            let (line, pattern) = rule[at + 1..].split_once(':')?;
            let is_line = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
            let ignores = is_line && !pattern.starts_with('!');
            ignores.then(|| Self { file: PathBuf::from(&rule[..at]), line: line.to_owned() })
        })
    }
}

/// The variables that a hook sets for its caller, which may mean another repository or index.
const CALLERS_OWN: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
];

/// The digits of a commit's name that are shown.
const SHORT: usize = 8;

impl Git {
    /// Opens the repository whose work tree holds `folder`.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        let git = Self { folder: folder.to_owned() };
        let answer = git.ask(&["rev-parse", "--is-inside-work-tree"])?;
        if !answer.status.success() || text(&answer.stdout) != "true" {
            let why = text(&answer.stderr);
            bail!("{} is not in a git work tree\n\n{why}", folder.display());
        }
        Ok(git)
    }

    /// Returns the commit at which the histories of HEAD and `rev` parted.
    pub(crate) fn merge_base(&self, rev: &str) -> anyhow::Result<String> {
        let (head, other) = (self.head()?, self.commit(rev)?);
        let answer = self.ask(&["merge-base", &head, &other])?;
        if answer.status.success() {
            return Ok(text(&answer.stdout));
        }
        if self.is_shallow()? {
            bail!(
                "this clone's history is cut off before it meets that of `{rev}`: fetch more with \
                 `git fetch --unshallow` (in a CI that checks out for you: `fetch-depth: 0`)"
            );
        }
        bail!("`{rev}` and HEAD have no commit in common");
    }

    /// Returns `true` if the history is cut off somewhere.
    pub(crate) fn is_shallow(&self) -> anyhow::Result<bool> {
        let answer = self.ask(&["rev-parse", "--is-shallow-repository"])?;
        Ok(text(&answer.stdout) == "true")
    }

    /// Returns the checked-out commit.
    pub(crate) fn head(&self) -> anyhow::Result<String> {
        let head = self.resolve("HEAD")?;
        head.ok_or_else(|| anyhow::anyhow!("the repository has no commit yet"))
    }

    fn commit(&self, rev: &str) -> anyhow::Result<String> {
        // A leading hyphen would make it an option.
        let known = if rev.starts_with('-') { None } else { self.resolve(rev)? };
        known.ok_or_else(|| {
            anyhow::anyhow!(
                "`{rev}` is not a commit here: fetch it first, for example with `git fetch origin main` (in a CI \
                 that checks out for you: `fetch-depth: 0`)"
            )
        })
    }

    fn resolve(&self, rev: &str) -> anyhow::Result<Option<String>> {
        let commit = format!("{rev}^{{commit}}");
        let answer = self.ask(&["rev-parse", "--verify", "--quiet", &commit])?;
        Ok(answer.status.success().then(|| text(&answer.stdout)))
    }

    /// Returns the work tree's folder.
    pub(crate) fn root(&self) -> anyhow::Result<PathBuf> {
        Ok(PathBuf::from(text(&self.answer(&["rev-parse", "--show-toplevel"])?)))
    }

    /// Returns the rule that keeps `file` of this folder out of the repository. `None` if it is tracked or may be.
    pub(crate) fn ignoring(&self, file: &str) -> anyhow::Result<Option<IgnoreRule>> {
        let answer = self.ask(&["check-ignore", "--verbose", "--", file])?;
        Ok(IgnoreRule::parse(&text(&answer.stdout)))
    }

    /// Returns every file that differs from HEAD, and every new one; paths from the work tree's folder.
    pub(crate) fn changed(&self) -> anyhow::Result<Vec<PathBuf>> {
        let tracked = self.answer(&["diff", "--name-only", "--no-renames", "-z", "HEAD"])?;
        let root = Self { folder: self.root()? };
        let new = root.answer(&["ls-files", "--others", "--exclude-standard", "-z"])?;
        let paths = [tracked, new].concat();
        let names = paths.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| PathBuf::from(text(name))).collect())
    }

    /// Returns the text of `other`, a file of this folder, in the commit that last touched `file`.
    pub(crate) fn beside(&self, file: &Path, other: &Path) -> anyhow::Result<Option<String>> {
        let file = file.display().to_string();
        let commit = text(&self.answer(&["log", "-1", "--format=%H", "--", &file])?);
        if commit.is_empty() {
            return Ok(None);
        }
        let shown = self.ask(&["show", &format!("{commit}:./{}", other.display())])?;
        Ok(shown.status.success().then(|| text(&shown.stdout)))
    }

    /// Returns the nearest tag at or before HEAD, with its commit.
    pub(crate) fn last_tag(&self) -> anyhow::Result<Option<(String, String)>> {
        let answer = self.ask(&["describe", "--tags", "--abbrev=0", "HEAD"])?;
        if !answer.status.success() {
            return Ok(None);
        }
        let tag = text(&answer.stdout);
        let commit = self.resolve(&format!("refs/tags/{tag}"))?;
        Ok(commit.map(|commit| (tag, commit)))
    }

    /// Returns git's output; only a broken repository gives an error.
    pub(super) fn answer(&self, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
        self.answer_to(arguments, Stdio::null())
    }

    pub(super) fn answer_to(&self, arguments: &[&str], stdin: Stdio) -> anyhow::Result<Vec<u8>> {
        let answer = self.run(arguments, stdin)?;
        if !answer.status.success() {
            let command = arguments.first().copied().unwrap_or_default();
            bail!("`git {command}` failed\n\n{}", text(&answer.stderr));
        }
        Ok(answer.stdout)
    }

    fn ask(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        self.run(arguments, Stdio::null())
    }

    fn run(&self, arguments: &[&str], stdin: Stdio) -> anyhow::Result<Output> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).args(["-c", "log.showSignature=false"]);
        command.args(["-c", "log.showRoot=true"]).args(arguments);
        for name in CALLERS_OWN {
            command.env_remove(name);
        }
        // An error reads the same everywhere, no question is asked, and nothing is locked.
        let fixed = [("LC_ALL", "C"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0")];
        let ran = crate::system::process::output(command.envs(fixed), stdin, Stdio::piped());
        ran.map_err(|error| match error.downcast_ref::<io::Error>() {
            Some(cause) if cause.kind() == io::ErrorKind::NotFound => {
                error.context("git is needed to read the history: install it, or put it in PATH")
            }
            _ => error,
        })
    }
}

/// Shortens a commit's name as people write it.
pub(crate) fn short(commit: &str) -> &str {
    commit.get(..SHORT).unwrap_or(commit)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}
