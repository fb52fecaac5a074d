//! The result of a breach that was planted for a limit.

use tripline_budget::{Budget, Finding, Measurement, Outcome, Verdict, judge};

use crate::measuring::PlantedRun;
use crate::outcome::Status;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// The test failed and named the limit.
    Trips,
    /// The limit still holds, and would hold with so much more in total.
    Slips { through: u64, is_exact: bool },
    /// Nothing moves the figure from outside; the reason.
    NotPlanted(String),
    /// The limit is crossed and the test does not say so, or the run failed.
    Blind(String),
}

impl Proof {
    /// Returns the proof of the limit at `at` in its budget.
    pub(super) fn of(budget: &Budget, at: usize, run: &PlantedRun) -> Self {
        let Some(limit) = budget.limits.get(at) else {
            return Self::Blind("its budget was changed while this ran".to_owned());
        };
        if let Some(why) = limit.metric.quantity.kind().entry().unplantable {
            return Self::NotPlanted(why.to_owned());
        }
        let Some(Measurement { outcome, planted, tripped, .. }) = &run.measurement else {
            return Self::Blind(
                run.failure.clone().unwrap_or_else(|| "its test published nothing".to_owned()),
            );
        };
        let key = limit.metric.to_string();
        if planted.as_ref() != Some(&key) {
            return Self::Blind(format!("its test planted a breach of another limit: {planted:?}"));
        }
        let figures = match outcome {
            Outcome::Measured(figures) => figures,
            Outcome::Failed(reason) => return Self::Blind(reason.clone()),
        };
        match judge(budget, figures).findings.into_iter().find(|finding| finding.limit == *limit) {
            Some(finding) => {
                let names = |failure: &String| has_line(failure, &key);
                let trips = tripped.contains(&key) && run.failure.as_ref().is_some_and(names);
                Self::judged(&finding, trips)
            }
            None => Self::Blind("the judgement has no verdict on it".to_owned()),
        }
    }

    /// Returns the proof by the limit's verdict; `trips` is true if the test failed because of the limit and names it.
    fn judged(finding: &Finding, trips: bool) -> Self {
        match &finding.verdict {
            Verdict::Over { .. } if trips => Self::Trips,
            Verdict::Over { .. } => {
                Self::Blind("the limit is crossed, and the test does not trip on it".to_owned())
            }
            Verdict::Within | Verdict::Loose => Self::Slips {
                through: through(finding),
                is_exact: finding.limit.tolerance.is_none(),
            },
            Verdict::Missing(why) => Self::Blind(why.clone()),
            Verdict::Unsupported(why) => Self::NotPlanted(why.clone()),
        }
    }

    pub(super) const fn status(&self) -> Status {
        match self {
            Self::Trips | Self::NotPlanted(_) | Self::Slips { is_exact: false, .. } => {
                Status::Holds
            }
            Self::Slips { is_exact: true, .. } => Status::Breach,
            Self::Blind(_) => Status::Unknown,
        }
    }
}

/// Returns `true` if a failure's table has a line for the limit.
fn has_line(failure: &str, key: &str) -> bool {
    failure.lines().any(|line| line.split_whitespace().next() == Some(key))
}

/// Returns by how much more the limit would hold than was measured before the plant.
fn through(finding: &Finding) -> u64 {
    let entities = finding.entities.unwrap_or(1);
    let planted = if finding.limit.metric.per_entity { entities } else { 1 };
    let measured = finding.measured.unwrap_or(0).saturating_sub(planted);
    let room = finding.limit.allowed(entities).saturating_sub(u128::from(measured));
    u64::try_from(room).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use tripline_budget::{BudgetFile, Cfgs, Config, Figures};

    use super::*;

    const FAILURE: &str = "TRIPPED s::w: 1 of 1 limits\n\n  limit   budget\n  max_bytes   100\n";

    fn proof(limit: &str, measured: u64, planted: &str, failure: Option<&str>) -> Proof {
        let tripped = failure.map(|_| planted);
        proof_of(limit, measured, planted, tripped, failure)
    }

    fn proof_of(
        limit: &str,
        measured: u64,
        planted: &str,
        tripped: Option<&str>,
        failure: Option<&str>,
    ) -> Proof {
        let file = BudgetFile::parse("b.toml", &format!("[limits]\n{limit}\n")).unwrap();
        let budget = file.resolve(&Config::default(), &Cfgs::parse(&["unix"]).unwrap()).unwrap();
        let mut figures = Figures::default();
        figures.metrics.insert("max_bytes".to_owned(), measured);
        let measurement = Measurement {
            schema: tripline_budget::SCHEMA,
            run: String::new(),
            suite: String::new(),
            workload: String::new(),
            commit: None,
            ruler: tripline_budget::Ruler::default(),
            outcome: Outcome::Measured(figures),
            repeats: Vec::new(),
            planted: Some(planted.to_owned()),
            tripped: tripped.map(str::to_owned).into_iter().collect(),
            snapshot: None,
        };
        let failure = failure.map(str::to_owned);
        Proof::of(&budget, 0, &PlantedRun { measurement: Some(measurement), failure })
    }

    #[test]
    fn a_limit_trips_only_if_its_test_says_so() {
        let key = "max_bytes";
        assert_eq!(proof("max_bytes = 100", 101, key, Some(FAILURE)), Proof::Trips);
        let others = FAILURE.replace("max_bytes", "total_bytes");
        let not_tripped = [None, Some("total_bytes")].map(|tripped| (tripped, Some(FAILURE)));
        let not_named = [None, Some(&*others)].map(|failure| (Some(key), failure));
        for (tripped, failure) in not_tripped.into_iter().chain(not_named) {
            let blind = proof_of("max_bytes = 100", 101, key, tripped, failure);
            assert!(matches!(blind, Proof::Blind(_)), "{tripped:?} {failure:?}: {blind:?}");
            assert_eq!(blind.status(), Status::Unknown);
        }
    }

    #[test]
    fn what_slips_through_is_what_was_left_before_the_plant() {
        let band = "max_bytes = { max = 100, tolerance = \"3%\" }";
        let slips = proof(band, 101, "max_bytes", None);
        assert_eq!(slips, Proof::Slips { through: 3, is_exact: false });
        assert_eq!(slips.status(), Status::Holds);
        let loose = proof("max_bytes = 100", 91, "max_bytes", None);
        assert_eq!(loose, Proof::Slips { through: 10, is_exact: true });
        assert_eq!(loose.status(), Status::Breach);
    }

    #[test]
    fn a_run_for_another_limit_proves_nothing() {
        let other = proof("max_bytes = 100", 101, "total_bytes", Some(FAILURE));
        assert!(matches!(other, Proof::Blind(_)));
    }
}
