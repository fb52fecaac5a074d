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
    let mut session = project.session();
    session.run(&["check"]).run(&["update-budgets"]).show("budgets/sized/sizes.toml");
    session.run(&["update-budgets"]);
    project.code(&types("[u64; 3]"));
    session.run(&["check"]).run(&["update-budgets"]);
    session.run(&["update-budgets", "--raise", "Block", "--reason", "x"]);
    session.run(&["update-budgets", "--raise", "Rwo", "--reason", "x"]);
    session.run(&["update-budgets", "--raise", "Row", "--reason", "rows have keys"]);
    session.show("budgets/sized/sizes.toml");
    project.code(&types("u64"));
    session.run(&["check", "sized::sizes"]).run(&["update-budgets", "sized::sizes"]);
    session.show("budgets/sized/sizes.toml");
    insta::assert_snapshot!(session.finish());
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
    let mut session = project.session();
    session.run(&["check"]);
    let raise = ["Row,Block,Pair<u8,(u8,u32)>", "--reason", "x"];
    session.run(&["update-budgets", "--raise", raise[0], raise[1], raise[2]]);
    let raise = ["Block,Pair<u8,(u8,u32)>", "--reason", "x"];
    session.run(&["update-budgets", "--raise", raise[0], raise[1], raise[2]]);
    session.show("budgets/aligned/sizes.toml");
    insta::assert_snapshot!(session.finish());
}
