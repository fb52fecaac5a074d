//! What a run says of call sites: the breakdown, held to the figures and to what was recorded.
//!
//! The first meter's profile knows what was allocated in all and at the peak, and what leaked. What lived at
//! the region's end takes a second meter, which runs only where that is asked: to record a breakdown, or
//! to explain a limit on it.

use tripline_budget::protocol::{files, variables};
use tripline_budget::{
    BreakdownStatus, Budget, Config, Figures, Finding, GrowthMetric, Judgement, Outcome,
    PendingSnapshot, Quantity as Limited,
};
use tripline_profile::{Breakdown, Comparison, Moment, SiteMetric, compare};

use crate::case::ruler;
use crate::judge::Case;
use crate::meter::child;
use crate::meter::child::Order;
use crate::meter::probe::{Instrument, Saved};
use crate::run::Run;
use crate::run::request::asked_for;
use crate::sites::breakdown;
use crate::sites::scribe;
use crate::sites::snapshot::{Recorded, Snapshot};
use crate::sites::tolerance::{outgrown, question};

/// What is known of call sites.
#[derive(Debug)]
pub(crate) struct Evidence {
    /// What is left of each site, in it, is what leaked.
    pub(crate) now: Breakdown,
    /// What is left of each site, in it, is what lived at the region's end. Of a second meter.
    pub(crate) live: Option<Breakdown>,
    recorded: Option<Recorded>,
    pub(crate) composition: BreakdownStatus,
    /// By which figures some site grew too much.
    pub(crate) outgrown: Vec<SiteMetric>,
    /// Whether insta takes the breakdown as it is.
    pub(crate) holds: bool,
    pub(crate) pending: Option<PendingSnapshot>,
    /// The snapshot as a person would type it.
    pub(crate) snapshot: String,
    /// Where sites and figures contradict each other.
    pub(crate) broken: Vec<String>,
}

/// What the evidence is gathered for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trial<'a> {
    pub(crate) case: &'a Case,
    pub(crate) run: &'a Run,
    pub(crate) budget: Option<&'a Budget>,
    pub(crate) judgement: Option<&'a Judgement>,
    pub(crate) config: &'a Config,
    pub(crate) figures: &'a Figures,
}

