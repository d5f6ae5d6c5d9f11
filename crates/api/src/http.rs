//! Speaking to gateways over HTTP. This file alone names the library that does.

use serde_json::Value;
use std::time::Duration;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Error, Timeout};

/// A gateway that answers nothing for so long is not waited for any longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most bytes of an answer.
const MOST: u64 = 64 * 1024;

/// What is posted.
pub enum Body {
    /// As JSON.
    Json(Value),
    /// As fields of a form.
    Form(Vec<(&'static str, String)>),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// Nothing can have arrived, for this reason.
    Broken(String),
    /// It may have arrived.
    Unknown(String),
}

/// Posts to gateways.
#[derive(Clone)]
pub struct Http(Agent);

impl Default for Http {
    fn default() -> Self {
        Self::new()
    }
}

impl Http {
    /// Trusts whom the system trusts: an office's gateway often has an authority of its own.
    #[must_use]
    pub fn new() -> Self {
        let system = rustls_native_certs::load_native_certs().certs;
        let roots: Vec<_> = system.iter().map(|one| Certificate::from_der(one).to_owned()).collect();
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build();
        let settings = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            // A message must not be posted to where nobody meant it to go.
            .max_redirects(0)
            .tls_config(tls);
        Self(settings.build().new_agent())
    }

    /// Posts, and gives the status and the answer's JSON.
    ///
    /// # Errors
    /// [`Unheard::Broken`] when nothing can have arrived, [`Unheard::Unknown`] when it may have.
    pub async fn post(
        &self,
        address: String,
        heads: Vec<(&'static str, String)>,
        body: Body,
    ) -> Result<(u16, Value), Unheard> {
        let (status, text) = self.post_for_text(address, heads, body).await?;
        // What is no JSON says nothing either; its words may repeat the number, so they are not told on.
        let json = serde_json::from_str(&text).map_err(|_| Unheard::Unknown(format!("status {status}, no JSON")))?;
        Ok((status, json))
    }

    /// The same, with the answer as it came.
    ///
    /// # Errors
    /// As [`Self::post`].
    pub async fn post_for_text(
        &self,
        address: String,
        heads: Vec<(&'static str, String)>,
        body: Body,
    ) -> Result<(u16, String), Unheard> {
        let agent = self.0.clone();
        let posted = tokio::task::spawn_blocking(move || post(&agent, &address, &heads, body));
        posted.await.map_err(|error| Unheard::Unknown(error.to_string()))?
    }

    /// Asks for what is there, and gives the status and the answer as it came.
    ///
    /// # Errors
    /// As [`Self::post`].
    pub async fn get_for_text(
        &self,
        address: String,
        heads: Vec<(&'static str, String)>,
    ) -> Result<(u16, String), Unheard> {
        let agent = self.0.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let request = heads.iter().fold(agent.get(address), |request, (name, value)| request.header(*name, value));
            told(request.call())
        });
        asked.await.map_err(|error| Unheard::Unknown(error.to_string()))?
    }
}

fn post(agent: &Agent, address: &str, heads: &[(&'static str, String)], body: Body) -> Result<(u16, String), Unheard> {
    let mut request = agent.post(address);
    for (name, value) in heads {
        request = request.header(*name, value);
    }
    let sent = match body {
        Body::Json(json) => request.header("content-type", "application/json").send(json.to_string()),
        Body::Form(fields) => request.send_form(fields),
    };
    told(sent)
}

fn told(answer: Result<ureq::http::Response<ureq::Body>, Error>) -> Result<(u16, String), Unheard> {
    let mut answer = answer.map_err(|error| unheard(&error))?;
    let status = answer.status().as_u16();
    let unknown = |error: String| Unheard::Unknown(error);
    let text =
        answer.body_mut().with_config().limit(MOST).read_to_string().map_err(|error| unknown(error.to_string()))?;
    if status >= 500 {
        return Err(unknown(format!("status {status}")));
    }
    Ok((status, text))
}

/// Before a connection stands nothing can have arrived; after it nobody knows.
fn unheard(error: &Error) -> Unheard {
    match error {
        Error::HostNotFound
        | Error::ConnectionFailed
        | Error::BadUri(_)
        | Error::Tls(_)
        | Error::Rustls(_)
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => Unheard::Broken(error.to_string()),
        Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => Unheard::Broken(error.to_string()),
        other => Unheard::Unknown(other.to_string()),
    }
}

/// A Vietnamese number as gateways want it: `0900000123` → `84900000123`.
pub fn international(phone: &str) -> Option<String> {
    phone.strip_prefix('0').map(|rest| format!("84{rest}"))
}
