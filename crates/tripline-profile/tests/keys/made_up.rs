//! Stacks that are made up for one rule each.

use crate::{breakdown, site};

#[test]
fn a_site_is_the_first_function_outside_std() {
    let site = site(&[
        "0x1: alloc (dhat-0.3.3/src/lib.rs:1176:9)",
        "0x2: <alloc::raw_vec::RawVecInner>::try_allocate_in (???:0:0)",
        "0x3: with_capacity_in<u8, alloc::alloc::Global> (src/raw_vec/mod.rs:433:15)",
        "0x3: with_capacity_in<u8, alloc::alloc::Global> (src/vec/mod.rs:965:20)",
        "0x3: new_in<u8> (allocator-api2-0.4.0/src/vec/mod.rs:9:9)",
        "0x3: insert<u8> (hashbrown-0.16.1/src/map.rs:9:9)",
        "0x3: _new (app_core-0.8.3/vdbe/builder.rs:708:20)",
        "0x4: translate (app_core-0.8.3/translate/mod.rs:103:32)",
        "0x5: main (probe/src/main.rs:60:5)",
    ]);
    assert_eq!(site.key, "app_core::vdbe::builder::_new");
    assert_eq!(site.callers, ["app_core::translate::translate", "probe::main"]);
    assert_eq!(
        site.inside,
        ["hashbrown::map::insert", "allocator_api2::vec::new_in", "alloc::vec::with_capacity_in",]
    );
    let place = site.place.unwrap();
    assert_eq!((place.file.as_str(), place.line), ("app_core-0.8.3/vdbe/builder.rs", 708));
}

#[test]
fn impls_and_slices_of_std_are_no_site() {
    let site = site(&[
        "0x1: <T as alloc::slice::<impl [T]>::to_vec_in::ConvertVec>::to_vec (???:0:0)",
        "0x2: <u8 as <[_]>::to_vec_in::ConvertVec>::to_vec::<alloc::alloc::Global> (???:0:0)",
        "0x3: <[u8]>::to_vec_in::<alloc::alloc::Global> (???:0:0)",
        "0x4: <alloc::boxed::Box<dyn core::ops::function::Fn()> as core::ops::function::Fn<()>>::call (???:0:0)",
        "0x5: <app::Row as core::clone::Clone>::clone::h0123456789abcdef (???:0:0)",
    ]);
    assert_eq!(site.key, "app::Row::clone");
}

#[test]
fn what_stands_below_an_allocators_door_is_the_allocators() {
    let allocator = "0x1: grow (arena/src/lib.rs:1:1)";
    let caller = "0x3: f (app/src/lib.rs:1:1)";
    assert_eq!(
        site(&[allocator, "0x2: __rust_alloc (bin/app/main.rs:33:15)", caller]).key,
        "app::f"
    );
    let door =
        "0x2: <arena::Arena as core::alloc::global::GlobalAlloc>::alloc (arena/src/lib.rs:1:1)";
    assert_eq!(site(&[allocator, door, caller]).key, "app::f");
    assert_eq!(
        site(&[allocator, "0x2: alloc_row (arena/src/lib.rs:1:1)", caller]).key,
        "arena::grow"
    );
}

#[test]
fn a_closure_is_the_function_around_it() {
    let closure = "0x1: {closure#0}<&str> (app/src/a.rs:106:47)";
    let map = "0x1: map<u8, u8> (core/src/option.rs:1:1)";
    let around = "0x1: prepare<&str> (app/src/a.rs:86:22)";
    let helper = "0x1: with_lock<app::a::prepare::{closure_env#0}> (app/src/a.rs:12:9)";
    assert_eq!(site(&[closure, map, around]).key, "app::a::prepare");
    assert_eq!(site(&[closure, helper, around]).key, "app::a::prepare");
    assert_eq!(site(&[closure, "0x2: other (app/src/b.rs:100:1)"]).key, "app::a::{closure}");
    assert_eq!(site(&[closure, "0x2: far (app/src/a.rs:9000:1)"]).key, "app::a::{closure}");
    assert_eq!(site(&["0x1: app::a::prepare::{{closure}} (???:0:0)"]).key, "app::a::prepare");
}

