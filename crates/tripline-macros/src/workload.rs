//! `#[tripline::test]`: an ordinary `#[test]` that registers a workload and hands its body over.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, ItemFn, Lit, LitStr, Path, Token};

/// `default` returns the path of the crate `tripline` where no option states it.
pub(crate) fn expand(
    options: TokenStream,
    function: TokenStream,
    default: impl FnOnce() -> Result<TokenStream, String>,
) -> syn::Result<TokenStream> {
    let function: ItemFn = syn::parse2(function)?;
    let (tripline, runtime) = RuntimeOptions::parse(options)?;
    refuse(&function, &runtime)?;
    let tripline = match tripline {
        Some(path) => path.into_token_stream(),
        None => default().map_err(|message| syn::Error::new(Span::call_site(), message))?,
    };
    Ok(test(&tripline, &function, &runtime))
}

fn refuse(function: &ItemFn, runtime: &RuntimeOptions) -> syn::Result<()> {
    let signature = &function.sig;
    if let Some(attribute) = find(&function.attrs, "should_panic") {
        return Err(syn::Error::new_spanned(
            attribute,
            "a workload cannot be `#[should_panic]`: every figure of a panicking workload is \
             undefined, and a tripped budget must never count as the panic that was expected",
        ));
    }
    if !signature.generics.params.is_empty() {
        return Err(syn::Error::new_spanned(&signature.generics, "a workload cannot be generic"));
    }
    if signature.inputs.len() != 1 {
        return Err(syn::Error::new(
            signature.ident.span(),
            "a workload takes one argument, `probe: &tripline::Probe`",
        ));
    }
    match runtime.first {
        Some(span) if signature.asyncness.is_none() => {
            Err(syn::Error::new(span, "runtime options need an `async fn`"))
        }
        _ => Ok(()),
    }
}

fn test(tripline: &TokenStream, function: &ItemFn, runtime: &RuntimeOptions) -> TokenStream {
    let ItemFn { attrs, vis, sig, block, .. } = function;
    let name = &sig.ident;
    let text = name.to_string();
    let ignored = find(attrs, "ignore").is_some();
    let (body, output) = (&sig.inputs, &sig.output);
    let asyncness = &sig.asyncness;
    let runtime_value = runtime.value(tripline);
    let paused =
        runtime.start_paused.then(|| quote! { #tripline::__private::require_start_paused!(); });
    let run = if asyncness.is_some() {
        quote! {
            #tripline::__private::require_tokio!();
            #paused
            #tripline::__private::run_async(&WORKLOAD, #runtime_value, async |probe| #name(probe).await);
        }
    } else {
        quote! { #tripline::__private::run(&WORKLOAD, |probe| #name(probe)); }
    };
    quote! {
        #[::core::prelude::v1::test]
        #(#attrs)*
        #vis fn #name() {
            #asyncness fn #name(#body) #output #block

            static WORKLOAD: #tripline::__private::Workload = #tripline::__private::Workload {
                module: ::core::module_path!(),
                name: #text,
                file: ::core::file!(),
                line: ::core::line!(),
                manifest_dir: ::core::env!("CARGO_MANIFEST_DIR"),
                ignored: #ignored,
                assert_snapshot: |folder, name, text| {
                    #tripline::__private::assert_snapshot!(folder, name, text);
                },
            };
            #tripline::__private::inventory::submit! {
                #tripline::__private::RegisteredWorkload(&WORKLOAD)
            }
            #run
        }
    }
}

fn find<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    attributes.iter().find(|attribute| attribute.path().is_ident(name))
}

/// The runtime options of an `async fn`, in tokio's own words.
#[derive(Default)]
struct RuntimeOptions {
    multi_thread: bool,
    worker_threads: Option<usize>,
    start_paused: bool,
    /// The place of the first option.
    first: Option<Span>,
}

/// One option: `key = literal`, or `crate = path`.
enum WorkloadOption {
    Crate(Path),
    Runtime(RuntimeOption),
}

struct RuntimeOption {
    key: Ident,
    value: Lit,
}

impl Parse for WorkloadOption {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.parse::<Option<Token![crate]>>()?.is_some() {
            input.parse::<Token![=]>()?;
            return Ok(Self::Crate(match input.parse::<Option<LitStr>>()? {
                Some(text) => text.parse_with(Path::parse_mod_style)?,
                None => input.call(Path::parse_mod_style)?,
            }));
        }
        let key = input.parse()?;
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        Ok(Self::Runtime(RuntimeOption { key, value }))
    }
}

impl RuntimeOptions {
    /// Reads them, and the path of the crate `tripline` if it is stated.
    fn parse(options: TokenStream) -> syn::Result<(Option<Path>, Self)> {
        let stated = Punctuated::<WorkloadOption, Token![,]>::parse_terminated.parse2(options)?;
        let (mut tripline, mut options) = (None, Vec::new());
        let mut runtime = Self::default();
        for option in stated {
            match option {
                WorkloadOption::Crate(path) => tripline = Some(path),
                WorkloadOption::Runtime(option) => {
                    runtime.first.get_or_insert(option.key.span());
                    runtime.set(&option)?;
                    options.push(option);
                }
            }
        }
        Ok((tripline, runtime.agree(&options)?))
    }

