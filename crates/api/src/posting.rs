//! A public list, made of the dossiers an officer chose: what the public will see, and what is to be kept when it is published.
//!
//! Of each dossier two things go into the making, the name and what stands below the commune in the address; the crate
//! `posting` makes the lines of these. The rest of this file is whether these dossiers may stand on one list.

use crate::access::{self, Signed};
use crate::app::App;
use crate::error::ApiError;
use crate::notices::named;
use crate::work::{Work, beside, place, relation};
use account::{Action, may};
use dossier::notice::notice;
use dossier::posting::{Posted, wanted};
use dossier::{Event, EventKind, PostingId, course, official_forms};
use form::person::Tells;
use form::{Form, Kind, text};
use posting::{Line, Person, WHY, lines, window};
use procedure::calendar::{Due, Moment};
use procedure::{Agency, Filing, Procedure};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::DraftKey;
use store::postings::{KeptLine, KeptPosting, NewLine, NewPosting};
use wire::{FieldProblem, PostingHead, PostingPick, PostingPreview, PublicLine, PublicPosting};

/// The most people on one list: two printed sheets, and a page that opens on any phone.
pub const MOST_LINES: usize = 200;
/// The most signs of a name that an officer writes from a paper.
const MOST_NAME_SIGNS: usize = 100;

/// A list as it would be published now.
pub struct Prepared {
    /// What the public would see.
    pub public: PublicPosting,
    /// Until when, and why.
    pub due: Due,
    /// Its dossiers, in the order they were chosen, and the lines that they have.
    works: Vec<Work>,
    lines: Vec<Line>,
    procedure: Arc<Procedure>,
    agency: String,
}

/// Makes a list of the dossiers that an officer chose.
///
/// # Errors
/// [`ApiError::DossierUnknown`] for one that is not the officer's to see, [`ApiError::ActNotNow`] for one that they may not
/// post or that is not to be posted now, [`ApiError::DossierChanged`] for one that has changed since it was chosen, and
/// [`ApiError::Unanswered`] for what has to be chosen otherwise.
pub async fn prepare(app: &App, signed: &Signed, picks: &[PostingPick], now: Moment) -> Result<Prepared, ApiError> {
    if picks.is_empty() {
        return Err(wrong("dossiers", "Hãy chọn ít nhất một hồ sơ để niêm yết."));
    }
    if picks.len() > MOST_LINES {
        return Err(wrong("dossiers", "Mỗi danh sách tối đa 200 người. Hãy chia thành nhiều danh sách."));
    }
    let mut chosen = Vec::with_capacity(picks.len());
    for pick in picks {
        chosen.push(one(app, signed, pick, now).await?);
    }
    // What cannot be seen of two equal lines must not hang on who was chosen first either.
    chosen.sort_by_key(|one| one.work.kept.dossier.id.0);
    if chosen.windows(2).any(|two| two[0].work.kept.dossier.id == two[1].work.kept.dossier.id) {
        return Err(wrong("dossiers", "Có hồ sơ được chọn hai lần. Hãy chọn lại."));
    }
    let Some(first) = chosen.first() else { return Err(ApiError::Failed) };
    let (days, agency) = (first.days, first.work.kept.dossier.filing.agency.clone());
    let same = |one: &Chosen| {
        one.work.procedure.id == first.work.procedure.id && one.work.kept.dossier.filing.agency == agency
    };
    if !chosen.iter().all(same) {
        return Err(wrong("dossiers", "Một danh sách chỉ gồm hồ sơ của một thủ tục, ở một xã."));
    }
    if !chosen.iter().all(|one| one.days == days) {
        let says = "Hồ sơ niêm yết lần đầu và hồ sơ niêm yết lại có thời gian khác nhau. Hãy lập hai danh sách.";
        return Err(wrong("dossiers", says));
    }
    let procedure = Arc::clone(&first.work.procedure);
    let library = &app.offer.library;
    let office = library.agencies.on(now.date()).find(&agency).ok_or(ApiError::Failed)?;
    let commune = commune(app, office);
    let people: Vec<Person<'_>> = chosen.iter().map(|one| Person { name: &one.name, detail: &one.detail }).collect();
    let due = window(&library.calendar, &library.hours, now, days);
    let (public, lines) = drawn(&procedure.name, office, &commune, &people, (now, due.at));
    let works = chosen.into_iter().map(|one| one.work).collect();
    Ok(Prepared { public, due, works, lines, procedure, agency })
}

