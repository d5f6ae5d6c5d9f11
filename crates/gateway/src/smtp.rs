//! A mail server to test against: it speaks SMTP (RFC 5321) over TCP to whoever connects, keeps what it has taken, and fails when
//! it is told to. It sends nothing on. The product's code does not play both sides: what is sent here, any mail server would take.

use base64::Engine as _;
use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What goes wrong with one connection.
pub enum Fault {
    /// "Try again later" to the recipient: 451, as a server that grey-lists says.
    Later,
    /// "No such mailbox": 550.
    NoMailbox,
    /// The connection ends in the middle of the mail.
    CloseInMail,
    /// The mail is taken, and the connection ends before that is said.
    CloseInsteadOfAnswer,
    /// Every answer comes so late.
    Slow(Duration),
    /// Something happens when the mail has been taken, before that is said.
    BeforeAnswer(Box<dyn FnOnce() + Send>),
}

/// A mail that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
    /// The whole mail with its head.
    pub whole: String,
}

impl Taken {
    /// A line of the head, as it was written; empty where there is none.
    #[must_use]
    pub fn head(&self, name: &str) -> &str {
        let start = format!("{name}: ");
        let (head, _) = self.parts();
        head.split("\r\n").find_map(|line| line.strip_prefix(&start)).unwrap_or_default()
    }

    /// The subject, as a person reads it (RFC 2047).
    #[must_use]
    pub fn subject(&self) -> String {
        let (head, _) = self.parts();
        let unfolded = head.replace("\r\n ", " ");
        let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default();
        let mut bytes = Vec::new();
        for word in line.split(' ') {
            let coded = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
            match coded.map(decoded) {
                Some(part) => bytes.extend(part),
                None => bytes.extend(format!("{word} ").into_bytes()),
            }
        }
        text(&bytes).trim().to_owned()
    }

    /// What a person reads.
    #[must_use]
    pub fn words(&self) -> String {
        let (_, body) = self.parts();
        match self.head("Content-Transfer-Encoding") {
            "base64" => text(&decoded(&body.replace("\r\n", ""))),
            "quoted-printable" => quoted(body),
            _ => body.to_owned(),
        }
    }

    fn parts(&self) -> (&str, &str) {
        self.whole.split_once("\r\n\r\n").unwrap_or((&self.whole, ""))
    }
}

/// What is no UTF-8 is shown as such.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn decoded(base64: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(base64).unwrap_or_default()
}

/// Quoted-printable (RFC 2045, 6.7) read.
fn quoted(body: &str) -> String {
    let mut bytes = Vec::new();
    let body = body.replace("=\r\n", "");
    let mut rest = body.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' {
            let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
            bytes.push(code.and_then(|code| u8::from_str_radix(code, 16).ok()).unwrap_or(b'?'));
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    text(&bytes)
}

/// The server; it ends with its process.
pub struct Smtp {
    /// Where it listens.
    pub address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    faults: Arc<Mutex<VecDeque<Fault>>>,
}

impl Smtp {
    /// Starts one.
    ///
    /// # Errors
    /// When it cannot listen there.
    pub fn start(listen: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind(listen)?;
        let address = listener.local_addr()?;
        let (taken, faults) = (Arc::<Mutex<Vec<Taken>>>::default(), Arc::<Mutex<VecDeque<Fault>>>::default());
        let (kept, wrong) = (Arc::clone(&taken), Arc::clone(&faults));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let fault = wrong.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                let kept = Arc::clone(&kept);
                // A client that goes away ends its conversation, not the server.
                std::thread::spawn(move || drop(talk(&stream, fault, &kept)));
            }
        });
        Ok(Self { address, taken, faults })
    }

    /// What goes wrong with the next connections, one after the other.
    pub fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).extend(faults);
    }

    /// Every mail that was taken, also where that was never said.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn talk(stream: &TcpStream, mut fault: Option<Fault>, kept: &Mutex<Vec<Taken>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let slow = if let Some(Fault::Slow(wait)) = &fault { *wait } else { Duration::ZERO };
    let say = |text: &str| {
        std::thread::sleep(slow);
        let mut out = stream;
        out.write_all(format!("{text}\r\n").as_bytes())
    };
    say("220 mail.example ESMTP")?;
    let (mut from, mut to) = (String::new(), Vec::new());
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => say("250-mail.example\r\n250 SIZE 1000000")?,
            "HELO" | "NOOP" => say("250 mail.example")?,
            "RSET" => {
                (from, to) = (String::new(), Vec::new());
                say("250 forgotten")?;
            }
            "MAIL" => {
                from = path(line);
                say("250 from there")?;
            }
            "RCPT" => match &fault {
                Some(Fault::Later) => say("451 4.7.1 try again later")?,
                Some(Fault::NoMailbox) => say("550 5.1.1 no such mailbox")?,
                _ => {
                    to.push(path(line));
                    say("250 to there")?;
                }
            },
            "DATA" if to.is_empty() => say("503 whom to?")?,
            "DATA" => {
                say("354 go on")?;
                let whole = mail(&mut lines, matches!(fault, Some(Fault::CloseInMail)))?;
                let Some(whole) = whole else { return Ok(()) };
                let mail = Taken { from: from.clone(), to: std::mem::take(&mut to), whole };
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
                match fault.take() {
                    Some(Fault::CloseInsteadOfAnswer) => return Ok(()),
                    Some(Fault::BeforeAnswer(happens)) => happens(),
                    other => fault = other,
                }
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("502 not here")?,
        }
    }
}

/// What stands between the angle brackets.
fn path(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(path, _)| path.to_owned()).unwrap_or_default()
}

/// The mail up to its lonely dot; `None` when the connection is to end before.
fn mail(lines: &mut BufReader<&TcpStream>, close: bool) -> std::io::Result<Option<String>> {
    let mut whole = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 || close {
            return Ok(None);
        }
        if line == ".\r\n" {
            return Ok(Some(whole));
        }
        // A dot at the beginning was doubled on its way (RFC 5321, 4.5.2).
        whole.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
