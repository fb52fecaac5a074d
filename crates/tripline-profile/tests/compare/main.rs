//! What a comparison of two breakdowns says, and what it must not say.

mod build;
mod classes;
mod folded;
mod innocent;
mod many;
mod neighbours;
mod pairing;
mod properties;
mod ranking;
mod stored;
mod upgrades;
mod wrappers;
