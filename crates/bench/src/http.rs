//! The whole server over HTTP: submissions beside raw SQLite, and look-ups beside a route that only sends JSON.

use crate::Settings;
use crate::client::{ask, once, post};
use crate::durable::{raw, rows};
use crate::rounds::{Subject, compare};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

/// About what the server keeps of its answer, beside the filing.
const KEPT_ANSWER: usize = 2_100;

struct Server {
    process: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Measures and prints.
pub fn run(settings: &Settings) -> Result<(), String> {
    let folder = settings.folder()?;
    let raw = raw(&folder.path().join("raw.db")).map_err(|error| error.to_string())?;
    let server = start(settings, &folder.path().join("data"))?;
    let filing = filing(settings)?;
    let next = AtomicU64::new(0);
    let make = |_| {
        let number = next.fetch_add(1, Ordering::Relaxed);
        post("/api/v1/dossiers", &format!("01a2008d-7400-7fff-bfff-{number:012x}"), &filing)
    };
    let time = settings.time();
    let bytes = filing.len() + KEPT_ANSWER;
    let submissions = |count| ask(&server.address, count, time, 201, &make);
    compare(
        "Durable submissions over HTTP (read, check, decide, keep, answer)",
        settings.rounds,
        vec![
            Subject { name: "raw SQLite, one row a commit, 1 client", measure: Box::new(|| rows(&raw, bytes, time)) },
            Subject { name: "POST /api/v1/dossiers, 1 client", measure: Box::new(|| submissions(1)) },
            Subject { name: "POST /api/v1/dossiers, 32 clients", measure: Box::new(|| submissions(32)) },
        ],
    )?;
    look_ups(settings, &server, &filing)
}

fn look_ups(settings: &Settings, server: &Server, filing: &str) -> Result<(), String> {
    let (_, receipt) =
        once(&server.address, &post("/api/v1/dossiers", "01a2008d-7400-7fff-bfff-ffffffffffff", filing))?;
    let receipt: serde_json::Value = serde_json::from_slice(&receipt).map_err(|error| error.to_string())?;
    let track = post("/api/v1/track", "", &serde_json::json!({ "code": receipt["code"] }).to_string());
    let (_, timeline) = once(&server.address, &track)?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let address = runtime.block_on(still(timeline))?;
    let time = settings.time();
    let get = |_| "GET / HTTP/1.1\r\nhost: bench\r\n\r\n".to_owned();
    let follow = |_| track.clone();
    compare(
        "Look-ups over HTTP, 32 clients",
        settings.rounds,
        vec![
            Subject {
                name: "axum route sending the same JSON, unchanged",
                measure: Box::new(|| ask(&address, 32, time, 200, &get)),
            },
            Subject { name: "POST /api/v1/track", measure: Box::new(|| ask(&server.address, 32, time, 200, &follow)) },
        ],
    )
}

/// A server with one route that always sends these bytes.
async fn still(bytes: Vec<u8>) -> Result<String, String> {
    let told = |error: std::io::Error| error.to_string();
    let bytes = axum::body::Bytes::from(bytes);
    let route = axum::routing::get(move || async move { ([("content-type", "application/json")], bytes) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(told)?;
    let address = listener.local_addr().map_err(told)?.to_string();
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().route("/", route)).await });
    Ok(address)
}

fn start(settings: &Settings, data: &Path) -> Result<Server, String> {
    let beside = std::env::current_exe().map_err(|error| error.to_string())?.with_file_name("motcua");
    let program = settings.motcua.clone().unwrap_or(beside);
    let mut process = Command::new(&program)
        .args(["serve", "--listen", "127.0.0.1:0", "--site", "dist"])
        .args(["--requests-per-second", "1e9", "--misses-per-minute", "1e9", "--all-misses-per-second", "1e9"])
        .arg("--forms")
        .arg(&settings.small_forms)
        .arg("--data")
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}; build it with cargo build --release -p api", program.display()))?;
    let mut line = String::new();
    let output = process.stdout.take().ok_or("the server has no output")?;
    BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
    let address = line.trim().strip_prefix("listening on http://").ok_or("the server did not start")?.to_owned();
    Ok(Server { process, address })
}

/// A filing of the small procedure that passes its check.
fn filing(settings: &Settings) -> Result<String, String> {
    let offer = api::offer::Offer::read(&settings.small_forms)?;
    let forms = &offer.library.forms;
    let print = |id: &str| forms.get(id).map(form::Form::fingerprint).ok_or(format!("there is no form {id}"));
    let procedure = offer.library.procedures.get("thu").ok_or("there is no procedure thu")?.fingerprint();
    let filing = serde_json::json!({
        "procedure": "thu", "fingerprint": procedure, "agency": "19351",
        "case": { "co_giay": "no" },
        "forms": [
            { "form": "thu", "fingerprint": print("thu")?, "answers": {
                "ho_ten": "Nguyễn Thị Lộc Vừng",
                "ngay_sinh.day": "2", "ngay_sinh.month": "9", "ngay_sinh.year": "1950",
                "noi_o.province": "44", "noi_o.commune": "19351", "noi_o.detail": "thôn Thử",
                "ly_do": "x".repeat(900),
            } },
            { "form": "nguoi-nop", "fingerprint": print("nguoi-nop")?, "answers": { "dien_thoai": "0900000123" } },
        ],
        "papers": [],
    });
    Ok(filing.to_string())
}
