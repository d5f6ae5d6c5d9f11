//! The binary as a process, over real HTTP: killed in the middle of load, out of disk, asked to end.

use crate::world::{filing, forms_folder, key};
use api::offer::Offer;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The binary, serving.
pub struct Server {
    process: Child,
    pub address: String,
    log: Option<ChildStderr>,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[], "off")
    }

    /// With more settings, and telling what `log` says.
    pub fn start_with(data: &Path, settings: &[&str], log: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_motcua"))
            .args(["serve", "--listen", "127.0.0.1:0", "--requests-per-second", "1e9", "--site", "/nowhere"])
            .arg("--data")
            .arg(data)
            .arg("--forms")
            .arg(forms_folder())
            .args(settings)
            .env("MOTCUA_LOG", log)
            .env("MOTCUA_VNPAY_SECRET", gateway::keys::VNPAY_SECRET)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}")).to_owned();
        let log = process.stderr.take();
        Self { process, address, log }
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill_now(&self) {
        assert!(Command::new("kill").args(["-9", &self.process.id().to_string()]).status().unwrap().success());
    }

    /// As a power cut does. Answers what it told meanwhile.
    pub fn kill(mut self) -> String {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let mut told = String::new();
        self.log.take().unwrap().read_to_string(&mut told).unwrap();
        told
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sends a request on a connection of its own; `None` when no whole answer came.
fn post(address: &str, path: &str, key: &str, body: &str) -> Option<(u16, Vec<u8>)> {
    let (status, _, body) = send(address, "POST", path, &[("idempotency-key", key)], body)?;
    Some((status, body))
}

/// The same with any method and headers; answers status, head in small letters, body.
pub fn send(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Option<(u16, String, Vec<u8>)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    stream.write_all(format!("{head}\r\n").as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?.to_ascii_lowercase();
    let length: usize = head.split("content-length: ").nth(1)?.lines().next()?.trim().parse().ok()?;
    let body = answer[end + 4..].to_vec();
    (body.len() == length).then_some((head.split(' ').nth(1)?.parse().ok()?, head, body))
}

/// A good filing that differs by its number, of about `size` bytes more than it needs.
pub fn body(offer: &Offer, number: u32, size: usize) -> String {
    let library = &offer.library;
    let mut filing = filing(&library.procedures["thu"].fingerprint(), |id| library.forms[id].fingerprint());
    filing["forms"][0]["answers"]["ly_do"] = Value::from(format!("{number} {}", "x".repeat(size)));
    filing.to_string()
}

fn code_of(answer: &[u8]) -> String {
    serde_json::from_slice::<Value>(answer).unwrap()["code"].as_str().unwrap().to_owned()
}

#[test]
fn what_was_acknowledged_survives_being_killed_and_nothing_is_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let offer = Arc::new(Offer::read(&forms_folder()).unwrap());
    let acknowledged: Arc<Mutex<BTreeMap<u32, Vec<u8>>>> = Arc::default();
    let next = Arc::new(AtomicU32::new(0));
    for round in 0..5_u64 {
        let server = Server::start(folder.path());
        let clients: Vec<_> = (0..8)
            .map(|_| {
                let (offer, acknowledged, next) = (Arc::clone(&offer), Arc::clone(&acknowledged), Arc::clone(&next));
                let address = server.address.clone();
                std::thread::spawn(move || {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        match post(&address, "/api/v1/dossiers", &key(number), &body(&offer, number, 0)) {
                            Some((201, answer)) => {
                                acknowledged.lock().unwrap().insert(number, answer);
                            }
                            Some((503, _)) => {}
                            Some(other) => panic!("{other:?}"),
                            None => return,
                        }
                    }
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(200 + 70 * round));
        server.kill();
        for client in clients {
            client.join().unwrap();
        }
    }
    let server = Server::start(folder.path());
    let acknowledged = acknowledged.lock().unwrap();
    let sent = next.load(Ordering::Relaxed);
    assert!(acknowledged.len() > 50, "only {} of {sent} were acknowledged", acknowledged.len());
    for number in 0..sent {
        let answer = post(&server.address, "/api/v1/dossiers", &key(number), &body(&offer, number, 0)).unwrap();
        assert_eq!(answer.0, 201);
        if let Some(before) = acknowledged.get(&number) {
            assert_eq!(answer.1, *before, "another answer than the one acknowledged");
        }
        let track = format!("{{\"code\":\"{}\"}}", code_of(&answer.1));
        assert_eq!(post(&server.address, "/api/v1/track", "", &track).unwrap().0, 200);
    }
    server.kill();
    let report = store::Report::of(folder.path()).unwrap();
    assert_eq!((report.dossiers, report.is_well()), (u64::from(sent), true), "{report:?}");
}

#[test]
fn on_a_full_disk_it_says_so_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"]).arg(folder.path()).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: mounting a small tmpfs needs root");
        return;
    }
    let ballast = folder.path().join("ballast");
    std::fs::write(&ballast, vec![0; 4 << 20]).unwrap();
    let server = Server::start(&folder.path().join("data"));
    let offer = Offer::read(&forms_folder()).unwrap();
    let mut acknowledged = Vec::new();
    let mut send = |number| {
        let answer = post(&server.address, "/api/v1/dossiers", &key(number), &body(&offer, number, 900)).unwrap();
        if answer.0 == 201 {
            acknowledged.push(answer.1.clone());
        }
        answer
    };
    let full = (0..2_000).map(&mut send).find(|answer| answer.0 != 201).expect("two megabytes are not full yet");
    let problem: Value = serde_json::from_slice(&full.1).unwrap();
    assert_eq!((full.0, &problem["code"]), (507, &Value::from("disk-full")));
    assert_eq!(send(3_000).0, 507);
    std::fs::remove_file(ballast).unwrap();
    assert_eq!(send(3_000).0, 201);
    for answer in &acknowledged {
        let track = format!("{{\"code\":\"{}\"}}", code_of(answer));
        assert_eq!(post(&server.address, "/api/v1/track", "", &track).unwrap().0, 200);
    }
    server.kill();
    assert!(store::Report::of(&folder.path().join("data")).unwrap().is_well());
    let _ = Command::new("umount").arg("-l").arg(folder.path()).status();
}

#[test]
fn asked_to_end_it_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let terminated = Command::new("kill").arg(server.process.id().to_string()).status().unwrap();
    assert!(terminated.success());
    assert!(server.process.wait().unwrap().success());
    let doctor =
        Command::new(env!("CARGO_BIN_EXE_motcua")).args(["doctor", "--data"]).arg(folder.path()).output().unwrap();
    let says = String::from_utf8(doctor.stdout).unwrap();
    assert!(doctor.status.success() && says.contains("journal    wal") && says.contains("integrity  ok"), "{says}");
}
