//! `sizes!`: registers each type, and limits its size at compile time where that is asked for.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{LitInt, Token, Type};

use crate::type_name::type_name;

/// One type of `sizes!`: `turso::Value`, or `turso::Value <= 128`.
struct SizesEntry {
    ty: Type,
    wall: Option<LitInt>,
}

impl Parse for SizesEntry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ty = input.parse()?;
        let wall = match input.parse::<Option<Token![<=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Self { ty, wall })
    }
}

/// `tripline` is the path of the crate `tripline` where the macro stands.
pub(crate) fn expand(tripline: &TokenStream, types: TokenStream) -> syn::Result<TokenStream> {
    let entries = Punctuated::<SizesEntry, Token![,]>::parse_terminated.parse2(types)?;
    Ok(entries.iter().map(|entry| registration(tripline, entry)).collect())
}

fn registration(tripline: &TokenStream, SizesEntry { ty, wall }: &SizesEntry) -> TokenStream {
    let name = type_name(ty.to_token_stream());
    let line = line_of(ty);
    let wall = wall.as_ref().map(|limit| {
        quote_spanned! { ty.span() =>
            #tripline::__private::const_assert!(::core::mem::size_of::<#ty>() <= #limit);
        }
    });
    quote! {
        const _: () = {
            #wall
            #tripline::__private::inventory::submit! {
                #tripline::__private::SizedType {
                    name: #name,
                    size: ::core::mem::size_of::<#ty>(),
                    align: ::core::mem::align_of::<#ty>(),
                    file: ::core::file!(),
                    line: #line,
                    witness: #tripline::__private::witness::<#ty>,
                }
            }
        };
    }
}

/// Returns the line of a type. `line!()` would name the macro's first line for every type.
fn line_of(ty: &Type) -> u32 {
    let line = ty.span().unwrap().start().line();
    u32::try_from(line).unwrap_or(u32::MAX)
}
