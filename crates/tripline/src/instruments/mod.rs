//! The instruments: the global allocator and what counts beside it.

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
