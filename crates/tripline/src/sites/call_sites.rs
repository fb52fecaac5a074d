//! The call sites of one run: the breakdown, held to the figures and to the recorded breakdown.
//!
//! The first meter's profile knows the blocks in all, at the peak, and those that leaked. A second meter measures the
//! blocks that live at the region's end. It runs only to record a breakdown, or to explain a limit on those blocks.
//! A recorded breakdown is a second meter's. So a first meter's is compared with it without the end, which means
//! something else in each.

use std::path::PathBuf;

use tripline_budget::protocol::file_names;
use tripline_budget::{
    BreakdownStatus, Budget, Config, Figures, Finding, Judgement, PendingSnapshot, Quantity,
    RulerChange,
};
use tripline_profile::{Breakdown, Comparison, Moment, SiteMetric};

use crate::case::TestCase;
use crate::error::{Error, NotJudged};
use crate::instruments::instrument::{Instrument, ProfileSaved};
use crate::meter::start::{self, MeterOrder};
use crate::run::Run;
use crate::run::request::RequestedExtra;
use crate::sites::breakdown::{self, SitesContradiction};
use crate::sites::metric::limited_site_metric;
use crate::sites::scribe;
use crate::sites::snapshot::{BreakdownSnapshot, RecordedBreakdown};
use crate::sites::tolerance::grown_beyond_tolerance;

/// The call sites of a run, and how they compare with the recorded ones.
#[derive(Debug)]
pub(crate) struct CallSites {
    /// The first meter's breakdown. Blocks at its end have leaked.
    pub(crate) at_exit: Breakdown,
    /// The second meter's breakdown. Blocks at its end lived at the region's end.
    pub(crate) at_region_end: Option<Breakdown>,
    recorded: Option<RecordedBreakdown>,
    pub(crate) status: BreakdownStatus,
    /// The figures by which some site grew beyond tolerance.
    pub(crate) grown: Vec<SiteMetric>,
    /// True if insta accepts the breakdown as it is.
    pub(crate) is_accepted: bool,
    pub(crate) pending: Option<PendingSnapshot>,
    /// The snapshot's file.
    pub(crate) snapshot: PathBuf,
    pub(crate) contradictions: Vec<SitesContradiction>,
}

/// The run whose call sites are read, and the budget that they are held to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SitesInput<'a> {
    pub(crate) case: &'a TestCase,
    pub(crate) run: &'a Run,
    pub(crate) budget: Option<&'a Budget>,
    pub(crate) judgement: Option<&'a Judgement>,
    pub(crate) config: &'a Config,
    pub(crate) figures: &'a Figures,
    /// The changes of the ruler since the budget was recorded.
    pub(crate) ruler_changes: &'a [RulerChange],
}

