//! Merges a function and its caller that trade blocks: one build inlined the function and the other did not.
//!
//! Deliberately absent: a function that was inlined into several callers at once, unless its site was split by
//! them. A site knows only the callers in its heaviest stack.

use std::collections::{BTreeMap, HashMap};

use crate::breakdown::part_key::{inlined_into, nearest_inlined_into};
use crate::compare::change::{Change, Pairing};
use crate::compare::folded_lines::FoldedLines;

/// The most sites of an inlined call path that are followed. Callers may form a circle.
const LONGEST_PATH: usize = 64;

/// The index of the change that holds a key, before and after.
struct ChangesByKey {
    was: HashMap<String, usize>,
    now: HashMap<String, usize>,
}

/// The merges that were decided. A change that takes in others is not merged into one.
struct Merges {
    /// For each change the one that takes it in.
    into: Vec<Option<usize>>,
    /// True for each change that is part of a merge.
    merged: Vec<bool>,
}

/// Merges neighbours whose figures add up exactly.
pub(crate) fn merge_exact(changes: Vec<Change>, folded: &FoldedLines) -> Vec<Change> {
    let index = ChangesByKey::of(&changes);
    let deltas: Vec<_> = changes.iter().map(Change::deltas).collect();
    let mut merges = Merges::new(changes.len());
    for (from, change) in changes.iter().enumerate() {
        let trades = |into: &usize| *into != from && cancel(&deltas, *into, &[from]);
        let open = |into: &usize| !merges.merged[*into];
        if deltas[from] != [0; 6]
            && !merges.merged[from]
            && let Some(into) = index.callers(change).filter(open).find(trades)
        {
            merges.merge(&[from], into);
        }
    }
    for (into, members) in index.moved(&changes, folded) {
        let free = !merges.merged[into] && members.iter().all(|member| !merges.merged[*member]);
        if free && cancel(&deltas, into, &members) {
            merges.merge(&members, into);
        }
    }
    merges.apply(changes, Pairing::Neighbours)
}

/// Merges a site that has no partner with its caller, if the caller took over at least half of its blocks and bytes,
/// or gave as much to it.
pub(crate) fn merge_loosely(changes: Vec<Change>, folded: &FoldedLines) -> Vec<Change> {
    let index = ChangesByKey::of(&changes);
    let mut left: Vec<_> = changes.iter().map(total).collect();
    let mut merges = Merges::new(changes.len());
    for (into, members) in index.moved(&changes, folded) {
        for from in members {
            let free = !merges.merged[from] && merges.into[into].is_none();
            if free && trades(left[into], left[from]) {
                left[into] = [left[into][0] + left[from][0], left[into][1] + left[from][1]];
                merges.merge(&[from], into);
            }
        }
    }
    merges.apply(changes, Pairing::LooseNeighbours)
}

fn total(change: &Change) -> [i128; 2] {
    let [blocks, bytes, ..] = change.deltas();
    [blocks, bytes]
}

/// Returns `true` if `gain` has the opposite sign of `loss` and is at least half as large, in blocks and in bytes.
fn trades(gain: [i128; 2], loss: [i128; 2]) -> bool {
    let opposite = |(gain, loss): (i128, i128)| {
        gain.signum() == -loss.signum() && 2 * gain.abs() >= loss.abs()
    };
    gain.into_iter().zip(loss).all(opposite)
}

/// Returns `true` if the deltas of `into` and of `members` add up to 0 in every figure.
fn cancel(deltas: &[[i128; 6]], into: usize, members: &[usize]) -> bool {
    (0..6).all(|figure| {
        let moved: i128 = members.iter().map(|member| deltas[*member][figure]).sum();
        deltas[into][figure] + moved == 0
    })
}

impl ChangesByKey {
    fn of(changes: &[Change]) -> Self {
        let mut index = Self { was: HashMap::new(), now: HashMap::new() };
        for (place, change) in changes.iter().enumerate() {
            index.was.extend(change.was.iter().map(|site| (site.key.clone(), place)));
            index.now.extend(change.now.iter().map(|site| (site.key.clone(), place)));
        }
        index
    }

    /// Returns the changes of the nearest callers of a change's sites.
    fn callers<'a>(&'a self, change: &'a Change) -> impl Iterator<Item = usize> + 'a {
        let sites = change.was.iter().chain(&change.now);
        sites.flat_map(nearest_inlined_into).filter_map(|key| self.get(&key))
    }

    fn get(&self, key: &str) -> Option<usize> {
        self.now.get(key).or_else(|| self.was.get(key)).copied()
    }

    /// Returns the change that could have taken the blocks of a site without a partner, or given them: that of the
    /// nearest caller that still allocates, or did before.
    ///
    /// A call path may be inlined as a whole, and a site knows only its nearest callers. If these are all gone or new
    /// too, the search goes on with the callers of the last one.
    fn partner_of(&self, changes: &[Change], member: usize) -> Option<usize> {
        let gone = changes[member].now.is_empty();
        let takes = |caller: &usize| {
            let other = if gone { &changes[*caller].now } else { &changes[*caller].was };
            !other.is_empty()
        };
        let mut at = member;
        for _ in 0..LONGEST_PATH {
            let callers = inlined_into(changes[at].unpaired_site()?);
            let known: Vec<_> = callers.iter().filter_map(|key| self.get(key)).collect();
            if let Some(partner) = known.iter().copied().find(takes) {
                return Some(partner);
            }
            at = known.into_iter().rfind(|caller| *caller != at)?;
        }
        None
    }

    /// Returns the sites without a partner by the change that could have taken their blocks. Leaves out sites that a
    /// folded line explains.
    fn moved(&self, changes: &[Change], folded: &FoldedLines) -> BTreeMap<usize, Vec<usize>> {
        let mut moved = BTreeMap::<_, Vec<_>>::new();
        for member in (0..changes.len()).filter(|at| !folded.may_hold(&changes[*at])) {
            if let Some(into) = self.partner_of(changes, member) {
                moved.entry(into).or_default().push(member);
            }
        }
        moved
    }
}

impl Merges {
    fn new(changes: usize) -> Self {
        Self { into: vec![None; changes], merged: vec![false; changes] }
    }

    fn merge(&mut self, members: &[usize], into: usize) {
        self.merged[into] = true;
        for member in members {
            self.merged[*member] = true;
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
