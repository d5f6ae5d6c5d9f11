//! The server's life: open, listen, serve each connection, clear up every ten minutes, and end when asked or when the disk fails.

use crate::access;
use crate::app::{App, Shared, system_clock};
use crate::audit;
use crate::limits::Limits;
use crate::messages::{Carriers, MessageSettings};
use crate::notices;
use crate::number::NumberPattern;
use crate::offer::Offer;
use crate::oidc::{Identity, IdentitySettings};
use crate::payments::job;
use crate::payments::providers::{PaymentSettings, Providers};
use crate::pepper::Pepper;
use crate::routes::{self, KEPT_MS};
use crate::secret;
use crate::signatures::{self, Signatures};
use crate::site::Site;
use crate::source::Source;
use crate::{units, work};
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use procedure::calendar::Moment;
use receipt::Signer;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::SqliteStore;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tower::Service as _;

/// The exit code when the disk or the database can no longer be trusted; a supervisor starts the process again, and
/// recovery happens then. 70 is "internal software error" of `sysexits.h`.
pub const EXIT_FATAL: i32 = 70;

/// Connections at once; each may hold some 100 KB.
const CONNECTIONS: usize = 2_048;
/// Within this time a connection has to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// How long requests under way may take when the server is asked to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// The file of checkpoints beside the data.
pub const CHECKPOINTS: &str = "audit-checkpoints.jsonl";

/// Where things are and how the server behaves.
#[derive(Clone, Debug, clap::Args)]
pub struct Settings {
    /// Folder of the data; made when it is not there.
    #[arg(long, env = "MOTCUA_DATA")]
    pub data: PathBuf,
    /// Folder of the built site.
    #[arg(long, env = "MOTCUA_SITE")]
    pub site: PathBuf,
    /// Folder of forms, procedures, units and calendars.
    #[arg(long, env = "MOTCUA_FORMS")]
    pub forms: PathBuf,
    /// Address to listen on; port 0 takes any free one.
    #[arg(long, env = "MOTCUA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Tell browsers to use HTTPS only: set it where a proxy in front speaks TLS.
    #[arg(long)]
    pub https: bool,
    /// Believe the last address of X-Forwarded-For: set it where a proxy in front writes it, and only there.
    #[arg(long)]
    pub behind_proxy: bool,
    /// File of the audit chain's signed checkpoints; put it on another disk than the data. Beside the data when nothing is
    /// said.
    #[arg(long, env = "MOTCUA_CHECKPOINTS")]
    pub checkpoints: Option<PathBuf>,
    /// Folder of the certificates that digital signatures are believed by, PEM or DER, each file of it. Without one a signature
    /// is told as whole or not, and whose it is stays open.
    #[arg(long, env = "MOTCUA_TRUSTED_ROOTS")]
    pub trusted_roots: Option<PathBuf>,
    /// How official numbers (mã hồ sơ) are written.
    #[arg(long, default_value = "H50.{agency}-{day}-{number}")]
    pub dossier_number: NumberPattern,
    /// How citizens are told.
    #[command(flatten)]
    pub messages: MessageSettings,
    /// How fees are paid.
    #[command(flatten)]
    pub payments: PaymentSettings,
    /// With whom citizens can sign in.
    #[command(flatten)]
    pub identity: IdentitySettings,
    /// Limits.
    #[command(flatten)]
    pub limits: Limits,
}