#[test]
fn a_future_is_the_function_that_its_poller_names() {
    let future = "0x1: {async_fn#0} (app/src/run.rs:40:55)";
    let poll =
        "0x1: poll<app::run::concurrent::{async_fn_env#0}, u8> (tokio-1.54.1/src/task.rs:1:1)";
    assert_eq!(site(&[future, poll]).key, "app::run::concurrent");
    assert_eq!(site(&[future]).key, "app::run::{async}");
    // The poller names the outer one of two futures. Nothing tells the function of the inner one.
    assert_eq!(
        site(&[future, "0x1: {async_fn#0} (app/src/run.rs:24:9)", poll]).key,
        "app::run::{async}"
    );
    let block = "0x1: {async_block#0} (app/src/run.rs:40:55)";
    assert_eq!(site(&[block, "0x2: main (app/src/run.rs:38:5)"]).key, "app::run::main");
}

#[test]
fn a_cut_path_belongs_to_the_function_that_it_was_inlined_into() {
    let cut = "0x10: build (planner/joins/order.rs:7:7)";
    let outside = "0x20: run (other-1.0.0/src/lib.rs:1:1)";
    let around = "0x10: plan (app-1.0.0/src/lib.rs:1:1)";
    assert_eq!(site(&[cut, around, outside]).key, "app::planner::joins::order::build");
    assert_eq!(site(&[cut, outside]).key, "other::planner::joins::order::build");
    assert_eq!(
        site(&[cut, "0x30: next<u8> (iter/adapters/map.rs:1:1)", outside]).key,
        "other::planner::joins::order::build"
    );
}

#[test]
fn a_cut_path_that_looks_like_std_is_its_owners() {
    let own = "0x10: try_from_iter<u8> (alloc/collections/hash_map.rs:7:7)";
    let std = "0x10: insert<u8> (collections/hash/map.rs:7:7)";
    let owner = "0x10: build (app-1.0.0/alloc/mod.rs:1:1)";
    assert_eq!(site(&[std, own, owner]).key, "app::alloc::collections::hash_map::try_from_iter");
}

#[test]
fn full_paths_need_no_neighbours() {
    let site = site(&[
        "0x1: grow (/rustc/0123abcd/library/alloc/src/raw_vec/mod.rs:1:1)",
        "0x1: f (/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/app_core-0.8.3/io/mod.rs:1:1)",
        "0x2: g (crates/workloads/sql/src/bench.rs:1:1)",
    ]);
    assert_eq!(
        (site.key.as_str(), site.callers),
        ("app_core::io::f", vec!["sql::bench::g".to_owned()])
    );
}

#[test]
fn recursion_is_folded() {
    let leaf = "0x1: visit (app/src/a.rs:7:7)";
    let once = site(&[leaf, "0x2: main (app/src/main.rs:1:1)"]);
    let often = site(&[leaf, leaf, leaf, "0x2: main (app/src/main.rs:1:1)"]);
    assert_eq!((&once.key, &once.callers), (&often.key, &often.callers));
    assert_eq!(often.callers, ["app::main"]);
}

#[test]
fn stacks_of_one_function_are_one_site_whatever_the_line() {
    let breakdown = breakdown(&[
        &["0x1: f (app/src/a.rs:7:7)", "0x2: heavy (app/src/a.rs:1:1)"],
        &["0x1: f (app/src/a.rs:9:7)", "0x2: light (app/src/a.rs:1:1)"],
    ]);
    assert_eq!(breakdown.sites.len(), 1);
    assert_eq!(breakdown.sites[0].callers, ["app::a::heavy"]);
    assert_eq!(breakdown.sites[0].place.as_ref().unwrap().line, 7);
    assert_eq!(breakdown.sites[0].figures, breakdown.totals);
}

#[test]
fn a_stack_without_a_site_is_stds_outermost_or_unknown() {
    let start = "0x2: <std::rt::lang_start::<()>::{closure#0}>::f (???:0:0)";
    let named = site(&[
        "0x1: grow<u8> (src/raw_vec/mod.rs:1:1)",
        "0x2: std::rt::init (???:0:0)",
        "0x3: main (???:0:0)",
    ]);
    assert_eq!(named.key, "std::rt::init");
    assert_eq!(site(&["0x1: ???"]).key, "unknown");
    assert_eq!(site(&[]).key, "unknown");
    assert!(!site(&[start]).key.is_empty());
}
