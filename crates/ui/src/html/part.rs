//! What may stand at a place that is only known when the page is drawn, and how plain Rust values become such a part.

use super::Html;
use web_sys::Event;

/// What stands at such a place.
pub enum Part {
    /// Nothing at all.
    Nothing,
    /// Something drawn.
    Html(Html),
    /// A text of the program.
    Fixed(&'static str),
    /// Any other text.
    Text(String),
    /// Several, one after the other.
    Several(Vec<Part>),
    /// Drawn anew whenever a signal it reads changes.
    Live(Box<dyn Fn() -> Part>),
    /// The value of an attribute or property.
    Attr(Attr),
    /// Whether a class is there.
    When(Box<dyn Fn() -> bool>),
    /// What happens on an event.
    Listener(Box<dyn FnMut(Event)>),
}

/// What happens on an event.
#[must_use]
pub fn listener(run: impl FnMut(Event) + 'static) -> Part {
    Part::Listener(Box::new(run))
}

/// Whether a class is there; follows signals.
#[must_use]
pub fn when(holds: impl Fn() -> bool + 'static) -> Part {
    Part::When(Box::new(holds))
}

/// What may stand inside an element.
pub trait Child {
    /// As a part.
    fn part(self) -> Part;
}

impl Child for Part {
    fn part(self) -> Part {
        self
    }
}

impl Child for Html {
    fn part(self) -> Part {
        Part::Html(self)
    }
}

impl Child for &'static str {
    fn part(self) -> Part {
        Part::Fixed(self)
    }
}

impl Child for String {
    fn part(self) -> Part {
        Part::Text(self)
    }
}

impl Child for () {
    fn part(self) -> Part {
        Part::Nothing
    }
}

impl<C: Child> Child for Option<C> {
    fn part(self) -> Part {
        self.map_or(Part::Nothing, Child::part)
    }
}

impl<C: Child> Child for Vec<C> {
    fn part(self) -> Part {
        Part::Several(self.into_iter().map(Child::part).collect())
    }
}

impl<F, C> Child for F
where
    F: Fn() -> C + 'static,
    C: Child,
{
    fn part(self) -> Part {
        Part::Live(Box::new(move || self().part()))
    }
}

/// The value of an attribute.
pub enum Attr {
    /// It never changes; nothing means the attribute is not there.
    Fixed(Option<String>),
    /// It follows signals.
    Live(Box<dyn Fn() -> Option<String>>),
}

/// What may be written as the value of an attribute.
pub trait IntoAttr: Sized {
    /// The value.
    fn into_attr(self) -> Attr;

    /// The value as a part.
    fn attr_part(self) -> Part {
        Part::Attr(self.into_attr())
    }
}

impl IntoAttr for Attr {
    fn into_attr(self) -> Attr {
        self
    }
}

impl IntoAttr for &str {
    fn into_attr(self) -> Attr {
        Attr::Fixed(Some(self.to_owned()))
    }
}

impl IntoAttr for String {
    fn into_attr(self) -> Attr {
        Attr::Fixed(Some(self))
    }
}

impl IntoAttr for Option<String> {
    fn into_attr(self) -> Attr {
        Attr::Fixed(self)
    }
}

impl IntoAttr for bool {
    fn into_attr(self) -> Attr {
        Attr::Fixed(self.then(String::new))
    }
}

impl<F, V> IntoAttr for F
where
    F: Fn() -> V + 'static,
    V: IntoAttr,
{
    fn into_attr(self) -> Attr {
        Attr::Live(Box::new(move || match self().into_attr() {
            Attr::Fixed(text) => text,
            Attr::Live(text) => text(),
        }))
    }
}
