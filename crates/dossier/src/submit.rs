//! Deciding a submission: from a checked filing to a dossier, its first event, its code and the receipt.

use crate::{Dossier, DossierId, Entered, Event, EventKind, LookupCode, State};
use procedure::calendar::{Calendar, Due, Hours, Moment, due};
use procedure::procedure::FILER_FORM;
use procedure::{Agencies, Agency, CheckedFiling, Filing, FilledForm, Procedure};

/// Where a dossier is handled and by which clock.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The procedure it runs through.
    pub procedure: &'a Procedure,
    /// The agency that receives it.
    pub agency: &'a Agency,
    /// All agencies, among them those above it.
    pub agencies: &'a Agencies,
    /// The days offices work.
    pub calendar: &'a Calendar,
    /// The hours they work.
    pub hours: &'a Hours,
}

/// Bytes nobody can guess, from a cryptographic source.
#[derive(Clone, Copy)]
pub struct Random {
    /// For the dossier's name inside the system.
    pub dossier_id: [u8; 16],
    /// For its lookup code.
    pub code: [u8; 8],
}

/// A submission as it was decided: all of this is kept together or not at all.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The new dossier.
    pub dossier: Dossier,
    /// What has happened to it: it was sent, or entered.
    pub events: Vec<Event>,
    /// The secret by which it is followed. Told once, in the receipt; only its keyed hash is kept.
    pub code: LookupCode,
    /// What the citizen gets.
    pub receipt: Receipt,
}

/// What proves to the citizen what arrived. It is not yet the official appointment slip (giấy tiếp nhận hồ sơ và hẹn
/// trả kết quả), which an officer issues at reception: until then every date in it is an expected one.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The lookup code.
    pub code: LookupCode,
    /// When the dossier was sent.
    pub sent_at: Moment,
    /// How many of its forms have an official paper.
    pub forms: usize,
    /// The procedure's legal name.
    pub procedure: String,
    /// The receiving agency's name.
    pub agency: String,
    /// Where it is.
    pub address: String,
    /// Its help line.
    pub phone: String,
    /// Every paper that arrived.
    pub papers: Vec<ReceivedPaper>,
    /// When what is to happen.
    pub promises: Promises,
}

/// A paper that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedPaper {
    /// Which paper of the procedure, in the procedure's words.
    pub paper: String,
    /// The file's name as the citizen had it.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// How many pages, counted from the content; `None` where they cannot be counted.
    pub pages: Option<u32>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// What the agency owes and by when, each with the sum behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promises {
    /// When the first stage ends: the dossier is received, or the citizen is told what is missing.
    pub reception: Due,
    /// When the last stage ends: the result is there.
    pub result: Due,
}

/// Decides a submission. `pages_of` tells how many pages the paper with this SHA-256 has; `entered` who entered it at the
/// desk, when it was not the citizen who sent it.
#[must_use]
pub fn submit(
    checked: &CheckedFiling,
    pages_of: &dyn Fn(&str) -> Option<u32>,
    desk: &Desk<'_>,
    now: Moment,
    random: Random,
    entered: Option<Entered>,
) -> Submitted {
    let filing = checked.filing().clone();
    let code = LookupCode::new(random.code);
    let paper_name = |id: &str| {
        desk.procedure.papers.iter().find(|kind| kind.id == id).map_or_else(|| id.to_owned(), |kind| kind.name.clone())
    };
    let papers = filing.papers.iter().map(|paper| ReceivedPaper {
        paper: paper_name(&paper.paper),
        name: paper.name.clone(),
        kind: paper.kind.clone(),
        pages: pages_of(&paper.sha256),
        bytes: paper.bytes,
        sha256: paper.sha256.clone(),
    });
    let receipt = Receipt {
        code,
        sent_at: now,
        forms: official_forms(&filing).count(),
        procedure: desk.procedure.name.clone(),
        agency: desk.agency.name.clone(),
        address: desk.agency.address.clone(),
        phone: desk.agency.phone.clone(),
        papers: papers.collect(),
        promises: promises(desk, now),
    };
    let sent = Event { at: now, by: None, kind: EventKind::Sent };
    Submitted {
        dossier: Dossier { id: DossierId::new(now, random.dossier_id), state: State::Sent, sent_at: now, filing },
        events: vec![entered.map_or(sent, |entered| entered.event(now))],
        code,
        receipt,
    }
}

/// The forms of a filing that have an official paper, in their order: who files is asked on a form too, but there is no
/// paper of it.
pub fn official_forms(filing: &Filing) -> impl Iterator<Item = &FilledForm> {
    filing.forms.iter().filter(|filled| filled.form != FILER_FORM)
}

/// What is owed for a dossier sent at `sent_at`. Counting begins when it is sent, within the office's hours.
#[must_use]
pub fn promises(desk: &Desk<'_>, sent_at: Moment) -> Promises {
    Promises {
        reception: reception(desk, sent_at),
        result: due(desk.calendar, desk.hours, sent_at, desk.procedure.quarter_days()),
    }
}

/// When the first stage of a dossier sent at `sent_at` is owed.
pub(crate) fn reception(desk: &Desk<'_>, sent_at: Moment) -> Due {
    let first = desk.procedure.stages.first().map_or(0, |stage| u32::from(stage.quarter_days));
    due(desk.calendar, desk.hours, sent_at, first)
}
