//! The catalogue of services: choose a unit, a field, or type a few words; then one service with what is known of it and where
//! to go. Pages of HTML alone, so that every telephone opens them at once; only what was looked at on this phone needs a script.

use crate::frame::{Style, fill, findable, t};
use form::Date;
use maud::{Markup, html};
use procedure::calendar::Hours;
use procedure::service::{Service, Services, Wanted};
use procedure::{Agency, Procedure};
use std::collections::BTreeMap;
use text::Key;
use text::amount::days;

/// The address of the catalogue.
const HOME: &str = "/dich-vu";

/// The catalogue as of a day.
pub struct Catalogue<'a> {
    /// Every service.
    pub services: &'a Services,
    /// The procedures, by which some of them are filed here.
    pub procedures: &'a BTreeMap<String, Procedure>,
    /// The units to choose from.
    pub units: &'a [&'a Agency],
    /// When offices are open.
    pub hours: &'a Hours,
    /// Whether they work today.
    pub open_today: bool,
    /// Today.
    pub today: Date,
}

/// What somebody has chosen and typed. What nobody knows is as if it had not been chosen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen<'a> {
    /// The unit.
    pub unit: Option<&'a Agency>,
    /// Id of the field.
    pub field: &'a str,
    /// What was typed.
    pub query: &'a str,
}

