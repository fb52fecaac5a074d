//! Links from one page to the page of each workload.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use crate::findings::{BudgetFindings, BudgetOwner};
use crate::workspace::{Project, latest};

/// Links by the names of workloads; a workload without a page has none.
#[derive(Clone, Debug, Default)]
pub(super) struct ReportPages(BTreeMap<String, String>);

impl ReportPages {
    /// Finds the pages that the run left, for a page at `from`.
    pub(super) fn find(project: &Project, groups: &[BudgetFindings], from: &Path) -> Self {
        let workloads = groups.iter().filter(|group| group.owner == BudgetOwner::Workload);
        let links = workloads.filter_map(|group| {
            let page = latest::page(project.folders(), &group.name)?;
            Some((group.name.clone(), link(from, &page)?))
        });
        Self(links.collect())
    }

    pub(super) fn link(&self, group: &BudgetFindings) -> Option<&str> {
        self.0.get(&group.name).map(String::as_str)
    }

    #[cfg(test)]
    pub(super) fn of(name: &str, link: &str) -> Self {
        Self([(name.to_owned(), link.to_owned())].into())
    }
}

/// Returns a URL from one file to another; `None` between two drives.
fn link(from: &Path, to: &Path) -> Option<String> {
    let folder = std::path::absolute(from).ok()?.parent()?.canonicalize().ok()?;
    relative(&folder, &to.canonicalize().ok()?)
}

fn relative(folder: &Path, to: &Path) -> Option<String> {
    let common = folder.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = folder.components().skip(common).map(|_| Some("..".to_owned()));
    let down = to.components().skip(common).map(|part| match part {
        Component::Normal(part) => Some(encoded(part.to_str()?)),
        _ => None,
    });
    let parts: Option<Vec<_>> = up.chain(down).collect();
    parts.map(|parts| parts.join("/"))
}

/// Escapes everything but letters, digits and `-_.~`, which could mean something in a URL.
fn encoded(part: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    part.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_from_one_file_to_the_other() {
        let dir = tempfile::tempdir().unwrap();
        let page = dir.path().join("target/a b/#1?%/\"report\".html");
        std::fs::create_dir_all(page.parent().unwrap()).unwrap();
        std::fs::create_dir_all(dir.path().join("out/deep")).unwrap();
        std::fs::write(&page, "").unwrap();
        let from = |file: &str| link(&dir.path().join(file), &page).unwrap();
        assert_eq!(from("index.html"), "target/a%20b/%231%3F%25/%22report%22.html");
        assert_eq!(from("out/deep/index.html"), "../../target/a%20b/%231%3F%25/%22report%22.html");
        assert_eq!(link(&dir.path().join("gone/index.html"), &page), None);
    }

    #[test]
    fn beside_the_page_the_link_is_its_name() {
        assert_eq!(relative(Path::new("/a"), Path::new("/a/b.html")).unwrap(), "b.html");
    }
}
