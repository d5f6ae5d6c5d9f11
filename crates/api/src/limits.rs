//! How much anybody may ask for, and the layers that hold it: rate by source, places, time.

use crate::app::Shared;
use crate::error::ApiError;
use crate::rate::Rate;
use crate::source::Source;
use axum::Extension;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Limits that an operator may set. Every rate is for a network of 256 addresses, not a person: phones share addresses.
#[derive(Clone, Debug, clap::Args)]
pub struct Limits {
    /// Requests to the API a source may send each second, after a burst of ten times as many.
    #[arg(long, default_value_t = 50.0)]
    pub requests_per_second: f64,
    /// Codes a source may get wrong each minute.
    #[arg(long, default_value_t = 60.0)]
    pub misses_per_minute: f64,
    /// Codes that all together may get wrong each second. 100 are 3.2 thousand million guesses a year at 60 random bits.
    #[arg(long, default_value_t = 100.0)]
    pub all_misses_per_second: f64,
    /// Times each minute that a source may fail to sign in as an officer, after a burst of as many; the same as a citizen.
    #[arg(long, default_value_t = 30.0)]
    pub sign_ins_per_minute: f64,
    /// Megabytes of papers a source may send up each day.
    #[arg(long, default_value_t = 2000.0)]
    pub upload_megabytes_per_day: f64,
    /// Megabytes of papers that a source may have half sent at once.
    #[arg(long, default_value_t = 2_000)]
    pub half_sent_megabytes: u64,
    /// Megabytes of papers that all together may have half sent at once.
    #[arg(long, default_value_t = 20_000)]
    pub all_half_sent_megabytes: u64,
    /// Megabytes of papers that a citizen may put into their account; what comes with dossiers takes none of it.
    #[arg(long, default_value_t = 100)]
    pub account_megabytes: u64,
    /// Drafts a source may hand over to other phones each hour.
    #[arg(long, default_value_t = 60.0)]
    pub handovers_per_hour: f64,
    /// Letters about accounts (registering, a forgotten password) that a source may ask for each hour.
    #[arg(long, default_value_t = 120.0)]
    pub letters_per_hour: f64,
    /// Objections to public lists an hour from one source; many may share a telephone network's address.
    #[arg(long, default_value_t = 30.0)]
    pub objections_per_hour: f64,
    /// Drafts of everybody on their way to other phones at once. The typed code tells 32,768 apart, so keep well below.
    #[arg(long, default_value_t = 4096)]
    pub handovers_at_once: u64,
    /// Megabytes of all of them together.
    #[arg(long, default_value_t = 4000)]
    pub handover_megabytes: u64,
    /// Requests worked on at once; beyond it they are sent away at once.
    #[arg(long, default_value_t = 256)]
    pub requests_at_once: usize,
    /// Papers taken in whole at once, and as many put together of parts; each may hold 10 MB of memory.
    #[arg(long, default_value_t = 16)]
    pub papers_at_once: usize,
    /// Parts of papers taken in at once; each may hold 1 MB of memory.
    #[arg(long, default_value_t = 128)]
    pub parts_at_once: usize,
    /// Papers printed at once. Each takes a processor for as long as it is laid out; submissions need the others.
    #[arg(long, default_value_t = 1)]
    pub prints_at_once: usize,
    /// Prints that may wait for their turn; beyond it they are sent away at once.
    #[arg(long, default_value_t = 32)]
    pub prints_waiting: usize,
    /// Seconds a request may take, a paper or a part of one ten times as long.
    #[arg(long, default_value_t = 30)]
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_second: 50.0,
            misses_per_minute: 60.0,
            all_misses_per_second: 100.0,
            sign_ins_per_minute: 30.0,
            upload_megabytes_per_day: 2000.0,
            half_sent_megabytes: 2_000,
            all_half_sent_megabytes: 20_000,
            account_megabytes: 100,
            handovers_per_hour: 60.0,
            letters_per_hour: 120.0,
            objections_per_hour: 30.0,
            handovers_at_once: 4096,
            handover_megabytes: 4000,
            requests_at_once: 256,
            papers_at_once: 16,
            parts_at_once: 128,
            prints_at_once: 1,
            prints_waiting: 32,
            seconds: 30,
        }
    }
}

