//! The register of the dossiers that an office received in some days, a row each.

use super::{Name, Told};
use crate::app::App;
use crate::error::ApiError;
use crate::work::Work;
use dossier::{Channel, EventKind};
use form::Date;
use pdf::Slip;
use pdf::slip::{Register, Row};
use procedure::calendar::Moment;
use store::desk::Kept;

/// The register of these dossiers.
///
/// # Errors
/// When a text of one is lost.
pub async fn register(app: &App, from: Date, until: Date, all: Vec<Kept>) -> Result<Slip, ApiError> {
    let mut rows = Vec::with_capacity(all.len());
    for kept in all {
        let work = Work::of(app, kept).await?;
        let forms = work.forms(app).await?;
        let desk = work.desk(app)?;
        let told = Told { app, work: &work, desk: &desk, forms: &forms };
        rows.push(told.row(rows.len() + 1));
    }
    Ok(Slip::Register(Register {
        desk: String::new(),
        book: String::new(),
        from: Some(Moment::at(from, 0)),
        to: Some(Moment::at(until, 0)),
        rows,
    }))
}

impl Told<'_> {
    fn row(&self, number: usize) -> Row {
        let events = &self.work.kept.events;
        let now = self.after(usize::MAX);
        let last = self.desk.procedure.stages.len().saturating_sub(1);
        let left = |stage: usize| now.left.iter().find(|(left, _)| *left == stage).map(|(_, at)| *at);
        let handed_out = events.iter().find(|event| event.kind == EventKind::HandedOver).map(|event| event.at);
        let applicant = self.applicant();
        Row {
            number: number.to_string(),
            dossier: self.work.kept.number.clone().unwrap_or_default(),
            procedure: applicant.wish,
            sets: 1,
            owner: applicant.owner,
            address: applicant.address,
            phone: applicant.phone,
            decides: self.decides(),
            received: Some(self.received()),
            // The appointment of the receipt; what was promised anew stands in the note.
            due: Name::Receipt.place(events).map(|place| self.after(place + 1).clock.due_at(self.desk)),
            passed_on: left(0),
            came_back: last.checked_sub(1).and_then(left),
            handed_out,
            way: self.collect(),
            note: self.note(),
        }
    }

    /// How it came, where that is not online; the register has no column for it.
    fn came(&self) -> &'static str {
        match dossier::entered(&self.work.kept.events).map(|entered| entered.channel) {
            Some(Channel::InPerson) => "Nộp trực tiếp",
            Some(Channel::ByPost) => "Nộp qua bưu chính",
            None => "",
        }
    }

    /// What a reader of the register would ask about.
    fn note(&self) -> String {
        let had = |name: Name| name.place(&self.work.kept.events).is_some();
        let notes = [
            (Name::Supplement, "Đã yêu cầu bổ sung"),
            (Name::Apology, "Đã hẹn lại"),
            (Name::Refusal, "Không giải quyết"),
        ];
        let notes = notes.into_iter().filter(|(name, _)| had(*name)).map(|(_, says)| says);
        let notes = std::iter::once(self.came()).chain(notes);
        notes.filter(|note| !note.is_empty()).collect::<Vec<_>>().join("\n")
    }
}
