//! The sites of programs that another compiler built, or that are written in another language.

use tripline_profile::{Breakdown, GroupBy, SiteMetric, compare};

use crate::{Six, breakdown, profile, site};

const MAIN: &str = "0x9: app::main (C:\\app\\src\\main.rs:1:1)";

/// One function in the words of line tables and symbols (Linux), and in those of a program database (Windows).
const SPELLINGS: [(&str, &str, &str); 9] = [
    ("app::m::{impl#0}::clone", "app::m::impl$0::clone", "app::m::clone"),
    ("app::m::{impl#12}::clone<u8>", "app::m::impl$12::clone<u8>", "app::m::clone"),
    ("app::m::run::{closure#1}", "app::m::run::closure$1", "app::m::run"),
    ("app::m::{impl#2}::run::{closure#0}<u8>", "app::m::impl$2::run::closure$0<u8>", "app::m::run"),
    ("app::m::run::{async_fn#0}", "app::m::run::async_fn$0", "app::m::run"),
    ("app::m::run::{async_block#3}", "app::m::run::async_block$3", "app::m::run"),
    ("<app::m::Row>::read", "enum2$<app::m::Row>::read", "app::m::Row::read"),
    ("<app::m::Row<u8>>::read", "enum2$<app::m::Row<u8> >::read<u16>", "app::m::Row::read"),
    (
        "<dyn app::m::Store>::read",
        "dyn$<app::m::Store,core::marker::Send>::read",
        "app::m::Store::read",
    ),
];

fn at(name: &str) -> String {
    format!("0x1: {name} (app/src/m.rs:7:5)")
}

#[test]
fn a_program_database_says_the_same_in_other_words() {
    for (linux, windows, key) in SPELLINGS {
        for name in [linux, windows] {
            assert_eq!(site(&[&at(name), MAIN]).key, key, "{name}");
        }
    }
}

#[test]
fn what_is_stds_is_no_site_in_either_spelling() {
    for name in [
        "alloc::vec::impl$12::clone<u8,alloc::alloc::Global>",
        "enum2$<core::option::Option<app::m::Row> >::map<app::m::Row,u8,app::m::run::closure_env$0>",
        "core::ops::function::FnOnce::call_once<app::m::run::closure_env$0,tuple$<> >",
        "core::iter::traits::iterator::Iterator::for_each::call::closure$0<ref$<str$> >",
        "alloc::slice::impl$0::to_vec<u8>",
        "dhat::impl$4::alloc",
    ] {
        let frame = format!("0x2: {name} (/rustc/0123abcd/library\\core\\src\\x.rs:7:5)");
        assert_eq!(site(&[&frame, &at("app::m::run"), MAIN]).key, "app::m::run", "{name}");
    }
}

/// Two impls or closures of one module. One more is written above them, and so each has the next number.
#[test]
fn impls_and_closures_that_are_renumbered_blame_nobody() {
    for name in [
        "app::m::{impl#N}::clone",
        "app::m::impl$N::clone",
        "app::m::f::{closure#N}",
        "app::m::f::closure$N",
    ] {
        let of = |number: u32| at(&name.replace('N', &number.to_string()));
        let small: Six = [1_000, 10, 1_000, 10, 0, 0];
        let large: Six = [5_000, 50, 5_000, 50, 0, 0];
        let grown: Six = [5_100, 51, 5_100, 51, 0, 0];
        let numbered = |first: u32, large: Six| -> Breakdown {
            let (one, two) = (of(first), of(first + 1));
            profile(&[(&[&one, MAIN], small), (&[&two, MAIN], large)]).breakdown().unwrap()
        };
        let growth = |before: &Breakdown, after: &Breakdown| -> Vec<i128> {
            let metric = SiteMetric::ALL[0];
            let comparison = compare(before, after);
            let lines = comparison.grown_sites(metric, 9).lines;
            lines.iter().map(|line| line.change.delta(metric)).collect()
        };
        let before = numbered(0, large);
        assert_eq!(before.sites.len(), 1, "{name}");
        assert_eq!(growth(&before, &numbered(1, large)), [], "{name}");
        // What did grow is told, and no more.
        let delta = SiteMetric::ALL[0].of(&numbered(1, grown).totals)
            - SiteMetric::ALL[0].of(&before.totals);
        assert_eq!(growth(&before, &numbered(1, grown)), [i128::from(delta)], "{name}");
    }
}

