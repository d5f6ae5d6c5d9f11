//! The job that sends notices: what waits in the outbox is tried, again and again, until a mail server has taken it or three
//! days are over. The log tells which notice and which answer, never to whom or about what.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::mail::{Mail, NotTaken};
use dossier::notice::Notice;
use procedure::calendar::{DAY_MS, Moment};
use std::time::Duration;
use store::StoreError;
use store::notices::{NewNotice, NoticeEnd, NoticeId, WaitingNotice};

/// Between two looks into the outbox.
const LOOK: Duration = Duration::from_secs(15);
/// Notices of one look.
const MOST: u32 = 20;
const MINUTE_MS: i64 = 60_000;
/// The longest wait between two tries.
const LONGEST_MS: i64 = 6 * 60 * MINUTE_MS;
/// After this a notice is old news. A server that says no for good is asked again until then too: mostly not the address
/// is wrong but the settings, and an office mends those within the time.
pub const GIVEN_UP_MS: i64 = 3 * DAY_MS;
/// How long the outbox keeps anything, sent or not, and also where nothing is ever sent.
pub const KEPT_MS: i64 = GIVEN_UP_MS + DAY_MS;

/// Gives a notice its name.
///
/// # Errors
/// When the machine has no random bytes.
pub fn named(notice: Option<Notice>) -> Result<Option<NewNotice>, ApiError> {
    let Some(Notice { to }) = notice else { return Ok(None) };
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| ApiError::Failed)?;
    Ok(Some(NewNotice { id: NoticeId(id), to }))
}

/// Looks into the outbox for as long as the server runs.
pub async fn run(app: Shared, mail: Mail) {
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        if let Err(error) = send_due(&app, &mail).await {
            tracing::error!(%error, "notices could not be sent");
        }
    }
}

/// Tries what is due; tells how many were sent. Where no server answers, the others wait for the next look.
///
/// # Errors
/// When the store fails.
pub async fn send_due(app: &App, mail: &Mail) -> Result<u32, StoreError> {
    let mut sent = 0;
    for notice in app.store.due_notices(app.now(), MOST).await? {
        match attempt(app, mail, &notice).await? {
            Tried::Sent => sent += 1,
            Tried::Left => {}
            Tried::NoServer => break,
        }
    }
    Ok(sent)
}

/// What came of a try.
enum Tried {
    Sent,
    /// Not sent, or not any more.
    Left,
    NoServer,
}

async fn attempt(app: &App, mail: &Mail, notice: &WaitingNotice) -> Result<Tried, StoreError> {
    let (id, now) = (notice.id, app.now());
    let name = store::hex(&id.0);
    if now.0 - notice.made_at.0 >= GIVEN_UP_MS {
        tracing::warn!(notice = name, tries = notice.tries, "a notice is given up");
        app.store.end_notice(id, NoticeEnd::GivenUp, now).await?;
        return Ok(Tried::Left);
    }
    // Written down before it is made: where what comes after it fails, the next try at least comes later.
    app.store.try_notice(id, Moment(now.0 + wait_after(notice.tries))).await?;
    match mail.send(notice).await {
        Ok(()) => {
            app.store.end_notice(id, NoticeEnd::Sent, app.now()).await?;
            Ok(Tried::Sent)
        }
        Err(NotTaken::NoMail) => {
            tracing::warn!(notice = name, "a notice has no address that mail can go to");
            app.store.end_notice(id, NoticeEnd::GivenUp, app.now()).await?;
            Ok(Tried::Left)
        }
        Err(why) => {
            tracing::warn!(notice = name, ?why, tries = notice.tries + 1, "a notice was not taken");
            Ok(if matches!(why, NotTaken::Broken(_)) { Tried::NoServer } else { Tried::Left })
        }
    }
}

/// How long to wait after so many tries and one more: a minute, then twice as long each time, up to six hours.
fn wait_after(tries: u32) -> i64 {
    (MINUTE_MS << tries.min(10)).min(LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_six_hours() {
        let minutes: Vec<i64> = (0..11).map(|tries| wait_after(tries) / MINUTE_MS).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        assert_eq!(wait_after(u32::MAX), LONGEST_MS);
        assert!((0..18).map(wait_after).sum::<i64>() < GIVEN_UP_MS, "all night long it is tried again");
    }
}
