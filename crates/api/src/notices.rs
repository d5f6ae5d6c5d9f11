//! The job that sends notices: what waits in the outbox is tried, again and again, until somebody who carries it has taken it
//! or three days are over. The log tells which notice and which answer, never to whom or about what.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::letters;
use crate::messages::{Carriers, NotTaken};
use dossier::notice::{Notice, Way};
use procedure::calendar::{DAY_MS, Moment};
use std::time::Duration;
use store::StoreError;
use store::notices::{About, DueAsked, NewNotice, NoticeEnd, NoticeId, WaitingNotice};

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
/// A gateway knows a text message that it has taken for 24 hours. What nobody has answered for is not sent again after this.
const SMS_KNOWN_MS: i64 = 22 * 60 * MINUTE_MS;
/// Phones are left in peace between these hours of Việt Nam time: Zalo takes few messages then, and people sleep.
const PEACE: (i64, i64) = (22, 6);
/// How long the outbox keeps anything, sent or not, and also where nothing is ever sent.
pub const KEPT_MS: i64 = GIVEN_UP_MS + DAY_MS;

/// Gives a notice its name.
///
/// # Errors
/// When the machine has no random bytes.
pub fn named(notice: Option<Notice>) -> Result<Option<NewNotice>, ApiError> {
    let Some(Notice { way, to }) = notice else { return Ok(None) };
    Ok(Some(NewNotice { id: name()?, way, to }))
}

/// A name for a notice or letter that nobody can guess.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn name() -> Result<NoticeId, ApiError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| ApiError::Failed)?;
    Ok(NoticeId(id))
}

/// Looks into the outbox for as long as the server runs: now and then, and when somebody waits for what was put into it.
pub async fn run(app: Shared, carriers: Carriers) {
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            () = app.post.notified() => {}
        }
        if let Err(error) = send_due(&app, &carriers).await {
            tracing::error!(%error, "notices could not be sent");
        }
    }
}

/// Tries what is due; tells how many were sent. Where a carrier does not answer, its others wait for the next look.
///
/// # Errors
/// When the store fails.
pub async fn send_due(app: &App, carriers: &Carriers) -> Result<u32, StoreError> {
    let now = app.now();
    let (mut sent, mut silent) = (0, Vec::new());
    let carried: Vec<Way> = Way::ALL.into_iter().filter(|way| carriers.way(*way).is_some()).collect();
    let ways: Vec<Way> =
        carried.iter().copied().filter(|way| carriers.way(*way).is_some_and(|way| goes(way, now))).collect();
    // What somebody has just asked for, and waits for, goes at any hour.
    for notice in app.store.due_notices(DueAsked { ways: &ways, awaited: &carried, now, most: MOST }).await? {
        let Some(way) = carriers.way(notice.way).filter(|way| !silent.contains(way)) else { continue };
        match attempt(app, carriers, &notice, way).await? {
            Tried::Sent => sent += 1,
            Tried::Left => {}
            Tried::NoCarrier => silent.push(way),
        }
    }
    Ok(sent)
}

/// Whether notices go in this way at this hour.
fn goes(way: Way, now: Moment) -> bool {
    let hour = (now.0 - Moment::at(now.date(), 0).0) / (60 * MINUTE_MS);
    way == Way::Email || (PEACE.1..PEACE.0).contains(&hour)
}

/// Whether it might come a second time if it were sent again. A mail that comes twice is shown once; a text message is known
/// by its name for a day; Zalo would send it again.
fn comes_twice(notice: &WaitingNotice, now: Moment) -> bool {
    notice.unanswered
        && match notice.way {
            Way::Email => false,
            Way::Sms => now.0 - notice.made_at.0 >= SMS_KNOWN_MS,
            Way::Zalo => true,
        }
}

/// What came of a try.
enum Tried {
    Sent,
    /// Not sent, or not any more.
    Left,
    NoCarrier,
}

async fn attempt(app: &App, carriers: &Carriers, notice: &WaitingNotice, way: Way) -> Result<Tried, StoreError> {
    let (id, now) = (notice.id, app.now());
    let name = store::hex(&id.0);
    let ended = |until: &Option<Moment>| until.is_some_and(|until| now.0 >= until.0);
    let of_no_use = matches!(&notice.about, About::Account { until, .. } if ended(until));
    if of_no_use || now.0 - notice.made_at.0 >= GIVEN_UP_MS {
        tracing::warn!(notice = name, tries = notice.tries, "a notice is given up");
        app.store.end_notice(id, NoticeEnd::GivenUp, now).await?;
        return Ok(Tried::Left);
    }
    if comes_twice(notice, now) {
        tracing::warn!(notice = name, "whether a notice went out is not known");
        app.store.end_notice(id, NoticeEnd::Unknown, now).await?;
        return Ok(Tried::Left);
    }
    if way != notice.way {
        app.store.keep_notice(id, way).await?;
    }
    // Written down before it is made: where what comes after it fails, the next try at least comes later.
    app.store.try_notice(id, Moment(now.0 + wait_after(notice.tries))).await?;
    let why = match carriers.send((notice, &letters::secret(app, notice)), way, now).await {
        Ok(()) => {
            app.store.end_notice(id, NoticeEnd::Sent, app.now()).await?;
            return Ok(Tried::Sent);
        }
        Err(why) => why,
    };
    tracing::warn!(notice = name, ?way, ?why, tries = notice.tries + 1, "a notice was not taken");
    match why {
        // Whoever has no Zalo has a telephone: it goes as a text message from now on, where those are sent.
        NotTaken::NoSuchRecipient if way == Way::Zalo && carriers.sms.is_some() => {
            app.store.keep_notice(id, Way::Sms).await?;
            Ok(Tried::Left)
        }
        NotTaken::NoSuchRecipient => {
            app.store.end_notice(id, NoticeEnd::GivenUp, app.now()).await?;
            Ok(Tried::Left)
        }
        NotTaken::Answered(_) => {
            app.store.keep_notice(id, way).await?;
            Ok(Tried::Left)
        }
        NotTaken::Broken(_) => {
            app.store.keep_notice(id, way).await?;
            Ok(Tried::NoCarrier)
        }
        NotTaken::Unknown(_) => Ok(Tried::NoCarrier),
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
    fn phones_are_left_in_peace_at_night() {
        // 22 November 2026 in Việt Nam.
        let at = |hour: i64, minute: i64| Moment(1_795_280_400_000 + (hour * 60 + minute) * MINUTE_MS);
        for (hour, minute, goes_out) in [(0, 0, false), (5, 59, false), (6, 0, true), (21, 59, true), (22, 0, false)] {
            assert_eq!(goes(Way::Sms, at(hour, minute)), goes_out, "{hour}:{minute}");
            assert_eq!(goes(Way::Zalo, at(hour, minute)), goes_out, "{hour}:{minute}");
            assert!(goes(Way::Email, at(hour, minute)));
        }
    }

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_six_hours() {
        let minutes: Vec<i64> = (0..11).map(|tries| wait_after(tries) / MINUTE_MS).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        assert_eq!(wait_after(u32::MAX), LONGEST_MS);
        assert!((0..18).map(wait_after).sum::<i64>() < GIVEN_UP_MS, "all night long it is tried again");
    }
}