#[test]
fn an_impl_is_no_module() {
    let breakdown =
        breakdown(&[&[&at("app::m::impl$0::run"), MAIN], &[&at("app::m::Row::run"), MAIN]]);
    let groups = breakdown.groups(GroupBy::Module);
    assert_eq!(groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["app::m"]);
}

/// A path that was cut belongs to the crate that the other names mention, and never to `impl`.
#[test]
fn a_cut_path_is_found_by_what_a_program_database_mentions() {
    let mention = "0x2: tokio::runtime::park::impl$3::drop (???:0:0)";
    let cut = "0x1: wait (src/runtime/park.rs:1:1)";
    assert_eq!(site(&[cut, mention]).key, "tokio::runtime::park::wait");
    let poller = "0x2: poll<app::run::serve::async_fn_env$0,u8> (tokio-1.54.1/src/task.rs:1:1)";
    assert_eq!(site(&["0x1: {async_fn#0} (app/src/run.rs:40:55)", poller]).key, "app::run::serve");
}

const MALLOC: &str = "0x4848899: malloc (in /usr/libexec/valgrind/vgpreload_dhat-amd64-linux.so)";

#[test]
fn the_main_of_c_is_a_site_and_that_of_a_runtime_is_none() {
    let in_c = "0x109156: main (prog.c:10)";
    assert_eq!(site(&[MALLOC, in_c]).key, "main");
    assert_eq!(site(&[MALLOC, "0x109156: helper (prog.c:4)", in_c]).callers, ["main"]);
    // Without debug information there may be nothing else to name.
    let stripped = "0x109156: main (in /tmp/prog)";
    assert_eq!(site(&[MALLOC, stripped]).key, "main");
    assert_eq!(site(&[MALLOC, "0x1: helper (in /tmp/prog)", stripped]).callers, [""; 0]);
    // In a Rust program it is the runtime's.
    let start = "0x1: std::rt::init (???:0:0)";
    assert_eq!(site(&[start, stripped]).key, "std::rt::init");
    for started in [
        "0x2: invoke_main (D:\\a\\_work\\1\\s\\exe_common.inl:78)",
        "0x2: start_thread (in /lib/libc.so.6)",
    ] {
        assert_eq!(site(&[start, started]).key, "std::rt::init");
        assert_eq!(site(&[MALLOC, started]).key, "unknown");
    }
}

#[test]
fn names_of_other_languages_are_whole() {
    for (name, key) in [
        ("Tensor(f32).f", "Tensor(f32).f"),
        (
            "array_list.ArrayListAligned(u8, null).append",
            "array_list.ArrayListAligned(u8,null).append",
        ),
        ("mem.Allocator.alloc__anon_4815", "mem.Allocator.alloc"),
        ("main.(*Table).Grow", "main.(*Table).Grow"),
        ("ns::Table<int>::grow(unsigned long) const", "ns::Table::grow"),
        ("ns::Table::operator[](int)", "ns::Table::operator[]"),
        ("(anonymous namespace)::grow(int)", "grow"),
        ("grow(int)::{lambda(int)#2}::operator()(int) const", "grow::operator()"),
        ("sqlite3MemMalloc.part.0", "sqlite3MemMalloc"),
    ] {
        let frame = format!("0x1: {name} (prog.x:7)");
        assert_eq!(site(&[MALLOC, &frame, "0x2: main (prog.x:90)"]).key, key, "{name}");
    }
}

/// The key of a part is told from a function whose name has parentheses.
#[test]
fn a_function_with_parentheses_can_be_a_wrapper_and_a_caller() {
    let wrapper = "0x1: Pool(u8, 4).take (prog.zig:7)";
    let callers: Vec<String> =
        (0..4).map(|n| format!("0x2: List(u8, {n}).grow (prog.zig:{n})")).collect();
    let stacks: Vec<[&str; 3]> =
        callers.iter().map(|caller| [MALLOC, wrapper, caller.as_str()]).collect();
    let stacks: Vec<&[&str]> = stacks.iter().map(|stack| &stack[..]).collect();
    let split = breakdown(&stacks);
    let key = "List(u8,0).grow (through Pool(u8,4).take)";
    assert!(split.sites.iter().any(|site| site.key == key), "{:?}", split.sites);
    assert_eq!(Breakdown::from_text(&split.to_text()).unwrap().to_text(), split.to_text());
    assert_eq!(split.groups(GroupBy::Module).len(), 1);
}
