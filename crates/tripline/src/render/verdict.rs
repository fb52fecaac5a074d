//! A workload held against its budget.

use tripline_budget::{
    BreakdownStatus, Budget, CoherenceFinding, DisplayScale, Figures, Finding, Judgement,
    MetricKind, Quantity, RulerChange, Verdict as LimitVerdict, default_heap_keys, format_count,
};
use tripline_profile::{AmountUnit, SiteMetric};

use crate::growth::superlinear::Bent;
use crate::judge::Case;
use crate::layouts::stored::Join;
use crate::render::figure::counted;
use crate::render::grew::{grew, left};
use crate::render::scaled::sizes;
use crate::render::stored::stored;
use crate::render::{
    CoherenceRow, LimitRow, NO_LIMIT, Published, Rows, Table, headline, measured, remedies,
};
use crate::sites::evidence::{Evidence, asked};

const FAULT: &str = "this is a fault of the instruments, not of the workload: please report it";

/// What was decided, and what it takes to say so.
#[derive(Clone, Debug)]
pub(crate) struct Verdict<'a> {
    pub(crate) case: &'a Case,
    pub(crate) budget: &'a Budget,
    pub(crate) figures: &'a Figures,
    pub(crate) judgement: &'a Judgement,
    /// Invariants of the measurement itself that do not hold.
    pub(crate) broken: Vec<String>,
    /// Of the call sites, if they were asked for.
    pub(crate) evidence: Option<&'a Evidence>,
    /// Of what grows faster than the entities.
    pub(crate) bent: &'a Bent,
    pub(crate) ruler: Vec<RulerChange>,
    pub(crate) published: &'a Published,
    /// What types that grew have to do with it.
    pub(crate) stored: Option<Join>,
}

