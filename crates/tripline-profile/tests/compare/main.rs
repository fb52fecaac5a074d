//! Comparisons of two breakdowns: the growth that they must show, and the blame that they must not.

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
