//! The engine under every profile, mode and runtime, and what a bench refuses.

mod modes;
mod profiles;
mod refusals;
mod run;
