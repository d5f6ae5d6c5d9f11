//! Papers that come in parts over real HTTP: lines that are cut, a server that is killed, a disk that is full. What was
//! acknowledged is still there, and at most the part under way is sent again.

use crate::outside::Server;
use crate::world::{hash, key};
use base64::Engine as _;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The parts a client sends.
const PART: usize = 128 * 1024;

/// A PDF of `length` bytes, no stretch of which is like another.
fn paper(length: usize) -> Vec<u8> {
    let head =
        b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n2 0 obj<</Type /Page/Parent 1 0 R>>endobj\n%";
    let tail = b"\nxref\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
    let noise = (0_u32..).map(|number| b'a' + u8::try_from(number.wrapping_mul(2_654_435_761) >> 28).unwrap());
    let length = length - head.len() - tail.len();
    head.iter().copied().chain(noise.take(length)).chain(tail.iter().copied()).collect()
}

/// The head of a request about an upload.
fn head(method: &str, path: &str, more: &str, length: usize) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\ntus-resumable: 1.0.0\r\nconnection: close\r\n{more}content-length: {length}\r\n\r\n"
    )
}

fn part_head(path: &str, at: usize, length: usize) -> String {
    let more = format!("content-type: application/offset+octet-stream\r\nupload-offset: {at}\r\n");
    head("PATCH", path, &more, length)
}

/// Sends a whole request; answers its status and head in lower case, if an answer came.
fn ask(server: &Server, head: &str, body: &[u8]) -> Option<(u16, String)> {
    let mut stream = connect(server)?;
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some((answer.split(' ').nth(1)?.parse().ok()?, answer.to_ascii_lowercase()))
}

fn connect(server: &Server) -> Option<TcpStream> {
    let stream = TcpStream::connect(&server.address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    Some(stream)
}

fn told(answer: &str, name: &str) -> Option<String> {
    Some(answer.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))?.trim().to_owned())
}

fn announce(server: &Server, draft: u32, content: &[u8]) -> String {
    let (status, answer) = announced(server, draft, content);
    assert_eq!(status, 201, "{answer}");
    told(&answer, "location").unwrap()
}

fn announced(server: &Server, draft: u32, content: &[u8]) -> (u16, String) {
    let told_hash = base64::engine::general_purpose::STANDARD.encode(hash(content));
    let more = format!(
        "idempotency-key: {}\r\nupload-length: {}\r\nupload-metadata: sha256 {told_hash}\r\n",
        key(draft),
        content.len(),
    );
    ask(server, &head("POST", "/api/v1/uploads", &more, 0), b"").unwrap()
}

fn offset(server: &Server, path: &str) -> usize {
    let (status, answer) = ask(server, &head("HEAD", path, "", 0), b"").unwrap();
    assert_eq!(status, 200, "{answer}");
    told(&answer, "upload-offset").unwrap().parse().unwrap()
}

