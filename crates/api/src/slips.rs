//! The papers of the desk (Circular 01/2018/TT-VPCP), worded from what a dossier has gone through.
//!
//! A paper that was issued says what it said on its day: it is told from the events up to the one it belongs to, with
//! the units as they were called. The sheet of hand-overs alone tells of now.

mod applicant;
mod control;
mod draft;
mod fee;
mod minutes;
mod register;

pub use draft::DraftName;
pub use fee::fee_receipt;
pub use minutes::minutes;
pub use register::register;

use crate::app::App;
use crate::error::ApiError;
use crate::printer::About;
use crate::work::Work;
use dossier::{Channel, Course, Desk, Event, EventKind, course, official_forms};
use form::Form;
use pdf::Slip;
use pdf::slip::{Apology, Contact, Draft, Entry, Item, Paper, Receipt, Refusal, Supplement};
use procedure::OfficerId;
use std::sync::Arc;
use text::amount::days;

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement,
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal,
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả.
    Apology,
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    Control,
    /// Biên lai thu phí, lệ phí.
    FeeReceipt,
}

impl Name {
    /// All of them, in the order of the circular.
    pub const ALL: [Self; 6] =
        [Self::Receipt, Self::Supplement, Self::Refusal, Self::Apology, Self::Control, Self::FeeReceipt];

    /// The name in addresses and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Supplement => "supplement",
            Self::Refusal => "refusal",
            Self::Apology => "apology",
            Self::Control => "control",
            Self::FeeReceipt => "fee-receipt",
        }
    }

    /// The paper with this name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.name() == text)
    }

    fn belongs_to(self, event: &EventKind) -> bool {
        match self {
            Self::Receipt => matches!(event, EventKind::Received),
            Self::Supplement => matches!(event, EventKind::SupplementAsked(_)),
            Self::Refusal => matches!(event, EventKind::NotReceived { .. } | EventKind::ReturnedUnsolved { .. }),
            Self::Apology => matches!(event, EventKind::Extended { .. }),
            Self::Control => true,
            // It is told from the money, and not from what happened at the desk.
            Self::FeeReceipt => false,
        }
    }

    /// The place of the newest event that this paper belongs to; none, when there is no such paper of this dossier.
    fn place(self, events: &[Event]) -> Option<usize> {
        events.iter().rposition(|event| self.belongs_to(&event.kind))
    }
}

/// The names of the papers that can be printed now; `paid` is whether the fee is.
#[must_use]
pub fn printable(events: &[Event], paid: bool) -> Vec<String> {
    let can = |name: &Name| if *name == Name::FeeReceipt { paid } else { name.place(events).is_some() };
    Name::ALL.into_iter().filter(can).map(|name| name.name().to_owned()).collect()
}

/// What the papers of a dossier are worded from.
struct Told<'a> {
    app: &'a App,
    work: &'a Work,
    desk: &'a Desk<'a>,
    /// The forms of the filing, in its order.
    forms: &'a [Arc<Form>],
}

/// A paper of a dossier with what stands around it; none, when this dossier has no such paper.
///
/// # Errors
/// When a text of the dossier is lost.
pub async fn slip(app: &App, work: &Work, name: Name) -> Result<Option<(Slip, About)>, ApiError> {
    if name == Name::FeeReceipt {
        return fee_receipt(app, work).await;
    }
    let Some(place) = name.place(&work.kept.events) else { return Ok(None) };
    let forms = work.forms(app).await?;
    let signed_on = work.kept.events.get(place).filter(|_| name != Name::Control).map(|event| event.at.date());
    let today = work.desk(app)?;
    let desk = signed_on.map_or(today, |day| today.on(day));
    let told = Told { app, work, desk: &desk, forms: &forms };
    let slip = told.worded(name, place);
    let about = About {
        procedure_code: desk.procedure.code.clone(),
        dossier: work.kept.number.clone().unwrap_or_default(),
        agency: desk.agency.code.clone(),
        signed_on,
    };
    Ok(slip.map(|slip| (slip, about)))
}

