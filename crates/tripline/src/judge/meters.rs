//! The meters that one judge has run: one to be judged, others if a tool asked for more.

use std::path::Path;

use tripline_budget::protocol::variables;
use tripline_budget::{Budget, Config, Outcome, Source};

use crate::case::registry::Workload;
use crate::growth::all_sizes;
use crate::judge::engine;
use crate::meter::child;
use crate::meter::child::Order;
use crate::meter::plant::Plant;
use crate::meter::probe::{Instrument, Saved};
use crate::run;
use crate::run::request::{self, asked_for};

/// What they measure and what decides how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meters<'a> {
    pub(crate) workload: &'static Workload,
    pub(crate) budget: Option<&'a Budget>,
    pub(crate) config: &'a Config,
    pub(crate) plant: Option<&'a Plant>,
}

impl Meters<'_> {
    /// Measures once, and resident memory apart where it is limited or asked for.
    pub(crate) fn measure(self, folder: &Path, heap: Instrument) -> Result<Outcome, String> {
        let wants_rss = limits_rss(self.budget) || asked_for(variables::MEASURE_RSS)?;
        let mut outcome = self.heap(folder, heap);
        if let Outcome::Measured(figures) = &mut outcome
            && wants_rss
        {
            match child::measure(self.workload, folder, &self.order(Instrument::Rss)) {
                Outcome::Measured(rss) => figures.take_from_source(&rss, Source::ResidentMemory),
                failed @ Outcome::Failed(_) => return Ok(failed),
            }
        }
        Ok(outcome)
    }

    /// Measures the heap once, of a workload that has several sizes at each.
    pub(crate) fn heap(self, folder: &Path, heap: Instrument) -> Outcome {
        let others = match heap {
            Instrument::Dhat(_) => Instrument::Dhat(Saved::Never),
            other => other,
        };
        let measure = |order: &Order| child::measure(self.workload, folder, order);
        all_sizes::complete(measure(&self.order(heap)), |size| {
            measure(&Order { size: Some(size), ..self.order(others) })
        })
    }

    fn order(self, instrument: Instrument) -> Order {
        let timeout = self.budget.map_or(self.config.timeout, |budget| budget.timeout);
        Order { timeout, plant: self.plant.cloned(), ..Order::of(instrument) }
    }

    /// As often again as a tool asked for; nobody judges these here.
    pub(crate) fn repeat(self) -> Result<Vec<Outcome>, String> {
        let heap = engine::instrument(engine::of(self)?);
        let again = |_| self.measure(run::folder()?.path(), heap);
        (0..request::repeats()?).map(again).collect()
    }
}

fn limits_rss(budget: Option<&Budget>) -> bool {
    budget.is_some_and(|budget| {
        let limits = budget.limits.iter().map(|limit| &limit.metric);
        let coherence = budget.coherence.iter().map(|line| &line.equals);
        limits.chain(coherence).any(|metric| metric.source() == Source::ResidentMemory)
    })
}