impl Limits {
    pub(crate) fn requests(&self) -> Rate {
        Rate { burst: self.requests_per_second * 10.0, per_second: self.requests_per_second }
    }

    pub(crate) fn misses(&self) -> Rate {
        Rate { burst: self.misses_per_minute, per_second: self.misses_per_minute / 60.0 }
    }

    pub(crate) fn all_misses(&self) -> Rate {
        Rate { burst: self.all_misses_per_second * 2.0, per_second: self.all_misses_per_second }
    }

    pub(crate) fn sign_ins(&self) -> Rate {
        Rate { burst: self.sign_ins_per_minute, per_second: self.sign_ins_per_minute / 60.0 }
    }

    pub(crate) fn handovers(&self) -> Rate {
        Rate { burst: self.handovers_per_hour, per_second: self.handovers_per_hour / 3_600.0 }
    }

    pub(crate) fn letters(&self) -> Rate {
        Rate { burst: self.letters_per_hour, per_second: self.letters_per_hour / 3_600.0 }
    }

    pub(crate) fn objections(&self) -> Rate {
        Rate { burst: self.objections_per_hour, per_second: self.objections_per_hour / 3_600.0 }
    }

    pub(crate) fn uploads(&self) -> Rate {
        let bytes = self.upload_megabytes_per_day * 1e6;
        Rate { burst: bytes, per_second: bytes / 86_400.0 }
    }

    pub(crate) fn account(&self) -> store::citizen_papers::CitizenRoom {
        store::citizen_papers::CitizenRoom { bytes: self.account_megabytes * 1_000_000, papers: 200 }
    }

    pub(crate) fn half_sent(&self) -> store::Room {
        store::Room {
            of_source: self.half_sent_megabytes * 1_000_000,
            of_all: self.all_half_sent_megabytes * 1_000_000,
        }
    }
}

/// Places for requests being worked on.
pub struct Room {
    requests: Semaphore,
    papers: Semaphore,
    parts: Semaphore,
    ends: Semaphore,
}

impl Room {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            requests: Semaphore::new(limits.requests_at_once),
            papers: Semaphore::new(limits.papers_at_once),
            parts: Semaphore::new(limits.parts_at_once),
            ends: Semaphore::new(limits.papers_at_once),
        }
    }

    /// Waits for a place to hold a whole paper in memory whose parts are all there. Each such place is taken only as
    /// long as a paper is looked at, never while a line is waited for; so the wait is short, unlike that for a paper's.
    pub(crate) async fn for_whole_paper(&self) -> Option<SemaphorePermit<'_>> {
        self.ends.acquire().await.ok()
    }
}

/// Sends away a source that asks too often.
pub(crate) async fn by_source(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    app.requests.take(source, 1.0, Instant::now()).map_err(ApiError::TooMany)?;
    Ok(next.run(request).await)
}

/// Holds a place and a clock for an ordinary request.
pub(crate) async fn ordinary(State(app): State<Shared>, request: Request, next: Next) -> Result<Response, ApiError> {
    held(&app.room.requests, Duration::from_secs(app.limits.seconds), request, next).await
}

/// Holds a place and a clock for a paper, which a poor line may need minutes for.
pub(crate) async fn paper(State(app): State<Shared>, request: Request, next: Next) -> Result<Response, ApiError> {
    held(&app.room.papers, Duration::from_secs(app.limits.seconds * 10), request, next).await
}

/// Holds a place and a clock for a part of a paper.
pub(crate) async fn part(State(app): State<Shared>, request: Request, next: Next) -> Result<Response, ApiError> {
    held(&app.room.parts, Duration::from_secs(app.limits.seconds * 10), request, next).await
}

async fn held(room: &Semaphore, time: Duration, request: Request, next: Next) -> Result<Response, ApiError> {
    // Whoever finds no place is told so at once: waiting in a queue they cannot see would only make it longer.
    let _place = room.try_acquire().map_err(|_| ApiError::Busy(jitter()))?;
    tokio::time::timeout(time, next.run(request)).await.map_err(|_| ApiError::TooSlow)
}

/// Between 2 and 9 seconds, so that those sent away together do not come back together.
pub(crate) fn jitter() -> Duration {
    let mut byte = [0];
    let _ = getrandom::fill(&mut byte);
    Duration::from_secs(2 + u64::from(byte[0] % 8))
}
