//! The instruments: the global allocator, and what counts beside it while a region runs.
//!
//! Each call into the allocator (`alloc`) asks the `gate` where to go: to the inner allocator, to dhat and the `ledger`
//! (`profiled`), or to the counters (`count`). `thread` is the state of the calling thread. `dhat_region` measures a
//! region with dhat and the ledger, `heap_measuring` with either engine, and `instrument` names a meter's instrument.
//! `dyn_allocator` is the inner allocator that a suite gave.
//!
//! They run inside the allocator, so they know no workload, no budget, and of a run only its variables' names.

pub(crate) mod alloc;
pub(crate) mod count;
pub(crate) mod dhat_region;
pub(crate) mod dyn_allocator;
pub(crate) mod gate;
pub(crate) mod heap_measuring;
pub(crate) mod instrument;
pub(crate) mod ledger;
pub(crate) mod profiled;
pub(crate) mod sync;
pub(crate) mod thread;
