//! The `html!` macro: HTML in Rust that becomes calls of `ui::html`, with one type for every element.
//!
//! The grammar is that of Leptos' `view!` (both are read by `rstml`): `on:click=f`, `class:bad=f`, `prop:value=f`,
//! any other attribute, `{expression}` for children. Why not `view!` itself: `docs/decisions/0003-one-type-of-element.md`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use syn::spanned::Spanned as _;

/// HTML as a `ui::html::Html`.
#[proc_macro]
pub fn html(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let nodes = match rstml::parse2(input.into()) {
        Ok(nodes) => nodes,
        Err(error) => return error.to_compile_error().into(),
    };
    let children: Vec<TokenStream> = nodes.iter().filter_map(child).collect();
    match (nodes.as_slice(), children.as_slice()) {
        ([Node::Element(_)], [element]) => quote! { #element },
        _ => quote! { ::ui::html::fragment()#(.child(#children))*.done() },
    }
    .into()
}

fn child(node: &Node<Infallible>) -> Option<TokenStream> {
    match node {
        Node::Element(node) => Some(element(node)),
        Node::Text(text) => {
            let value = &text.value;
            Some(quote! { #value })
        }
        Node::Block(NodeBlock::ValidBlock(block)) => match block.stmts.as_slice() {
            [syn::Stmt::Expr(value, None)] => Some(quote! { #value }),
            _ => Some(quote! { #block }),
        },
        Node::Block(block) => Some(quote! { #block }),
        Node::Fragment(fragment) => {
            let children = fragment.children.iter().filter_map(child);
            Some(quote! { ::ui::html::fragment()#(.child(#children))*.done() })
        }
        // Blanks between tags are layout of the source, not text.
        _ => None,
    }
}

fn element(node: &NodeElement<Infallible>) -> TokenStream {
    let name = node.open_tag.name.to_string();
    let attributes = node.open_tag.attributes.iter().map(|attribute| match attribute {
        NodeAttribute::Attribute(attribute) => keyed(attribute),
        NodeAttribute::Block(block) => {
            quote_spanned! { block.span() => compile_error!("an attribute needs a name"); }
        }
    });
    let children = node.children.iter().filter_map(child);
    quote! { ::ui::html::element(#name)#(#attributes)*#(.child(#children))*.done() }
}

fn keyed(attribute: &KeyedAttribute) -> TokenStream {
    let key = attribute.key.to_string();
    if let Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) = attribute.value() {
        return quote! { .fixed(#key, #text) };
    }
    let value = attribute.value().map_or_else(|| quote! { true }, |value| quote! { #value });
    match key.split_once(':') {
        Some(("on", event)) => quote! { .on(#event, #value) },
        Some(("class", class)) => quote! { .class_when(#class, #value) },
        Some(("prop", "checked")) => quote! { .checked(#value) },
        Some(("prop", "value")) => quote! { .value(#value) },
        _ => quote! { .attr(#key, #value) },
    }
}
