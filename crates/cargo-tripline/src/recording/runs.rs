//! The number of runs before a limit is written.

use tripline_budget::protocol::variables::REPEATS;

/// Runs of one workload: on idle cores, and with every core busy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunCounts {
    pub(super) idle: u32,
    pub(super) loaded: u32,
}

/// Runs that one start of the tests does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RunBatch {
    pub(super) loaded: bool,
    pub(super) count: u32,
}

impl RunCounts {
    /// For a limit that stays.
    pub(super) const LOOK: Self = Self { idle: 1, loaded: 0 };
    /// For a limit that moves.
    pub(super) const MOVED: Self = Self { idle: 3, loaded: 0 };
    /// For a new limit, or one that varies.
    pub(super) const NEW: Self = Self { idle: 10, loaded: 10 };

    const fn count(self) -> u32 {
        self.idle + self.loaded
    }

    /// Returns the missing runs up to `wanted`; those without load first.
    pub(super) fn next(self, wanted: Self) -> Option<RunBatch> {
        let missing = |have: u32, wanted: u32| (wanted > have).then(|| wanted - have);
        let idle = missing(self.idle, wanted.idle).map(|count| RunBatch { loaded: false, count });
        idle.or(missing(self.loaded, wanted.loaded).map(|count| RunBatch { loaded: true, count }))
    }

    pub(super) fn add(&mut self, batch: RunBatch) {
        let runs = if batch.loaded { &mut self.loaded } else { &mut self.idle };
        *runs += batch.count;
    }
}

/// The runs of a workload so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunsTaken {
    Here(RunCounts),
    /// So many, under an unknown load; more cannot be had.
    Elsewhere(u32),
}

impl RunsTaken {
    /// Returns the runs to do next.
    pub(super) fn next(self, wanted: RunCounts) -> Option<RunBatch> {
        match self {
            Self::Here(runs) => runs.next(wanted),
            Self::Elsewhere(_) => None,
        }
    }

    pub(super) fn add(&mut self, batch: RunBatch) {
        match self {
            Self::Here(runs) => runs.add(batch),
            Self::Elsewhere(runs) => *runs += batch.count,
        }
    }

    /// Returns the reason why these are too few, if they are.
    pub(super) fn refusal(self, wanted: RunCounts) -> Option<String> {
        let (Self::Elsewhere(runs), takes) = (self, wanted.count()) else { return None };
        (runs < takes).then(|| {
            let published = if runs == 1 { "run was" } else { "runs were" };
            let limit = if wanted == RunCounts::NEW { "is new or varies" } else { "moves" };
            format!(
                "{runs} {published} published, and a limit that {limit} takes {takes}: have the job set \
                 {REPEATS}={}",
                takes - 1
            )
        })
    }

    /// Returns `true` if `wanted` includes runs under load, and nobody knows the load of these.
    pub(super) const fn hides_load(self, wanted: RunCounts) -> bool {
        matches!(self, Self::Elsewhere(_)) && wanted.loaded > 0
    }
}

#[cfg(test)]
mod tests {
    use crate::recording::runs::{RunBatch, RunCounts, RunsTaken};

    fn batches(mut runs: RunCounts, wanted: RunCounts) -> Vec<RunBatch> {
        let mut batches = Vec::new();
        while let Some(batch) = runs.next(wanted) {
            runs.add(batch);
            batches.push(batch);
        }
        batches
    }

    #[test]
    fn a_new_limit_takes_twenty_runs_and_half_of_them_under_load() {
        let [idle, loaded] =
            [(false, 9), (true, 10)].map(|(loaded, count)| RunBatch { loaded, count });
        assert_eq!(batches(RunCounts::LOOK, RunCounts::NEW), [idle, loaded]);
    }

    #[test]
    fn a_moved_one_takes_three_and_more_once_it_varies() {
        let idle = |count| RunBatch { loaded: false, count };
        assert_eq!(batches(RunCounts::LOOK, RunCounts::MOVED), [idle(2)]);
        assert_eq!(batches(RunCounts::MOVED, RunCounts::NEW)[0], idle(7));
        assert_eq!(batches(RunCounts::LOOK, RunCounts::LOOK), []);
    }

    #[test]
    fn of_what_ran_elsewhere_the_number_counts_and_the_load_is_not_known() {
        let refusal = |runs, wanted| RunsTaken::Elsewhere(runs).refusal(wanted);
        assert_eq!(
            refusal(19, RunCounts::NEW).unwrap(),
            "19 runs were published, and a limit that is new or varies takes 20: have the job set \
             TRIPLINE_REPEATS=19"
        );
        assert_eq!(
            refusal(1, RunCounts::MOVED).unwrap(),
            "1 run was published, and a limit that moves takes 3: have the job set TRIPLINE_REPEATS=2"
        );
        for (runs, wanted) in [(20, RunCounts::NEW), (3, RunCounts::MOVED), (1, RunCounts::LOOK)] {
            assert_eq!(refusal(runs, wanted), None);
        }
        assert!(RunsTaken::Elsewhere(20).hides_load(RunCounts::NEW));
        assert!(!RunsTaken::Elsewhere(20).hides_load(RunCounts::MOVED));
        assert!(!RunsTaken::Here(RunCounts::NEW).hides_load(RunCounts::NEW));
    }
}
