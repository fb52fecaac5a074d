//! Describes a site by its heaviest stack.

use std::cmp::Ordering;

use crate::breakdown::Site;
use crate::figures::SiteFigures;
use crate::naming::{FrameNamer, NameId};
use crate::site::{MOST_WRAPPERS, SiteInStack, std_functions, visit_callers};

/// The most callers of a site that are shown.
const CALLERS: usize = 4;

/// Everything about a site that one stack tells.
#[derive(Debug)]
pub(crate) struct SiteDescription {
    /// The weight of the stack.
    weight: [u64; 6],
    /// The site's own frame.
    frame: Option<u32>,
    /// The nearest first. More than are shown, because a part of a split site begins further out.
    callers: Vec<Caller>,
    std_functions: Vec<NameId>,
}

/// A function outside std, and the frame in which it calls.
#[derive(Debug)]
struct Caller {
    name: NameId,
    frame: u32,
}

impl SiteDescription {
    pub(crate) fn of(
        namer: &mut FrameNamer,
        stack: &[u32],
        site: SiteInStack,
        weight: [u64; 6],
    ) -> Self {
        let mut callers = Vec::with_capacity(CALLERS);
        visit_callers(namer, stack, site, CALLERS + MOST_WRAPPERS, |name, frame| {
            callers.push(Caller { name, frame });
        });
        Self {
            weight,
            frame: site.at.map(|at| stack[at]),
            callers,
            std_functions: std_functions(namer, stack, site),
        }
    }

    pub(crate) fn weight(&self) -> [u64; 6] {
        self.weight
    }

    /// Takes the other description if it is by a heavier stack.
    ///
    /// The order of stacks in a file differs from run to run, so if both weigh the same the text decides.
    pub(crate) fn keep_heavier(&mut self, other: Self, namer: &FrameNamer) {
        let order = other.weight.cmp(&self.weight);
        if order.then_with(|| self.shown(namer).cmp(&other.shown(namer))) == Ordering::Greater {
            *self = other;
        }
    }

    /// Returns everything that is shown of a whole site, and then what only its parts show.
    fn shown<'n>(&self, namer: &'n FrameNamer) -> impl Ord + use<'n> {
        let callers: Vec<&str> =
            self.callers.iter().map(|caller| namer.name(caller.name)).collect();
        let (near, far) = callers.split_at(callers.len().min(CALLERS));
        let inside: Vec<&str> = self.std_functions.iter().map(|name| namer.name(*name)).collect();
        let frames =
            std::iter::once(self.frame).chain(self.callers.iter().map(|caller| Some(caller.frame)));
        let mut places = frames.map(|frame| place(namer, frame));
        let own = places.next();
        (near.to_vec(), inside, own, far.to_vec(), places.collect::<Vec<_>>())
    }

    /// Makes the site, or the part of it that the first `callers` callers tell apart. The place of a part is where
    /// the last of these calls.
    pub(crate) fn into_site(
        self,
        namer: &FrameNamer,
        key: String,
        callers: usize,
        figures: SiteFigures,
    ) -> Site {
        let name = |name: NameId| namer.name(name).to_owned();
        let frame = match callers.checked_sub(1) {
            None => self.frame,
            Some(last) => self.callers.get(last).map(|caller| caller.frame),
        };
        let further = self.callers.iter().skip(callers).take(CALLERS);
        Site {
            key,
            callers: further.map(|caller| name(caller.name)).collect(),
            inside: self.std_functions.into_iter().map(name).collect(),
            place: frame.and_then(|frame| namer.frames.get(frame).place.clone()),
            figures,
        }
    }
}

fn place(namer: &FrameNamer, frame: Option<u32>) -> Option<(&str, u32)> {
    let place = namer.frames.get(frame?).place.as_ref()?;
    Some((place.file.as_str(), place.line))
}
