//! Benchmarks of the server's side. Each prints what it measured beside a baseline taken in the same minute, because the
//! speed of a disk's flush changes several times over between minutes; the ratio is what counts.

mod check;
mod client;
mod desk;
mod durable;
mod http;
mod rounds;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// The same as in the server, so that what the server is compared with has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What to measure with.
#[derive(Parser)]
pub struct Settings {
    /// The forms of the office, for the check.
    #[arg(long, default_value = "forms")]
    forms: PathBuf,
    /// Forms with the procedure `thu`, whose filing the submissions carry.
    #[arg(long, default_value = "crates/api/tests/forms")]
    small_forms: PathBuf,
    /// The server's program; beside this one when nothing is said.
    #[arg(long)]
    motcua: Option<PathBuf>,
    /// Folder on the disk to measure; the system's temporary folder when nothing is said.
    #[arg(long)]
    disk: Option<PathBuf>,
    /// Only this: check, store, http, desk.
    #[arg(long)]
    only: Option<String>,
    /// Rounds of each comparison; the median is told.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Seconds of each measurement within a round.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
}

impl Settings {
    fn time(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }

    fn folder(&self) -> Result<tempfile::TempDir, String> {
        self.disk.as_ref().map_or_else(tempfile::tempdir, tempfile::tempdir_in).map_err(|error| error.to_string())
    }
}

type Part = fn(&Settings) -> Result<(), String>;

fn main() -> ExitCode {
    let settings = Settings::parse();
    let parts: [(&str, Part); 4] =
        [("check", check::run), ("store", durable::run), ("http", http::run), ("desk", desk::run)];
    let wanted = |name: &str| settings.only.as_deref().is_none_or(|only| only == name);
    match parts.iter().filter(|(name, _)| wanted(name)).try_for_each(|(_, run)| run(&settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(says) => {
            eprintln!("bench: {says}");
            ExitCode::FAILURE
        }
    }
}