/// Waits until an upload stands at least there: a line that is cut tells its client nothing.
fn comes_to(server: &Server, path: &str, least: usize) -> usize {
    let start = Instant::now();
    loop {
        let at = offset(server, path);
        if at >= least || start.elapsed() > Duration::from_secs(5) {
            return at;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Sends the rest in parts; answers how many bytes it took.
fn finish(server: &Server, path: &str, content: &[u8]) -> usize {
    let start = offset(server, path);
    let mut at = start;
    while at < content.len() {
        let part = &content[at..content.len().min(at + PART)];
        let (status, answer) = ask(server, &part_head(path, at, part.len()), part).unwrap();
        assert_eq!(status, 204, "{answer}");
        at += part.len();
        assert_eq!(told(&answer, "upload-offset").unwrap(), at.to_string());
    }
    at - start
}

/// What was kept is the paper, byte by byte.
fn is_kept(data: &Path, content: &[u8]) {
    let name = hash(content);
    let kept = std::fs::read(data.join("papers").join(&name[..2]).join(&name)).unwrap();
    assert!(kept == content, "other bytes than were sent");
    let report = store::Report::of(data).unwrap();
    assert!(report.is_well(), "{report:?}");
}

#[test]
fn a_line_cut_in_the_middle_of_a_part_costs_nothing_that_arrived() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let content = paper(1_500_000);
    let path = announce(&server, 1, &content);
    let mut line = connect(&server).unwrap();
    // The whole in one part, cut at nine tenths.
    line.write_all(part_head(&path, 0, content.len()).as_bytes()).unwrap();
    let sent = content.len() * 9 / 10;
    line.write_all(&content[..sent]).unwrap();
    line.shutdown(Shutdown::Both).unwrap();
    drop(line);
    assert_eq!(comes_to(&server, &path, sent), sent);
    assert_eq!(finish(&server, &path, &content), content.len() - sent);
    server.kill();
    is_kept(folder.path(), &content);
}

#[test]
fn a_line_that_hangs_holds_nobody_up_and_adds_nothing_after() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let content = paper(700_000);
    let path = announce(&server, 1, &content);
    let mut hanging = connect(&server).unwrap();
    hanging.write_all(part_head(&path, 0, content.len()).as_bytes()).unwrap();
    hanging.write_all(&content[..400_000]).unwrap();
    // The phone has another network now, and the server does not know yet.
    let at = comes_to(&server, &path, 256 * 1024);
    assert!((256 * 1024..=400_000).contains(&at), "{at}");
    finish(&server, &path, &content);
    let _ = hanging.write_all(&content[400_000..]);
    let mut answer = String::new();
    let _ = hanging.read_to_string(&mut answer);
    assert!(!answer.contains(" 204 "), "{answer}");
    assert_eq!(offset(&server, &path), content.len());
    server.kill();
    is_kept(folder.path(), &content);
}

#[test]
fn a_server_killed_again_and_again_loses_no_acknowledged_byte() {
    let folder = tempfile::tempdir().unwrap();
    let content = paper(2_000_000);
    let mut server = Server::start(folder.path());
    let path = announce(&server, 1, &content);
    let (mut at, mut again, mut round) = (0, 0, 0_u64);
    while at < content.len() {
        // Killed between two parts, or some milliseconds into one, a little later each time.
        let part = &content[at..content.len().min(at + PART)];
        let request = part_head(&path, at, part.len());
        let acknowledged = std::thread::scope(|scope| {
            let answer = scope.spawn(|| ask(&server, &request, part));
            if round % 3 != 0 {
                std::thread::sleep(Duration::from_micros(700 * round));
                server.kill_now();
            }
            let answer = answer.join().unwrap();
            assert!(answer.as_ref().is_none_or(|answer| answer.0 == 204), "{answer:?}");
            answer.map_or(at, |_| at + part.len())
        });
        server.kill();
        server = Server::start(folder.path());
        let stands = offset(&server, &path);
        assert!(stands >= acknowledged && stands <= at + part.len(), "{stands}, acknowledged {acknowledged}");
        again += at + part.len() - stands;
        at = stands;
        round += 1;
    }
    eprintln!("{round} times killed, {again} bytes sent again, at most {PART} each time");
    assert_eq!(finish(&server, &path, &content), 0);
    server.kill();
    is_kept(folder.path(), &content);
}

#[test]
fn on_a_full_disk_parts_are_refused_in_words_and_the_rest_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder.path()).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: mounting a small tmpfs needs root");
        return;
    }
    let (data, ballast) = (folder.path().join("data"), folder.path().join("ballast"));
    std::fs::write(&ballast, vec![0; 6 << 20]).unwrap();
    let server = Server::start(&data);
    let content = paper(2_500_000);
    let path = announce(&server, 1, &content);
    let mut at = 0;
    let refused = loop {
        let part = &content[at..at + PART];
        let (status, answer) = ask(&server, &part_head(&path, at, PART), part).unwrap();
        if status != 204 {
            break (status, answer);
        }
        at += PART;
    };
    assert!(refused.0 == 507 && refused.1.contains("\"code\":\"disk-full\""), "{refused:?}");
    assert!(at > 0 && offset(&server, &path) == at, "{at}");
    std::fs::remove_file(ballast).unwrap();
    assert_eq!(finish(&server, &path, &content), content.len() - at);
    server.kill();
    is_kept(&data, &content);
    let _ = Command::new("umount").arg("-l").arg(folder.path()).status();
}

#[test]
fn the_address_of_an_upload_stands_in_no_log_and_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_with(folder.path(), &["--all-half-sent-megabytes", "1"], "trace");
    let content = paper(300_000);
    let path = announce(&server, 1, &content);
    let (_, refused) = ask(&server, &part_head(&path, 7, 1), b"x").unwrap();
    assert!(refused.contains("409"), "{refused}");
    let sent = ask(&server, &part_head(&path, 0, PART), &content[..PART]).unwrap();
    assert_eq!(sent.0, 204);
    let full = (2..5).map(|draft| announced(&server, draft, &content).0).collect::<Vec<_>>();
    assert_eq!(full, [201, 201, 507]);
    let log = server.kill();
    let id = path.rsplit('/').next().unwrap();
    assert!(log.contains("half sent papers hold all the room") && !log.contains(id), "{log}");
    let bytes: [u8; 16] = store::unhex(id).unwrap();
    for place in ["motcua.db", "motcua.db-wal"] {
        let kept = std::fs::read(folder.path().join(place)).unwrap_or_default();
        assert!(!kept.windows(16).any(|window| window == bytes), "{place}");
    }
    for entry in std::fs::read_dir(folder.path().join("uploads")).unwrap() {
        assert!(!entry.unwrap().file_name().to_string_lossy().contains(id));
    }
}
