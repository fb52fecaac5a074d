//! One small file for each workload, so that pull requests conflict exactly where they changed the same
//! workload. The edits are those that `update-budgets` makes.

use tripline_budget::{Edit, LimitChange, LimitValue, Metric, Ruler, Tolerance, new_budget};

use crate::repository::Repository;

/// Those that have a budget before the first pull request.
const WORKLOADS: usize = 48;

fn ruler() -> Ruler {
    Ruler {
        rustc: "1.95.0".into(),
        target: "x86_64-unknown-linux-gnu".into(),
        profile: "opt-level 1, debug-assertions".into(),
        ..Ruler::default()
    }
}

fn metric(key: &str) -> Metric {
    key.parse().unwrap()
}

fn file(workload: usize) -> String {
    format!("budgets/sql/workload_{workload:02}.toml")
}

/// Returns the file that `update-budgets` records for a workload.
fn record(workload: usize) -> String {
    let scale = 1_000 + 37 * workload as u64;
    let band = Tolerance::Percent("3%".parse().unwrap());
    let limits = [
        ("total_blocks", LimitValue::exact(324 * scale)),
        ("max_bytes", LimitValue { tolerance: Some(band), ..LimitValue::exact(266 * scale) }),
        ("live_bytes_per_entity", LimitValue::exact(34)),
        ("leaked_blocks", LimitValue::exact(0)),
        ("leaked_threads", LimitValue::exact(0)),
        ("leaked_fds", LimitValue::exact(0)),
    ];
    let limits = limits.map(|(key, value)| (metric(key), value));
    new_budget(&file(workload), Some("row"), limits, &ruler()).unwrap()
}

/// Returns a workload's file after `update-budgets --raise --reason`.
fn raise(workload: usize, by: u64) -> String {
    let mut edit = Edit::new(&file(workload), &record(workload)).unwrap();
    for key in ["total_blocks", "max_bytes"] {
        let reason = Some(format!("rows carry {by} B more"));
        let max = Some(900_000 + by);
        let change = LimitChange { max, reason, ..LimitChange::default() };
        edit.set_limit(None, &metric(key), &change).unwrap();
    }
    edit.set_ruler(&Ruler { rustc: "1.96.0".into(), ..ruler() }).unwrap();
    edit.finish()
}

/// A branch from `main`, named by its number, with one commit that writes a workload's file: as `git fast-import`
/// takes it, because hundreds of processes would do the same.
fn pull_request(number: usize, workload: usize, text: &str) -> String {
    let (file, subject) = (file(workload), format!("Pull request {number}"));
    format!(
        "commit refs/heads/pr-{number}\ncommitter tripline <tripline@localhost> 1767268800 +0000\n\
         data {}\n{subject}\nfrom refs/heads/main^0\nM 100644 inline {file}\ndata {}\n{text}\n",
        subject.len(),
        text.len()
    )
}

#[test]
fn fifty_pull_requests_on_other_workloads_do_not_conflict_and_two_on_one_do() {
    let repository = Repository::new();
    (0..WORKLOADS).for_each(|workload| repository.write(&file(workload), &record(workload)));
    repository.commit("Budget");
    // Two of the fifty add a workload, and two more are open on one workload.
    let text = |number| match number {
        0..48 => raise(number, number as u64),
        _ => record(number),
    };
    let fifty = (0..50).map(|number| pull_request(number, number, &text(number)));
    let another = pull_request(50, 7, &raise(7, 1_000));
    repository.import(&fifty.chain([another]).collect::<String>());

    let merge = |number: usize| {
        let branch = format!("pr-{number}");
        repository.try_git(&["merge", "--quiet", "--no-ff", "--no-edit", &branch])
    };
    for number in 0..50 {
        let merged = merge(number);
        let output = String::from_utf8_lossy(&merged.stdout);
        assert!(merged.status.success(), "pull request {number}: {output}");
    }
    let files = repository.git(&["ls-files", "budgets"]);
    assert_eq!(files.lines().count(), 50);
    for number in 0..48 {
        assert!(repository.read(&file(number)).contains(&format!("rows carry {number} B more")));
    }

    let conflict = merge(50);
    let output = String::from_utf8_lossy(&conflict.stdout);
    assert!(!conflict.status.success(), "{output}");
    assert!(output.contains(&format!("CONFLICT (content): Merge conflict in {}", file(7))));
    assert_eq!(repository.git(&["diff", "--name-only", "--diff-filter=U"]).trim(), file(7));
}
