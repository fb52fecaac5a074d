//! The five methods to hold the memory of the same five workloads.

use crate::bench::suite::region_times::WORKLOADS;

/// A method, in the order of every table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Measures nothing. The others are compared with it.
    Plain,
    /// tripline on its counters.
    Count,
    /// tripline on dhat.
    Dhat,
    /// dhat's own assertions, each in a test binary, as its documentation advises.
    ByHand,
    /// Valgrind's DHAT.
    Gungraun,
}

impl Method {
    pub(super) const ALL: [Self; 5] =
        [Self::Plain, Self::Count, Self::Dhat, Self::ByHand, Self::Gungraun];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Plain => "plain tests",
            Self::Count => "tripline, count",
            Self::Dhat => "tripline, dhat",
            Self::ByHand => "dhat by hand",
            Self::Gungraun => "gungraun, DHAT",
        }
    }

    /// Returns the name in a CSV file.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Count => "tripline_count",
            Self::Dhat => "tripline_dhat",
            Self::ByHand => "dhat_by_hand",
            Self::Gungraun => "gungraun",
        }
    }

    /// Returns the runs in each round. Short runs are repeated until one had no neighbour on the processor; the
    /// others take too long for that.
    pub(super) const fn runs(self) -> usize {
        match self {
            Self::Plain | Self::Count => 10,
            Self::Dhat | Self::ByHand | Self::Gungraun => 1,
        }
    }

    /// Returns the arguments that a user types after `cargo`.
    pub(super) fn arguments(self) -> Vec<String> {
        self.arguments_for(&WORKLOADS)
    }

    /// Returns the same for one workload.
    pub(super) fn arguments_of_one(self, workload: &str) -> Vec<String> {
        let mut arguments = self.arguments_for(&[workload]);
        match self {
            // The binary holds no other.
            Self::ByHand => {}
            Self::Gungraun => arguments.extend(["--".to_owned(), format!("*{workload}*")]),
            _ => arguments.push(workload.to_owned()),
        }
        arguments
    }

    fn arguments_for(self, workloads: &[&str]) -> Vec<String> {
        let test = |name: &str| ["test", "--release", "--test", name].map(str::to_owned).to_vec();
        match self {
            Self::Plain => test("plain"),
            Self::Count => test("tripline_count"),
            Self::Dhat => test("tripline_dhat"),
            Self::ByHand => {
                let tests = workloads.iter().flat_map(|name| ["--test".to_owned(), by_hand(name)]);
                ["test", "--release"].map(str::to_owned).into_iter().chain(tests).collect()
            }
            Self::Gungraun => ["bench", "--bench", "gungraun"].map(str::to_owned).to_vec(),
        }
    }

    /// Returns the files that a user writes, in the bench package.
    pub(super) fn sources(self) -> Vec<String> {
        match self {
            Self::Plain => vec!["tests/plain.rs".to_owned()],
            Self::Count => vec!["tests/tripline_count.rs".to_owned()],
            Self::Dhat => vec!["tests/tripline_dhat.rs".to_owned()],
            Self::ByHand => WORKLOADS.map(|name| format!("tests/{}.rs", by_hand(name))).to_vec(),
            Self::Gungraun => vec!["benches/gungraun.rs".to_owned()],
        }
    }
}

/// Returns the name of the test binary that holds one workload by hand.
fn by_hand(workload: &str) -> String {
    format!("dhat_{workload}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_those_that_a_user_types() {
        let commands = Method::ALL.map(|method| method.arguments().join(" "));
        assert_eq!(
            commands,
            [
                "test --release --test plain",
                "test --release --test tripline_count",
                "test --release --test tripline_dhat",
                "test --release --test dhat_wal_insert --test dhat_wal_read --test dhat_wal_mixed \
                 --test dhat_mvcc_insert --test dhat_agg_users",
                "bench --bench gungraun",
            ]
        );
        let one = Method::ALL.map(|method| method.arguments_of_one("wal_read").join(" "));
        assert_eq!(
            one,
            [
                "test --release --test plain wal_read",
                "test --release --test tripline_count wal_read",
                "test --release --test tripline_dhat wal_read",
                "test --release --test dhat_wal_read",
                "bench --bench gungraun -- *wal_read*",
            ]
        );
    }

    #[test]
    fn every_source_is_there() {
        let package = crate::workspace::bench_package().unwrap();
        for source in Method::ALL.into_iter().flat_map(Method::sources) {
            assert!(package.join(&source).is_file(), "{source}");
        }
    }
}
