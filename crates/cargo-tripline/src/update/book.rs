//! Everything that matches, with its budgets and figures.

use tripline_budget::Registered;

use crate::home::{Home, SIZES};
use crate::measure::{Asked, Measured, measure};
use crate::progress::Step;
use crate::project::Project;
use crate::report::Group;
use crate::selection::Selection;
use crate::status::Status;
use crate::update::request::Request;
use crate::update::subject::{Subject, TypesSubject};

/// How often a workload runs before a limit of it is written.
const RUNS: usize = 3;

#[derive(Debug)]
pub(super) struct Book<'a> {
    pub(super) workloads: Vec<Subject<'a>>,
    pub(super) types: Vec<TypesSubject<'a>>,
    /// What nothing can be planned for, and why.
    pub(super) unknown: Vec<Group>,
}

impl<'a> Book<'a> {
    /// Runs every workload once.
    pub(super) fn open(
        project: &'a Project,
        selection: &Selection<'a>,
        request: &Request,
    ) -> anyhow::Result<Self> {
        let mut book = Self { workloads: Vec::new(), types: Vec::new(), unknown: Vec::new() };
        for (index, selected) in selection.suites.iter().enumerate() {
            let home = selected.home;
            let of = format!("{} of {}", index + 1, selection.suites.len());
            let step = Step::begin(format!("measuring {} ({of})", home.suite.suite));
            let asked = Asked { rss: request.needs_rss(), breakdown: false };
            let measured = measure(project, home, &selected.workloads, asked)?;
            drop(step);
            for (registered, measured) in selected.workloads.iter().zip(measured) {
                match Subject::new(home, registered, measured) {
                    Ok(subject) => book.workloads.push(subject),
                    Err(reason) => book.unknown.push(unknown(home, &registered.workload, reason)),
                }
            }
            if selected.types {
                match TypesSubject::new(home) {
                    Ok(subject) => book.types.push(subject),
                    Err(reason) => book.unknown.push(unknown(home, SIZES, reason)),
                }
            }
        }
        Ok(book)
    }

    /// Runs what has to be recorded or changed until each has as many runs as a limit takes.
    pub(super) fn measure_again(
        &mut self,
        project: &Project,
        request: &Request,
    ) -> anyhow::Result<()> {
        let due = self.due(request);
        for run in 2..=RUNS {
            for (index, (home, workloads)) in due.iter().enumerate() {
                let of = format!("{} of {}, run {run} of {RUNS}", index + 1, due.len());
                let step = Step::begin(format!("measuring {} ({of})", home.suite.suite));
                let asked = Asked { rss: request.needs_rss(), breakdown: run == RUNS };
                let measured = measure(project, *home, workloads, asked)?;
                drop(step);
                for (registered, measured) in workloads.iter().zip(measured) {
                    self.push(&home.name(&registered.workload), measured);
                }
            }
        }
        Ok(())
    }

    /// Adds a run of a workload. One that failed in any run is out.
    fn push(&mut self, name: &str, measured: Measured) {
        let Some(index) = self.workloads.iter().position(|subject| subject.name() == name) else {
            return;
        };
        if let Err(reason) = self.workloads[index].push(measured) {
            let Subject { home, registered, .. } = self.workloads.remove(index);
            self.unknown.push(unknown(home, &registered.workload, reason));
        }
    }

    /// By suite, because a suite's workloads run together.
    fn due(&self, request: &Request) -> Vec<(Home<'a>, Vec<&'a Registered>)> {
        let mut due: Vec<(Home<'a>, Vec<&'a Registered>)> = Vec::new();
        for subject in self.workloads.iter().filter(|subject| subject.is_due(request)) {
            match due.last_mut() {
                Some((home, workloads)) if home.suite.suite == subject.home.suite.suite => {
                    workloads.push(subject.registered);
                }
                _ => due.push((subject.home, vec![subject.registered])),
            }
        }
        due
    }
}

fn unknown(home: Home<'_>, workload: &str, reason: String) -> Group {
    Group::of(home, workload).say(Status::Unknown, reason)
}