/// What the public sees of these people: a function of the procedure's name, the office, the moments, and of each person's name
/// and the rest of their address; of nothing else.
#[must_use]
pub fn drawn(
    title: &str,
    office: &Agency,
    commune: &str,
    people: &[Person<'_>],
    (from, until): (Moment, Moment),
) -> (PublicPosting, Vec<Line>) {
    let lines = lines(commune, people);
    let line = |(line, of): (u32, &Line)| PublicLine {
        line,
        name: of.entry.name().to_owned(),
        place: of.entry.place().to_owned(),
    };
    let public = PublicPosting {
        id: String::new(),
        title: title.to_owned(),
        agency: office.name.clone(),
        phone: office.phone.clone(),
        shown_from: from.0,
        not_after: until.0,
        lines: (1..).zip(&lines).map(line).collect(),
    };
    (public, lines)
}

/// The commune of an office: "xã Triệu Phong"; the office's own name where it is no commune's.
fn commune(app: &App, office: &Agency) -> String {
    use form::Units as _;
    app.offer.library.units.commune_name(&office.code).unwrap_or(&office.name).to_owned()
}

/// A dossier that was chosen: all that goes on.
struct Chosen {
    work: Work,
    name: String,
    detail: String,
    days: u8,
}

async fn one(app: &App, signed: &Signed, pick: &PostingPick, now: Moment) -> Result<Chosen, ApiError> {
    let id = crate::key::read(&pick.id).map(|key| dossier::DossierId(key.0));
    let kept = match id {
        Some(id) => app.store.dossier(id).await?,
        None => None,
    };
    let work = Work::of(app, kept.ok_or(ApiError::DossierUnknown)?).await?;
    let days = {
        let desk = work.desk(app)?;
        let course = work.course(&desk);
        let relation = relation(&signed.officer, &course, &desk);
        if !may(&signed.officer, Action::ReadDossier, relation) {
            access::refuse(app, signed, &work.kept.dossier.id.to_string()).await?;
            return Err(ApiError::DossierUnknown);
        }
        if !may(&signed.officer, Action::Post, relation) {
            access::refuse(app, signed, &format!("{} post", work.kept.dossier.id)).await?;
            return Err(ApiError::ActNotNow);
        }
        if course.holder.is_some_and(|holder| holder != signed.officer.id) {
            return Err(ApiError::DossierHeld);
        }
        wanted(&course, &desk, now).ok_or(ApiError::ActNotNow)?
    };
    if usize::try_from(pick.version) != Ok(work.kept.events.len()) {
        return Err(ApiError::DossierChanged);
    }
    let typed = text::tidy(&pick.name, false);
    let name = match (is_by_hand(&work), typed.is_empty()) {
        (true, true) => {
            return Err(wrong(&pick.id, "Tờ khai viết tay: hãy ghi họ tên người được niêm yết, như trên tờ khai."));
        }
        (true, false) if typed.chars().count() > MOST_NAME_SIGNS || !typed.chars().all(in_a_name) => {
            return Err(wrong(&pick.id, "Họ tên chỉ gồm chữ cái, tối đa 100 ký tự."));
        }
        (true, false) => typed,
        (false, true) => work.kept.person.clone(),
        (false, false) => {
            return Err(wrong(&pick.id, "Họ tên lấy từ tờ khai đã gửi, không ghi lại ở đây."));
        }
    };
    let forms = work.forms(app).await?;
    let detail = detail(&work.kept.dossier.filing, &work.kept.person, &forms);
    Ok(Chosen { work, name, detail, days })
}

/// Whether the declarations came written by hand: then nobody has typed whose they are.
#[must_use]
pub fn is_by_hand(work: &Work) -> bool {
    official_forms(&work.kept.dossier.filing).next().is_none()
}

fn in_a_name(sign: char) -> bool {
    sign.is_alphabetic() || " -'’.".contains(sign)
}

/// What the person wrote below the commune of their residence, if that is the commune of the list.
#[must_use]
pub fn detail(filing: &Filing, person: &str, forms: &[Arc<Form>]) -> String {
    let residence = beside(filing, forms, person, |form, name| {
        let told = form.person_at(&name.id).into_iter().find(|(tells, _)| *tells == Tells::Residence);
        told.and_then(|(_, place)| form.question_at(&place))
            .filter(|question| matches!(question.kind, Kind::Address(_)))
    });
    let here = residence.filter(|(answers, question)| answers.part(&question.id, "commune").trim() == filing.agency);
    here.map(|(answers, question)| answers.part(&question.id, "detail").to_owned()).unwrap_or_default()
}

fn wrong(place: &str, says: &str) -> ApiError {
    let (place, says) = (place.to_owned(), says.to_owned());
    ApiError::Unanswered(vec![FieldProblem { code: "posting".to_owned(), place, says, blocks: true }])
}

impl Prepared {
    /// What the list calls itself: the same as long as the public would see the same, until the same moment.
    #[must_use]
    pub fn seen(&self) -> String {
        let public = PublicPosting { shown_from: 0, ..self.public.clone() };
        let bytes = serde_json::to_vec(&public).unwrap_or_default();
        store::hex(&Sha256::digest(bytes))
    }

    /// As the officer sees it before they publish it.
    #[must_use]
    pub fn preview(self) -> PostingPreview {
        PostingPreview { seen: self.seen(), due: (&self.due).into(), why: WHY.to_owned(), posting: self.public }
    }

    /// What is to be kept.
    ///
    /// # Errors
    /// When the machine has no random bytes, or a dossier's agency is not among those of today.
    pub fn decided(
        self,
        app: &App,
        signed: &Signed,
        key: DraftKey,
        body_hash: store::Hash,
    ) -> Result<NewPosting, ApiError> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| ApiError::Failed)?;
        let (id, now, not_after) = (PostingId(random), Moment(self.public.shown_from), self.due.at);
        let officer = signed.officer.id;
        let mut kept = Vec::with_capacity(self.lines.len());
        for (line, of) in self.public.lines.into_iter().zip(&self.lines) {
            let work = self.works.get(of.of).ok_or(ApiError::Failed)?;
            let desk = work.desk(app)?;
            let before = work.course(&desk);
            let posted = Posted { posting: id, line: line.line, not_after };
            let event = Event { at: now, by: Some(officer), on_behalf: None, kind: EventKind::Posted(posted) };
            let mut events = work.kept.events.clone();
            events.push(event.clone());
            let after = course(&desk, work.kept.dossier.sent_at, &events);
            kept.push(NewLine {
                dossier: work.kept.dossier.id,
                version: u32::try_from(work.kept.events.len()).unwrap_or(u32::MAX),
                line: KeptLine { line: line.line, name: line.name, place: line.place },
                notice: named(notice(&before, &after, &event.kind, &work.kept.dossier.filing))?,
                place: place(&after, &desk),
                event,
            });
        }
        Ok(NewPosting {
            key,
            body_hash,
            id,
            agency: self.agency,
            procedure: self.procedure.id.clone(),
            title: self.public.title,
            officer,
            made_at: now,
            not_after,
            lines: kept,
        })
    }
}

/// A list without its lines, as it is told.
#[must_use]
pub fn head(app: &App, kept: &KeptPosting) -> PostingHead {
    let office = app.agencies().find(&kept.agency);
    PostingHead {
        id: kept.id.to_string(),
        title: kept.title.clone(),
        agency: office.map(|office| office.name.clone()).unwrap_or_default(),
        shown_from: kept.made_at.0,
        not_after: kept.not_after.0,
        lines: kept.lines,
    }
}

/// A list as it is told.
#[must_use]
pub fn public(app: &App, kept: &KeptPosting, lines: Vec<KeptLine>) -> PublicPosting {
    let office = app.agencies().find(&kept.agency);
    let lines = lines.into_iter().map(|KeptLine { line, name, place }| PublicLine { line, name, place });
    PublicPosting {
        id: kept.id.to_string(),
        title: kept.title.clone(),
        agency: office.map(|office| office.name.clone()).unwrap_or_default(),
        phone: office.map(|office| office.phone.clone()).unwrap_or_default(),
        shown_from: kept.made_at.0,
        not_after: kept.not_after.0,
        lines: lines.collect(),
    }
}