impl Verdict<'_> {
    /// Joins the worst breach with the types that grew.
    pub(crate) fn joined(self) -> Self {
        let compared = || {
            let question = self.worst()?;
            Some((question, self.trusted()?.comparison(question)?))
        };
        let stored =
            compared().and_then(|(question, compared)| Join::of(self.case, question, &compared));
        Self { stored, ..self }
    }

    pub(crate) fn trips(&self) -> bool {
        let is_sound = self.broken.is_empty() && self.figures.doubts.is_empty();
        self.judgement.trips() || !is_sound || self.composition().is_some()
    }

    pub(crate) fn failure(&self) -> String {
        let what = self.what();
        let mut text = headline("TRIPPED", &self.case.name(), &what, &self.place());
        for sentence in self.sentences() {
            text.push_str(&format!("  {sentence}\n"));
        }
        self.limits(&mut text);
        self.sizes(&mut text);
        self.coherence(&mut text);
        self.sites(&mut text);
        if self.budget.limits.is_empty() {
            separate(&mut text);
            measured(self.figures).print(&mut text);
        }
        if let Some(freed) = self.freed_before() {
            text.push_str(&format!("\n  {freed}\n"));
        }
        remedies(&mut text, &self.remedies());
        text
    }

    /// A line for each limit that could be lowered; `None` if none could.
    pub(crate) fn loose(&self) -> Option<String> {
        let loose =
            self.judgement.findings.iter().filter(|finding| finding.verdict == LimitVerdict::Loose);
        let mut table = Table::default();
        let mut count = 0_u64;
        for finding in loose {
            let Some(measured) = finding.measured_in_unit() else { continue };
            let limit = &finding.limit;
            let scale = DisplayScale::of(
                &limit.metric,
                &[limit.max, measured],
                limit.max.abs_diff(measured),
            );
            let place = format!("{}:{}", self.budget.file, limit.line);
            table.row_with_note(
                [&limit.metric.to_string(), &scale.format(limit.max), "→", &scale.format(measured)],
                &place,
            );
            count += 1;
        }
        if count == 0 {
            return None;
        }
        let what = format!("holds with room in {}", counted(count, "limit"));
        let mut text = headline("LOOSE", &self.case.name(), &what, &self.budget.file);
        table.print(&mut text);
        let lower = format!("{} update-budgets {}", self.case.home.tool(), self.case.name());
        remedies(&mut text, &[("lock in", &lower)]);
        Some(text)
    }

    fn tripped(&self) -> impl Iterator<Item = &Finding> {
        self.judgement.findings.iter().filter(|finding| finding.verdict.trips())
    }

    fn apart(&self) -> impl Iterator<Item = &CoherenceFinding> {
        self.judgement.coherence.iter().filter(|finding| finding.verdict.trips())
    }

    /// What is wrong, in a few words.
    pub(crate) fn what(&self) -> String {
        if !self.broken.is_empty() {
            return "the measurement contradicts itself".to_owned();
        }
        if self.budget.limits.is_empty() && self.budget.coherence.is_empty() {
            return NO_LIMIT.to_owned();
        }
        let lines = self.judgement.findings.len() + self.judgement.coherence.len();
        let tripped = self.tripped().count() + self.apart().count();
        match self.composition() {
            Some(BreakdownStatus::Missing) if tripped == 0 => {
                return "no breakdown is recorded".to_owned();
            }
            Some(_) if tripped == 0 => return "its call sites changed".to_owned(),
            _ => {}
        }
        if tripped == 0 && !self.figures.doubts.is_empty() {
            return "the counters and dhat disagree".to_owned();
        }
        if tripped == 0 && !self.judgement.superlinear.is_empty() {
            return "it grows faster than a line".to_owned();
        }
        if tripped == 0 {
            return "budget and workload do not fit".to_owned();
        }
        format!("{tripped} of {}", counted(lines as u64, "limit"))
    }

    /// The first line to blame.
    pub(crate) fn place(&self) -> String {
        let limits = self.tripped().map(|finding| finding.limit.line);
        let lines = limits.chain(self.apart().map(|finding| finding.coherence.line));
        let lines = lines.chain(self.judgement.superlinear.iter().map(|bend| bend.line));
        match (lines.min(), self.evidence) {
            (Some(line), _) => format!("{}:{line}", self.budget.file),
            (None, Some(evidence)) if !evidence.holds => evidence.snapshot.clone(),
            (None, _) => self.budget.file.clone(),
        }
    }

    /// How the call sites are not those that were recorded, if that is so.
    fn composition(&self) -> Option<BreakdownStatus> {
        self.evidence.filter(|evidence| !evidence.holds).map(|evidence| evidence.composition)
    }

    /// Whom to blame: what grew, by the figures that were breached.
    pub(crate) fn grown(&self) -> Option<Rows> {
        let evidence = self.trusted()?;
        let compared = |question| Some((question, evidence.comparison(question)?));
        let compared: Vec<_> = self.questions().into_iter().filter_map(compared).collect();
        (!compared.is_empty()).then(|| grew(&compared, self.figures.entities.as_ref()))
    }

    /// Which types grew that it stores.
    pub(crate) fn stored(&self) -> Option<Rows> {
        Some(stored(self.stored.as_ref()?, self.figures.entities.as_ref()))
    }

    /// Whom to blame for a breach of what may leak.
    pub(crate) fn left(&self) -> Option<Rows> {
        let heap = self.over().find_map(leaked)?;
        Some(left(&self.trusted()?.now, heap))
    }

    /// What the breaches ask of a breakdown, each once.
    pub(crate) fn questions(&self) -> Vec<SiteMetric> {
        let mut questions: Vec<_> = self.over().filter_map(asked).collect();
        if self.over().next().is_none() {
            questions.extend(self.evidence.iter().flat_map(|evidence| &evidence.outgrown));
        }
        let mut seen = Vec::new();
        questions.retain(|question| {
            !seen.contains(question) && {
                seen.push(*question);
                true
            }
        });
        questions
    }

    /// What is known of call sites, if it does not contradict the figures.
    fn trusted(&self) -> Option<&Evidence> {
        self.evidence.filter(|_| self.broken.is_empty())
    }

    /// What the breach of bytes asks that is the largest share of its limit; the first of equals.
    fn worst(&self) -> Option<SiteMetric> {
        let share = |finding: &Finding| finding.over_tenths_of_percent().unwrap_or(i128::MAX);
        let bytes = self.breached().filter_map(|finding| {
            let question = asked(&finding.limit.metric.quantity)?;
            (question.unit == AmountUnit::Bytes).then(|| (share(finding), question))
        });
        bytes
            .reduce(|worst, next| if next.0 > worst.0 { next } else { worst })
            .map(|(_, worst)| worst)
    }

    fn breached(&self) -> impl Iterator<Item = &Finding> {
        self.tripped().filter(|finding| matches!(finding.verdict, LimitVerdict::Over { .. }))
    }

    fn over(&self) -> impl Iterator<Item = &Quantity> {
        self.breached().map(|finding| &finding.limit.metric.quantity)
    }

    /// Whom to blame for what grows faster than the entities.
    pub(crate) fn bent(&self) -> impl Iterator<Item = &Rows> {
        let rows = self.judgement.superlinear.iter().filter_map(|bend| self.bent.get(&bend.metric));
        rows.filter(|rows| !rows.rows.is_empty())
    }

    /// What each size cost, of what its line does not hold.
    fn sizes(&self, text: &mut String) {
        let grown = self.tripped().filter_map(|finding| finding.limit.metric.growth_metric());
        if let Some(table) = sizes(self.figures, grown.cloned()) {
            separate(text);
            table.print(text);
        }
    }

    fn sites(&self, text: &mut String) {
        let grown = self.grown().into_iter().chain(self.stored());
        for rows in self.bent().cloned().chain(grown).chain(self.left()) {
            separate(text);
            rows.print(text);
        }
    }

    /// What has to be said before any figure, a line each.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for RulerChange { part, recorded, now } in &self.ruler {
            lines.push(format!("the ruler changed: {part} {recorded} → {now}"));
        }
        if !self.ruler.is_empty() {
            lines.push("so the growth may not be this change's".to_owned());
        }
        lines.extend(self.broken.iter().chain(&self.judgement.problems).cloned());
        lines.extend(self.figures.doubts.iter().cloned());
        lines.extend(self.judgement.superlinear.iter().map(ToString::to_string));
        if !self.broken.is_empty() {
            lines.push(FAULT.to_owned());
        }
        lines
    }

    fn limits(&self, text: &mut String) {
        let hold = |text: &mut String, hold: usize, what: &str| {
            let verb = if hold == 1 { "holds" } else { "hold" };
            text.push_str(&format!("  {hold} {what} {verb}\n"));
        };
        let all = self.judgement.findings.len();
        if self.tripped().next().is_none() {
            if self.composition().is_some() && all > 0 {
                hold(text, all, if all == 1 { "limit" } else { "limits" });
            }
            return;
        }
        separate(text);
        let mut table = Table::default();
        table.row(["limit", "budget", "measured", "over"]);
        for finding in self.tripped() {
            LimitRow::of(finding).add_to(&mut table);
        }
        table.print(text);
        let others = all - self.tripped().count();
        if others > 0 {
            hold(text, others, "more");
        }
    }

    fn coherence(&self, text: &mut String) {
        if self.apart().next().is_none() {
            return;
        }
        separate(text);
        let mut table = Table::default();
        table.row(["incoherent", "reported", "measured"]);
        for finding in self.apart() {
            CoherenceRow::of(finding).add_to(&mut table);
        }
        table.print(text);
    }

    /// What the region freed without having allocated it, if anything.
    pub(crate) fn freed_before(&self) -> Option<String> {
        let freed = self.figures.freed_before;
        (freed.blocks > 0).then(|| {
            format!(
                "freed in it: {} from before the region, {} B; no figure counts them",
                counted(freed.blocks, "block"),
                format_count(freed.bytes)
            )
        })
    }

    fn remedies(&self) -> Vec<(&'static str, String)> {
        let (tool, name) = (self.case.home.tool(), self.case.name());
        let mut remedies = Vec::new();
        if self.budget.limits.is_empty() && self.budget.coherence.is_empty() {
            remedies.push((
                "record",
                format!("{tool} update-budgets {name} --add {}", default_heap_keys()),
            ));
        }
        let record = format!("{tool} update-budgets {name}");
        let raise: Vec<_> =
            self.raisable().map(|finding| finding.limit.metric.to_string()).collect();
        if !raise.is_empty() {
            let keys = raise.join(",");
            remedies.push((
                "wanted?",
                format!("{tool} update-budgets {name} --raise {keys} --reason \"...\""),
            ));
        }
        for bend in &self.judgement.superlinear {
            let line = format!("{}:{}", self.budget.file, bend.line);
            remedies.push((
                "curve?",
                format!("a `tolerance` in {line}, by hand: no tool takes a curve for a line"),
            ));
        }
        match self.composition() {
            Some(BreakdownStatus::Missing) => remedies.push(("record", record)),
            Some(_) if self.tripped().next().is_none() => remedies.push(("wanted?", record)),
            _ => {}
        }
        for finding in self.tripped().filter(|finding| is_at_ceiling(finding)) {
            let key = &finding.limit.metric;
            remedies.push(("ceiling", format!("no tool raises `{key}` above its ceiling: change the code, or the ceiling by hand")));
        }
        remedies.extend(self.published.remedies(tool));
        remedies
    }

    fn raisable(&self) -> impl Iterator<Item = &Finding> {
        self.breached().filter(|finding| !is_at_ceiling(finding))
    }
}

/// By what to rank what leaked, if that is limited.
fn leaked(limited: &Quantity) -> Option<AmountUnit> {
    match limited {
        Quantity::Growth(of) => leaked(&of.quantity()),
        Quantity::Region(MetricKind::LeakedBlocks) => Some(AmountUnit::Blocks),
        Quantity::Region(MetricKind::LeakedBytes) => Some(AmountUnit::Bytes),
        _ => None,
    }
}

/// An empty line, unless one is there.
fn separate(text: &mut String) {
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
}

/// Whether accepting what was measured would pass the limit's ceiling.
fn is_at_ceiling(finding: &Finding) -> bool {
    let measured = finding.measured_in_unit();
    measured.zip(finding.limit.ceiling).is_some_and(|(measured, ceiling)| measured > ceiling)
}
