//! A function and its caller that trade blocks are one: inlined in one build and not in the other.
//!
//! Deliberately absent: a function that was inlined into several callers at once, unless it was split by
//! them. A site knows the callers of its heaviest stack only.

use std::collections::{BTreeMap, HashMap};

use crate::breakdown::part_key::{nearest, outward};
use crate::compare::change::{Change, Pairing};
use crate::compare::view::Folds;

/// How many sites of an inlined path are followed. Callers may form a circle.
const LONGEST_PATH: usize = 64;

/// Which change a key belongs to, before and after.
struct Index {
    was: HashMap<String, usize>,
    now: HashMap<String, usize>,
}

/// Which change goes into which. A change that others go into goes nowhere itself.
struct Plan {
    into: Vec<Option<usize>>,
    busy: Vec<bool>,
}

/// Merges neighbours whose figures add up exactly.
pub(crate) fn merge_exact(changes: Vec<Change>, folds: &Folds) -> Vec<Change> {
    let index = Index::of(&changes);
    let deltas: Vec<_> = changes.iter().map(Change::deltas).collect();
    let mut plan = Plan::new(changes.len());
    for (from, change) in changes.iter().enumerate() {
        let trades = |into: &usize| *into != from && cancel(&deltas, *into, &[from]);
        let open = |into: &usize| !plan.busy[*into];
        if deltas[from] != [0; 6]
            && !plan.busy[from]
            && let Some(into) = index.callers(change).filter(open).find(trades)
        {
            plan.merge(&[from], into);
        }
    }
    for (into, members) in index.moved(&changes, folds) {
        let free = !plan.busy[into] && members.iter().all(|member| !plan.busy[*member]);
        if free && cancel(&deltas, into, &members) {
            plan.merge(&members, into);
        }
    }
    plan.apply(changes, Pairing::Neighbours)
}

/// Merges a site that has no partner with its caller, if that took over at least half of it in blocks and
/// in bytes, or gave it so much.
pub(crate) fn merge_loosely(changes: Vec<Change>, folds: &Folds) -> Vec<Change> {
    let index = Index::of(&changes);
    let mut left: Vec<_> = changes.iter().map(total).collect();
    let mut plan = Plan::new(changes.len());
    for (into, members) in index.moved(&changes, folds) {
        for from in members {
            let free = !plan.busy[from] && plan.into[into].is_none();
            if free && trades(left[into], left[from]) {
                left[into] = [left[into][0] + left[from][0], left[into][1] + left[from][1]];
                plan.merge(&[from], into);
            }
        }
    }
    plan.apply(changes, Pairing::LooseNeighbours)
}

fn total(change: &Change) -> [i128; 2] {
    let [blocks, bytes, ..] = change.deltas();
    [blocks, bytes]
}

/// Whether `gain` is of the opposite sign to `loss` and at least half as much, in blocks and in bytes.
fn trades(gain: [i128; 2], loss: [i128; 2]) -> bool {
    let opposite = |(gain, loss): (i128, i128)| {
        gain.signum() == -loss.signum() && 2 * gain.abs() >= loss.abs()
    };
    gain.into_iter().zip(loss).all(opposite)
}

fn cancel(deltas: &[[i128; 6]], into: usize, members: &[usize]) -> bool {
    (0..6).all(|figure| {
        let moved: i128 = members.iter().map(|member| deltas[*member][figure]).sum();
        deltas[into][figure] + moved == 0
    })
}

impl Index {
    fn of(changes: &[Change]) -> Self {
        let mut index = Self { was: HashMap::new(), now: HashMap::new() };
        for (place, change) in changes.iter().enumerate() {
            index.was.extend(change.was.iter().map(|site| (site.key.clone(), place)));
            index.now.extend(change.now.iter().map(|site| (site.key.clone(), place)));
        }
        index
    }

    /// The changes of the nearest callers of a change's sites.
    fn callers<'a>(&'a self, change: &'a Change) -> impl Iterator<Item = usize> + 'a {
        let sites = change.was.iter().chain(&change.now);
        sites.flat_map(nearest).filter_map(|key| self.get(&key))
    }

    fn get(&self, key: &str) -> Option<usize> {
        self.now.get(key).or_else(|| self.was.get(key)).copied()
    }

    /// Which change could have taken the blocks of a site without a partner, or given them: that of the
    /// nearest caller that still allocates, or did before. A path may be inlined as a whole and a site
    /// knows the nearest callers only, so where these went the same way, the last one's callers are asked.
    fn taker(&self, changes: &[Change], member: usize) -> Option<usize> {
        let gone = changes[member].now.is_empty();
        let takes = |caller: &usize| {
            let other = if gone { &changes[*caller].now } else { &changes[*caller].was };
            !other.is_empty()
        };
        let mut at = member;
        for _ in 0..LONGEST_PATH {
            let callers = outward(changes[at].alone()?);
            let known: Vec<_> = callers.iter().filter_map(|key| self.get(key)).collect();
            if let Some(taker) = known.iter().copied().find(takes) {
                return Some(taker);
            }
            at = known.into_iter().rfind(|caller| *caller != at)?;
        }
        None
    }

    /// The sites without a partner, gathered by what could have taken their blocks; without those that a
    /// folded line explains.
    fn moved(&self, changes: &[Change], folds: &Folds) -> BTreeMap<usize, Vec<usize>> {
        let mut moved = BTreeMap::<_, Vec<_>>::new();
        for member in (0..changes.len()).filter(|at| !folds.may_hold(&changes[*at])) {
            if let Some(into) = self.taker(changes, member) {
                moved.entry(into).or_default().push(member);
            }
        }
        moved
    }
}

impl Plan {
    fn new(changes: usize) -> Self {
        Self { into: vec![None; changes], busy: vec![false; changes] }
    }

    fn merge(&mut self, members: &[usize], into: usize) {
        self.busy[into] = true;
        for member in members {
            self.busy[*member] = true;
            self.into[*member] = Some(into);
        }
    }

    fn apply(self, changes: Vec<Change>, pairing: Pairing) -> Vec<Change> {
        let mut changes: Vec<_> = changes.into_iter().map(Some).collect();
        for (from, into) in self.into.iter().enumerate() {
            let Some(into) = into else { continue };
            if let Some(moved) = changes[from].take()
                && let Some(change) = &mut changes[*into]
            {
                change.absorb(moved, pairing);
            }
        }
        changes.into_iter().flatten().collect()
    }
}
