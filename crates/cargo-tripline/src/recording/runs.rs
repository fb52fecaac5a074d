//! How often a workload runs before a limit of it is written.

/// Runs of one workload: with nothing else to do, and with every core kept busy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs {
    pub(super) idle: u32,
    pub(super) loaded: u32,
}

/// Runs that one start of the tests can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) loaded: bool,
    pub(super) count: u32,
}

impl Runs {
    /// What is left as it is.
    pub(super) const LOOK: Self = Self { idle: 1, loaded: 0 };
    /// A limit that moves.
    pub(super) const MOVED: Self = Self { idle: 3, loaded: 0 };
    /// A limit that there was not, or that turns out to vary.
    pub(super) const NEW: Self = Self { idle: 10, loaded: 10 };

    const fn count(self) -> u32 {
        self.idle + self.loaded
    }

    /// What is missing to `wanted`: first what runs without load.
    pub(super) fn next(self, wanted: Self) -> Option<Batch> {
        let missing = |have: u32, wanted: u32| (wanted > have).then(|| wanted - have);
        let idle = missing(self.idle, wanted.idle).map(|count| Batch { loaded: false, count });
        idle.or(missing(self.loaded, wanted.loaded).map(|count| Batch { loaded: true, count }))
    }

    pub(super) fn add(&mut self, batch: Batch) {
        let runs = if batch.loaded { &mut self.loaded } else { &mut self.idle };
        *runs += batch.count;
    }
}

/// What has run of a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Here(Runs),
    /// So many, under a load that nobody noted; and more cannot be had.
    Elsewhere(u32),
}

impl Taken {
    /// The runs to do next.
    pub(super) fn next(self, wanted: Runs) -> Option<Batch> {
        match self {
            Self::Here(runs) => runs.next(wanted),
            Self::Elsewhere(_) => None,
        }
    }

    pub(super) fn add(&mut self, batch: Batch) {
        match self {
            Self::Here(runs) => runs.add(batch),
            Self::Elsewhere(runs) => *runs += batch.count,
        }
    }

    /// Why these do not do, if they do not.
    pub(super) fn refusal(self, wanted: Runs) -> Option<String> {
        let (Self::Elsewhere(runs), takes) = (self, wanted.count()) else { return None };
        (runs < takes).then(|| {
            let published = if runs == 1 { "run was" } else { "runs were" };
            let limit = if wanted == Runs::NEW { "is new or varies" } else { "moves" };
            format!(
                "{runs} {published} published, and a limit that {limit} takes {takes}: have the job set \
                 TRIPLINE_REPEATS={}",
                takes - 1
            )
        })
    }

    /// Whether `wanted` are to run under load in part, and nobody knows whether these did.
    pub(super) const fn hides_load(self, wanted: Runs) -> bool {
        matches!(self, Self::Elsewhere(_)) && wanted.loaded > 0
    }
}

#[cfg(test)]
mod tests {
    use crate::recording::runs::{Batch, Runs, Taken};

    fn batches(mut runs: Runs, wanted: Runs) -> Vec<Batch> {
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
            [(false, 9), (true, 10)].map(|(loaded, count)| Batch { loaded, count });
        assert_eq!(batches(Runs::LOOK, Runs::NEW), [idle, loaded]);
    }

    #[test]
    fn a_moved_one_takes_three_and_more_once_it_varies() {
        let idle = |count| Batch { loaded: false, count };
        assert_eq!(batches(Runs::LOOK, Runs::MOVED), [idle(2)]);
        assert_eq!(batches(Runs::MOVED, Runs::NEW)[0], idle(7));
        assert_eq!(batches(Runs::LOOK, Runs::LOOK), []);
    }

    #[test]
    fn of_what_ran_elsewhere_the_number_counts_and_the_load_is_not_known() {
        let refusal = |runs, wanted| Taken::Elsewhere(runs).refusal(wanted);
        assert_eq!(
            refusal(19, Runs::NEW).unwrap(),
            "19 runs were published, and a limit that is new or varies takes 20: have the job set \
             TRIPLINE_REPEATS=19"
        );
        assert_eq!(
            refusal(1, Runs::MOVED).unwrap(),
            "1 run was published, and a limit that moves takes 3: have the job set TRIPLINE_REPEATS=2"
        );
        for (runs, wanted) in [(20, Runs::NEW), (3, Runs::MOVED), (1, Runs::LOOK)] {
            assert_eq!(refusal(runs, wanted), None);
        }
        assert!(Taken::Elsewhere(20).hides_load(Runs::NEW));
        assert!(!Taken::Elsewhere(20).hides_load(Runs::MOVED));
        assert!(!Taken::Here(Runs::NEW).hides_load(Runs::NEW));
    }
}
