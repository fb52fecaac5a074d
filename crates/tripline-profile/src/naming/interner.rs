//! A number for each name, so that names are compared and kept as numbers.

use std::collections::HashMap;

/// An interned name. Means something to the interner that gave it, and to no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NameId(u32);

/// Holds each name once.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    names: Vec<String>,
    ids: HashMap<String, NameId>,
}

impl Interner {
    pub(crate) fn name(&self, id: NameId) -> &str {
        &self.names[id.0 as usize]
    }

    /// Returns the number of a name, or `None` if the name is not interned.
    pub(crate) fn get(&self, name: &str) -> Option<NameId> {
        self.ids.get(name).copied()
    }

    pub(crate) fn intern(&mut self, name: &str) -> NameId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = NameId(self.names.len() as u32);
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        id
    }
}
