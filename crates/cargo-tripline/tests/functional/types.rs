//! Types in `sizes.toml`.

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
    let project = Project::new("aligned", &types("[u64; 3]"));
    project.write(
        "budgets/aligned/sizes.toml",
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
    transcript.run(&["check"]);
    let raise = ["Row,Block,Pair<u8,(u8,u32)>", "--reason", "x"];
    transcript.run(&["update-budgets", "--raise", raise[0], raise[1], raise[2]]);
    let raise = ["Block,Pair<u8,(u8,u32)>", "--reason", "x"];
    transcript.run(&["update-budgets", "--raise", raise[0], raise[1], raise[2]]);
    transcript.show("budgets/aligned/sizes.toml");
    insta::assert_snapshot!(transcript.finish());
}
