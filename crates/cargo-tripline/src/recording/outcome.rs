//! The result of planning: the files to write, and the findings that stay.

use tripline_budget::protocol::file_names::SIZES;
use tripline_budget::{BreakdownStatus, Budget, Sizes};

use crate::findings::{
    BudgetFindings, JudgedWorkload, RepeatedOptions, judged_types, skipped, unrecorded,
};
use crate::outcome::Status;
use crate::output::{Tool, harmless};
use crate::recording::another_build::AnotherBuild;
use crate::recording::candidate::{TypesCandidate, WorkloadCandidate};
use crate::recording::candidates::Candidates;
use crate::recording::draft::{self, Draft};
use crate::recording::orphaned::OrphanedFile;
use crate::recording::plan::{LimitsPlan, beside, record, revise};
use crate::recording::plan_types::{TypesPlan, plan_types};
use crate::recording::request::RecordingRequest;
use crate::workspace::{SelectedSuite, Selection, SuiteHome};

#[derive(Debug, Default)]
pub(crate) struct RecordingOutcome {
    pub(super) drafts: Vec<Draft>,
    /// Files that belong to no test. They are removed, or named.
    pub(crate) orphaned: Vec<OrphanedFile>,
    pub(crate) removes_orphans: bool,
    /// Findings that stay once the drafts are written.
    pub(super) left: Vec<BudgetFindings>,
    pub(super) notes: Vec<String>,
    /// The shares of ruler and code, where both moved.
    pub(super) ruler_and_code: String,
    refused: bool,
    /// Workloads whose new limits come from runs with an unknown load.
    load_unknown: Vec<String>,
}

impl RecordingOutcome {
    pub(super) fn of(
        candidates: &Candidates<'_>,
        request: &RecordingRequest,
        tool: Tool,
    ) -> anyhow::Result<Self> {
        let mut outcome = Self::default();
        for candidate in &candidates.workloads {
            outcome.plan(candidate, request, tool)?;
        }
        for candidate in &candidates.types {
            outcome.plan_types(candidate, request, tool)?;
        }
        outcome.left.extend(candidates.unknown.iter().cloned());
        let absent = candidates.absent.iter();
        outcome
            .notes
            .extend(absent.map(|name| format!("{name}: no folder holds it, so it is left alone")));
        outcome.note_unknown_load();
        outcome.note_unused_reason(request);
        Ok(outcome)
    }

    fn plan(
        &mut self,
        candidate: &WorkloadCandidate<'_>,
        request: &RecordingRequest,
        tool: Tool,
    ) -> anyhow::Result<()> {
        let now = candidate.budget.as_ref().map(|budget| &budget.applies);
        let is_moved = candidate.ruler_moved();
        let another = candidate.another_build().filter(|_| !request.is_ruler());
        let mut plan = match now {
            None if request.leaves_alone() => LimitsPlan::default(),
            Some(_) if request.is_ruler() && !is_moved => LimitsPlan::default(),
            None => record(&candidate.samples, request, candidate.default_tolerance),
            Some(budget) => {
                let (samples, tolerance) = (&candidate.samples, candidate.default_tolerance);
                match &request.when {
                    Some(when) => beside(budget, samples, request, when, tolerance),
                    None => revise(budget, samples, request, tolerance),
                }
            }
        };
        if now.is_some() {
            let whens: Vec<_> = plan.sets.iter().map(|set| set.when.as_deref()).collect();
            plan.refusals.extend(refused_build(candidate.home, another.as_ref(), request, &whens));
            let is_own = |when: &Option<&str>| when.is_some();
            let is_beside = !whens.is_empty() && whens.iter().all(is_own);
            plan.keeps_ruler |=
                another.is_some() || (is_beside && candidate.has_unmeasured_limits());
        } else if request.when.is_some() {
            plan.refusals
                .push("`--when` is for a build beside a recorded one, and none is".to_owned());
        }
        plan.refusals.extend(candidate.missing_runs(request));
        if !plan.sets.is_empty() {
            plan.refusals.extend(candidate.missing_breakdown());
        }
        let name = candidate.name();
        self.notes.extend(plan.notes.iter().map(|note| format!("{name}: {note}")));
        let group = BudgetFindings::of(candidate.home, &candidate.registered.workload);
        let stays = match now {
            Some(now) => judged(candidate, now, tool).tripped(),
            None => request.leaves_alone().then(|| unrecorded(group, tool)),
        };
        if !plan.refusals.is_empty() {
            let without = || BudgetFindings::of(candidate.home, &candidate.registered.workload);
            self.refuse(stays.unwrap_or_else(without), &plan.refusals);
        } else if plan.sets.is_empty() && !(request.is_ruler() && is_moved) {
            let is_other = |composition| composition != BreakdownStatus::Same;
            match request.leaves_alone() {
                true => self.left.extend(stays),
                false => self.finish(candidate, request, stays, is_other)?,
            }
        } else {
            let (draft, then) = draft::budget(candidate, &plan)?;
            self.drafts.push(draft);
            let tripped = judged(candidate, &then, tool).tripped();
            self.finish(candidate, request, tripped, |_| true)?;
            self.load_unknown.extend(candidate.hides_load(request).then_some(name));
        }
        Ok(())
    }

