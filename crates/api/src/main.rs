//! The command `motcua`: serve the site and the API, or look a data folder over.

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A request makes and drops hundreds of small values, from several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Một Cửa: procedures, forms and dossiers of a one-stop desk.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site and the API.
    Serve(Box<api::serve::Settings>),
    /// Make officers from a list, and print the links of their first sign-in. The server must not be running.
    Officers(api::officers::OfficerCommand),
    /// The audit chain.
    #[command(subcommand)]
    Audit(Audit),
    /// Look a data folder over: settings, database, audit chain, papers. It may be in use.
    Doctor {
        /// Folder of the data.
        #[arg(long, env = "MOTCUA_DATA")]
        data: PathBuf,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Follow the audit chain of a data folder and its signed checkpoints. It may be in use.
    Verify {
        /// Folder of the data.
        #[arg(long, env = "MOTCUA_DATA")]
        data: PathBuf,
        /// File of the checkpoints; the one beside the data when nothing is said.
        #[arg(long, env = "MOTCUA_CHECKPOINTS")]
        checkpoints: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let result = log().and_then(|()| match Cli::parse().command {
        Command::Serve(settings) => run(api::serve::serve(*settings)),
        Command::Officers(command) => run(api::officers::add(command)),
        Command::Audit(Audit::Verify { data, checkpoints }) => {
            let checkpoints = checkpoints.unwrap_or_else(|| data.join(api::serve::CHECKPOINTS));
            let now = api::app::system_clock()();
            api::audit::verify_folder(&data, &checkpoints, now)
                .map(|rows| println!("{rows} rows fit, and so do their checkpoints"))
        }
        Command::Doctor { data } => doctor(&data),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(says) => {
            eprintln!("motcua: {says}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command that waits for others.
fn run(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    tokio::runtime::Runtime::new().map_err(|error| error.to_string())?.block_on(work)
}

/// Tells on stderr what `MOTCUA_LOG` asks for, but never the address of a request: that of an upload is its key.
fn log() -> Result<(), String> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MOTCUA_LOG").unwrap_or_else(|_| "info".into());
    let quiet = "tower_http::csrf=off".parse().map_err(|error| format!("the log's own filter: {error}"))?;
    tracing_subscriber::fmt().with_env_filter(filter.add_directive(quiet)).with_writer(std::io::stderr).init();
    Ok(())
}

fn doctor(data: &std::path::Path) -> Result<(), String> {
    let report = store::Report::of(data).map_err(|error| error.to_string())?;
    println!("journal    {}", report.journal_mode);
    println!("integrity  {}", report.integrity);
    match report.audit {
        Ok(head) => println!("audit      {} rows fit, head {}", head.id, store::hex(&head.hash)),
        Err(row) => println!("audit      row {row} does not fit"),
    }
    println!("dossiers   {}", report.dossiers);
    println!("papers     {}, bad {}", report.papers, report.bad_papers.len());
    report.bad_papers.iter().for_each(|hash| println!("  {hash}"));
    let lookup = api::secret::read(data, api::secret::LOOKUP).map(|_| "there, for its owner only".to_owned());
    let receipts = api::secret::read(data, api::secret::RECEIPT).map(|secret| {
        let public = receipt::Signer::new(&secret).public();
        let known = if report.receipt_keys.contains(&public) { "known" } else { "not yet known: start the server" };
        format!("signs as {}, {known}; {} keys in all", receipt::key_id(&public), report.receipt_keys.len())
    });
    let secrets_are_well = lookup.is_ok() && receipts.is_ok();
    println!("codes      {}", lookup.unwrap_or_else(|error| error.to_string()));
    println!("receipts   {}", receipts.unwrap_or_else(|error| error.to_string()));
    if report.is_well() && secrets_are_well { Ok(()) } else { Err("something is wrong, see above".to_owned()) }
}
