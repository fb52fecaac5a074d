//! The allocator that `suite!(allocator = …)` was given, whose type the macro cannot name.
//!
//! A `static` needs a type, and a reference in a constant cannot lead to what changes, such as an atomic. So the first
//! call keeps the allocator in memory of the system's own, which nobody counts, and a pointer to it.
//!
//! Deliberately absent: freeing it. It lives as long as the process.

use std::alloc::{GlobalAlloc, Layout, System, handle_alloc_error};
use std::fmt;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, Ordering};

use static_assertions::assert_impl_all;

use crate::instruments::alloc::Alloc;

/// An allocator of any type.
type Erased = &'static (dyn GlobalAlloc + Sync);

/// The allocator that `suite!(allocator = …)` was given.
pub struct DynAllocator {
    /// Null before the first call.
    kept: AtomicPtr<Erased>,
    make: fn() -> Erased,
}

impl DynAllocator {
    /// `make` returns [`kept`] or [`placed`]. Of several threads that call it at once one is heeded.
    #[must_use]
    pub const fn new(make: fn() -> Erased) -> Self {
        Self { kept: AtomicPtr::new(ptr::null_mut()), make }
    }

    #[inline]
    fn inner(&self) -> Erased {
        let kept = self.kept.load(Ordering::Acquire);
        // SAFETY: only `keep` sets it, to what is never freed or changed; `Acquire` sees it whole.
        if kept.is_null() { self.keep() } else { unsafe { *kept } }
    }

    #[cold]
    fn keep(&self) -> Erased {
        let made = (self.make)();
        let (null, fresh) = (ptr::null_mut(), ptr::from_ref(in_system(made)).cast_mut());
        let set = self.kept.compare_exchange(null, fresh, Ordering::AcqRel, Ordering::Acquire);
        match set {
            Ok(_) => made,
            // SAFETY: as in `inner`.
            Err(first) => unsafe { *first },
        }
    }
}

/// Keeps an allocator for as long as the process lives.
#[must_use]
pub fn kept<A: GlobalAlloc + Sync + 'static>(allocator: A) -> Erased {
    in_system(allocator)
}

/// Returns the allocator that a path leads to, of which the caller borrows it twice. It is a `static` if both are one
/// place, which must be used where it is; else a constant, of which each borrow makes another.
///
/// # Panics
///
/// If it is a constant that is dropped.
#[must_use]
pub fn placed<A: GlobalAlloc + Sync + 'static>(allocator: &A, again: &A) -> Erased {
    if ptr::eq(allocator, again) || size_of::<A>() == 0 {
        // SAFETY: two values of a size that live at once lie in two places, so this is one value that both paths lead
        // to: a `static`, or a constant that the compiler placed in one. A value without a size needs no place.
        return unsafe { &*ptr::from_ref(allocator) };
    }
    assert!(!std::mem::needs_drop::<A>(), "the constant would be dropped: put it in a `static`");
    // SAFETY: nothing is dropped, so the constant's value is nobody else's.
    in_system(unsafe { ptr::read(allocator) })
}

/// Moves a value to memory of the system's own.
fn in_system<T: 'static>(value: T) -> &'static T {
    let layout = Layout::new::<T>();
    let place = match layout.size() {
        0 => NonNull::<T>::dangling(),
        // SAFETY: the layout has a size.
        _ => NonNull::new(unsafe { System.alloc(layout) }.cast())
            .unwrap_or_else(|| handle_alloc_error(layout)),
    };
    // SAFETY: the place has the layout of the value, is nobody else's, and is never freed.
    unsafe {
        place.write(value);
        place.as_ref()
    }
}

impl fmt::Debug for DynAllocator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("DynAllocator").finish_non_exhaustive()
    }
}

// SAFETY: each call is passed on as it came, always to the same allocator.
unsafe impl GlobalAlloc for DynAllocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's obligations are the allocator's.
        unsafe { self.inner().alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: likewise.
        unsafe { self.inner().alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: likewise.
        unsafe { self.inner().realloc(block, layout, new_size) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: likewise.
        unsafe { self.inner().dealloc(block, layout) };
    }
}

// A global allocator is shared by all threads.
assert_impl_all!(Alloc<DynAllocator>: Send, Sync);

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::thread;

    use super::*;

    /// The system's, with a count of its calls.
    struct Counting {
        calls: AtomicUsize,
        padding: [usize; 2],
    }

    impl Counting {
        const fn new() -> Self {
            Self { calls: AtomicUsize::new(0), padding: [7; 2] }
        }
    }

    // SAFETY: each call is passed on to the system's.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            self.calls.fetch_add(1, Ordering::Relaxed);
            assert_eq!(self.padding, [7; 2]);
            // SAFETY: the caller's obligations are the same.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: likewise.
            unsafe { System.dealloc(block, layout) };
        }
    }

    fn use_it(allocator: &DynAllocator) {
        let layout = Layout::new::<u64>();
        // SAFETY: the layout has a size, and the block goes back with it.
        unsafe {
            let block = allocator.alloc(layout);
            assert!(!block.is_null());
            allocator.dealloc(block, layout);
        }
    }

    #[test]
    fn a_static_is_used_where_it_is() {
        static COUNTING: Counting = Counting::new();
        static ALLOCATOR: DynAllocator = DynAllocator::new(|| placed(&COUNTING, &COUNTING));
        use_it(&ALLOCATOR);
        use_it(&ALLOCATOR);
        assert_eq!(COUNTING.calls.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_constant_or_an_expression_is_kept_with_its_state() {
        #[expect(clippy::declare_interior_mutable_const, reason = "a user may have one")]
        const COUNTING: Counting = Counting::new();
        #[expect(clippy::borrow_interior_mutable_const, reason = "a user may have one")]
        static CONSTANT: DynAllocator = DynAllocator::new(|| placed(&COUNTING, &COUNTING));
        static EXPRESSION: DynAllocator = DynAllocator::new(|| kept(const { Counting::new() }));
        for allocator in [&CONSTANT, &EXPRESSION] {
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| use_it(allocator));
                }
            });
            let kept = ptr::from_ref(allocator.inner()).cast::<Counting>();
            // SAFETY: it is a `Counting` that is kept as long as the process lives.
            assert_eq!(unsafe { &*kept }.calls.load(Ordering::Relaxed), 4);
        }
    }

    #[test]
    fn an_allocator_without_a_size_needs_no_place() {
        static UNIT: DynAllocator = DynAllocator::new(|| placed(&System, &System));
        static MADE: DynAllocator = DynAllocator::new(|| kept(System));
        use_it(&UNIT);
        use_it(&MADE);
    }
}
