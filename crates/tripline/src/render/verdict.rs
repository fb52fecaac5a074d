//! A workload held against its budget.

use tripline_budget::{
    Budget, CoherenceFinding, CoherenceVerdict, Composition, Figures, Finding, Heap, Judgement,
    Quantity, RulerChange, Scale, Unit, Verdict as LimitVerdict, format_count,
};
use tripline_profile::Quantity as Of;

use crate::evidence::{Evidence, asked};
use crate::judge::Case;
use crate::render::figure::percent;
use crate::render::grew::{grew, left};
use crate::render::table::Table;
use crate::render::{Published, headline, measured, remedies};

/// What was decided, and what it takes to say so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict<'a> {
    pub(crate) case: &'a Case,
    pub(crate) budget: &'a Budget,
    pub(crate) figures: &'a Figures,
    pub(crate) judgement: &'a Judgement,
    /// Invariants of the measurement itself that do not hold.
    pub(crate) broken: &'a [String],
    /// Of the call sites, if they were asked for.
    pub(crate) evidence: Option<&'a Evidence>,
    pub(crate) ruler: &'a [RulerChange],
    pub(crate) published: &'a Published,
}

impl Verdict<'_> {
    pub(crate) fn trips(&self) -> bool {
        self.judgement.trips() || !self.broken.is_empty() || self.composition().is_some()
    }

    pub(crate) fn failure(&self) -> String {
        let what = self.what();
        let mut text = headline("TRIPPED", &self.case.name(), &what, &self.place());
        self.ruler(&mut text);
        self.sentences(&mut text);
        self.limits(&mut text);
        self.coherence(&mut text);
        self.sites(&mut text);
        if self.budget.limits.is_empty() {
            separate(&mut text);
            measured(&mut text, self.figures);
        }
        self.freed_before(&mut text);
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
            let scale = Scale::of(&limit.metric, limit.max, limit.max.abs_diff(measured));
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

    fn what(&self) -> String {
        if !self.broken.is_empty() {
            return "the measurement contradicts itself".to_owned();
        }
        if self.budget.limits.is_empty() && self.budget.coherence.is_empty() {
            return "no limit is recorded".to_owned();
        }
        let lines = self.judgement.findings.len() + self.judgement.coherence.len();
        let tripped = self.tripped().count() + self.apart().count();
        match self.composition() {
            Some(Composition::Missing) if tripped == 0 => {
                return "no breakdown is recorded".to_owned();
            }
            Some(_) if tripped == 0 => return "its call sites changed".to_owned(),
            _ => {}
        }
        if tripped == 0 {
            return "budget and workload do not fit".to_owned();
        }
        format!("{tripped} of {}", counted(lines as u64, "limit"))
    }

    /// The first line to blame.
    fn place(&self) -> String {
        let limits = self.tripped().map(|finding| finding.limit.line);
        let lines = limits.chain(self.apart().map(|finding| finding.coherence.line));
        match (lines.min(), self.evidence) {
            (Some(line), _) => format!("{}:{line}", self.budget.file),
            (None, Some(evidence)) if !evidence.holds => evidence.snapshot.clone(),
            (None, _) => self.budget.file.clone(),
        }
    }

    /// How the call sites are not those that were recorded, if that is so.
    fn composition(&self) -> Option<Composition> {
        self.evidence.filter(|evidence| !evidence.holds).map(|evidence| evidence.composition)
    }

    /// Whom to blame.
    fn sites(&self, text: &mut String) {
        let Some(evidence) = self.evidence.filter(|_| self.broken.is_empty()) else { return };
        let over = || {
            let over = |finding: &&Finding| matches!(finding.verdict, LimitVerdict::Over { .. });
            self.tripped().filter(over).map(|finding| &finding.limit.metric.quantity)
        };
        let mut questions: Vec<_> = over().filter_map(asked).collect();
        questions.extend(evidence.outgrown.iter().filter(|_| over().next().is_none()));
        let mut seen = Vec::new();
        questions.retain(|question| {
            !seen.contains(question) && {
                seen.push(*question);
                true
            }
        });
        let compared = |question| Some((question, evidence.comparison(question)?));
        let compared: Vec<_> = questions.into_iter().filter_map(compared).collect();
        if !compared.is_empty() {
            separate(text);
            grew(text, &compared, self.figures.entities.as_ref());
        }
        if let Some(heap) = over().find_map(leaked) {
            separate(text);
            left(text, &evidence.now, heap);
        }
    }

    fn ruler(&self, text: &mut String) {
        for RulerChange { part, recorded, now } in self.ruler {
            text.push_str(&format!("  the ruler changed: {part} {recorded} → {now}\n"));
        }
        if !self.ruler.is_empty() {
            text.push_str("  so the growth may not be this change's\n");
        }
    }

    fn sentences(&self, text: &mut String) {
        for sentence in self.broken.iter().chain(&self.judgement.problems) {
            text.push_str(&format!("  {sentence}\n"));
        }
        if !self.broken.is_empty() {
            text.push_str(
                "  this is a fault of the instruments, not of the workload: please report it\n",
            );
        }
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
            limit_row(&mut table, finding);
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
            coherence_row(&mut table, finding);
        }
        table.print(text);
    }

    fn freed_before(&self, text: &mut String) {
        let freed = self.figures.freed_before;
        if freed.blocks > 0 {
            text.push_str(&format!(
                "\n  freed in it: {} from before the region, {} B; no figure counts them\n",
                counted(freed.blocks, "block"),
                format_count(freed.bytes)
            ));
        }
    }

    fn remedies(&self) -> Vec<(&'static str, String)> {
        let (tool, name) = (self.case.home.tool(), self.case.name());
        let mut remedies = Vec::new();
        if self.budget.limits.is_empty() && self.budget.coherence.is_empty() {
            remedies.push(("record", format!("{tool} update-budgets {name} --add total_blocks,max_bytes,live_bytes,leaked_blocks")));
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
        match self.composition() {
            Some(Composition::Missing) => remedies.push(("record", record)),
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
        let over = |finding: &&Finding| matches!(finding.verdict, LimitVerdict::Over { .. });
        self.tripped().filter(over).filter(|finding| !is_at_ceiling(finding))
    }
}

/// By what to rank what leaked, if that is limited.
fn leaked(limited: &Quantity) -> Option<Of> {
    match limited {
        Quantity::Heap(Heap::LeakedBlocks) => Some(Of::Blocks),
        Quantity::Heap(Heap::LeakedBytes) => Some(Of::Bytes),
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

fn limit_row(table: &mut Table, finding: &Finding) {
    let limit = &finding.limit;
    let name = limit.metric.to_string();
    let (Some(measured), Some(over)) = (finding.measured_in_unit(), finding.over()) else {
        let budget = Scale::of(&limit.metric, limit.max, 0).format(limit.max);
        let LimitVerdict::Missing(why) = &finding.verdict else { return };
        return table.row_with_note([&name, &budget, "—", ""], why);
    };
    if let LimitVerdict::Missing(why) = &finding.verdict {
        let scale = Scale::of(&limit.metric, measured, 0);
        return table
            .row_with_note([&name, &scale.format(limit.max), &scale.format(measured), ""], why);
    }
    let difference = u64::try_from(over.unsigned_abs()).unwrap_or(u64::MAX);
    let scale = Scale::of(&limit.metric, measured, difference);
    let share = finding.over_tenths_of_percent().map(percent).unwrap_or_default();
    let over = format!("+{}", scale.format(difference));
    table.row_with_note(
        [&name, &scale.format(limit.max), &scale.format(measured), &over, &share],
        &allowance(finding),
    );
}

/// What the limit's line grants beside `max`: `(tolerance 3 %, ceiling 64)`.
fn allowance(finding: &Finding) -> String {
    let limit = &finding.limit;
    let unit = limit.metric.unit();
    let tolerance =
        limit.tolerance.map(|tolerance| format!("tolerance {}", tolerance.describe(unit)));
    let ceiling = limit.ceiling.map(|ceiling| {
        let unit = if unit == Unit::Bytes { " B" } else { "" };
        format!("ceiling {}{unit}", format_count(ceiling))
    });
    let grants: Vec<_> = tolerance.into_iter().chain(ceiling).collect();
    if grants.is_empty() { String::new() } else { format!("({})", grants.join(", ")) }
}

fn coherence_row(table: &mut Table, finding: &CoherenceFinding) {
    let coherence = &finding.coherence;
    let name = coherence.reported.to_string();
    let reported = finding.reported.map_or("—".to_owned(), format_count);
    let equals = finding.total.map(|total| match finding.entities {
        Some(entities) => format_count(total.div_ceil(entities)),
        None => format_count(total),
    });
    let note = match &finding.verdict {
        CoherenceVerdict::Missing(why) => why.clone(),
        _ => format!("(must equal `{}` within {})", coherence.equals, coherence.within),
    };
    table.row_with_note([&name, &reported, equals.as_deref().unwrap_or("—")], &note);
}

fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", format_count(count))
}
