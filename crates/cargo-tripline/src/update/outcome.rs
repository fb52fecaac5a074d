//! What a plan comes to: the files to write, and what stays to be said.

use tripline_budget::{Budget, Sizes};

use crate::home::SIZES;
use crate::report::{Group, Judged, judged_types};
use crate::status::Status;
use crate::tool::Tool;
use crate::update::book::Book;
use crate::update::draft::{self, Draft};
use crate::update::plan::{Plan, record, revise};
use crate::update::plan_types::plan_types;
use crate::update::request::Request;
use crate::update::subject::{Subject, TypesSubject};

#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) drafts: Vec<Draft>,
    /// What would not hold even once the drafts are written.
    pub(super) left: Vec<Group>,
    pub(super) notes: Vec<String>,
}

impl Outcome {
    pub(super) fn of(book: &Book<'_>, request: &Request, tool: Tool) -> anyhow::Result<Self> {
        let mut outcome = Self::default();
        for subject in &book.workloads {
            outcome.plan(subject, request, tool)?;
        }
        for subject in &book.types {
            outcome.plan_types(subject, request, tool)?;
        }
        outcome.left.extend(book.unknown.iter().cloned());
        outcome.note_unused_reason(request);
        Ok(outcome)
    }

    fn plan(&mut self, subject: &Subject<'_>, request: &Request, tool: Tool) -> anyhow::Result<()> {
        let plan = match &subject.budget {
            None => record(&subject.samples, request, subject.usual),
            Some(budget) => revise(&budget.applies, &subject.samples, request, subject.usual),
        };
        let name = subject.name();
        self.notes.extend(plan.notes.iter().map(|note| format!("{name}: {note}")));
        let now = subject.budget.as_ref().map(|budget| &budget.applies);
        if !plan.refusals.is_empty() {
            self.left.push(refused(subject, &plan, now, tool));
        } else if plan.sets.is_empty() {
            self.left.extend(now.and_then(|now| judged(subject, now, tool).tripped()));
        } else {
            let (draft, then) = draft::budget(subject, &plan)?;
            self.drafts.push(draft);
            self.left.extend(judged(subject, &then, tool).tripped());
        }
        Ok(())
    }

    fn plan_types(
        &mut self,
        subject: &TypesSubject<'_>,
        request: &Request,
        tool: Tool,
    ) -> anyhow::Result<()> {
        let home = subject.home;
        let plan = plan_types(&subject.sizes, subject.layouts(), request);
        let judged = |sizes: &Sizes| judged_types(home, sizes, tool);
        if !plan.refusals.is_empty() {
            let group = judged(&subject.sizes).tripped();
            let group = group
                .unwrap_or_else(|| Group::new(home.name(SIZES), home.shown(&home.budget(SIZES))));
            self.left.push(refuse(group, &plan.refusals));
        } else if plan.sets.is_empty() {
            self.left.extend(judged(&subject.sizes).tripped());
        } else {
            let (draft, then) = draft::sizes(subject, &plan)?;
            self.drafts.push(draft);
            self.left.extend(judged(&then).tripped());
        }
        Ok(())
    }

    fn note_unused_reason(&mut self, request: &Request) {
        let used =
            self.drafts.iter().flat_map(|draft| &draft.lines).any(|line| line.reason.is_some());
        if request.reason.is_some() && !used {
            self.notes.push("--reason explains a raised limit or a leak; nothing needed it".into());
        }
    }
}

fn judged(subject: &Subject<'_>, budget: &Budget, tool: Tool) -> Group {
    let (name, figures) = (subject.name(), subject.samples.worst());
    Judged { name: &name, budget, figures: &figures, tool }.group()
}

fn refused(subject: &Subject<'_>, plan: &Plan, now: Option<&Budget>, tool: Tool) -> Group {
    let place = subject.home.shown(&subject.home.budget(&subject.registered.workload));
    let group = now
        .and_then(|now| judged(subject, now, tool).tripped())
        .unwrap_or_else(|| Group::new(subject.name(), place));
    refuse(group, &plan.refusals)
}

fn refuse(group: Group, refusals: &[String]) -> Group {
    refusals.iter().fold(group, |group, refusal| group.say(Status::Breach, refusal.clone()))
}
