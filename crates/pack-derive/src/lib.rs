//! `#[derive(Pack)]`: a struct is its fields one after the other, an enum the number of its variant and then its fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Field, Fields, Index};

/// Implements `pack::Pack`. The order of fields and variants is the format: new ones go to the end. A field of a struct marked
/// `#[pack(skip)]` is not in the format and is read as its default: whoever reads packed bytes has no use for it.
#[proc_macro_derive(Pack, attributes(pack))]
pub fn pack(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = syn::parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let (write, read) = match &input.data {
        Data::Struct(data) => structure(&data.fields),
        Data::Enum(data) => enumeration(data),
        Data::Union(_) => {
            return quote! { compile_error!("a union cannot be packed"); }.into();
        }
    };
    quote! {
        impl ::pack::Pack for #name {
            fn write(&self, out: &mut ::std::vec::Vec<u8>) { #write }
            fn read(from: &mut ::pack::Reader<'_>) -> Self { #read }
        }
    }
    .into()
}

fn structure(fields: &Fields) -> (TokenStream, TokenStream) {
    let kept = fields.iter().enumerate().filter(|(_, field)| !skipped(field));
    let places = kept.map(|(place, field)| match &field.ident {
        Some(name) => quote! { self.#name },
        None => {
            let place = Index::from(place);
            quote! { self.#place }
        }
    });
    let read = made(fields);
    (quote! { #(::pack::Pack::write(&#places, out);)* }, quote! { Self #read })
}

fn enumeration(data: &syn::DataEnum) -> (TokenStream, TokenStream) {
    let (mut writes, mut reads) = (Vec::new(), Vec::new());
    for (number, variant) in data.variants.iter().enumerate() {
        let name = &variant.ident;
        let number = u8::try_from(number).unwrap_or(u8::MAX);
        let names: Vec<_> = variant
            .fields
            .iter()
            .enumerate()
            .map(|(place, field)| field.ident.clone().unwrap_or_else(|| format_ident!("field{place}")))
            .collect();
        let pattern = match &variant.fields {
            Fields::Named(_) => quote! { { #(#names),* } },
            Fields::Unnamed(_) => quote! { ( #(#names),* ) },
            Fields::Unit => quote! {},
        };
        writes.push(quote! { Self::#name #pattern => { out.push(#number); #(::pack::Pack::write(#names, out);)* } });
        let made = made(&variant.fields);
        // What no variant has is read as the first one, and the whole is refused at the end.
        let label = if number == 0 {
            quote! { 0 }
        } else {
            quote! { #number }
        };
        reads.push(quote! { #label => Self::#name #made, });
    }
    let first = data.variants.first().map(|variant| {
        let (name, made) = (&variant.ident, made(&variant.fields));
        quote! { _ => { from.refuse(); Self::#name #made } }
    });
    (quote! { match self { #(#writes)* } }, quote! { match from.byte() { #(#reads)* #first } })
}

/// The fields of a struct or variant, each read in its turn.
fn made(fields: &Fields) -> TokenStream {
    let read = |field: &Field| {
        if skipped(field) {
            quote! { ::core::default::Default::default() }
        } else {
            quote! { ::pack::Pack::read(from) }
        }
    };
    match fields {
        Fields::Named(fields) => {
            let names = fields.named.iter().map(|field| &field.ident);
            let reads = fields.named.iter().map(read);
            quote! { { #(#names: #reads),* } }
        }
        Fields::Unnamed(fields) => {
            let reads = fields.unnamed.iter().map(read);
            quote! { ( #(#reads),* ) }
        }
        Fields::Unit => quote! {},
    }
}

/// Whether a field is marked `#[pack(skip)]`.
fn skipped(field: &Field) -> bool {
    field
        .attrs
        .iter()
        .any(|mark| mark.path().is_ident("pack") && mark.parse_args::<syn::Ident>().is_ok_and(|word| word == "skip"))
}
