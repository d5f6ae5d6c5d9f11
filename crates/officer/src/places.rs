//! The places of the site and whom they are for: the links in the bar, and where an officer begins.
//!
//! Hidden is only what would answer nothing; what an officer may do, the API decides (`account::policy`).

use crate::app::app;
use crate::route::{Filter, Page, Period};
use procedure::Role;
use ui::prelude::*;
use ui::{Html, html};
use wire::Me;

/// A place of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The lists of work and the dossiers in them.
    Work,
    /// The figures.
    Figures,
    /// The officers.
    Officers,
}

impl Place {
    /// What its link is called.
    const fn says(self) -> &'static str {
        match self {
            Self::Work => "Việc của tôi",
            Self::Figures => "Số liệu",
            Self::Officers => "Cán bộ",
        }
    }

    /// Its first page.
    pub fn page(self) -> Page {
        match self {
            Self::Work => Page::Queue(Filter::default()),
            Self::Figures => Page::Figures(Period::default()),
            Self::Officers => Page::Officers,
        }
    }
}

/// The places that are there for an officer, in the order of the bar.
pub fn of(me: &Me) -> Vec<Place> {
    let has = |wanted: &[Role]| me.roles.iter().any(|one| wanted.iter().any(|role| role.name() == one.role));
    let works = [Role::OneStop, Role::DeskHead, Role::Specialist, Role::DepartmentHead, Role::Clerk, Role::Leader];
    let sees = [Role::DeskHead, Role::DepartmentHead, Role::Leader, Role::Supervisor];
    let mut places = Vec::new();
    for (place, roles) in
        [(Place::Work, &works[..]), (Place::Figures, &sees[..]), (Place::Officers, &[Role::Administrator][..])]
    {
        if has(roles) {
            places.push(place);
        }
    }
    places
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
        Page::Figures(_) => Some(Place::Figures),
        Page::Officers => Some(Place::Officers),
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

#[cfg(test)]
mod tests {
    use super::*;
    use wire::RoleName;

    #[test]
    fn every_role_finds_what_is_there_for_it() {
        let me = |roles: &[Role]| Me {
            id: String::new(),
            name: String::new(),
            unit: String::new(),
            unit_name: String::new(),
            roles: roles.iter().map(|role| RoleName { role: role.name().to_owned(), says: String::new() }).collect(),
            idle_seconds: 0,
            ends_at: 0,
        };
        for (roles, places) in [
            (&[Role::OneStop][..], &[Place::Work][..]),
            (&[Role::DeskHead], &[Place::Work, Place::Figures]),
            (&[Role::Supervisor], &[Place::Figures]),
            (&[Role::Administrator], &[Place::Officers]),
            (&[Role::Administrator, Role::Leader], &[Place::Work, Place::Figures, Place::Officers]),
            (&[], &[]),
        ] {
            assert_eq!(of(&me(roles)), places);
        }
    }
}
