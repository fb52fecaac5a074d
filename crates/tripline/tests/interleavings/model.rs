//! The counters of a process with few slots, and a thread as the allocator has it.

use std::array::from_fn;
use std::sync::atomic::Ordering::Relaxed;

use loom::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, AtomicUsize};

use crate::instruments::count::periods::{PeriodCell, Periods};
use crate::instruments::count::shared::Shared;
use crate::instruments::count::slot::Slot;
use crate::instruments::count::slots::{Peak, Slots, Tallies};
use crate::instruments::gate::{self, Gate, State};

pub(crate) fn gate() -> Gate {
    Gate::of(AtomicU32::new(gate::FRESH), AtomicUsize::new(0))
}

pub(crate) struct Counters<const N: usize> {
    gate: Gate,
    slots: Slots<N>,
    turn: Turn,
}

/// A point at which loom is to try other orders. It does so by itself where one access may come before or after another's,
/// but goes by the latest access of each atomic alone: a thread that loads before it stores hides an earlier reader.
/// The access is relaxed, so that nothing is seen because of it.
struct Turn(AtomicU64);

impl Turn {
    fn may_change(&self) {
        self.0.fetch_add(1, Relaxed);
    }
}

/// A thread that allocates, with its slot if it has one.
pub(crate) struct Thread<'a, const N: usize> {
    counters: &'a Counters<N>,
    slot: Option<&'a Slot>,
}

impl<const N: usize> Counters<N> {
    /// Begins a region.
    pub(crate) fn start() -> Self {
        let slot = |_| {
            let unsigned = from_fn(|_| AtomicU64::new(0));
            Slot::of(AtomicU32::new(State::MAX), unsigned, from_fn(|_| AtomicI64::new(0)))
        };
        let cell = |_| PeriodCell::of(AtomicI64::new(0), AtomicI64::new(0));
        let slots = Slots::of(
            from_fn(slot),
            AtomicUsize::new(0),
            Shared::of(from_fn(|_| AtomicU64::new(0))),
            Periods::of(from_fn(cell), AtomicU32::new(0)),
        );
        let counters = Self { gate: gate(), slots, turn: Turn(AtomicU64::new(0)) };
        counters.next_period();
        counters
    }

    pub(crate) fn thread(&self) -> Thread<'_, N> {
        Thread { counters: self, slot: None }
    }

    pub(crate) fn read(&self) -> Tallies<N> {
        self.turn.may_change();
        self.slots.read()
    }

    /// Begins a phase, and returns the counts that it begins with.
    pub(crate) fn next_period(&self) -> Tallies<N> {
        let now = self.read();
        let next = self.slots.next_period(&now);
        self.turn.may_change();
        self.gate.set(next);
        self.turn.may_change();
        now
    }

    pub(crate) fn peak(&self, start: &Tallies<N>, now: &Tallies<N>) -> Peak {
        self.slots.peak(self.gate.state(), start, now)
    }
}

impl<const N: usize> Thread<'_, N> {
    pub(crate) fn allocated(&mut self, size: usize) {
        self.counters.turn.may_change();
        let (slots, state) = (&self.counters.slots, self.counters.gate.state());
        match self.slot(state) {
            Some(slot) => slot.allocated(&slots.periods, size),
            None => slots.shared.allocated(&slots.periods, state, size),
        }
    }

    pub(crate) fn freed(&mut self, size: usize) {
        self.counters.turn.may_change();
        let (slots, state) = (&self.counters.slots, self.counters.gate.state());
        match self.slot(state) {
            Some(slot) => slot.freed(&slots.periods, size),
            None => slots.shared.freed(&slots.periods, state, size),
        }
    }

    /// Returns the thread's slot. After it has looked at the gate a thread may sleep.
    fn slot(&mut self, state: State) -> Option<&Slot> {
        self.counters.turn.may_change();
        let slots = &self.counters.slots;
        self.slot = self.slot.or_else(|| slots.take());
        let slot = self.slot?;
        if !slot.counts(state) {
            slot.begin(&slots.periods, state);
        }
        Some(slot)
    }
}