impl SitesInput<'_> {
    /// Reads the saved profile, publishes it, and compares it.
    pub(crate) fn read(self) -> Result<CallSites, Error> {
        let Self { case, run, figures, .. } = self;
        let profile = start::profile_of(Instrument::Dhat(ProfileSaved::AtExit), run.folder());
        let at_exit = breakdown::read(&profile)?;
        run.publish_file(file_names::PROFILE, &profile)?;
        let snapshot = BreakdownSnapshot::of_case(case);
        let mut sites = CallSites {
            contradictions: breakdown::contradictions(&at_exit, figures),
            at_exit,
            at_region_end: None,
            recorded: snapshot.read()?,
            status: BreakdownStatus::Same,
            grown: Vec::new(),
            is_accepted: true,
            pending: None,
            snapshot: snapshot.file(),
        };
        if sites.contradictions.is_empty() {
            self.compare(&mut sites);
            self.hand_to_insta(&mut sites, &snapshot)?;
        }
        Ok(sites)
    }

    fn compare(self, sites: &mut CallSites) {
        let Some(recorded) = &sites.recorded else {
            sites.status = BreakdownStatus::Missing;
            return;
        };
        let Some(budget) = self.budget.filter(|_| self.is_comparable()) else { return };
        let comparison = recorded.compared_at_exit(&sites.at_exit);
        let entities = self.figures.entities.as_ref().map_or(1, |entities| entities.count);
        sites.grown = grown_beyond_tolerance(&comparison, budget, self.config, entities);
        if !sites.grown.is_empty() {
            sites.status = BreakdownStatus::Changed;
        }
    }

    /// Returns `true` if this build inlines and names as the one that the breakdown was recorded with.
    fn is_comparable(self) -> bool {
        !self.ruler_changes.iter().any(|change| matches!(change.part, "target" | "profile"))
    }

    /// Runs a second meter where it takes one, and hands insta the text to compare.
    fn hand_to_insta(
        self,
        sites: &mut CallSites,
        snapshot: &BreakdownSnapshot,
    ) -> Result<(), Error> {
        let is_shown_anew = self.is_shown_anew(sites.status);
        let is_pending = is_shown_anew || RequestedExtra::Breakdown.is_requested()?;
        if is_pending || self.trips(needs_second_meter) {
            sites.at_region_end = Some(self.measure_region_end(&mut sites.contradictions)?);
        }
        let text = match (&sites.recorded, &sites.at_region_end) {
            (Some(recorded), _) if !is_shown_anew => recorded.text.clone(),
            (_, at_region_end) => {
                at_region_end.as_ref().unwrap_or(&sites.at_exit).folded().to_text()
            }
        };
        sites.is_accepted = scribe::accepts(self.case, self.run.folder(), &text)?;
        if !sites.is_accepted && !is_shown_anew {
            return Err(NotJudged::SnapshotRefused { file: snapshot.file() }.into());
        }
        if let Some(at_region_end) = sites.at_region_end.as_ref().filter(|_| is_pending) {
            sites.pending = Some(PendingSnapshot {
                composition: sites.status,
                file: snapshot.file().display().to_string(),
                text: snapshot.holding(&at_region_end.folded().to_text()),
            });
        }
        Ok(())
    }

    /// Returns `true` if insta is shown the new call sites. Where a limit trips it is shown the recorded ones: the
    /// failure names what grew since, and could not once somebody had accepted the new ones.
    fn is_shown_anew(self, status: BreakdownStatus) -> bool {
        match status {
            BreakdownStatus::Same => false,
            BreakdownStatus::Changed => !self.trips(|_| true),
            BreakdownStatus::Missing => true,
        }
    }

    /// Returns `true` if a limit on such a quantity trips.
    fn trips(self, of: impl Fn(&Quantity) -> bool) -> bool {
        let trips =
            |finding: &Finding| finding.verdict.trips() && of(&finding.limit.metric.quantity);
        self.judgement.is_some_and(|judgement| judgement.findings.iter().any(trips))
    }

    fn measure_region_end(
        self,
        contradictions: &mut Vec<SitesContradiction>,
    ) -> Result<Breakdown, Error> {
        let dhat = Instrument::Dhat(ProfileSaved::AtRegionEnd);
        let order = MeterOrder::of(dhat, self.config, self.budget);
        let figures = order.measure(self.case.workload, self.run.folder())?;
        let at_region_end = breakdown::read(&order.profile(self.run.folder()))?;
        contradictions.extend(breakdown::contradictions(&at_region_end, &figures));
        Ok(at_region_end)
    }
}

impl CallSites {
    /// Compares each site with the recorded one, at the moment of `site_metric`.
    pub(crate) fn comparison(&self, site_metric: SiteMetric) -> Option<Comparison> {
        let recorded = self.recorded.as_ref()?;
        match site_metric.moment {
            Moment::End => Some(recorded.compared_at_region_end(self.at_region_end.as_ref()?)),
            Moment::Total | Moment::Peak => Some(recorded.compared_at_exit(&self.at_exit)),
        }
    }
}

/// Has insta note that the recorded breakdown is in use, though nothing was compared with it.
pub(crate) fn note_in_use(case: &TestCase, run: &Run) -> Result<(), Error> {
    if std::env::var_os("INSTA_SNAPSHOT_REFERENCES_FILE").is_none() {
        return Ok(());
    }
    if let Some(recorded) = BreakdownSnapshot::of_case(case).read()? {
        scribe::accepts(case, run.folder(), &recorded.text)?;
    }
    Ok(())
}

fn needs_second_meter(limited: &Quantity) -> bool {
    limited_site_metric(limited).is_some_and(|site_metric| site_metric.moment == Moment::End)
}
