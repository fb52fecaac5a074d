//! The engine under every profile, mode and runtime, and the runs that a bench refuses.

mod modes;
mod profiles;
mod refusals;
mod run;
