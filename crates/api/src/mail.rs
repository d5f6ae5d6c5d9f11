//! Mail: the server that takes it, and a notice as a message. This file alone names the library that speaks SMTP.

use crate::messages::NotTaken;
use account::Letter;
use clap::Args;
use dossier::notice::words;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::env::var;
use std::str::FromStr;
use std::time::{Duration, UNIX_EPOCH};
use store::hex;
use store::notices::{About, WaitingNotice};

/// A server that answers nothing for so long is not waited for any longer.
const PATIENCE: Duration = Duration::from_secs(30);
const SUBJECT: &str = "Hồ sơ có cập nhật";

/// How notices are sent. Without a server none are, and they wait no longer than those that cannot be sent.
#[derive(Clone, Debug, Default, Args)]
pub struct MailSettings {
    /// Mail server, smtp://host:port (TLS where it offers it) or smtps://host:port. Its user and password are taken from
    /// `MOTCUA_SMTP_USER` and `MOTCUA_SMTP_PASSWORD`.
    #[arg(long, env = "MOTCUA_SMTP", requires = "mail_from", requires = "public_address")]
    pub smtp: Option<Relay>,
    /// Whom notices are from: "Một Cửa <khong-tra-loi@motcua.example>".
    #[arg(long, env = "MOTCUA_MAIL_FROM")]
    pub mail_from: Option<Mailbox>,
    /// The site's address as citizens know it: <https://motcua.example>.
    #[arg(long, env = "MOTCUA_PUBLIC_ADDRESS")]
    pub public_address: Option<PublicAddress>,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// Whether the connection begins with TLS.
    pub tls: bool,
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl FromStr for Relay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "a mail server is written smtp://host:port or smtps://host:port".to_owned();
        let (scheme, place) = text.split_once("://").ok_or_else(wrong)?;
        let (tls, usual) = match scheme {
            "smtp" => (false, 25),
            "smtps" => (true, 465),
            _ => return Err(wrong()),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| wrong())?),
            None => (place, usual),
        };
        // A user or password in the address would be read by whoever sees the list of processes.
        if host.is_empty() || host.contains(['@', '/', ':', ' ']) {
            return Err(wrong());
        }
        Ok(Self { tls, host: host.to_owned(), port })
    }
}

/// The site's address, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress(pub String);

impl FromStr for PublicAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        match host.map(|host| host.trim_end_matches('/')) {
            Some(host) if !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Ok(Self(text.trim_end_matches('/').to_owned()))
            }
            _ => Err("the address begins with https:// or http://".to_owned()),
        }
    }
}

/// Sends notices by a mail server.
pub struct Mail {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    site: String,
}

impl Mail {
    /// The mail server of the settings, when there is one.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn open(settings: &MailSettings) -> Result<Option<Self>, String> {
        let MailSettings { smtp: Some(relay), mail_from: Some(from), public_address: Some(site) } = settings else {
            return Ok(None);
        };
        let known = match (var("MOTCUA_SMTP_USER"), var("MOTCUA_SMTP_PASSWORD")) {
            (Ok(user), Ok(password)) => Some(Credentials::new(user, password)),
            _ => None,
        };
        let tls = TlsParameters::new(relay.host.clone()).map_err(|error| format!("TLS to the mail server: {error}"))?;
        let tls = match (relay.tls, &known) {
            (true, _) => Tls::Wrapper(tls),
            // A password never goes out in the clear, also when somebody in between takes the offer of TLS away.
            (false, Some(_)) => Tls::Required(tls),
            (false, None) => Tls::Opportunistic(tls),
        };
        let domain = ClientId::Domain(from.email.domain().to_owned());
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&relay.host)
            .port(relay.port)
            .tls(tls)
            .hello_name(domain)
            .timeout(Some(PATIENCE));
        if let Some(known) = known {
            builder = builder.credentials(known);
        }
        Ok(Some(Self { relay: builder.build(), from: from.clone(), site: site.0.clone() }))
    }

    /// Sends a notice, with its secret if it has one; good once the server has said that it took it.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn send(&self, notice: &WaitingNotice, secret: &str) -> Result<(), NotTaken> {
        let message = self.message(notice, secret).ok_or(NotTaken::NoSuchRecipient)?;
        match self.relay.send(message).await {
            Ok(_) => Ok(()),
            // What a server answers may repeat the address, so only its number is told on.
            Err(error) => Err(match error.status() {
                Some(code) => NotTaken::Answered(u16::from(code).into()),
                None => NotTaken::Broken(error.to_string()),
            }),
        }
    }

    /// The mail. It is the same however often it is made, so that whoever gets it twice can tell.
    fn message(&self, notice: &WaitingNotice, secret: &str) -> Option<Message> {
        let (subject, words) = match &notice.about {
            About::Dossier { number, sent_at, .. } => (SUBJECT, words(number.as_deref(), *sent_at, &self.site)),
            About::Account { letter, .. } => (Letter::subject(*letter), letter.words(&self.site, secret)),
        };
        let id = format!("<{}@{}>", hex(&notice.id.0), self.from.email.domain());
        let made_at = UNIX_EPOCH + Duration::from_millis(u64::try_from(notice.made_at.0).ok()?);
        // RFC 3834: nobody's holiday greeting is to answer it.
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let builder = Message::builder()
            .message_id(Some(id))
            .date(made_at)
            .from(self.from.clone())
            .to(Mailbox::new(None, notice.to.parse().ok()?))
            .subject(subject)
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN);
        builder.body(words).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_written_as_an_address_without_a_password() {
        let relay = |tls, host: &str, port| Ok(Relay { tls, host: host.to_owned(), port });
        for (text, expected) in [
            ("smtp://mail.example", relay(false, "mail.example", 25)),
            ("smtp://127.0.0.1:2525", relay(false, "127.0.0.1", 2525)),
            ("smtps://mail.example", relay(true, "mail.example", 465)),
        ] {
            assert_eq!(text.parse(), expected, "{text}");
        }
        for text in ["", "mail.example", "http://mail.example", "smtp://", "smtp://u:p@mail.example", "smtp://a:x"] {
            assert!(text.parse::<Relay>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_sites_address_has_no_slash_at_its_end() {
        assert_eq!("https://motcua.example/".parse(), Ok(PublicAddress("https://motcua.example".to_owned())));
        for text in ["motcua.example", "https://", "ftp://motcua.example", "https://motcua.example/ x"] {
            assert!(text.parse::<PublicAddress>().is_err(), "{text}");
        }
    }
}
