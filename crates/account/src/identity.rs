//! Who somebody is as an identity provider (VNeID, the national portal) tells it, made into what an account keeps. What cannot be
//! read is left out, and the person tells it themselves when a form asks.

use crate::citizen::Details;
use crate::registration;
use form::Given;
use form::kind::phone;
use procedure::hex_id;
use serde::{Deserialize, Serialize};

/// Names a way to sign in of an account. It is no secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdentityId(pub [u8; 16]);

hex_id!(IdentityId, "an identity's id has 32 hexadecimal digits");

/// How long somebody may take at the provider's page, and afterwards to say whose account it is.
pub const ATTEMPT_MS: i64 = 10 * 60_000;

/// What a provider calls its claims. Those of OpenID Connect Core §5.1 unless it is set otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// Names the person for ever, at this provider.
    pub subject: String,
    /// Họ tên.
    pub name: String,
    /// Số định danh cá nhân; providers have no common name for it.
    pub number: String,
    /// Date of birth.
    pub birth: String,
    /// Sex.
    pub sex: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        let [subject, name, number, birth, sex, phone, email] =
            ["sub", "name", "personal_number", "birthdate", "gender", "phone_number", "email"].map(str::to_owned);
        Self { subject, name, number, birth, sex, phone, email }
    }
}

/// A person as a provider tells of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Họ tên; empty when not told.
    pub name: String,
    /// E-mail address in lower case, when the provider has confirmed it.
    pub email: Option<String>,
    /// Telephone number (0900000123), when the provider has confirmed it.
    pub phone: Option<String>,
    /// What fills forms.
    pub details: Details,
}

/// Reads a person from claims. `claim` gives a claim's text, `confirmed` whether the provider has confirmed the address in it.
#[must_use]
pub fn person(
    names: &ClaimNames,
    claim: impl Fn(&str) -> Option<String>,
    confirmed: impl Fn(&str) -> bool,
    given: &Given<'_>,
) -> Person {
    let text = |name: &str| claim(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    // Each is checked by itself, as if it were typed: one that is wrong must not take the others along.
    let good = |details: Details| {
        registration::check("Nguyễn Văn", None, &details, given).map(|told| told.details).unwrap_or_default()
    };
    let name = text(&names.name);
    let name = match registration::check(&name, None, &Details::default(), given) {
        Ok(told) => told.name,
        Err(_) => name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect(),
    };
    let email = Some(text(&names.email)).filter(|_| confirmed(&names.email));
    let phone = Some(text(&names.phone)).filter(|_| confirmed(&names.phone));
    Person {
        name,
        email: email.and_then(|email| registration::email(&email, given).ok()),
        phone: phone.and_then(|number| phone::normal(&number)),
        details: Details {
            number: good(Details { number: text(&names.number), ..Details::default() }).number,
            birth: good(Details { birth: birth(&text(&names.birth)), ..Details::default() }).birth,
            sex: sex(&text(&names.sex)).to_owned(),
            ..Details::default()
        },
    }
}

/// `1962-03-15`, `15/03/1962`, `15031962`, `1962`; a year that is not told (`0000-03-15`, which OpenID Connect allows) tells nothing.
fn birth(told: &str) -> String {
    let parts: Vec<&str> = told.split(['-', '/', '.']).collect();
    let digits = |part: &str, many: usize| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        ["0000", ..] => String::new(),
        [year, month, day] if digits(year, 4) => format!("{year}-{month:0>2}-{day:0>2}"),
        [day, month, year] if digits(year, 4) => format!("{year}-{month:0>2}-{day:0>2}"),
        [whole] if digits(whole, 8) => format!("{}-{}-{}", &whole[4..], &whole[2..4], &whole[..2]),
        [year] => (*year).to_owned(),
        _ => String::new(),
    }
}

fn sex(told: &str) -> &'static str {
    match told.to_lowercase().as_str() {
        "male" | "m" | "nam" => "nam",
        "female" | "f" | "nữ" | "nu" => "nu",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Date;
    use form::units::NoUnits;

    fn told(claims: &[(&str, &str)], confirmed: bool) -> Person {
        let claim = |name: &str| claims.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        let given = Given { today: Date { year: 2026, month: 11, day: 22 }, units: &NoUnits };
        person(&ClaimNames::default(), claim, |_| confirmed, &given)
    }

    #[test]
    fn what_can_be_read_is_kept_and_the_rest_left_out() {
        let person = told(
            &[
                ("name", " Trần  Thị Lan "),
                ("email", "Lan@Example.com"),
                ("phone_number", "+84 900 000 123"),
                ("personal_number", "000162000123"),
                ("birthdate", "1962-03-15"),
                ("gender", "female"),
            ],
            true,
        );
        assert_eq!((person.name.as_str(), person.email.as_deref()), ("Trần Thị Lan", Some("lan@example.com")));
        assert_eq!(person.phone.as_deref(), Some("0900000123"));
        let Details { number, birth, sex, .. } = person.details;
        assert_eq!((number.as_str(), birth.as_str(), sex.as_str()), ("000162000123", "1962-03-15", "nu"));
        let odd = told(&[("name", "X"), ("email", "no"), ("birthdate", "someday"), ("gender", "?")], true);
        assert_eq!((odd.name.as_str(), odd.email, odd.phone), ("X", None, None));
        assert_eq!(odd.details, Details::default());
    }

    #[test]
    fn an_address_that_the_provider_has_not_confirmed_is_nobodys() {
        let person = told(&[("email", "lan@example.com"), ("phone_number", "0900000123")], false);
        assert_eq!((person.email, person.phone), (None, None));
    }

    #[test]
    fn days_of_birth_are_read_as_providers_write_them() {
        for (written, kept) in [
            ("1962-03-15", "1962-03-15"),
            ("15/03/1962", "1962-03-15"),
            ("5/3/1962", "1962-03-05"),
            ("15031962", "1962-03-15"),
            ("1962", "1962"),
            ("0000-03-15", ""),
            ("1962-02-31", ""),
            ("2962-01-01", ""),
            ("", ""),
        ] {
            assert_eq!(told(&[("birthdate", written)], true).details.birth, kept, "{written}");
        }
    }
}
