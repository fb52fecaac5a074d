//! The profiles, one file each.
//!
//! To add one: write its file (a [`Profile`] and an `inventory::submit!` of its
//! [`Registration`]) and name it below. The program's lists follow; three tests list the profiles by hand.

pub mod insert_heavy;
pub mod mixed;
pub mod read_heavy;
pub mod scan_heavy;

use crate::{Load, Profile, Registration};

/// Returns every profile, sorted by name: the order of registration is the linker's.
pub fn all() -> Vec<&'static Registration> {
    let mut all: Vec<_> = inventory::iter::<Registration>().collect();
    all.sort_by_key(|registration| registration.name);
    all
}

/// Returns the profile called `name`, if there is one.
pub fn by_name(name: &str, load: Load) -> Option<Box<dyn Profile>> {
    inventory::iter::<Registration>()
        .find(|registration| registration.name == name)
        .map(|registration| (registration.new)(load))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_registered_under_its_own_name() {
        let names: Vec<_> = all()
            .iter()
            .map(|registration| {
                let profile = (registration.new)(Load::new(1, 1));
                assert_eq!(profile.name(), registration.name);
                registration.name
            })
            .collect();
        assert_eq!(names, ["insert-heavy", "mixed", "read-heavy", "scan-heavy"]);
    }

    #[test]
    fn an_unknown_name_is_no_profile() {
        assert!(by_name("delete-heavy", Load::new(1, 1)).is_none());
    }
}
