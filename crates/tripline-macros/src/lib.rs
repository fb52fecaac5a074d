//! The procedural macros of `tripline`, which re-exports and documents them.
//!
//! A macro here captures names, places, cfgs and sizes, and decides nothing: every decision is made by a
//! function of `tripline::__private`, which the expansion calls.

mod crate_name;
mod features;
mod opt_level;
mod sizes;
mod suite;
mod type_name;
mod workload;

use proc_macro::{TokenStream, TokenTree};

/// Turns a function into a test that holds a workload to its budget; see `tripline`'s documentation.
#[proc_macro_attribute]
pub fn test(options: TokenStream, function: TokenStream) -> TokenStream {
    finish(workload::expand(options.into(), function.into(), crate_name::of_tripline))
}

/// Makes a test crate a suite; see `tripline`'s documentation. The path of `tripline` stands before a semicolon.
#[proc_macro]
pub fn suite(input: TokenStream) -> TokenStream {
    let (tripline, options) = split(input);
    finish(suite::expand(&tripline.into(), options.into()))
}

/// Budgets the sizes of types; see `tripline`'s documentation. The path of `tripline` stands before a semicolon.
#[proc_macro]
pub fn sizes(input: TokenStream) -> TokenStream {
    let (tripline, types) = split(input);
    finish(sizes::expand(&tripline.into(), types.into()))
}

/// Splits the `$crate` of the macro that `tripline` exports from what a person wrote.
fn split(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = input.into_iter();
    let is_path = |token: &TokenTree| !matches!(token, TokenTree::Punct(it) if it.as_char() == ';');
    let path = tokens.by_ref().take_while(is_path).collect();
    (path, tokens.collect())
}

fn finish(expansion: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    expansion.unwrap_or_else(syn::Error::into_compile_error).into()
}
