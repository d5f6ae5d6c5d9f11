//! The `html!` macro: HTML in Rust that becomes one text of steps and a list of parts, from which `ui::html` draws.
//!
//! The grammar is that of Leptos' `view!` (both are read by `rstml`): `on:click=f`, `class:bad=f`, `prop:value=f`,
//! any other attribute, `{expression}` for children. Why not `view!` itself: `docs/decisions/0003-one-type-of-element.md`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use syn::spanned::Spanned as _;

/// The sign between steps, as `ui::html` reads it.
const BETWEEN: char = '\u{1}';

/// HTML as a `ui::html::Html`.
#[proc_macro]
pub fn html(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let nodes = match rstml::parse2(input.into()) {
        Ok(nodes) => nodes,
        Err(error) => return error.to_compile_error().into(),
    };
    let mut written = Written::default();
    nodes.iter().for_each(|node| written.node(node));
    let Written { steps, parts } = written;
    quote! { ::ui::html::Html::of(#steps, ::std::vec![#(#parts),*]) }.into()
}

/// What has been written so far.
#[derive(Default)]
struct Written {
    steps: String,
    parts: Vec<TokenStream>,
}

impl Written {
    fn step(&mut self, sign: char, rest: &str) {
        if !self.steps.is_empty() {
            self.steps.push(BETWEEN);
        }
        self.steps.push(sign);
        self.steps.push_str(rest);
    }

    fn child(&mut self, value: &TokenStream) {
        self.step('*', "");
        self.parts.push(quote! { ::ui::html::Child::part(#value) });
    }

    fn node(&mut self, node: &Node<Infallible>) {
        match node {
            Node::Element(node) => self.element(node),
            Node::Text(text) => self.step('"', &text.value_string()),
            Node::Block(NodeBlock::ValidBlock(block)) => match block.stmts.as_slice() {
                [syn::Stmt::Expr(value, None)] => self.child(&quote! { #value }),
                _ => self.child(&quote! { #block }),
            },
            Node::Block(block) => self.child(&quote! { #block }),
            Node::Fragment(fragment) => fragment.children.iter().for_each(|child| self.node(child)),
            // Blanks between tags are layout of the source, not text.
            _ => {}
        }
    }

    fn element(&mut self, node: &NodeElement<Infallible>) {
        self.step('<', &node.open_tag.name.to_string());
        for attribute in &node.open_tag.attributes {
            match attribute {
                NodeAttribute::Attribute(attribute) => self.attribute(attribute),
                NodeAttribute::Block(block) => {
                    self.parts.push(quote_spanned! { block.span() => compile_error!("an attribute needs a name") });
                }
            }
        }
        node.children.iter().for_each(|child| self.node(child));
        self.step('/', "");
    }

    fn attribute(&mut self, attribute: &KeyedAttribute) {
        let key = attribute.key.to_string();
        match attribute.value() {
            Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) => {
                self.step('.', &format!("{key}={}", text.value()));
            }
            None => self.step('.', &format!("{key}=")),
            Some(value) => {
                let (sign, name, part) = match key.split_once(':') {
                    Some(("on", event)) => ('!', event, quote! { ::ui::html::listener(#value) }),
                    Some(("class", class)) => ('?', class, quote! { ::ui::html::when(#value) }),
                    Some(("prop", name)) => ('=', name, quote! { ::ui::html::IntoAttr::attr_part(#value) }),
                    _ => ('@', key.as_str(), quote! { ::ui::html::IntoAttr::attr_part(#value) }),
                };
                self.step(sign, name);
                self.parts.push(part);
            }
        }
    }
}
