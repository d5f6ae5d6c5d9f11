//! The catalogue of services (danh mục dịch vụ công): everything that the units of a province do for people, field by field,
//! whether it can be filed here or only asked about. It has what a person needs to know before they set out.

use crate::search::{self, Entry};
use crate::{Level, Procedure, Receives};
use form::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A field of work (lĩnh vực).
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name of its file.
    pub id: String,
    /// Its name, by which procedures belong to it too.
    pub name: String,
    /// Other words people look for it by.
    pub keywords: Vec<String>,
}

/// One service.
///
/// What is not known is empty: then people are told whom to ask, and never a guess.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// A name for its address; never changes.
    pub id: String,
    /// The legal name.
    pub name: String,
    /// The name people use; empty where it is the legal one.
    pub short: String,
    /// The id of its field.
    pub field: String,
    /// Words people search by.
    pub keywords: Vec<String>,
    /// Which agencies receive it, by date.
    pub receives: Vec<Receives>,
    /// Who decides it (cơ quan thực hiện), in the law's words; empty where its procedure's file has stages that say so.
    pub agency: String,
    /// What it is good for, one to three sentences.
    pub summary: String,
    /// What to bring.
    pub papers: Vec<String>,
    /// How long it takes, in words.
    pub time: String,
    /// What it costs, in words.
    pub fee: String,
    /// The laws that these rest on.
    pub legal_basis: Vec<String>,
    /// The procedure by which it is filed here; empty where it is not.
    pub procedure: String,
}

/// All services, with their fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Services {
    /// In the order they are shown.
    pub fields: Vec<Field>,
    /// In the order of their fields.
    pub services: Vec<Service>,
}

/// Which services somebody wants to see. What is empty leaves nothing out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Only those that agencies of this level receive.
    pub level: Option<Level>,
    /// Only those of the field with this id.
    pub field: &'a str,
    /// Only those that fit what was typed.
    pub query: &'a str,
}

impl Service {
    /// The name people know it by.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }

    /// Whether agencies of a level receive it on a day.
    #[must_use]
    pub fn receives_at(&self, level: Level, on: Date) -> bool {
        self.receives.iter().any(|rule| rule.holds(level, on))
    }

    /// The procedure by which it can be filed here on a day.
    #[must_use]
    pub fn open<'a>(&self, procedures: &'a BTreeMap<String, Procedure>, on: Date) -> Option<&'a Procedure> {
        procedures.get(&self.procedure).filter(|procedure| procedure.in_force(on))
    }
}

impl Services {
    /// The service with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The field with this id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The services that somebody wants, on a day: those that fit best first, where something was typed.
    #[must_use]
    pub fn wanted(&self, wanted: &Wanted<'_>, on: Date) -> Vec<&Service> {
        let level = |one: &&Service| wanted.level.is_none_or(|level| one.receives_at(level, on));
        let field = |one: &&Service| wanted.field.is_empty() || one.field == wanted.field;
        let all: Vec<&Service> = self.services.iter().filter(level).filter(field).collect();
        if wanted.query.trim().is_empty() {
            return all;
        }
        let keywords: Vec<Vec<String>> = all.iter().map(|one| self.keywords(one)).collect();
        let entries: Vec<Entry<'_>> =
            all.iter().zip(&keywords).map(|(one, keywords)| Entry { name: &one.name, keywords }).collect();
        search::search(wanted.query, &entries).into_iter().map(|place| all[place]).collect()
    }

    /// The fields in which agencies of a level, or any, receive something on a day, each with how many services.
    #[must_use]
    pub fn counted(&self, level: Option<Level>, on: Date) -> Vec<(&Field, usize)> {
        let all = self.wanted(&Wanted { level, ..Wanted::default() }, on);
        let count = |field: &Field| all.iter().filter(|one| one.field == field.id).count();
        self.fields.iter().map(|field| (field, count(field))).filter(|(_, count)| *count > 0).collect()
    }

    /// The services that are filed most, the most first: at most `most` of those of which at least `least` dossiers were
    /// counted, so that nobody's single dossier shows.
    #[must_use]
    pub fn popular(&self, filed: &[(String, u64)], least: u64, most: usize) -> Vec<&Service> {
        let mut counted: Vec<&(String, u64)> = filed.iter().filter(|(_, count)| *count >= least).collect();
        counted.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        let by_procedure = |id: &str| self.services.iter().find(|one| one.procedure == id);
        counted.into_iter().filter_map(|(id, _)| by_procedure(id)).take(most).collect()
    }

    /// Everything beside the legal name that a service is found by.
    fn keywords(&self, service: &Service) -> Vec<String> {
        let field = self.field(&service.field).into_iter();
        let of_field = field.flat_map(|field| field.keywords.iter().chain([&field.name]));
        service.keywords.iter().chain([&service.short]).chain(of_field).cloned().collect()
    }

