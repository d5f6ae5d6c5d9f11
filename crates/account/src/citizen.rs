//! A citizen's account (tài khoản): a person, or somebody who acts for an organisation. It is a convenience: whatever can be
//! done with one can be done without, by lookup code and digits.

use procedure::calendar::Moment;
use procedure::hex_id;
use serde::{Deserialize, Serialize};

/// Without a request a citizen's session ends after 30 minutes; what they typed stays on the phone.
pub const IDLE_MS: i64 = 30 * 60_000;
/// It ends after 12 hours whatever happens.
pub const WHOLE_MS: i64 = 12 * 3_600_000;
/// An account without a password (its holder came by an identity provider) is changed only so soon after signing in.
pub const FRESH_MS: i64 = 10 * 60_000;
/// Six digits sent to a telephone number can be typed so long.
pub const CODE_MS: i64 = 10 * 60_000;
/// And so many times.
pub const CODE_TRIES: u32 = 5;

/// Names a citizen's account for ever. It is no secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CitizenId(pub [u8; 16]);

hex_id!(CitizenId, "a citizen's id has 32 hexadecimal digits");

/// A citizen as their own pages know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citizen {
    /// The account's name.
    pub id: CitizenId,
    /// Họ tên: of the person, or of who acts for the organisation.
    pub name: String,
    /// Their e-mail address, in lower case, once it is confirmed.
    pub email: Option<String>,
    /// Their telephone number (0900000123), once it is confirmed.
    pub phone: Option<String>,
    /// What fills every later form.
    pub details: Details,
}

/// What a citizen keeps in their account so as not to type it again. All of it is as they say; nothing here proves anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Details {
    /// Số định danh cá nhân (12 digits) or CMND (9 digits); empty when not told.
    pub number: String,
    /// Date of birth (`1962-03-15`), or the year alone, or empty.
    pub birth: String,
    /// `nam` or `nu` as the list `gioi-tinh` has it, or empty.
    pub sex: String,
    /// Code of the province of residence, or empty.
    pub province: String,
    /// Code of the commune of residence, or empty.
    pub commune: String,
    /// House, street, village; or empty.
    pub detail: String,
    /// The organisation for which they act, when the account is an organisation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Organisation>,
}

/// An organisation (tổ chức, doanh nghiệp, hộ kinh doanh).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Mã số thuế: 10, 12 or 13 digits.
    pub tax_code: String,
}

/// What a mailed link is for. Its token opens nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An account is made, and its password set.
    Register,
    /// A new password is set.
    Reset,
    /// The account's e-mail address becomes another one.
    Email,
}

impl Purpose {
    /// The name by which the store calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Reset => "reset",
            Self::Email => "email",
        }
    }

    /// The page of the site that the link opens; the token stands behind its `#`, where no server and no log sees it.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Register => "/account/confirm",
            Self::Reset => "/account/reset",
            Self::Email => "/account/email",
        }
    }

    /// How long the link can be used, in milliseconds.
    #[must_use]
    pub const fn lasts_ms(self) -> i64 {
        match self {
            Self::Register | Self::Email => 24 * 3_600_000,
            Self::Reset => 30 * 60_000,
        }
    }
}

/// A registration that waits for its address to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Họ tên.
    pub name: String,
    /// What is told of the person, and of the organisation.
    pub details: Details,
    /// Where the person was, as a path of the site; or empty.
    pub next: String,
}

/// By what somebody says who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// An e-mail address, in lower case.
    Email(String),
    /// A telephone number (0900000123).
    Phone(String),
    /// The account's name: who is signed in already.
    Id(CitizenId),
}

impl Login {
    /// What was typed, loosely written: with an @ it is an address, otherwise a telephone number.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let typed = typed.trim();
        // No address is longer (RFC 5321, 4.5.3.1.3).
        if typed.contains('@') && typed.len() <= 254 {
            Self::Email(typed.to_ascii_lowercase())
        } else {
            Self::Phone(form::kind::phone::normal(typed).unwrap_or_default())
        }
    }
}

/// An account and how it is opened.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub citizen: Citizen,
    /// The password's hash; none for who signs in elsewhere.
    pub password: Option<crate::PasswordHash>,
}

/// A citizen's session as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitizenSession {
    /// Whose.
    pub citizen: CitizenId,
    /// When they signed in.
    pub began_at: Moment,
    /// When it was last written down that they asked for something.
    pub seen_at: Moment,
}

impl CitizenSession {
    /// Whether it still stands.
    #[must_use]
    pub fn stands(&self, now: Moment) -> bool {
        now.0 < self.seen_at.0 + IDLE_MS && now.0 < self.began_at.0 + WHOLE_MS
    }

    /// Whether it is to be written down that it was used.
    #[must_use]
    pub fn is_to_be_touched(&self, now: Moment) -> bool {
        now.0 >= self.seen_at.0 + crate::session::TOUCH_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_nothing_is_asked_and_when_the_day_is_over() {
        let session = |seen| CitizenSession { citizen: CitizenId([1; 16]), began_at: Moment(0), seen_at: Moment(seen) };
        for (seen, now, stands) in [
            (0, IDLE_MS - 1, true),
            (0, IDLE_MS, false),
            (WHOLE_MS - 1000, WHOLE_MS - 1, true),
            (WHOLE_MS - 1000, WHOLE_MS, false),
        ] {
            assert_eq!(session(seen).stands(Moment(now)), stands, "{seen} {now}");
        }
    }

    #[test]
    fn a_login_is_read_as_people_write_it() {
        for (typed, login) in [
            (" Lan@Example.com ", Login::Email("lan@example.com".to_owned())),
            ("+84 900 000 123", Login::Phone("0900000123".to_owned())),
            ("lan", Login::Phone(String::new())),
        ] {
            assert_eq!(Login::read(typed), login);
        }
    }

    #[test]
    fn details_that_were_never_told_are_empty() {
        assert_eq!(serde_json::from_str::<Details>("{}").unwrap(), Details::default());
    }
}
