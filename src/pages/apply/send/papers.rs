//! Sending papers up: a small one whole, a larger one in parts, each going on where it was cut off.
//!
//! Where a paper's parts go is kept on the phone beside it, so that this holds after a reload and the next day too.

use super::pace::Pace;
use super::progress::Progress;
use super::{Sending, accepted, passes, rest, tell_progress};
use crate::client::{self, Answer, Failure, uploads};
use crate::clock::now;
use crate::route::Part;
use crate::state::draft::{self, Draft, DraftPaper};
use crate::state::sent::{self, Sent};
use crate::state::work::Work;
use text::Key;
use ui::fill;
use web_sys::Blob;

/// Sends what has not arrived yet.
pub(super) async fn send(work: &Work, draft: &Draft) -> Result<(), Sending> {
    let mut before = Vec::new();
    for paper in &draft.papers {
        before.push(sent::of(&draft.key, paper.number).await);
    }
    let all = draft.papers.iter().map(|paper| paper.bytes).sum();
    let there = draft.papers.iter().zip(&before).filter(|(_, sent)| **sent == Sent::Whole);
    let there = there.map(|(paper, _)| paper.bytes).sum();
    let mut line = Line { work, pace: Pace::new(), progress: Progress::new(draft.papers.len(), all, there, now().0) };
    for (place, (paper, sent)) in draft.papers.iter().zip(before).enumerate() {
        if sent == Sent::Whole {
            continue;
        }
        let blob = draft::paper(&draft.key, paper.number).await.map_err(|_| Sending::Failed)?;
        let Some(blob) = blob else {
            let says = fill(Key::ProblemPaperBroken, &[("label", &paper.name)]);
            return Err(Sending::Refused(vec![(says, Part::Papers)]));
        };
        line.progress.begin(place, paper.bytes);
        tell_progress(&line.progress);
        match sent {
            Sent::Nothing if paper.bytes <= line.pace.part() => line.whole(&draft.key, paper, &blob).await?,
            sent => line.parts(&draft.key, paper, &blob, sent).await?,
        }
        // Should the phone not keep this, the paper is announced again, and the server says that it has it.
        let _ = sent::keep(&draft.key, paper.number, &Sent::Whole).await;
    }
    Ok(())
}

/// The way to the server during one sending.
struct Line<'a> {
    work: &'a Work,
    pace: Pace,
    progress: Progress,
}

impl Line<'_> {
    async fn whole(&mut self, key: &str, paper: &DraftPaper, blob: &Blob) -> Result<(), Sending> {
        loop {
            let start = now().0;
            match client::papers::put(key, paper, blob).await {
                Ok(answer) if !passes(&answer) => {
                    accepted(self.work, &answer, Part::Papers)?;
                    self.pace.went(paper.bytes, now().0 - start);
                    self.stands(paper.bytes);
                    return Ok(());
                }
                _ => self.wait().await?,
            }
        }
    }

    async fn parts(&mut self, key: &str, paper: &DraftPaper, blob: &Blob, sent: Sent) -> Result<(), Sending> {
        let mut address = if let Sent::Under(address) = sent { Some(address) } else { None };
        let mut arrived = None;
        while arrived != Some(paper.bytes) {
            let answer = match (&address, arrived) {
                (None, _) => uploads::announce(key, paper).await,
                (Some(address), None) => uploads::ask(address).await,
                (Some(address), Some(at)) => self.add(address, at, blob).await,
            };
            let answer = match answer {
                Ok(answer) if !passes(&answer) => answer,
                _ => {
                    // How much of it arrived, only the server knows.
                    arrived = None;
                    self.wait().await?;
                    continue;
                }
            };
            match answer.status {
                404 | 410 => {
                    // Its week is over, or its paper is gone: it is announced anew.
                    (address, arrived) = (None, None);
                    self.wait().await?;
                }
                409 | 423 => {
                    arrived = None;
                    self.wait().await?;
                }
                _ => {
                    accepted(self.work, &answer, Part::Papers)?;
                    if let Some(location) = answer.header("Location") {
                        // Should the phone not keep this, a reload begins the paper anew; it can still be sent now.
                        let _ = sent::keep(key, paper.number, &Sent::Under(location.clone())).await;
                        address = Some(location);
                    }
                    arrived = Some(uploads::arrived(&answer).ok_or(Sending::Failed)?);
                    self.stands(arrived.unwrap_or_default());
                }
            }
        }
        Ok(())
    }

    async fn add(&mut self, address: &str, at: u64, blob: &Blob) -> Result<Answer, Failure> {
        let start = now().0;
        #[expect(clippy::cast_precision_loss, reason = "papers have at most ten million bytes")]
        let (from, to) = (at as f64, (at + self.pace.part()) as f64);
        let part = blob.slice_with_f64_and_f64(from, to).map_err(|_| Failure::Storage)?;
        let answer = uploads::add(address, at, &part).await?;
        if answer.status == 204 {
            self.pace.went(self.pace.part().min(self.progress.of_paper.1 - at), now().0 - start);
        }
        Ok(answer)
    }

    fn stands(&mut self, arrived: u64) {
        if arrived > self.progress.of_paper.0 {
            // Also part of a part is something: a line that breaks early but often is worth going on with.
            self.pace.moved();
        }
        self.progress.stands(arrived, now().0);
        tell_progress(&self.progress);
    }

    /// Says that the line is weak, and waits before the next try.
    async fn wait(&mut self) -> Result<(), Sending> {
        self.progress.weak = true;
        tell_progress(&self.progress);
        rest(&mut self.pace).await
    }
}
