//! What is typed of an account, and the steps in which it is asked for.

use wire::{CitizenDetails, CitizenOrganisation, Register};

/// The fields that are typed, by the names of their problems; the date of birth in its three boxes.
pub(super) const FIELDS: [&str; 14] = [
    "kind",
    "name",
    "number",
    "birth.day",
    "birth.month",
    "birth.year",
    "sex",
    "organisation.name",
    "organisation.tax_code",
    "province",
    "commune",
    "detail",
    "email",
    "next",
];

/// A page of registering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// For a person or for an organisation.
    Kind,
    /// Who.
    Person,
    /// The organisation.
    Organisation,
    /// Where they live: the province.
    Province,
    /// Where they live: the commune.
    Commune,
    /// The e-mail address.
    Email,
    /// Everything once more.
    Check,
}

impl Step {
    const ALL: [Self; 7] =
        [Self::Kind, Self::Person, Self::Organisation, Self::Province, Self::Commune, Self::Email, Self::Check];

    /// Its name in the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Province => "province",
            Self::Commune => "commune",
            Self::Email => "email",
            Self::Check => "check",
        }
    }

    /// The step with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The places of what is asked on it.
    #[must_use]
    pub const fn asks(self) -> &'static [&'static str] {
        match self {
            Self::Kind => &["kind"],
            Self::Person => &["name", "number", "birth", "birth.day", "birth.month", "birth.year", "sex"],
            Self::Organisation => &["organisation.name", "organisation.tax_code"],
            Self::Province => &["province"],
            Self::Commune => &["commune", "detail"],
            Self::Email => &["email"],
            Self::Check => &[],
        }
    }

    /// The step on which something is asked.
    #[must_use]
    pub fn asking(place: &str) -> Self {
        Self::ALL.into_iter().find(|step| step.asks().contains(&place)).unwrap_or(Self::Kind)
    }

    pub(super) fn title(self, typed: &Typed) -> &'static str {
        match self {
            Self::Kind => "Bạn đăng ký tài khoản cho ai?",
            Self::Person if typed.is_organisation() => "Người đại diện sử dụng tài khoản",
            Self::Person => "Bạn là ai?",
            Self::Organisation => "Tổ chức, doanh nghiệp, hộ kinh doanh",
            Self::Province => "Bạn ở tỉnh, thành phố nào?",
            Self::Commune => "Bạn ở xã, phường nào?",
            Self::Email => "Thư xác nhận gửi về đâu?",
            Self::Check => "Xem lại trước khi đăng ký",
        }
    }
}

/// A page of the whole way, from the first question to an account that is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// A step of registering.
    Step(Step),
    /// The password, behind the mailed link.
    Password,
    /// The telephone number, where text messages are sent.
    Phone,
    /// The digits that went to it.
    Digits,
}

/// What was typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed([String; FIELDS.len()]);

