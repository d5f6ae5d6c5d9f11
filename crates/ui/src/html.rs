//! Elements of the page, all of one type: made at once, kept up to date by Leptos' effects.
//!
//! Written with `html!` (crate `markup`), which turns the markup into one text of steps and a list of the parts
//! that are only known when the page is drawn. Leptos' own views give every element a type and code of its own, which the
//! citizen's wasm paid for with 200 KB: see `docs/decisions/0003-one-type-of-element.md`.
//!
//! Steps are parted by the sign U+0001, and each begins with one sign:
//!
//! | sign | meaning |
//! |---|---|
//! | `<div` | an element begins; what follows is inside it |
//! | `/` | it ends |
//! | `.id=main` | an attribute that never changes |
//! | `"Hello` | text |
//! | `*` | the next part, inside |
//! | `@href` | an attribute: the next part |
//! | `!click` | what happens on an event: the next part |
//! | `?bad` | a class that is there only while the next part says so |
//! | `=value` | a property of an input: the next part |

mod part;

pub use part::{Attr, Child, IntoAttr, Part, listener, when};

use crate::prelude::*;
use reactive_graph::effect::RenderEffect;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Node};

/// Part of a page: an element, or several parts beside each other.
#[derive(Clone)]
pub struct Html(Node);

/// The sign between steps.
const BETWEEN: char = '\u{1}';

impl Html {
    /// Nothing at all.
    #[must_use]
    pub fn none() -> Self {
        Self(document().create_document_fragment().into())
    }

    /// What `html!` wrote: its steps, and the parts they ask for, in order.
    #[must_use]
    pub fn of(steps: &'static str, parts: Vec<Part>) -> Self {
        let top = Node::from(document().create_document_fragment());
        let mut parts = parts.into_iter();
        let mut inside = vec![top];
        for step in steps.split(BETWEEN) {
            let Some(here) = inside.last() else { break };
            let (Some(sign), Some(rest)) = (step.bytes().next(), step.get(1..)) else { continue };
            match sign {
                b'<' => {
                    let element = element(rest);
                    append(here, &element);
                    inside.push(element);
                }
                b'/' => {
                    inside.pop();
                }
                b'.' => {
                    let (name, value) = rest.split_once('=').unwrap_or((rest, ""));
                    set(here, name, value);
                }
                b'"' => append(here, &document().create_text_node(rest)),
                _ => {
                    if let Some(part) = parts.next() {
                        part.put(here, sign, rest);
                    }
                }
            }
        }
        Self(inside.swap_remove(0))
    }

    /// Puts it into an element of the page.
    pub fn mount(self, place: &Element) {
        append(place, &self.0);
    }
}

impl Part {
    /// Puts it where a step of this sign asks for it.
    fn put(self, here: &Node, sign: u8, name: &'static str) {
        match (self, sign) {
            (Self::Attr(value), b'@') => {
                let element = element_of(here);
                watch(value, move |text| match text {
                    Some(text) => set(&element, name, &text),
                    None => {
                        // Names come from our own pages, and all of them are real attributes.
                        let _ = element.remove_attribute(name);
                    }
                });
            }
            (Self::Attr(value), _) => property(element_of(here), name, value),
            (Self::When(when), _) => {
                let list = element_of(here).class_list();
                effect(move || {
                    let _ = list.toggle_with_force(name, when());
                });
            }
            (Self::Listener(listener), _) => {
                let listener = Closure::wrap(listener).into_js_value();
                // The browser lets the function go together with the element.
                let _ = here.add_event_listener_with_callback(name, listener.unchecked_ref());
            }
            (inside, _) => inside.append_to(here),
        }
    }

    /// Puts it at the end of what stands inside an element.
    fn append_to(self, here: &Node) {
        match self {
            Self::Html(html) => append(here, &html.0),
            Self::Fixed(text) => append(here, &document().create_text_node(text)),
            Self::Text(text) => append(here, &document().create_text_node(&text)),
            Self::Several(parts) => parts.into_iter().for_each(|part| part.append_to(here)),
            Self::Live(draw) => live(here, draw),
            // Attributes and listeners stand nowhere inside.
            Self::Nothing | Self::Attr(_) | Self::When(_) | Self::Listener(_) => {}
        }
    }
}

fn element(name: &str) -> Node {
    let document = document();
    // Pictures live in their own namespace; a browser draws nothing without it.
    let made = match name {
        "svg" | "path" => document.create_element_ns(Some("http://www.w3.org/2000/svg"), name),
        _ => document.create_element(name),
    };
    // Names come from our own pages, and all of them are real elements.
    made.map_or_else(|_| document.create_document_fragment().into(), Into::into)
}

fn property(element: Element, name: &'static str, value: Attr) {
    watch(value, move |text| {
        let now: JsValue = if name == "checked" { text.is_some().into() } else { text.unwrap_or_default().into() };
        // Setting what is already there would move the cursor of the person typing.
        if js_sys::Reflect::get(&element, &name.into()).is_ok_and(|before| before != now) {
            let _ = js_sys::Reflect::set(&element, &name.into(), &now);
        }
    });
}

/// A part drawn anew whenever a signal it reads changes, between two marks that stay.
fn live(parent: &Node, draw: Box<dyn Fn() -> Part>) {
    let [start, end] = [(); 2].map(|()| Node::from(document().create_comment("")));
    append(parent, &start);
    append(parent, &end);
    effect(move || {
        while let Some(old) = start.next_sibling().filter(|old| *old != end) {
            old.unchecked_ref::<Element>().remove();
        }
        let fresh = Node::from(document().create_document_fragment());
        draw().append_to(&fresh);
        if let Some(parent) = end.parent_node() {
            // The mark is a child of its own parent, so that this cannot be refused.
            let _ = parent.insert_before(&fresh, Some(&end));
        }
    });
}

fn watch(value: Attr, set: impl Fn(Option<String>) + 'static) {
    match value {
        Attr::Fixed(text) => set(text),
        Attr::Live(text) => effect(move || set(text())),
    }
}

/// Runs at once and after every change of what it reads, until the part of the page it belongs to goes.
pub fn effect(run: impl Fn() + 'static) {
    let run: Box<dyn Fn()> = Box::new(run);
    StoredValue::new(RenderEffect::new(move |_: Option<()>| run()));
}

fn set(here: &Node, name: &str, value: &str) {
    // Names come from our own pages, and all of them are real attributes.
    let _ = here.unchecked_ref::<Element>().set_attribute(name, value);
}

fn append(parent: &Node, child: &Node) {
    // A part is never put into itself, which is all that could be refused.
    let _ = parent.append_child(child);
}

fn element_of(node: &Node) -> Element {
    node.clone().unchecked_into()
}

fn document() -> Document {
    crate::prelude::document()
}
