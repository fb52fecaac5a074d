//! The interface of every operator's state.

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::output::Output;

/// The state of one operator for one entity. Its parameters are the feature's, which all entities share.
pub(crate) trait State {
    fn update(&mut self, feature: &Feature, event: &Event<'_>);

    fn output(&self, feature: &Feature, now: u64) -> Output;

    /// Adds the heap memory that it owns; most own none.
    fn heap(&self, _parts: &mut Parts) {}
}

impl<T: State> State for Box<T> {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        (**self).update(feature, event);
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        (**self).output(feature, now)
    }

    fn heap(&self, parts: &mut Parts) {
        parts.add("boxed state", size_of::<T>());
        (**self).heap(parts);
    }
}
