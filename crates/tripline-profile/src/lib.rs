//! DHAT profiles as data: what each allocation site took, and what changed between two profiles.

mod breakdown;
mod compare;
mod figures;
mod flame;
mod fold;
mod frame;
mod frame_evidence;
mod frame_path;
mod frame_std;
mod function;
mod function_text;
mod module;
mod program_point;
mod question;
mod reader;
mod site;
mod site_key;
mod site_part;
mod site_role;
mod site_stacks;
mod site_wrapper;
mod stored;
mod text;

pub use breakdown::{Breakdown, Place, Site};
pub use compare::{Change, Class, Comparison, Grown, Line, Others, Pairing, Ratio, Small, compare};
pub use figures::{Amount, Figures, Moment};
pub use module::{Group, Level};
pub use program_point::ProgramPoint;
pub use question::{Quantity, Question};
pub use reader::{Header, Profile, ReadError, ReadErrorKind};
pub use site_stacks::{SiteStacks, Stack};
pub use stored::{Form, GrownType, Stored};
pub use text::{TextError, TextErrorKind};
