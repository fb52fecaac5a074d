//! The procedural macros of `tripline`, which re-exports and documents them.
//!
//! A macro here captures names, places, cfgs and sizes, and decides nothing: every decision is made by a
//! function of `tripline::__private`, which the expansion calls.

mod features;
mod sizes;
mod suite;
mod type_name;
mod workload;

use proc_macro::TokenStream;

/// Turns a function into a test that holds a workload to its budget; see `tripline`'s documentation.
#[proc_macro_attribute]
pub fn test(options: TokenStream, function: TokenStream) -> TokenStream {
    finish(workload::expand(options.into(), function.into()))
}

/// Makes a test crate a suite; see `tripline`'s documentation.
#[proc_macro]
pub fn suite(options: TokenStream) -> TokenStream {
    finish(suite::expand(options.into()))
}

/// Budgets the sizes of types; see `tripline`'s documentation.
#[proc_macro]
pub fn sizes(types: TokenStream) -> TokenStream {
    finish(sizes::expand(types.into()))
}

fn finish(expansion: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    expansion.unwrap_or_else(syn::Error::into_compile_error).into()
}