    /// Records the breakdown of a workload whose limits hold, if `is_recorded` accepts how it compares; `tripped` are
    /// the limits that do not hold.
    fn finish(
        &mut self,
        candidate: &WorkloadCandidate<'_>,
        request: &RecordingRequest,
        tripped: Option<BudgetFindings>,
        is_recorded: impl FnOnce(BreakdownStatus) -> bool,
    ) -> anyhow::Result<()> {
        match tripped {
            Some(group) => self.left.push(group),
            None => {
                // The recorded breakdown is the other build's, as its limits are.
                let is_own = request.is_ruler() || candidate.another_build().is_none();
                let snapshot = candidate.snapshot.as_ref().filter(|_| is_own);
                let snapshot = snapshot.filter(|snapshot| is_recorded(snapshot.composition));
                let draft = snapshot.map(|snapshot| draft::snapshot(candidate.home, snapshot));
                self.drafts.extend(draft.transpose()?.flatten());
            }
        }
        Ok(())
    }

    fn plan_types(
        &mut self,
        candidate: &TypesCandidate<'_>,
        request: &RecordingRequest,
        tool: Tool,
    ) -> anyhow::Result<()> {
        let is_moved = candidate.ruler_moved();
        let another = candidate.another_build().filter(|_| !request.is_ruler());
        let mut plan = match request.is_ruler() && !is_moved {
            true => TypesPlan::default(),
            false => plan_types(&candidate.sizes, candidate.layouts(), request),
        };
        if candidate.file.is_some() {
            let whens: Vec<_> = plan.sets.iter().map(|set| set.when.as_deref()).collect();
            plan.refusals.extend(refused_build(candidate.home, another.as_ref(), request, &whens));
            plan.keeps_ruler |= another.is_some();
        }
        let judged = |sizes: &Sizes| judged_types(candidate.home, sizes, tool).tripped();
        if !plan.refusals.is_empty() {
            let stays = judged(&candidate.sizes);
            let without = || BudgetFindings::of(candidate.home, SIZES);
            self.refuse(stays.unwrap_or_else(without), &plan.refusals);
        } else if plan.sets.is_empty() && !(request.is_ruler() && is_moved) {
            self.left.extend(judged(&candidate.sizes));
        } else {
            let (draft, then) = draft::sizes(candidate, &plan)?;
            self.drafts.push(draft);
            self.left.extend(judged(&then));
        }
        Ok(())
    }

    /// Leaves a file alone; `group` holds its limits that do not hold.
    fn refuse(&mut self, group: BudgetFindings, refusals: &[String]) {
        let say =
            |group: BudgetFindings, refusal: &String| group.say(Status::Breach, refusal.clone());
        self.left.push(refusals.iter().fold(group, say));
        self.refused = true;
    }

