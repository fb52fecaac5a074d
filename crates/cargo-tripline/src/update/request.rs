//! What a person asks for beside recording and lowering.

use anyhow::bail;
use tripline_budget::{Finding, Metric, Quantity, TypeFinding, Verdict, judge, judge_types};

use crate::update::keys::{Key, is_same_type};
use crate::update::subject::{Subject, TypesSubject};

#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub(super) add: Vec<Metric>,
    pub(super) raise: Vec<Key>,
    /// Not blank; there whenever something is to be raised.
    pub(super) reason: Option<String>,
    /// Whether limits are lowered and nothing else is done.
    pub(super) shrink: bool,
    /// Whether a move of the ruler is recorded and nothing else is done.
    pub(super) ruler: bool,
}

impl Request {
    pub(super) fn raises(&self, metric: &Metric) -> bool {
        self.ruler || self.raise.contains(&Key::Metric(metric.clone()))
    }

    /// Whether what is not recorded stays so.
    pub(super) const fn leaves_alone(&self) -> bool {
        self.shrink || self.ruler
    }

    /// Whether a limit is to be another one.
    pub(super) fn moves(&self, finding: &Finding) -> bool {
        match finding.verdict {
            Verdict::Loose => true,
            Verdict::Over { .. } => self.raises(&finding.limit.metric),
            _ => false,
        }
    }

    pub(super) fn raises_type(&self, name: &str) -> bool {
        let named = |key: &Key| matches!(key, Key::Type(own) if is_same_type(own, name));
        self.ruler || self.raise.iter().any(named)
    }

    /// Whether resident memory has to be measured, which takes a run of its own.
    pub(super) fn needs_rss(&self) -> bool {
        let rss = |metric: &Metric| {
            matches!(metric.quantity, Quantity::RssGrowthBytes | Quantity::RssMaxBytes)
        };
        self.add.iter().any(rss)
    }

    /// Refuses, before anything is measured again, a key that nothing answers to.
    pub(super) fn check(
        &self,
        workloads: &[Subject<'_>],
        types: &[TypesSubject<'_>],
    ) -> anyhow::Result<()> {
        for metric in &self.add {
            check_added(metric, workloads)?;
        }
        for key in &self.raise {
            match key {
                Key::Metric(metric) => check_raised(metric, workloads)?,
                Key::Type(name) => check_raised_type(name, types)?,
            }
        }
        Ok(())
    }
}

fn check_added(metric: &Metric, workloads: &[Subject<'_>]) -> anyhow::Result<()> {
    let mut refusal = format!("`{metric}` cannot be added: no workload that was measured matches");
    for subject in workloads {
        match subject.addable(metric) {
            Ok(()) => return Ok(()),
            Err(why) => refusal = why,
        }
    }
    bail!(refusal)
}

fn check_raised(metric: &Metric, workloads: &[Subject<'_>]) -> anyhow::Result<()> {
    let mut refusal = format!("`{metric}` cannot be raised: nothing that matches limits it");
    for subject in workloads {
        let Some(budget) = &subject.budget else { continue };
        let findings = judge(&budget.applies, &subject.samples.worst()).findings;
        let Some(finding) = findings.into_iter().find(|finding| finding.limit.metric == *metric)
        else {
            continue;
        };
        if matches!(finding.verdict, Verdict::Over { .. }) {
            return Ok(());
        }
        let place = format!("{}:{}", budget.shown, finding.limit.line);
        refusal = format!("`{metric}` cannot be raised: it is not over its limit in {place}");
    }
    bail!(refusal)
}

fn check_raised_type(name: &str, types: &[TypesSubject<'_>]) -> anyhow::Result<()> {
    let findings = types.iter().flat_map(|subject| judge_types(&subject.sizes, subject.layouts()));
    let named: Vec<TypeFinding> =
        findings.filter(|finding| is_same_type(&finding.name, name)).collect();
    let over = |finding: &TypeFinding| {
        finding.is_misaligned() || finding.verdict == tripline_budget::TypeVerdict::Over
    };
    if named.iter().any(over) {
        return Ok(());
    }
    match (named.first(), name.parse::<Metric>()) {
        (Some(finding), _) => {
            bail!("`{}` cannot be raised: it is not over its limit", finding.name)
        }
        (None, Err(error)) => {
            bail!("`{name}` is neither a metric nor a type that matches ({error})")
        }
        (None, Ok(_)) => bail!("`{name}` cannot be raised: no type of this name matches"),
    }
}