impl Typed {
    /// Takes the fields of a post; what else there is, is left.
    pub fn read<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut typed = Self::default();
        for (name, text) in fields {
            typed.set(name, text);
        }
        typed
    }

    /// Writes into a field of this name, if there is one.
    pub fn set(&mut self, name: &str, text: &str) {
        if let Some(place) = FIELDS.iter().position(|field| *field == name) {
            text.clone_into(&mut self.0[place]);
        }
    }

    /// What stands in a field.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        FIELDS.iter().position(|field| *field == name).map_or("", |place| &self.0[place])
    }

    /// Whether the account is an organisation's.
    #[must_use]
    pub fn is_organisation(&self) -> bool {
        self.get("kind") == "organisation"
    }

    /// The steps in their order.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let wanted = |step: &Step| match step {
            Step::Organisation => self.is_organisation(),
            Step::Commune => !self.get("province").is_empty(),
            _ => true,
        };
        Step::ALL.into_iter().filter(wanted).collect()
    }

    /// Where a page stands on the whole way, and how many pages that has. `sms`: whether text messages are sent here.
    pub(super) fn place(&self, page: Page, sms: bool) -> (usize, usize) {
        let phone = [Page::Phone, Page::Digits].into_iter().filter(|_| sms);
        let way: Vec<_> = self.steps().into_iter().map(Page::Step).chain([Page::Password]).chain(phone).collect();
        (way.iter().position(|one| *one == page).map_or(1, |before| before + 1), way.len())
    }

    /// The step after this one.
    #[must_use]
    pub fn after(&self, step: Step) -> Step {
        let steps = self.steps();
        steps.iter().skip_while(|one| **one != step).nth(1).copied().unwrap_or(Step::Check)
    }

    /// The step before this one.
    #[must_use]
    pub fn before(&self, step: Step) -> Step {
        let steps = self.steps();
        steps.iter().take_while(|one| **one != step).last().copied().unwrap_or(Step::Kind)
    }

    /// As the API takes it. A date is written as it was typed, so that the check can say what is wrong with it.
    #[must_use]
    pub fn request(&self) -> Register {
        Register {
            name: self.get("name").to_owned(),
            email: self.get("email").trim().to_owned(),
            details: self.details(),
            next: self.get("next").to_owned(),
        }
    }

    /// What is told of the person and the organisation.
    #[must_use]
    pub fn details(&self) -> CitizenDetails {
        let organisation = self.is_organisation().then(|| CitizenOrganisation {
            name: self.get("organisation.name").to_owned(),
            tax_code: self.get("organisation.tax_code").to_owned(),
        });
        CitizenDetails {
            number: self.get("number").to_owned(),
            birth: self.birth(),
            sex: self.get("sex").to_owned(),
            province: self.get("province").to_owned(),
            commune: self.get("commune").to_owned(),
            detail: self.get("detail").to_owned(),
            organisation,
        }
    }

    /// `1962-03-15`, the year alone, or nothing.
    fn birth(&self) -> String {
        let [day, month, year] = ["birth.day", "birth.month", "birth.year"].map(|part| self.get(part).trim());
        if day.is_empty() && month.is_empty() { year.to_owned() } else { format!("{year}-{month}-{day}") }
    }

    /// What an account keeps, as it would be typed.
    #[must_use]
    pub fn of(name: &str, details: &CitizenDetails) -> Self {
        let mut typed = Self::default();
        let parts: Vec<&str> = details.birth.split('-').collect();
        if let [year, month, day] = parts.as_slice() {
            for (name, text) in [("birth.year", year), ("birth.month", month), ("birth.day", day)] {
                typed.set(name, text.trim_start_matches('0'));
            }
        } else {
            typed.set("birth.year", &details.birth);
        }
        for (name, text) in [
            ("name", name),
            ("number", &details.number),
            ("sex", &details.sex),
            ("province", &details.province),
            ("commune", &details.commune),
            ("detail", &details.detail),
        ] {
            typed.set(name, text);
        }
        if let Some(organisation) = &details.organisation {
            typed.set("kind", "organisation");
            typed.set("organisation.name", &organisation.name);
            typed.set("organisation.tax_code", &organisation.tax_code);
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_typed_again_as_it_was() {
        let details = CitizenDetails {
            number: "000162000001".to_owned(),
            birth: "1962-03-15".to_owned(),
            sex: "nu".to_owned(),
            organisation: Some(CitizenOrganisation { name: "HTX".to_owned(), tax_code: "0000000000".to_owned() }),
            ..CitizenDetails::default()
        };
        let typed = Typed::of("Trần Thị Lan", &details);
        assert_eq!((typed.get("birth.day"), typed.get("birth.month")), ("15", "3"));
        assert_eq!(typed.details(), CitizenDetails { birth: "1962-3-15".to_owned(), ..details });
        let year = CitizenDetails { birth: "1962".to_owned(), ..CitizenDetails::default() };
        assert_eq!(Typed::of("", &year).details(), year);
    }

    #[test]
    fn pages_are_counted_to_the_very_end_of_the_way() {
        let person = Typed::default();
        let office = Typed::read([("kind", "organisation"), ("province", "44")].into_iter());
        for (typed, page, sms, place) in [
            (&person, Page::Step(Step::Kind), false, (1, 6)),
            (&person, Page::Step(Step::Check), false, (5, 6)),
            (&person, Page::Password, false, (6, 6)),
            (&person, Page::Step(Step::Kind), true, (1, 8)),
            (&person, Page::Password, true, (6, 8)),
            (&person, Page::Phone, true, (7, 8)),
            (&person, Page::Digits, true, (8, 8)),
            (&office, Page::Step(Step::Commune), false, (5, 8)),
            (&office, Page::Password, false, (8, 8)),
            (&office, Page::Digits, true, (10, 10)),
        ] {
            assert_eq!(typed.place(page, sms), place, "{page:?} {sms}");
        }
    }

    #[test]
    fn steps_lead_from_one_to_the_next_and_back() {
        let person = Typed::default();
        assert_eq!(person.steps(), [Step::Kind, Step::Person, Step::Province, Step::Email, Step::Check]);
        let fields = [("kind", "organisation"), ("province", "44"), ("no-such-field", "x")];
        let office = Typed::read(fields.into_iter());
        assert_eq!(office.after(Step::Person), Step::Organisation);
        assert_eq!(office.after(Step::Province), Step::Commune);
        assert_eq!((office.before(Step::Kind), office.after(Step::Check)), (Step::Kind, Step::Check));
        for step in Step::ALL {
            assert_eq!(Step::of_name(step.name()), Some(step));
            assert!(step.asks().iter().all(|place| Step::asking(place) == step));
        }
    }
}
