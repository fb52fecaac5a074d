//! The system's allocator, which everything is compared with. It counts nothing.

use std::process::ExitCode;

use tripline_bench::overhead::{Figures, child};

fn main() -> ExitCode {
    child(|job| {
        job.run();
        Ok(Figures::default())
    })
}