    /// Adds the procedures that no service names: what can be filed is never left out.
    pub(crate) fn add_procedures(&mut self, procedures: &BTreeMap<String, Procedure>) {
        let named: BTreeSet<String> = self.services.iter().map(|service| service.procedure.clone()).collect();
        for procedure in procedures.values().filter(|one| !named.contains(&one.id)) {
            let known = self.fields.iter().find(|field| field.name == procedure.field).map(|field| field.id.clone());
            let field = known.unwrap_or_else(|| {
                let id = form::text::fold(&procedure.field).replace(' ', "-");
                self.fields.push(Field { id: id.clone(), name: procedure.field.clone(), keywords: Vec::new() });
                id
            });
            self.services.push(Service {
                id: procedure.id.clone(),
                name: procedure.name.clone(),
                short: procedure.short.clone(),
                field,
                keywords: procedure.keywords.clone(),
                receives: procedure.receives.clone(),
                summary: procedure.summary.clone(),
                legal_basis: procedure.legal_basis.clone(),
                procedure: procedure.id.clone(),
                ..Service::default()
            });
        }
        self.fields.sort_by_cached_key(|field| form::text::fold(&field.name));
        let place = |id: &str| self.fields.iter().position(|field| field.id == id);
        // Stable: the services of a field stay as its file has them, and what can be filed comes first.
        self.services.sort_by_key(|one| (place(&one.field), one.procedure.is_empty()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date { year: 2026, month: 11, day: 28 };

    fn service(id: &str, name: &str, field: &str, level: Level) -> Service {
        let receives = vec![Receives { level, from: None, until: None }];
        Service { id: id.into(), name: name.into(), field: field.into(), receives, ..Service::default() }
    }

    fn services() -> Services {
        let field = |id: &str, name: &str| Field { id: id.into(), name: name.into(), keywords: Vec::new() };
        let mut birth = service("khai-sinh", "Đăng ký khai sinh", "ho-tich", Level::Commune);
        birth.keywords = vec!["giấy khai sinh".into(), "mới đẻ".into()];
        birth.procedure = "khai-sinh".into();
        let mut house = service("xay-nha", "Cấp giấy phép xây dựng", "xay-dung", Level::District);
        house.procedure = "xay-nha".into();
        Services {
            fields: vec![field("ho-tich", "Hộ tịch"), field("xay-dung", "Xây dựng"), field("rong", "Chưa có gì")],
            services: vec![birth, service("ket-hon", "Đăng ký kết hôn", "ho-tich", Level::Commune), house],
        }
    }

    #[test]
    fn what_is_wanted_is_found_by_unit_field_and_words() {
        let all = services();
        let found = |level, field, query| {
            let wanted = Wanted { level, field, query };
            all.wanted(&wanted, TODAY).iter().map(|one| one.id.clone()).collect::<Vec<_>>().join(" ")
        };
        for (level, field, query, expected) in [
            (None, "", "", "khai-sinh ket-hon xay-nha"),
            (None, "", "  ", "khai-sinh ket-hon xay-nha"),
            (Some(Level::Commune), "", "", "khai-sinh ket-hon"),
            (Some(Level::District), "", "", "xay-nha"),
            (Some(Level::Province), "", "", ""),
            (None, "xay-dung", "", "xay-nha"),
            (None, "khong-co", "", ""),
            (None, "", "ket hon", "ket-hon"),
            (None, "", "khai sihn", "khai-sinh"),
            (None, "", "mới đẻ", "khai-sinh"),
            (None, "", "ho tich", "khai-sinh ket-hon"),
            (None, "xay-dung", "khai sinh", ""),
            (Some(Level::Commune), "", "phép", ""),
            (None, "", "hộ chiếu nước ngoài", ""),
        ] {
            assert_eq!(found(level, field, query), expected, "{level:?} {field} {query}");
        }
    }

    #[test]
    fn fields_are_counted_and_empty_ones_left_out() {
        let all = services();
        let counts = |level| {
            all.counted(level, TODAY).iter().map(|(field, count)| (field.id.as_str(), *count)).collect::<Vec<_>>()
        };
        assert_eq!(counts(None), [("ho-tich", 2), ("xay-dung", 1)]);
        assert_eq!(counts(Some(Level::District)), [("xay-dung", 1)]);
    }

    #[test]
    fn popular_is_what_many_have_filed() {
        let all = services();
        let popular = |filed: &[(&str, u64)], most| {
            let filed: Vec<(String, u64)> = filed.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
            all.popular(&filed, 5, most).iter().map(|one| one.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(popular(&[("khai-sinh", 5), ("xay-nha", 9)], 3), ["xay-nha", "khai-sinh"]);
        assert_eq!(popular(&[("khai-sinh", 5), ("xay-nha", 9)], 1), ["xay-nha"]);
        // One dossier is somebody's; a procedure of former times is nowhere any more.
        assert_eq!(popular(&[("khai-sinh", 4), ("cu", 100)], 3), [""; 0]);
    }
}
