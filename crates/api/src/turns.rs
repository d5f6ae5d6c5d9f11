//! Who adds to which upload: one at a time, and the newest wins.
//!
//! A phone that has lost its line is back on another one before the server knows that the first is dead. It must not wait
//! for that, nor be told an offset that still grows: so whoever comes lets the one before keep what has arrived, and stop.

use crate::error::ApiError;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::UploadId;
use tokio::sync::{OwnedMutexGuard, watch};

/// How long a newcomer waits for the one before, who may be looking at a whole paper.
const PATIENCE: Duration = Duration::from_secs(10);

/// The uploads that somebody is at.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<UploadId, Arc<Seat>>>);

/// An upload's one place, and how often it has been asked for.
#[derive(Default)]
struct Seat {
    place: Arc<tokio::sync::Mutex<()>>,
    asked: watch::Sender<u64>,
}

/// Somebody who has the place of an upload or waits for it.
struct Visitor<'a> {
    turns: &'a Turns,
    id: UploadId,
    seat: Arc<Seat>,
}

/// The turn at an upload. Others wait until it is dropped.
pub struct Turn<'a> {
    asked: watch::Receiver<u64>,
    // Given back before the visitor leaves.
    _place: OwnedMutexGuard<()>,
    _visitor: Visitor<'a>,
}

impl Turns {
    /// Takes the turn at an upload, whoever has it.
    ///
    /// # Errors
    /// [`ApiError::UploadHeld`] when the one before does not stop in ten seconds.
    pub async fn take(&self, id: UploadId) -> Result<Turn<'_>, ApiError> {
        self.take_within(PATIENCE, id).await
    }

    async fn take_within(&self, patience: Duration, id: UploadId) -> Result<Turn<'_>, ApiError> {
        let seat = Arc::clone(self.seats().entry(id).or_default());
        let visitor = Visitor { turns: self, id, seat };
        visitor.seat.asked.send_modify(|times| *times += 1);
        let place = Arc::clone(&visitor.seat.place).lock_owned();
        let place = tokio::time::timeout(patience, place).await.map_err(|_| ApiError::UploadHeld)?;
        Ok(Turn { asked: visitor.seat.asked.subscribe(), _place: place, _visitor: visitor })
    }

    fn seats(&self) -> MutexGuard<'_, HashMap<UploadId, Arc<Seat>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Answers when somebody else wants the turn.
    pub async fn is_wanted(&mut self) {
        // The sender lives as long as the seat, which this turn holds.
        let _ = self.asked.changed().await;
    }
}

impl Drop for Visitor<'_> {
    fn drop(&mut self) {
        let mut seats = self.turns.seats();
        // This visitor and the list itself: nobody else is there, and nobody can come while the list is locked.
        if Arc::strong_count(&self.seat) == 2 {
            seats.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: UploadId = UploadId([1; 16]);

    #[tokio::test]
    async fn the_newest_wins_and_nothing_is_left_behind() {
        let turns = Turns::default();
        let mut first = turns.take(ONE).await.unwrap();
        let other = turns.take(UploadId([2; 16])).await.unwrap();
        let (second, ()) = tokio::join!(turns.take(ONE), async {
            first.is_wanted().await;
            drop(first);
        });
        let mut second = second.unwrap();
        let quiet = tokio::time::timeout(Duration::from_millis(20), second.is_wanted()).await;
        assert!(quiet.is_err(), "its own asking does not end a turn");
        drop((second, other));
        assert!(turns.seats().is_empty());
    }

    #[tokio::test]
    async fn who_does_not_stop_is_not_waited_for_for_ever() {
        let turns = Turns::default();
        let stubborn = turns.take(ONE).await.unwrap();
        assert_eq!(turns.take_within(Duration::from_millis(20), ONE).await.err(), Some(ApiError::UploadHeld));
        drop(stubborn);
        assert!(turns.seats().is_empty());
    }
}