    /// Returns the files to remove.
    pub(super) fn removed(&self) -> &[OrphanedFile] {
        if self.removes_orphans { &self.orphaned } else { &[] }
    }

    /// Names the files that belong to no test, and `command`, which would remove them.
    pub(crate) fn note_orphaned(&mut self, command: &str) {
        if self.orphaned.is_empty() || self.removes_orphans {
            return;
        }
        let files = self.orphaned.iter().map(|file| format!("\n  {}", harmless(&file.shown)));
        let (belong, them) = match self.orphaned.len() {
            1 => ("a file belongs".to_owned(), "it"),
            count => (format!("{count} files belong"), "them"),
        };
        self.notes.push(format!(
            "{belong} to no test of this build; to remove {them}: `{command}`\n{}\n",
            files.collect::<String>()
        ));
    }

    /// Adds the ignored workloads, which did not run. One without a budget trips the suite's own test all the same.
    pub(super) fn add_skipped(&mut self, selection: &Selection<'_>, tool: Tool) {
        let of =
            |selected: &SelectedSuite<'_>, registered| skipped(selected.home, registered, tool);
        for selected in &selection.suites {
            for group in selected.skipped.iter().map(|registered| of(selected, registered)) {
                let note = format!("{}: skipped: it is ignored", group.name);
                match group.tripped() {
                    Some(group) => self.left.push(group),
                    None => self.notes.push(note),
                }
            }
        }
    }

    fn note_unknown_load(&mut self) {
        if !self.load_unknown.is_empty() {
            let note =
                "measured under an unknown load; here half of the runs would have every core busy";
            self.notes.push(format!("{}: {note}", self.load_unknown.join(", ")));
        }
    }

    /// Has each remedy's command repeat `options`.
    pub(super) fn repeat(&mut self, options: &RepeatedOptions) {
        self.left.iter_mut().for_each(|group| group.repeat(options));
    }

    fn note_unused_reason(&mut self, request: &RecordingRequest) {
        let used =
            self.drafts.iter().flat_map(|draft| &draft.lines).any(|line| line.reason.is_some());
        if request.reason.is_some() && !used && !self.refused && !request.is_ruler() {
            self.notes.push("--reason explains a raised limit or a leak; nothing needed it".into());
        }
    }
}

/// Returns the reason why limits at `whens` cannot be recorded in this build. `another` is the build that the file is of.
fn refused_build(
    home: SuiteHome<'_>,
    another: Option<&AnotherBuild>,
    request: &RecordingRequest,
    whens: &[Option<&str>],
) -> Option<String> {
    if let Some(when) = &request.when {
        return refused_when(home, another, when);
    }
    let is_own =
        |when: &Option<&str>| when.is_some_and(|when| another.is_some_and(|it| it.is_own(when)));
    another.filter(|_| !whens.iter().all(is_own)).map(AnotherBuild::refusal)
}

/// Returns the reason why `--when` does not tell this build from the recorded one.
fn refused_when(home: SuiteHome<'_>, another: Option<&AnotherBuild>, when: &str) -> Option<String> {
    let holds = home.cfgs().and_then(|cfgs| cfgs.evaluate(when).map_err(|error| error.to_string()));
    match (holds, another) {
        (Err(problem), _) => Some(format!("`--when '{when}'` cannot be evaluated: {problem}")),
        (Ok(false), _) => Some(format!("`--when '{when}'` does not hold in this build")),
        (Ok(true), None) => {
            Some("its limits are of this build already: `--when` is for another one".to_owned())
        }
        (Ok(true), Some(another)) => (!another.is_own(when)).then(|| {
            format!("`--when '{when}'` holds in the recorded build too: name a cfg that does not")
        }),
    }
}

fn judged(candidate: &WorkloadCandidate<'_>, budget: &Budget, tool: Tool) -> BudgetFindings {
    let (home, workload) = (candidate.home, candidate.registered.workload.as_str());
    JudgedWorkload { home, workload, budget, figures: &candidate.samples.worst(), tool }.group()
}
