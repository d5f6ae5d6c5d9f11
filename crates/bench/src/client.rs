//! A small HTTP client: many connections, each kept open, asking one thing after the other.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A request made anew for each number.
pub type Make<'a> = &'a (dyn Fn(u64) -> String + Sync);

/// Answers a second with this status, over so many connections.
pub fn ask(address: &str, connections: u64, time: Duration, status: u16, make: Make<'_>) -> Result<f64, String> {
    let start = Instant::now();
    let counts: Vec<Result<u32, String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|connection| {
                scope.spawn(move || {
                    let told = |error: std::io::Error| error.to_string();
                    let stream = TcpStream::connect(address).map_err(told)?;
                    stream.set_nodelay(true).map_err(told)?;
                    let mut reader = BufReader::new(stream);
                    let mut count = 0_u32;
                    while start.elapsed() < time {
                        let request = make(connection + connections * u64::from(count));
                        reader.get_mut().write_all(request.as_bytes()).map_err(told)?;
                        let (got, body) = answer(&mut reader).map_err(told)?;
                        if got != status {
                            return Err(format!("{got}: {}", String::from_utf8_lossy(&body)));
                        }
                        count += 1;
                    }
                    Ok(count)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a client ended".to_owned()))).collect()
    });
    let seconds = start.elapsed().as_secs_f64();
    let count = counts.into_iter().try_fold(0, |sum, count| count.map(|count| sum + count))?;
    Ok(f64::from(count) / seconds)
}

/// One answer: its status and body.
pub fn once(address: &str, request: &str) -> Result<(u16, Vec<u8>), String> {
    let told = |error: std::io::Error| error.to_string();
    let mut reader = BufReader::new(TcpStream::connect(address).map_err(told)?);
    reader.get_mut().write_all(request.as_bytes()).map_err(told)?;
    answer(&mut reader).map_err(told)
}

/// A POST of JSON, with a key where there is one.
pub fn post(path: &str, key: &str, body: &str) -> String {
    let key = if key.is_empty() { String::new() } else { format!("idempotency-key: {key}\r\n") };
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n{key}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn answer(reader: &mut BufReader<TcpStream>) -> std::io::Result<(u16, Vec<u8>)> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|text| text.parse().ok()).ok_or(std::io::ErrorKind::InvalidData)?;
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((status, body))
}
