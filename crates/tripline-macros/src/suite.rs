//! `suite!`: installs the allocator, captures the cfgs that `when` may ask for and the ruler's
//! part of it, and emits the suite's own tests.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::features;
use crate::opt_level;
use crate::type_name::type_name;

/// The global allocator of a suite.
enum SuiteAllocator {
    /// The suite installs it around the system's.
    System,
    /// The suite installs it around the one that this expression makes.
    Around(Box<syn::Expr>),
    /// The crate installs it.
    Crate,
}

struct SuiteOptions {
    allocator: SuiteAllocator,
    name: Option<LitStr>,
}

impl Parse for SuiteOptions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Self { allocator: SuiteAllocator::System, name: None };
        while !input.is_empty() {
            options.parse_one(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl SuiteOptions {
    fn parse_one(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let key: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        if key == "allocator" {
            self.allocator = allocator(input)?;
        } else if key == "name" {
            self.name = Some(suite_name(input)?);
        } else {
            return Err(syn::Error::new(
                key.span(),
                format!(
                    "unknown option `{key}`; `suite!` takes `allocator = …` and `name = \"…\"`"
                ),
            ));
        }
        Ok(())
    }
}

fn allocator(input: ParseStream<'_>) -> syn::Result<SuiteAllocator> {
    Ok(match input.parse()? {
        syn::Expr::Path(path) if path.path.is_ident("none") => SuiteAllocator::Crate,
        inner => SuiteAllocator::Around(Box::new(inner)),
    })
}

impl SuiteAllocator {
    fn installed(&self, tripline: &TokenStream) -> Option<TokenStream> {
        match self {
            Self::System => Some(quote! {
                #[global_allocator]
                static ALLOC: #tripline::Alloc = #tripline::Alloc::new();
            }),
            Self::Around(inner) => {
                // A path may lead to a `static`, which cannot be moved.
                let made = match **inner {
                    syn::Expr::Path(_) => quote! { placed(&#inner, &#inner) },
                    _ => quote! { kept(const { #inner }) },
                };
                Some(quote! {
                    #[global_allocator]
                    static ALLOC: #tripline::Alloc<#tripline::__private::DynAllocator> = #tripline::Alloc::around({
                        #[allow(unused_imports, reason = "an expression may name nothing of the crate's root")]
                        use super::*;
                        #[allow(clippy::borrow_interior_mutable_const, reason = "it may be a constant")]
                        let inner =
                            #tripline::__private::DynAllocator::new(|| #tripline::__private::#made);
                        inner
                    });
                })
            }
            Self::Crate => None,
        }
    }

    /// Returns the ruler's name of it, if that is known here.
    fn name(&self) -> TokenStream {
        match self {
            Self::System => quote! { ::core::option::Option::Some("system") },
            Self::Around(inner) => {
                let name = type_name(inner.to_token_stream());
                quote! { ::core::option::Option::Some(#name) }
            }
            Self::Crate => quote! { ::core::option::Option::None },
        }
    }
}

fn suite_name(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let name: LitStr = input.parse()?;
    let text = name.value();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if text.is_empty() || !text.chars().all(plain) {
        let message = "a suite's name is a folder's: letters, digits, `_` and `-`";
        return Err(syn::Error::new(name.span(), message));
    }
    Ok(name)
}

/// `tripline` is the path of the crate `tripline` where the macro stands.
pub(crate) fn expand(tripline: &TokenStream, options: TokenStream) -> syn::Result<TokenStream> {
    let options: SuiteOptions = syn::parse2(options)?;
    let features = features::of_this_package()
        .map_err(|message| syn::Error::new(Span::call_site(), message))?
        .into_iter()
        .map(|feature| quote! { (#feature, ::core::cfg!(feature = #feature)) });
    let opt_level = match opt_level::of_this_crate() {
        Some(level) => quote! { ::core::option::Option::Some(#level) },
        None => quote! { ::core::option::Option::None },
    };
    let installed = options.allocator.installed(tripline);
    let allocator = options.allocator.name();
    let name = match options.name {
        Some(name) => quote! { ::core::option::Option::Some(#name) },
        None => quote! { ::core::option::Option::None },
    };
    // Not `mod tripline`: a macro must not define the name that its own path begins with.
    Ok(quote! {
        mod tripline_suite {
            #installed

            const _: () = #tripline::__private::assert_at_crate_root(::core::module_path!());

            #tripline::__private::inventory::submit! {
                #tripline::__private::Suite {
                    module: ::core::module_path!(),
                    name: #name,
                    package: ::core::env!("CARGO_PKG_NAME"),
                    file: ::core::file!(),
                    line: ::core::line!(),
                    manifest_dir: ::core::env!("CARGO_MANIFEST_DIR"),
                    bin: ::core::option_env!("CARGO_BIN_NAME"),
                    integration_test: ::core::option_env!("CARGO_TARGET_TMPDIR").is_some(),
                    debug_assertions: ::core::cfg!(debug_assertions),
                    opt_level: #opt_level,
                    allocator: #allocator,
                    mark: &#tripline::__private::MARK,
                    features: &[#(#features),*],
                }
            }

            #[::core::prelude::v1::test]
            fn budgets() {
                #tripline::__private::check_budgets();
            }

            #[::core::prelude::v1::test]
            fn sizes() {
                #tripline::__private::check_sizes();
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::expand;

    fn expansion(options: &str) -> Result<String, String> {
        let tripline = "::tripline".parse().expect("a path");
        let expansion = expand(&tripline, options.parse().expect("tokens"));
        expansion.map(|tokens| tokens.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_allocator_is_installed_unless_the_crate_does() {
        let installs = |options| expansion(options).map(|text| text.contains("global_allocator"));
        assert_eq!(installs(""), Ok(true));
        assert_eq!(installs("allocator = none"), Ok(false));
    }

    #[test]
    fn another_allocator_is_installed_around_and_named() {
        let text = expansion("allocator = mimalloc :: MiMalloc").unwrap_or_default();
        assert!(
            text.contains("placed (& mimalloc :: MiMalloc , & mimalloc :: MiMalloc)"),
            "{text}"
        );
        assert!(text.contains("Some (\"mimalloc::MiMalloc\")"), "{text}");
    }

    #[test]
    fn the_crate_has_the_name_that_it_is_given() {
        for options in
            ["", "allocator = A", "allocator = A::new(), name = \"a\"", "allocator = none"]
        {
            let expansion =
                expand(&"::budget".parse().expect("a path"), options.parse().expect("tokens"));
            let text = expansion.expect("a suite").to_string();
            assert!(text.contains(":: budget ::") && !text.contains(":: tripline"), "{text}");
        }
    }

    #[test]
    fn an_expression_is_evaluated_as_a_constant() {
        let text = expansion("allocator = Capped::new(8)").unwrap_or_default();
        assert!(text.contains("kept (const { Capped :: new (8) })"), "{text}");
        assert!(text.contains("Some (\"Capped::new(8)\")"), "{text}");
    }

    #[test]
    fn a_name_is_a_folders() {
        assert!(expansion("name = \"sql-2\"").is_ok_and(|text| text.contains("\"sql-2\"")));
        let refused = Err("a suite's name is a folder's: letters, digits, `_` and `-`".to_owned());
        assert_eq!(expansion("name = \"../sql\""), refused);
        assert_eq!(expansion("name = \"\""), refused);
    }

    #[test]
    fn an_unknown_option_is_refused() {
        let refused = "unknown option `nam`; `suite!` takes `allocator = …` and `name = \"…\"`";
        assert_eq!(expansion("nam = \"sql\""), Err(refused.to_owned()));
    }
}
