//! Which dependencies moved since a budget was recorded: the digest in it does not say, the history does.

use std::fs;
use std::path::Path;

use tripline_budget::Dependencies;

use crate::repository::Git;
use crate::workspace::SuiteHome;

/// How many are named.
const SHOWN: usize = 5;

/// `turso 0.8.2 → 0.8.3 and 2 more`; `None` where the history does not tell.
pub(super) fn moved(home: SuiteHome<'_>, workload: &str, recorded: &str) -> Option<String> {
    let (root, package) = (home.root(), home.suite.package.as_str());
    let now = Dependencies::of(&fs::read_to_string(root.join("Cargo.lock")).ok()?, package)?;
    let git = Git::open(root).ok()?;
    let lock = git.beside(&home.budget(workload), Path::new("Cargo.lock")).ok()??;
    let then = Dependencies::of(&lock, package)?;
    // The budget may have been edited since it was recorded.
    (then.digest() == recorded).then(|| few(&then.changes(&now)))
}

fn few(changes: &[String]) -> String {
    let shown = changes.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match changes.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use crate::findings::dependencies::few;

    #[test]
    fn a_few_are_named() {
        let changes: Vec<_> = (0..7).map(|at| format!("c{at} 1 → 2")).collect();
        assert_eq!(few(&changes[..1]), "c0 1 → 2");
        assert_eq!(few(&changes), "c0 1 → 2, c1 1 → 2, c2 1 → 2, c3 1 → 2, c4 1 → 2 and 2 more");
    }
}