    fn set(&mut self, RuntimeOption { key, value }: &RuntimeOption) -> syn::Result<()> {
        match (key.to_string().as_str(), value) {
            ("flavor", Lit::Str(flavor)) => self.multi_thread = is_multi_thread(flavor)?,
            ("worker_threads", Lit::Int(count)) => {
                let count = count.base10_parse()?;
                if count == 0 {
                    return Err(syn::Error::new(value.span(), "`worker_threads` must be above 0"));
                }
                self.worker_threads = Some(count);
            }
            ("start_paused", Lit::Bool(paused)) => self.start_paused = paused.value,
            ("flavor", _) => return Err(syn::Error::new(value.span(), "expected a string")),
            ("worker_threads", _) => {
                return Err(syn::Error::new(value.span(), "expected a number"));
            }
            ("start_paused", _) => return Err(syn::Error::new(value.span(), "expected a bool")),
            _ => {
                return Err(syn::Error::new(
                    key.span(),
                    format!(
                        "unknown option `{key}`; known are `flavor`, `worker_threads`, `start_paused` and `crate`"
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Refuses here, where the line is known, what tokio would refuse when the test runs.
    fn agree(self, options: &[RuntimeOption]) -> syn::Result<Self> {
        let span = |name: &str| {
            let found = options.iter().find(|option| option.key == name);
            found.map_or_else(Span::call_site, |option| option.key.span())
        };
        if self.worker_threads.is_some() && !self.multi_thread {
            let message = "`worker_threads` needs `flavor = \"multi_thread\"`";
            return Err(syn::Error::new(span("worker_threads"), message));
        }
        if self.start_paused && self.multi_thread {
            let message = "`start_paused` needs `flavor = \"current_thread\"`";
            return Err(syn::Error::new(span("start_paused"), message));
        }
        Ok(self)
    }
}

fn is_multi_thread(flavor: &LitStr) -> syn::Result<bool> {
    match flavor.value().as_str() {
        "current_thread" => Ok(false),
        "multi_thread" => Ok(true),
        _ => Err(syn::Error::new(
            flavor.span(),
            "`flavor` is \"current_thread\" (the default) or \"multi_thread\"",
        )),
    }
}

impl RuntimeOptions {
    /// Returns the expression of them.
    fn value(&self, tripline: &TokenStream) -> TokenStream {
        let Self { multi_thread, start_paused, .. } = self;
        let worker_threads = match self.worker_threads {
            Some(count) => quote! { ::core::option::Option::Some(#count) },
            None => quote! { ::core::option::Option::None },
        };
        quote! {
            #tripline::__private::Runtime {
                multi_thread: #multi_thread,
                worker_threads: #worker_threads,
                start_paused: #start_paused,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    fn expand(options: TokenStream, function: TokenStream) -> syn::Result<TokenStream> {
        super::expand(options, function, || Ok("::budget".parse().expect("a path")))
    }

    fn refusal(options: &str, function: &str) -> String {
        let expansion = expand(options.parse().expect("tokens"), function.parse().expect("tokens"));
        expansion.expect_err("a refusal").to_string()
    }

    fn is_taken(options: &str, function: &str) -> bool {
        expand(options.parse().expect("tokens"), function.parse().expect("tokens")).is_ok()
    }

    #[test]
    fn a_workload_takes_a_probe_and_nothing_else() {
        assert!(is_taken("", "fn w(probe: &Probe) {}"));
        let takes = "a workload takes one argument, `probe: &tripline::Probe`";
        assert_eq!(refusal("", "fn w() {}"), takes);
        assert_eq!(refusal("", "fn w(probe: &Probe, n: u8) {}"), takes);
        assert_eq!(refusal("", "fn w<T>(probe: &Probe) {}"), "a workload cannot be generic");
    }

    #[test]
    fn the_crate_is_where_the_option_says() {
        let names = |options: &str| {
            let function = "async fn w(probe: &Probe) {}".parse().expect("tokens");
            expand(options.parse().expect("tokens"), function).expect("a test").to_string()
        };
        assert!(names("").contains(":: budget :: __private :: run_async"));
        for options in [
            "crate = support::tripline",
            "crate = \"support::tripline\"",
            "flavor = \"current_thread\", crate = support::tripline",
        ] {
            let text = names(options);
            assert!(text.contains("support :: tripline :: __private :: run_async"), "{text}");
            assert!(!text.contains("budget"), "{text}");
        }
        assert!(is_taken("crate = a", "fn w(probe: &Probe) {}"));
        assert!(refusal("crate = 1", "fn w(probe: &Probe) {}").starts_with("expected"));
    }

    #[test]
    fn should_panic_is_refused_and_ignore_is_not() {
        assert!(is_taken("", "#[ignore] fn w(probe: &Probe) {}"));
        assert_eq!(
            refusal("", "#[should_panic] fn w(probe: &Probe) {}"),
            "a workload cannot be `#[should_panic]`: every figure of a panicking workload is \
             undefined, and a tripped budget must never count as the panic that was expected"
        );
    }

    #[test]
    fn runtime_options_are_tokios_and_need_an_async_fn() {
        let workload = "async fn w(probe: &Probe) {}";
        assert!(is_taken("flavor = \"multi_thread\", worker_threads = 2", workload));
        assert!(is_taken("flavor = \"current_thread\", start_paused = true", workload));
        for (options, refused) in [
            (
                "flavor = \"local\"",
                "`flavor` is \"current_thread\" (the default) or \"multi_thread\"",
            ),
            ("worker_threads = 2", "`worker_threads` needs `flavor = \"multi_thread\"`"),
            ("flavor = \"multi_thread\", worker_threads = 0", "`worker_threads` must be above 0"),
            (
                "flavor = \"multi_thread\", start_paused = true",
                "`start_paused` needs `flavor = \"current_thread\"`",
            ),
            (
                "flavour = \"multi_thread\"",
                "unknown option `flavour`; known are `flavor`, `worker_threads`, `start_paused` and `crate`",
            ),
        ] {
            assert_eq!(refusal(options, workload), refused);
        }
        assert_eq!(
            refusal("flavor = \"current_thread\"", "fn w(probe: &Probe) {}"),
            "runtime options need an `async fn`"
        );
    }
}
