//! Types in `sizes.toml`.

use crate::elsewhere::{Elsewhere, JUDGE, RECORD};
use crate::project::Project;

fn types(row: &str) -> String {
    format!(
        "
pub struct Row({row});
#[repr(align(8))]
pub struct Block([u8; 8]);
pub struct Pair<A, B>(A, B);
tripline::sizes! {{ Row, Block, Pair<u8, (u8, u32)> }}
"
    )
}

#[test]
fn types_are_recorded_lowered_and_raised() {
    let project = Project::new("sized", &types("u64"));
    let mut transcript = project.transcript();
    transcript.run(&["check"]).run(&["update-budgets"]).show("budgets/sized/sizes.toml");
    transcript.run(&["update-budgets"]);
    project.code(&types("[u64; 3]"));
    transcript.run(&["check"]).run(&["update-budgets"]);
    transcript.run(&["update-budgets", "--raise", "Block", "--reason", "x"]);
    transcript.run(&["update-budgets", "--raise", "Rwo", "--reason", "x"]);
    transcript.run(&["update-budgets", "--raise", "Row", "--reason", "rows have keys"]);
    transcript.show("budgets/sized/sizes.toml");
    project.code(&types("u64"));
    transcript.run(&["check", "sized::sizes"]).run(&["update-budgets", "sized::sizes"]);
    transcript.show("budgets/sized/sizes.toml");
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn sizes_alignments_and_ceilings() {
    let mut elsewhere = Elsewhere::new(&[]);
    elsewhere.types(&[("Row", 24, 8), ("Block", 8, 8), ("Pair<u8, (u8, u32)>", 12, 4)]);
    let project = &elsewhere.project;
    project.write(
        "budgets/elsewhere/sizes.toml",
        "\
[types]
# One cache line is the most.
\"Row\" = { size = 16, ceiling = 16 }

\"Block\" = { size = 4, align = 4 } # small

\"Pair<u8, (u8, u32)>\" = 8

\"Gone\" = 8
",
    );
    let mut transcript = project.transcript();
    let raise = |types| [&RECORD[..], &["--raise", types, "--reason", "x"]].concat();
    transcript.run(&JUDGE).run(&raise("Row,Block,Pair<u8,(u8,u32)>"));
    transcript.run(&raise("Block,Pair<u8,(u8,u32)>")).show("budgets/elsewhere/sizes.toml");
    insta::assert_snapshot!(transcript.finish());
}
