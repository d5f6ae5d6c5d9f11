//! As much HTTP as a test's gateway needs: one request a connection.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// The most bytes of a body.
const MOST: u64 = 64 * 1024;

/// What was asked.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// As it came, without its `?`.
    pub(crate) query: String,
    pub(crate) body: String,
}

impl Request {
    /// A field of a form.
    pub(crate) fn field(&self, name: &str) -> String {
        let found = form_urlencoded::parse(self.body.as_bytes()).find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

/// What is answered.
pub(crate) struct Answer {
    status: &'static str,
    head: String,
    body: String,
}

impl Answer {
    pub(crate) fn page(body: String) -> Self {
        Self { status: "200 OK", head: "content-type: text/html; charset=utf-8".to_owned(), body }
    }

    pub(crate) fn json(body: &serde_json::Value) -> Self {
        Self { status: "200 OK", head: "content-type: application/json".to_owned(), body: body.to_string() }
    }

    pub(crate) fn csv(body: String) -> Self {
        Self { status: "200 OK", head: "content-type: text/csv; charset=utf-8".to_owned(), body }
    }

    pub(crate) fn go(to: &str) -> Self {
        let to = to.replace(['\r', '\n'], "");
        Self { status: "303 See Other", head: format!("location: {to}"), body: String::new() }
    }

    pub(crate) fn refused(why: &str) -> Self {
        let head = "content-type: text/plain; charset=utf-8".to_owned();
        Self { status: "400 Bad Request", head, body: why.to_owned() }
    }

    pub(crate) fn none() -> Self {
        Self { status: "404 Not Found", head: "content-type: text/plain".to_owned(), body: "not here".to_owned() }
    }

    /// A provider that does not answer.
    pub(crate) fn silence() -> Self {
        Self { status: "503 Service Unavailable", head: "content-type: text/plain".to_owned(), body: String::new() }
    }
}

/// Answers one request.
pub(crate) fn serve(mut stream: &TcpStream, answer: impl Fn(&Request) -> Answer) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    lines.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut head = String::new();
        lines.read_line(&mut head).ok()?;
        let Some((name, value)) = head.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = String::new();
    lines.take(u64::min(length, MOST)).read_to_string(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let request = Request { method, path: path.to_owned(), query: query.to_owned(), body };
    let Answer { status, head, body } = answer(&request);
    let length = body.len();
    let whole = format!("HTTP/1.1 {status}\r\n{head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(whole.as_bytes()).ok()
}

/// Calls an address; what is answered is the caller's own matter.
pub(crate) fn get(to: &str, query: &str) {
    drop(ureq::get(format!("{to}?{query}")).call());
}

/// Posts JSON.
pub(crate) fn post(to: &str, body: &str) {
    drop(ureq::post(to).header("content-type", "application/json").send(body));
}