/// Serves until asked to end.
///
/// # Errors
/// When something cannot be opened, in words for the operator.
pub async fn serve(settings: Settings) -> Result<(), String> {
    let offer = Offer::read(&settings.forms)?;
    let on_fatal = |says: &str| {
        tracing::error!("ending: {says}");
        std::process::exit(EXIT_FATAL);
    };
    let store = SqliteStore::open(&settings.data, Box::new(on_fatal)).map_err(|error| error.to_string())?;
    let secret = |name| secret::open(&settings.data, name).map_err(|error| format!("the secret {name}: {error}"));
    let keys = (Pepper::new(&secret(secret::LOOKUP)?), Signer::new(&secret(secret::RECEIPT)?));
    let mut app = App::new(Arc::new(store), offer, keys, system_clock(), settings.limits.clone());
    app.number_pattern = settings.dossier_number.clone();
    if let Some(folder) = &settings.trusted_roots {
        app.signatures = Signatures::new(signatures::roots(folder)?);
    }
    app.public_address = settings.messages.mail.public_address.as_ref().map_or_else(String::new, |site| site.0.clone());
    app.providers = Providers::open(&settings.payments, &app.public_address)?;
    app.identity = Identity::open(&settings.identity, &app.public_address)?;
    let carriers = Carriers::open(&settings.messages, &settings.data)?;
    app.reach = carriers.reach();
    let app = Arc::new(app);
    access::check(&routes::document(&app))?;
    let public = app.signer.public();
    app.store.keep_receipt_key(public, app.now()).await.map_err(|error| error.to_string())?;
    app.offer.keep(&*app.store, app.now()).await.map_err(|error| error.to_string())?;
    work::place_all(&app).await.map_err(|error| error.detail())?;
    tokio::spawn(units::run(Arc::clone(&app)));
    tokio::spawn(clear_up(Arc::clone(&app)));
    let checkpoints = settings.checkpoints.clone().unwrap_or_else(|| settings.data.join(CHECKPOINTS));
    tokio::spawn(anchor(Arc::clone(&app), checkpoints));
    tokio::spawn(job::run(Arc::clone(&app)));
    if !carriers.is_empty() {
        tokio::spawn(notices::run(Arc::clone(&app), carriers));
    }
    let service = routes::service(app, Site::new(&settings.site), settings.https);
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| format!("{}: {error}", settings.listen))?;
    listen(listener, service, settings.behind_proxy).await.map_err(|error| error.to_string())
}

async fn listen(listener: TcpListener, service: Router, behind_proxy: bool) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    // Told only now: whoever reads it may ask the server to end at once, and it is to end well.
    println!("listening on http://{}", listener.local_addr()?);
    let connections = Arc::new(tokio::sync::Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    let mut http = hyper::server::conn::http1::Builder::new();
    // Without a limit a connection's buffer grows to some 400 KB and never shrinks.
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&connections).acquire_owned() => place.map_err(std::io::Error::other)?,
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Too many open files, or a client that has gone already: others can still be served.
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        };
        let _ = stream.set_nodelay(true);
        let service = service.clone();
        let answer = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            let source = source(&request, peer, behind_proxy);
            request.extensions_mut().insert(source);
            service.clone().call(request)
        });
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), answer));
        tokio::spawn(async move {
            // A client that goes away or speaks no HTTP is nothing to tell of.
            let _ = connection.await;
            drop(place);
        });
    }
    let _ = tokio::time::timeout(FAREWELL, open.shutdown()).await;
    Ok(())
}

fn source(request: &Request, peer: SocketAddr, behind_proxy: bool) -> Source {
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
    Source::of_request(peer, forwarded.filter(|_| behind_proxy).and_then(|value| value.to_str().ok()))
}

/// Signs the end of the audit chain every ten minutes.
async fn anchor(app: Shared, file: PathBuf) {
    let every = Duration::from_millis(u64::try_from(audit::EVERY_MS).unwrap_or(u64::MAX));
    let mut times = tokio::time::interval(every);
    loop {
        times.tick().await;
        if let Err(says) = audit::anchor(&app, &file).await {
            tracing::error!("no checkpoint of the audit chain could be written: {says}");
        }
    }
}

/// Clears, every ten minutes, papers of drafts that were never sent, uploads that nobody went
/// on with, handovers, sessions, links, codes and notices that have ended, and registrations that nobody confirmed.
async fn clear_up(app: Shared) {
    let mut times = tokio::time::interval(Duration::from_secs(600));
    loop {
        times.tick().await;
        let now = app.now();
        match app.store.clear_handovers(now).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "ended handovers cleared"),
            Err(error) => tracing::error!(%error, "ended handovers could not be cleared"),
        }
        if let Err(error) = app.store.clear_sessions(Moment(now.0 - account::session::WHOLE_MS), now).await {
            tracing::error!(%error, "ended sessions could not be cleared");
        }
        if let Err(error) = app.store.clear_citizens(now).await {
            tracing::error!(%error, "citizens' ended sessions and links could not be cleared");
        }
        if let Err(error) = app.store.clear_notices(Moment(now.0 - notices::KEPT_MS)).await {
            tracing::error!(%error, "old notices could not be cleared");
        }
        match app.store.clear_unclaimed(Moment(now.0 - KEPT_MS), now).await {
            Ok(cleared) if cleared == store::Cleared::default() => {}
            Ok(cleared) => tracing::info!(cleared.papers, cleared.uploads, cleared.files, "unclaimed papers cleared"),
            Err(error) => tracing::error!(%error, "unclaimed papers could not be cleared"),
        }
    }
}
