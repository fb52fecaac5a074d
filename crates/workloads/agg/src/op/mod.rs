//! An operator's state for one entity, in a slot of 80 bytes.
//!
//! A state of more than 72 bytes is boxed: an enum is as large as its largest variant, and every slot of every
//! entity pays for that.

mod fresh;
mod merge;
mod params;
mod state;

use crate::breakdown::{Footprint, Parts};
use crate::event::Event;
use crate::feature::Feature;
use crate::ops::*;
use crate::output::Output;

pub(crate) use state::State;

/// Makes the enum and the access to a variant's state from one list.
macro_rules! operators {
    ($($variant:ident($state:ty),)*) => {
        /// The state of any operator.
        #[derive(Clone, Debug)]
        pub enum AggOp {
            $($variant($state),)*
        }

        impl AggOp {
            fn state(&self) -> &dyn State {
                match self {
                    $(Self::$variant(state) => state,)*
                }
            }

            fn state_mut(&mut self) -> &mut dyn State {
                match self {
                    $(Self::$variant(state) => state,)*
                }
            }
        }
    };
}

operators! {
    Count(Count),
    Sum(Sum),
    Avg(Avg),
    Min(Min),
    Max(Max),
    Variance(Variance),
    Std(Std),
    Ratio(Ratio),
    First(First),
    Last(Last),
    FirstN(FirstN),
    LastN(LastN),
    Lag(Lag),
    FirstSeen(Seen),
    LastSeen(Seen),
    Age(Seen),
    HasSeen(Seen),
    TimeSince(Seen),
    TimeSinceLastN(TimeSinceLastN),
    Streak(Streak),
    MaxStreak(MaxStreak),
    NegStreak(NegStreak),
    FirstSeenInWindow(FirstSeenInWindow),
    Ewma(Ewma),
    EwVar(EwVar),
    EwZ(EwZ),
    DecayedSum(DecayedSum),
    DecayedCount(DecayedCount),
    Twa(Twa),
    RateOfChange(RateOfChange),
    InterArrival(InterArrival),
    Burst(Burst),
    Delta(Delta),
    Trend(Trend),
    TrendResidual(TrendResidual),
    Outlier(Outlier),
    ValueChange(ValueChange),
    ZScore(ZScore),
    Histogram(Histogram),
    DowHour(DowHour),
    MostRecentN(MostRecentN),
    Reservoir(Reservoir),
    CountDistinct(Box<CountDistinct>),
    Percentile(Box<Percentile>),
    TopK(Box<TopK>),
    Bloom(Box<Bloom>),
    Entropy(Box<Entropy>),
    HourOfDay(Box<HourOfDay>),
    Seasonal(Box<Seasonal>),
    EventTypeMix(Box<EventTypeMix>),
    GeoVelocity(Box<GeoVelocity>),
    GeoDistance(Box<GeoDistance>),
    GeoSpread(Box<GeoSpread>),
    DistanceFromHome(Box<DistanceFromHome>),
    Windowed(Box<Windowed>),
}

impl AggOp {
    /// Takes an event in. One whose input is missing or of another kind changes nothing.
    pub fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        self.state_mut().update(feature, event);
    }

    /// Returns the feature's value. `now` is no earlier than the latest event.
    #[must_use]
    pub fn output(&self, feature: &Feature, now: u64) -> Output {
        self.state().output(feature, now)
    }

    /// Returns the heap bytes behind the slot.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::default();
        self.add_to(&mut parts);
        parts
    }
}

impl Footprint for AggOp {
    fn add_to(&self, parts: &mut Parts) {
        self.state().heap(parts);
    }
}