impl Trial<'_> {
    /// Reads the saved profile, publishes it, and compares it.
    pub(crate) fn gather(self) -> Result<Evidence, String> {
        let Self { case, run, figures, .. } = self;
        let profile = child::profile(run.folder(), &Order::of(Instrument::Dhat(Saved::AtExit)));
        let now = breakdown::read(&profile)?;
        run.publish_file(files::PROFILE, &profile)?;
        let snapshot = case.snapshot();
        let shown = case.home.shown(&snapshot.file());
        let recorded = snapshot.read().map_err(|error| unreadable(case, &shown, &error))?;
        let mut evidence = Evidence {
            broken: breakdown::contradictions(&now, figures),
            now,
            live: None,
            recorded,
            composition: BreakdownStatus::Same,
            outgrown: Vec::new(),
            holds: true,
            pending: None,
            snapshot: shown,
        };
        if evidence.broken.is_empty() {
            self.compare(&mut evidence);
            self.complete(&mut evidence, &snapshot)?;
        }
        Ok(evidence)
    }

    fn compare(self, evidence: &mut Evidence) {
        let Some(recorded) = &evidence.recorded else {
            evidence.composition = BreakdownStatus::Missing;
            return;
        };
        let Some(budget) = self.budget.filter(|budget| self.is_at_home(budget)) else { return };
        let comparison = compare(&recorded.breakdown, &evidence.now);
        let entities = self.figures.entities.as_ref().map_or(1, |entities| entities.count);
        evidence.outgrown = outgrown(&comparison, budget, self.config, entities);
        if !evidence.outgrown.is_empty() {
            evidence.composition = BreakdownStatus::Changed;
        }
    }

    /// Whether this build inlines and names as the one that the breakdown was recorded with.
    fn is_at_home(self, budget: &Budget) -> bool {
        let changes =
            budget.recorded.changes(&ruler::ruler(self.case.suite, self.case.home.workspace()));
        !changes.iter().any(|change| matches!(change.part, "target" | "profile"))
    }

    /// Has a second meter run if it takes one, and hands insta what it is to compare.
    fn complete(self, evidence: &mut Evidence, snapshot: &Snapshot) -> Result<(), String> {
        let is_told = self.is_told(evidence.composition);
        let is_new = is_told || asked_for(variables::BREAKDOWN)?;
        if is_new || self.is_over(is_live) {
            evidence.live = Some(self.live(&mut evidence.broken)?);
        }
        let text = match (&evidence.recorded, &evidence.live) {
            (Some(recorded), _) if !is_told => recorded.text.clone(),
            (_, live) => live.as_ref().unwrap_or(&evidence.now).folded().to_text(),
        };
        let Self { case, run, .. } = self;
        evidence.holds = scribe::holds(case.workload, &case.home, run.folder(), &text)?;
        if !evidence.holds && !is_told {
            let shown = &evidence.snapshot;
            return Err(format!(
                "insta does not take {shown} for what it holds: is it a snapshot of text?"
            ));
        }
        if let Some(live) = evidence.live.as_ref().filter(|_| is_new) {
            evidence.pending = Some(PendingSnapshot {
                composition: evidence.composition,
                file: snapshot.file().display().to_string(),
                text: snapshot.holding(&live.folded().to_text()),
            });
        }
        Ok(())
    }

    /// Whether insta is told that the call sites are others. Where a limit trips it is not: the failure names
    /// what grew since the recorded breakdown, and would not once somebody had accepted the new one.
    fn is_told(self, composition: BreakdownStatus) -> bool {
        match composition {
            BreakdownStatus::Same => false,
            BreakdownStatus::Changed => !self.is_over(|_| true),
            BreakdownStatus::Missing => true,
        }
    }

    /// Whether such a limit trips.
    fn is_over(self, limits: impl Fn(&Limited) -> bool) -> bool {
        let trips =
            |finding: &Finding| finding.verdict.trips() && limits(&finding.limit.metric.quantity);
        self.judgement.is_some_and(|judgement| judgement.findings.iter().any(trips))
    }

    fn live(self, broken: &mut Vec<String>) -> Result<Breakdown, String> {
        let dhat = Instrument::Dhat(Saved::AtRegionEnd);
        let timeout = self.budget.map_or(self.config.timeout, |budget| budget.timeout);
        let order = Order { timeout, ..Order::of(dhat) };
        let figures = match child::measure(self.case.workload, self.run.folder(), &order) {
            Outcome::Measured(figures) => figures,
            Outcome::Failed(reason) => return Err(reason),
        };
        let live = breakdown::read(&child::profile(self.run.folder(), &order))?;
        broken.extend(breakdown::contradictions(&live, &figures));
        Ok(live)
    }
}

impl Evidence {
    /// What became of each site, as far as `question` asks.
    pub(crate) fn comparison(&self, question: SiteMetric) -> Option<Comparison> {
        let now = match question.moment {
            Moment::End => self.live.as_ref()?,
            Moment::Total | Moment::Peak => &self.now,
        };
        Some(compare(&self.recorded.as_ref()?.breakdown, now))
    }
}

/// Has insta note that the recorded breakdown is in use, though nothing was compared with it.
pub(crate) fn touch(case: &Case, run: &Run) -> Result<(), String> {
    if std::env::var_os("INSTA_SNAPSHOT_REFERENCES_FILE").is_none() {
        return Ok(());
    }
    let snapshot = case.snapshot();
    let shown = case.home.shown(&snapshot.file());
    let recorded = snapshot.read().map_err(|error| unreadable(case, &shown, &error))?;
    if let Some(recorded) = recorded {
        scribe::holds(case.workload, &case.home, run.folder(), &recorded.text)?;
    }
    Ok(())
}

/// The question that a limit on a heap figure, the region's or a phase's, asks of a profile. What lived when
/// a phase ended, none knows.
pub(crate) fn asked(limited: &Limited) -> Option<SiteMetric> {
    match limited {
        Limited::Region(kind) | Limited::Growth(GrowthMetric { kind, .. }) => question(*kind),
        Limited::Phase { kind, .. } => {
            question(*kind).filter(|question| question.moment != Moment::End)
        }
        _ => None,
    }
}

fn is_live(limited: &Limited) -> bool {
    asked(limited).is_some_and(|question| question.moment == Moment::End)
}

fn unreadable(case: &Case, shown: &str, error: &str) -> String {
    format!(
        "its recorded breakdown cannot be read\n\n  {shown}: {error}\n\n  \
         record    {} update-budgets {}        after the file is deleted",
        case.home.tool(),
        case.name()
    )
}