/// The drafts that can be had of a dossier now: until it is over.
#[must_use]
pub fn drafts(course: &Course, desk: &Desk<'_>) -> &'static [DraftName] {
    if course.is_over() {
        return &[];
    }
    draft::of_procedure(&desk.procedure.id)
}

/// A draft of a dossier's result with what stands around it; none, when there is none now.
///
/// # Errors
/// When a text of the dossier is lost.
pub async fn draft(app: &App, work: &Work, name: DraftName) -> Result<Option<(Draft, About)>, ApiError> {
    let forms = work.forms(app).await?;
    let desk = work.desk(app)?;
    if !drafts(&work.course(&desk), &desk).contains(&name) {
        return Ok(None);
    }
    let told = Told { app, work, desk: &desk, forms: &forms };
    let about = About {
        procedure_code: desk.procedure.code.clone(),
        dossier: work.kept.number.clone().unwrap_or_default(),
        agency: desk.agency.code.clone(),
        signed_on: None,
    };
    Ok(told.draft(name).map(|draft| (draft, about)))
}

impl Told<'_> {
    fn worded(&self, name: Name, place: usize) -> Option<Slip> {
        let events = &self.work.kept.events;
        let event = events.get(place)?;
        let officer = event.by.map(|id| self.name_of(id)).unwrap_or_default();
        Some(match (name, &event.kind) {
            (Name::Receipt, _) => Slip::Receipt(self.receipt(place, event, officer)),
            (Name::Supplement, EventKind::SupplementAsked(asked)) => Slip::Supplement(self.supplement(asked, officer)),
            (Name::Refusal, EventKind::NotReceived { reason } | EventKind::ReturnedUnsolved { reason }) => {
                Slip::Refusal(self.refusal(reason, officer))
            }
            (Name::Apology, EventKind::Extended { reason, .. }) => Slip::Apology(self.apology(place, reason)),
            (Name::Control, _) => Slip::Control(self.control()),
            _ => return None,
        })
    }

    /// Where the dossier stood after so many events.
    fn after(&self, events: usize) -> Course {
        let all = &self.work.kept.events;
        course(self.desk, self.work.kept.dossier.sent_at, all.get(..events).unwrap_or(all))
    }

    fn name_of(&self, id: OfficerId) -> String {
        let known = self.work.kept.officers.iter().find(|(known, _)| *known == id);
        known.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn contact(&self, officer: &str) -> Contact {
        Contact {
            website: self.app.public_address.clone(),
            officer: officer.to_owned(),
            phone: self.desk.agency.phone.clone(),
        }
    }

    fn receipt(&self, place: usize, event: &Event, officer: String) -> Receipt {
        Receipt {
            desk: String::new(),
            applicant: self.applicant(),
            entry: Entry::default(),
            copy: String::new(),
            papers: self.papers(),
            sets: 1,
            takes: format!("{} ngày làm việc", days(self.desk.procedure.quarter_days())),
            received: event.at,
            due: self.after(place + 1).clock.due_at(self.desk),
            collect: self.collect(),
            contact: self.contact(&officer),
            officer,
            channel: self.channel().to_owned(),
            online: dossier::entered(&self.work.kept.events).map(|entered| entered.channel) != Some(Channel::InPerson),
        }
    }

    /// How it came to the desk, as the papers call it.
    fn channel(&self) -> &'static str {
        dossier::entered(&self.work.kept.events).map_or("Trực tuyến", |entered| entered.channel.says())
    }

    /// Every form and every paper of the procedure that came, and how many files of it.
    fn papers(&self) -> Vec<Paper> {
        let filing = &self.work.kept.dossier.filing;
        let electronic = |name: String, files: usize| Paper {
            name,
            electronic: u16::try_from(files).unwrap_or(u16::MAX),
            ..Paper::default()
        };
        let titled = |form: &str| self.forms.iter().find(|known| known.id == form).map(|known| known.title.clone());
        let forms = official_forms(filing).filter_map(|filled| titled(&filled.form));
        let mut papers: Vec<Paper> = forms.map(|title| electronic(title, 1)).collect();
        for kind in &self.work.procedure.papers {
            let files = filing.papers.iter().filter(|paper| paper.paper == kind.id).count();
            if files > 0 {
                papers.push(electronic(kind.name.clone(), files));
            }
        }
        papers
    }

    fn supplement(&self, asked: &dossier::Supplement, officer: String) -> Supplement {
        let item = |item: &dossier::SupplementItem| Item {
            what: self.what(&item.place),
            wrong: item.says.clone(),
            send: String::new(),
        };
        Supplement {
            desk: String::new(),
            number: String::new(),
            applicant: self.applicant(),
            items: asked.items.iter().map(item).collect(),
            reason: asked.note.clone(),
            until: None,
            contact: self.contact(&officer),
            officer,
        }
    }

    /// The words for a place: the paper's name, or the form's title and the question.
    fn what(&self, place: &str) -> String {
        let Some((form, inner)) = place.split_once('/') else { return place.to_owned() };
        if form == "paper" {
            let kind = self.work.procedure.papers.iter().find(|kind| kind.id == inner);
            return kind.map_or_else(|| inner.to_owned(), |kind| kind.name.clone());
        }
        let Some(form) = self.forms.iter().find(|known| known.id == form) else { return inner.to_owned() };
        match form.question_at(inner) {
            Some(question) => format!("{}: {}", form.title, question.label),
            None => form.title.clone(),
        }
    }

    fn refusal(&self, reason: &str, officer: String) -> Refusal {
        Refusal {
            desk: String::new(),
            applicant: self.applicant(),
            submitted: Some(self.work.kept.dossier.sent_at),
            reason: reason.to_owned(),
            contact: self.contact(&officer),
            officer,
            online: true,
        }
    }

    /// The letter is signed by the head of the office, whoever took the time; so no name stands under it.
    fn apology(&self, place: usize, reason: &str) -> Apology {
        Apology {
            number: String::new(),
            applicant: self.applicant(),
            received: self.received(),
            due: self.after(place).clock.due_at(self.desk),
            reason: reason.to_owned(),
            due_anew: self.after(place + 1).clock.due_at(self.desk),
            title: String::new(),
            officer: String::new(),
        }
    }
}
