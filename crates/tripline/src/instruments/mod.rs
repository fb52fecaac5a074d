//! The instruments: the global allocator, and what counts beside it while a region runs.
//!
//! Each call into the allocator (`alloc`) asks the `gate` where to go: to the inner allocator, to dhat and the `ledger`
//! (`profiled`), or to the counters (`count`). `thread` is the state of the calling thread. `recording` measures a region
//! with dhat and the ledger, `measuring` with either engine, and `instrument` names what a meter measures with.
//!
//! They run inside the allocator, so they know no workload, no budget, and of a run only its variables' names.

pub(crate) mod alloc;
pub(crate) mod count;
pub(crate) mod gate;
pub(crate) mod instrument;
pub(crate) mod ledger;
pub(crate) mod measuring;
pub(crate) mod profiled;
pub(crate) mod recording;
pub(crate) mod sync;
pub(crate) mod thread;
