//! DHAT profiles as data: what each allocation site took, and what changed between two profiles.

mod breakdown;
mod compare;
mod dhat_file;
mod figures;
mod frame;
mod function;
mod naming;
mod passes;
mod profile;
mod site;
mod stored_types;

pub use breakdown::{Breakdown, Group, Level, Place, Site, TextError, TextErrorKind};
pub use compare::{Change, Class, Comparison, Grown, Line, Others, Pairing, Ratio, Small, compare};
pub use dhat_file::{Header, ReadError, ReadErrorKind};
pub use figures::{Amount, Figures, Moment, Quantity, Question};
pub use passes::{ProgramPoint, SiteStacks, Stack};
pub use profile::Profile;
pub use stored_types::{Form, GrownType, Stored};
