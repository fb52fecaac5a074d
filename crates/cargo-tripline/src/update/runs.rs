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

#[cfg(test)]
mod tests {
    use super::{Batch, Runs};

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
}
