//! What carries notices: a mail server, a gateway for text messages, Zalo. An office sets up those it has a contract for.

pub mod sms;
pub mod zalo;

use crate::app::Reach;
use crate::http::Unheard;
use crate::mail::{Mail, MailSettings};
use clap::Args;
use dossier::notice::Way;
use procedure::calendar::Moment;
use sms::{Sms, SmsSettings};
use std::path::Path;
use store::notices::WaitingNotice;
use zalo::{Zalo, ZaloSettings};

/// How citizens are told.
#[derive(Clone, Debug, Default, Args)]
pub struct MessageSettings {
    /// By mail.
    #[command(flatten)]
    pub mail: MailSettings,
    /// By text message.
    #[command(flatten)]
    pub sms: SmsSettings,
    /// By Zalo.
    #[command(flatten)]
    pub zalo: ZaloSettings,
}

/// Why a notice was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The carrier answered so: it did not go out.
    Answered(i64),
    /// There was no whole conversation, for this reason: no connection, no trust in the certificate, no patience. It did not
    /// go out, or may go out again: whoever gets it twice sees it once.
    Broken(String),
    /// It may have gone out: the carrier said nothing that tells, and would send it a second time.
    Unknown(String),
    /// Nobody can be reached there in this way.
    NoSuchRecipient,
}

impl From<Unheard> for NotTaken {
    fn from(why: Unheard) -> Self {
        match why {
            Unheard::Broken(why) => Self::Broken(why),
            Unheard::Unknown(why) => Self::Unknown(why),
        }
    }
}

/// All carriers of an office.
#[derive(Default)]
pub struct Carriers {
    /// Takes mail.
    pub mail: Option<Mail>,
    /// Takes text messages.
    pub sms: Option<Sms>,
    /// Takes Zalo messages.
    pub zalo: Option<Zalo>,
}

impl Carriers {
    /// Those of the settings. `data` is the folder where Zalo's tokens are kept.
    ///
    /// # Errors
    /// When one is set up by halves, in words for the operator.
    pub fn open(settings: &MessageSettings, data: &Path) -> Result<Self, String> {
        let site = settings.mail.public_address.as_ref().map(|site| site.0.as_str());
        Ok(Self {
            mail: Mail::open(&settings.mail)?,
            sms: Sms::open(&settings.sms, site)?,
            zalo: Zalo::open(&settings.zalo, site, data)?,
        })
    }

    /// Whether there is none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mail.is_none() && self.sms.is_none() && self.zalo.is_none()
    }

    /// The way in which a notice of this way really goes: whoever is not reached by Zalo gets a text message.
    #[must_use]
    pub fn way(&self, chosen: Way) -> Option<Way> {
        match chosen {
            Way::Email => self.mail.is_some().then_some(Way::Email),
            Way::Zalo if self.zalo.is_some() => Some(Way::Zalo),
            Way::Zalo | Way::Sms => self.sms.is_some().then_some(Way::Sms),
        }
    }

    /// How citizens can be reached by them for their accounts.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach { mail: self.mail.is_some(), sms: self.sms.is_some() }
    }

    /// Gives a notice, and its secret if it has one, to whoever carries its way; good once they have taken it.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn send(&self, (notice, secret): (&WaitingNotice, &str), way: Way, now: Moment) -> Result<(), NotTaken> {
        let none = || NotTaken::Broken("nobody carries it".to_owned());
        match way {
            Way::Email => self.mail.as_ref().ok_or_else(none)?.send(notice, secret).await,
            Way::Sms => self.sms.as_ref().ok_or_else(none)?.send(notice, secret).await,
            Way::Zalo => self.zalo.as_ref().ok_or_else(none)?.send(notice, now).await,
        }
    }
}
