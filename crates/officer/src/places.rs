//! The places of the site and whom they are for: the links in the bar, and where an officer begins.
//!
//! Which of them answer an officer, the API says (`wire::Me`).

use crate::app::app;
use crate::route::{Filter, Page, Period};
use ui::prelude::*;
use ui::{Html, html};
use wire::Me;

/// A place of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The lists of work and the dossiers in them.
    Work,
    /// Public posting.
    Postings,
    /// What goes by post.
    Parcels,
    /// Entering dossiers that came on paper.
    Counter,
    /// The people's meetings.
    Meetings,
    /// The fees that were paid.
    Payments,
    /// The figures.
    Figures,
    /// The officers.
    Officers,
    /// Who is away, and who acts in their place.
    Absences,
}

impl Place {
    /// What its link is called.
    const fn says(self) -> &'static str {
        match self {
            Self::Work => "Việc của tôi",
            Self::Postings => "Niêm yết",
            Self::Parcels => "Bưu điện",
            Self::Counter => "Nhập tại quầy",
            Self::Meetings => "Họp dân",
            Self::Payments => "Thu phí",
            Self::Figures => "Số liệu",
            Self::Officers => "Cán bộ",
            Self::Absences => "Vắng mặt",
        }
    }

    /// Its first page.
    pub fn page(self) -> Page {
        match self {
            Self::Work => Page::Queue(Filter::default()),
            Self::Postings => Page::Postings,
            Self::Parcels => Page::Parcels,
            Self::Counter => Page::Counter,
            Self::Meetings => Page::Meetings,
            Self::Payments => Page::Payments(Period::default(), String::new()),
            Self::Figures => Page::Figures(Period::default()),
            Self::Officers => Page::Officers,
            Self::Absences => Page::Absences,
        }
    }
}

/// The places that are there for an officer, in the order of the bar.
pub fn of(me: &Me) -> Vec<Place> {
    let all = [
        ("work", Place::Work),
        ("counter", Place::Counter),
        ("meetings", Place::Meetings),
        ("postings", Place::Postings),
        ("parcels", Place::Parcels),
        ("figures", Place::Figures),
        ("payments", Place::Payments),
        ("officers", Place::Officers),
        ("absences", Place::Absences),
    ];
    all.into_iter().filter(|(name, _)| me.places.iter().any(|place| place == name)).map(|(_, place)| place).collect()
}

/// Where an officer begins.
pub fn home(me: &Me) -> Option<Place> {
    of(me).first().copied()
}

/// The links in the bar.
pub fn bar(me: &Me) -> Option<Html> {
    let places = of(me);
    let home = home(me);
    let here = Memo::new(move |_| match app().route.page() {
        Page::Queue(_) => home,
        Page::Dossier(_) => Some(Place::Work),
        Page::Postings => Some(Place::Postings),
        Page::Parcels => Some(Place::Parcels),
        Page::Counter => Some(Place::Counter),
        Page::Meetings => Some(Place::Meetings),
        Page::Payments(..) => Some(Place::Payments),
        Page::Figures(_) => Some(Place::Figures),
        Page::Officers => Some(Place::Officers),
        Page::Absences => Some(Place::Absences),
        Page::First | Page::NotFound => None,
    });
    let links: Vec<_> = places
        .iter()
        .map(|place| {
            let place = *place;
            let current = move || (here.get() == Some(place)).then(|| "page".to_owned());
            html! { <li><a href=place.page().address() aria-current=current>{place.says()}</a></li> }
        })
        .collect();
    (!links.is_empty()).then(|| html! { <nav class="places" aria-label="Các trang"><ul>{links}</ul></nav> })
}
