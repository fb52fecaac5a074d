//! The flame graphs of `analyze` and `compare`.

use crate::profiles::profiles;

#[test]
fn a_flame_graph_honours_figure_and_filter_and_escapes_names() {
    let project = profiles("flame");
    let draw = |arguments: &[&str]| {
        let arguments = [arguments, &["--flamegraph", "flames.svg"]].concat();
        let output = project.command(&arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "flame graph in flames.svg\n");
        project.read("flames.svg")
    };
    let all = draw(&["analyze", "before.json"]);
    assert!(all.contains("<title>all (43,296 bytes, 100%)</title>"), "{all}");
    assert!(!all.contains("<script>alert"), "{all}");
    let blocks = draw(&["analyze", "before.json", "--sort-by", "tbk"]);
    assert!(blocks.contains("<title>all (781 blocks, 100%)</title>"), "{blocks}");
    let some = draw(&["analyze", "before.json", "--filter", "pager"]);
    assert!(some.contains("pager") && some.len() < all.len());
    let both = draw(&["compare", "before.json", "after.json"]);
    assert!(both.contains("peak bytes: after, red where they grew"), "{both}");
    assert!(both.contains("; +"), "{both}");
}

#[test]
fn a_picture_that_cannot_be_written_says_why() {
    let project = profiles("flameless");
    let mut transcript = project.transcript();
    transcript.run(&["analyze", "before.json", "--flamegraph", "before.json/flames.svg"]);
    insta::assert_snapshot!(transcript.finish());
}
