//! The job that asks providers: for every order that is open, every few minutes, so that a callback that got lost is found; and
//! at once for one that was told to be paid.

use super::ask;
use crate::app::{App, Shared};
use crate::error::ApiError;
use std::time::Duration;

/// Between two looks, unless something wakes it.
const LOOK: Duration = Duration::from_secs(30);
/// Orders of one look.
const MOST: u32 = 100;

/// Looks for as long as the server runs.
pub async fn run(app: Shared) {
    loop {
        let woken = tokio::time::timeout(LOOK, app.providers.wake.notified()).await;
        drop(woken);
        if let Err(error) = ask_due(&app).await {
            tracing::error!(?error, "providers could not be asked");
        }
    }
}

/// Asks for every order that is to be asked for by now; tells how many were.
///
/// # Errors
/// When the store fails.
pub async fn ask_due(app: &App) -> Result<usize, ApiError> {
    let due = app.store.orders_to_ask(app.now(), MOST).await?;
    for kept in &due {
        ask(app, kept).await?;
    }
    Ok(due.len())
}
