//! The operators' states, a file for each or for each family.
//!
//! The window of an operator whose states cannot be merged restarts: it begins
//! with an event and, once it is over, anew with the next event. [`InterArrival`] and [`FirstSeenInWindow`]
//! restart after a whole window of silence, [`Outlier`] at multiples of the window, and [`Burst`] slides by its
//! sub-windows.

mod arrival;
mod bloom;
mod burst;
mod change;
mod clock;
mod count;
mod decay;
mod distinct;
mod edge;
mod entropy;
mod extreme;
mod geo_distance;
mod geo_spread;
mod geo_velocity;
mod histogram;
mod home;
mod mix;
mod outlier;
mod percentile;
mod recent;
mod reservoir;
mod seasonal;
mod seen;
mod streak;
mod sum;
mod top_k;
mod trend;
mod twa;
mod variance;
mod windowed;

pub use arrival::InterArrival;
pub use bloom::Bloom;
pub use burst::Burst;
pub use change::{Delta, RateOfChange, ValueChange};
pub use clock::{DowHour, HourOfDay};
pub use count::{Count, Ratio};
pub use decay::{DecayedCount, DecayedSum, EwVar, EwZ, Ewma};
pub use distinct::CountDistinct;
pub use edge::{First, FirstN, Last};
pub use entropy::Entropy;
pub use extreme::{Max, Min};
pub use geo_distance::GeoDistance;
pub use geo_spread::GeoSpread;
pub use geo_velocity::GeoVelocity;
pub use histogram::Histogram;
pub use home::DistanceFromHome;
pub use mix::EventTypeMix;
pub use outlier::Outlier;
pub use percentile::Percentile;
pub use recent::{Lag, LastN, MostRecentN};
pub use reservoir::Reservoir;
pub use seasonal::Seasonal;
pub use seen::{FirstSeenInWindow, Seen, TimeSinceLastN};
pub use streak::{MaxStreak, NegStreak, Streak};
pub use sum::{Avg, Sum};
pub use top_k::TopK;
pub use trend::{Trend, TrendResidual};
pub use twa::Twa;
pub use variance::{Std, Variance, ZScore};
pub use windowed::Windowed;