impl Catalogue<'_> {
    /// The search, with what it found; the services of a field; or all fields.
    #[must_use]
    pub fn list(&self, style: &Style, chosen: &Chosen<'_>, popular: &[&Service]) -> String {
        let level = chosen.unit.map(|unit| unit.level);
        let field = self.services.field(chosen.field);
        let query = chosen.query.trim();
        let wanted = Wanted { level, field: field.map_or("", |field| &field.id), query };
        let found = self.services.wanted(&wanted, self.today);
        let unit = chosen.unit;
        let nothing_else = field.is_none() && query.is_empty();
        let inside = html! {
            @if !nothing_else { a.back href=(address("", unit, "")) { "‹ " (t(Key::ServicesAll)) } }
            h1 { (field.map_or(t(Key::ServicesTitle), |field| &field.name)) }
            (self.search(chosen))
            @if !query.is_empty() {
                @if found.is_empty() {
                    p role="status" { (fill(Key::ServicesNothing, &[("query", query)])) }
                    p { (t(Key::ServicesAsk)) }
                } @else {
                    p.hint role="status" { (fill(Key::ServicesFound, &[("count", &found.len().to_string())])) }
                    (self.rows(&found, unit))
                }
            } @else if field.is_some() {
                @if found.is_empty() { p { (t(Key::ServicesNone)) } }
                (self.rows(&found, unit))
            }
            @if nothing_else {
                // What was looked at on this phone; the script fills it in.
                div #recent hidden data-title=(t(Key::ServicesRecent)) data-forget=(t(Key::ServicesForget)) {}
                @if !popular.is_empty() {
                    h2 { (t(Key::ServicesPopular)) }
                    (self.rows(popular, unit))
                }
                script type="module" src="/services.js" {}
            }
            @if nothing_else || found.is_empty() { (self.fields(unit)) }
        };
        findable(style, field.map_or(t(Key::ServicesTitle), |field| &field.name), "/", &inside)
    }

    /// The search: what, and where.
    fn search(&self, chosen: &Chosen<'_>) -> Markup {
        html! {
            form role="search" method="get" action=(HOME) {
                div.field {
                    label.label for="q" { (t(Key::ServicesWhat)) }
                    p.hint #q-hint { (t(Key::ServicesHint)) }
                    input #q type="search" name="q" value=(chosen.query) enterkeyhint="search" autocomplete="off"
                        aria-describedby="q-hint";
                }
                (self.choose_unit(chosen.unit, Key::ServicesAnywhere))
                button.button { (t(Key::ServicesFind)) }
            }
        }
    }

    fn choose_unit(&self, unit: Option<&Agency>, none: Key) -> Markup {
        html! {
            div.field {
                label.label for="unit" { (t(Key::ServicesWhere)) }
                select #unit name="unit" {
                    option value="" { (t(none)) }
                    @for one in self.units {
                        option value=(one.code) selected[unit.is_some_and(|unit| unit.code == one.code)] { (one.name) }
                    }
                }
            }
        }
    }

    fn fields(&self, unit: Option<&Agency>) -> Markup {
        let level = unit.map(|unit| unit.level);
        let counted = self.services.counted(level, self.today);
        let all: usize = counted.iter().map(|(_, count)| count).sum();
        let count = |count: usize| fill(Key::ServicesCount, &[("count", &count.to_string())]);
        html! {
            h2 { (unit.map_or(t(Key::ServicesByField), |unit| &unit.name)) }
            p.hint { (count(all)) }
            ul.list {
                @for (field, services) in counted {
                    li { a href=(address("", unit, &field.id)) { (field.name) } small { (count(services)) } }
                }
            }
        }
    }

    fn rows(&self, services: &[&Service], unit: Option<&Agency>) -> Markup {
        html! {
            ul.list {
                @for service in services {
                    li {
                        a href=(address(&service.id, unit, "")) { (service.called()) }
                        @if service.called() != service.name { small { (service.name) } }
                        @if service.open(self.procedures, self.today).is_some() {
                            span.tag.ok { (t(Key::ServicesOnline)) }
                        } @else {
                            span.tag.quiet { (t(Key::ServicesAtDesk)) }
                        }
                    }
                }
            }
        }
    }

    /// One service, as somebody sees it who goes to this unit.
    #[must_use]
    pub fn service(&self, style: &Style, service: &Service, unit: Option<&Agency>) -> String {
        let field = self.services.field(&service.field);
        let open = service.open(self.procedures, self.today);
        let unit = unit.filter(|unit| self.units.iter().any(|one| one.code == unit.code));
        let asked = unit.map_or_else(
            || t(Key::ServicesUnknown).to_owned(),
            |unit| fill(Key::ServicesUnknownAt, &[("agency", &unit.name), ("phone", &unit.phone)]),
        );
        let (time, fee) = match open {
            Some(open) => {
                (fill(Key::ProcedureHalfDays, &[("days", &days(open.quarter_days()))]), open.fee.says.clone())
            }
            None => (service.time.clone(), service.fee.clone()),
        };
        let known = |text: &str| if text.is_empty() { asked.clone() } else { text.to_owned() };
        let inside = html! {
            @if let Some(field) = field { a.back href=(address("", unit, &field.id)) { "‹ " (field.name) } }
            h1 data-service=(service.id) { (service.called()) }
            @if service.called() != service.name { p.hint { (service.name) } }
            p { (service.summary) }
            @if let Some(open) = open {
                a.button href={ "/procedures/" (open.id) } { (t(Key::ServicesOpen)) }
                p { a href={ "/plain/" (open.id) } { (t(Key::PlainTitle)) } " " (t(Key::ServicesPlainHint)) }
            } @else {
                div.warning { p { b { (t(Key::ServicesNotOnline)) } br; (t(Key::ServicesGo)) } }
            }
            dl.answers {
                div.row { dt { (t(Key::ServicesTime)) } dd { (known(&time)) } }
                div.row { dt { (t(Key::ServicesFee)) } dd { (known(&fee)) } }
                @if !service.agency.is_empty() { div.row { dt { (t(Key::ServicesAgency)) } dd { (service.agency) } } }
            }
            h2 { (t(Key::ServicesBring)) }
            @match open {
                Some(open) if open.papers.is_empty() => { p { (t(Key::ProcedurePapersNone)) } }
                Some(open) => {
                    p.hint { (t(Key::ServicesByCase)) }
                    ul.bullets { @for paper in &open.papers { li { (paper.name) } } }
                }
                None if service.papers.is_empty() => { p { (asked) } }
                None => { ul.bullets { @for paper in &service.papers { li { (paper) } } } }
            }
            h2 #where { (t(Key::ServicesGoWhere)) }
            (self.place(service, unit))
            @if !service.legal_basis.is_empty() {
                h2 { (t(Key::ProcedureLaw)) }
                ul.bullets.law-list { @for law in &service.legal_basis { li { (law) } } }
            }
            script type="module" src="/services.js" {}
        };
        findable(style, service.called(), "/", &inside)
    }

    /// Where to go: the unit that was chosen, or which one to choose.
    fn place(&self, service: &Service, unit: Option<&Agency>) -> Markup {
        let receives = unit.is_some_and(|unit| service.receives_at(unit.level, self.today));
        let ranges: Vec<String> = Vec::from(self.hours.clone());
        html! {
            @match unit {
                Some(unit) if receives => {
                    dl.answers {
                        div.row { dt { (t(Key::ServicesPlace)) } dd { b { (t(Key::ServicesDesk)) ", " (unit.name) } br; (unit.address) } }
                        div.row { dt { (t(Key::ServicesPhone)) } dd { (unit.phone) } }
                        div.row {
                            dt { (t(Key::ServicesHours)) }
                            dd {
                                (ranges.join(", ").replace('-', " – ")) br; (t(Key::ServicesDays)) br;
                                (t(if self.open_today { Key::ServicesOpenToday } else { Key::ServicesClosedToday }))
                            }
                        }
                    }
                }
                Some(unit) => { p { (fill(Key::ServicesNotHere, &[("agency", &unit.name)])) } }
                None => { p { (t(Key::ServicesChoose)) } }
            }
            form method="get" action={ (HOME) "/" (service.id) "#where" } {
                (self.choose_unit(unit, Key::PlainChoose))
                button.button.quiet { (t(Key::ServicesShow)) }
            }
        }
    }
}

/// The address of a service, or of the list, with the unit and the field that were chosen. Codes and ids are letters, digits
/// and dashes.
fn address(service: &str, unit: Option<&Agency>, field: &str) -> String {
    let mut address = HOME.to_owned();
    if !service.is_empty() {
        address = format!("{address}/{service}");
    }
    let unit = unit.map_or("", |unit| &unit.code);
    let given = [("unit", unit), ("field", field)].into_iter().filter(|(_, value)| !value.is_empty());
    for (place, (name, value)) in given.enumerate() {
        address.push_str(&format!("{}{name}={value}", if place == 0 { '?' } else { '&' }));
    }
    address
}

/// Why something was refused.
#[must_use]
pub fn refused(style: &Style, title: &str, detail: &str) -> String {
    let inside = html! {
        h1 { (title) }
        @if !detail.is_empty() { p { (detail) } }
        a.button.quiet href=(HOME) { (t(Key::ServicesAll)) }
    };
    crate::frame::page_of(style, title, "/", &inside)
}
