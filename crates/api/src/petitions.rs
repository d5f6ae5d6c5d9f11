//! Petitions as the routes need them: taken, followed and told. The rules are those of the crate `petition`.

use crate::app::App;
use crate::by_code::{found, hashed};
use crate::error::ApiError;
use crate::routes::officers::unit_name;
use crate::source::Source;
use account::CitizenId;
use dossier::LookupCode;
use petition::{Course, EventKind, Fault, Petition, PetitionId, PublicId, Reply, Typed, course};
use std::time::Instant;
use store::petitions::{KeptPetition, NewPetition, PetitionSaved, PublishedAsked};
use store::{DraftKey, Hash};
use wire::{FieldProblem, PetitionField, PetitionStanding, PetitionStep, PublishedPetition, PublishedPetitions};

/// Published answers of one page.
const PAGE: u32 = 20;
/// The most letters of what is searched for.
const MOST_SEARCHED: usize = 100;

/// A name of chance alone.
///
/// # Errors
/// When the machine has no random bytes.
pub fn chance() -> Result<[u8; 16], ApiError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::Failed)?;
    Ok(bytes)
}

/// Where a kept petition stands.
#[must_use]
pub fn stands(app: &App, kept: &KeptPetition) -> Course {
    let library = &app.offer.library;
    let sent = (kept.sent_at, kept.sent_to.as_str());
    course(&app.offer.petitions, &library.calendar, &library.hours, sent, &kept.events)
}

/// Checks what was typed, as of today.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(app: &App, typed: &Typed) -> Result<Petition, Vec<Fault>> {
    Petition::read(typed, &app.offer.petitions, app.agencies())
}

/// Takes a petition once for each key, from an account or without one, and gives the code it is followed by: the same one however often it is sent.
///
/// # Errors
/// When the key belongs to another petition, photographs are missing, too many came from there, or the store fails.
pub async fn take(
    app: &App,
    source: Source,
    key: DraftKey,
    body_hash: Hash,
    petition: Petition,
    citizen: Option<CitizenId>,
) -> Result<LookupCode, ApiError> {
    let code = LookupCode::new(app.pepper.petition_bits(key));
    match app.store.petition_before(key, body_hash).await? {
        PetitionSaved::Before => return Ok(code),
        PetitionSaved::KeyReused => return Err(ApiError::KeyReused),
        PetitionSaved::New | PetitionSaved::PhotosMissing => {}
    }
    app.petitions.take(source, 1.0, Instant::now()).map_err(ApiError::TooMany)?;
    let sent_at = app.now();
    let nobody = || app.offer.petitions.unit_of_nobody(app.agencies()).map(|agency| agency.code.clone());
    let unit = petition.unit.clone().or_else(nobody).ok_or(ApiError::Failed)?;
    let library = &app.offer.library;
    let course = course(&app.offer.petitions, &library.calendar, &library.hours, (sent_at, &unit), &[]);
    let photos: Vec<String> = petition.photos.iter().map(|photo| photo.sha256.clone()).collect();
    let new = NewPetition {
        key,
        body_hash,
        id: PetitionId(chance()?),
        code_hash: app.pepper.petition_hash(&code),
        citizen,
        sent_at,
        petition,
        course,
    };
    match app.store.save_petition(new).await? {
        PetitionSaved::New | PetitionSaved::Before => Ok(code),
        PetitionSaved::KeyReused => Err(ApiError::KeyReused),
        PetitionSaved::PhotosMissing => Err(ApiError::PapersMissing(photos)),
    }
}

/// The petition that a typed code opens. A miss costs the asker's budget, and what is no code looks like one that nobody has.
///
/// # Errors
/// When there is none, or too much was tried.
pub async fn follow(app: &App, source: Source, typed: &str) -> Result<KeptPetition, ApiError> {
    let hash = hashed(app, typed, |code| app.pepper.petition_hash(code));
    found(app, source, app.store.petition_of_code(hash)).await?.ok_or(ApiError::PetitionCodeUnknown)
}

/// What its citizen is told of a petition.
#[must_use]
pub fn told(app: &App, kept: &KeptPetition) -> PetitionStanding {
    let course = stands(app, kept);
    let step = |at: i64, name: &str, unit: &str, reason: &str| PetitionStep {
        at,
        name: name.to_owned(),
        unit: if unit.is_empty() { String::new() } else { unit_name(app, unit) },
        reason: reason.to_owned(),
    };
    let mut events = vec![step(kept.sent_at.0, "sent", &kept.sent_to, "")];
    events.extend(kept.events.iter().map(|event| match &event.kind {
        EventKind::Routed { to, reason } => step(event.at.0, "routed", to, reason),
        other => step(event.at.0, other.name(), "", ""),
    }));
    let (answer, turn_to) = match course.reply {
        None => (String::new(), String::new()),
        Some(Reply::Answer(text)) => (text, String::new()),
        Some(Reply::Refusal { reason, turn_to }) => (reason, turn_to),
    };
    let (book, today) = (&app.offer.library.agencies, app.now().date());
    let acting = book.acting(&course.unit, today);
    PetitionStanding {
        state: course.state.name().to_owned(),
        field: field(app, &kept.petition.field),
        sent_at: kept.sent_at.0,
        unit: acting.map_or_else(|| course.unit.clone(), |agency| agency.name.clone()),
        phone: acting.map(|agency| agency.phone.clone()).unwrap_or_default(),
        answer_due_at: course.answer_due_at.0,
        late: course.ended.map_or(app.now() > course.answer_due_at, |(_, late)| late),
        events,
        answer,
        turn_to,
        public: kept.public.map(|id| id.to_string()).unwrap_or_default(),
    }
}

/// What a field is called; its id, where an office has taken it out of its file since.
#[must_use]
pub fn field(app: &App, id: &str) -> String {
    app.offer.petitions.field(id).map_or_else(|| id.to_owned(), |field| field.name.clone())
}

/// Which published answers are asked for, as it stands in an address.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Code of the unit; empty for all.
    pub unit: String,
    /// Id of the field; empty for all.
    pub field: String,
    /// Words; may be empty.
    pub search: String,
    /// Those before this row.
    pub before: Option<i64>,
}

/// A page of what is published.
///
/// # Errors
/// When the store fails.
pub async fn published(app: &App, wanted: &Wanted) -> Result<PublishedPetitions, ApiError> {
    let (book, today) = (&app.offer.library.agencies, app.now().date());
    let inherited = book.inherited(&wanted.unit, today);
    // A unit that there is not has published nothing; no unit means all.
    let units = match (wanted.unit.is_empty(), inherited.is_empty()) {
        (true, _) => Vec::new(),
        (false, true) => vec![wanted.unit.clone()],
        (false, false) => inherited.into_iter().map(str::to_owned).collect(),
    };
    let asked = PublishedAsked {
        units,
        field: (!wanted.field.is_empty()).then(|| wanted.field.clone()),
        search: wanted.search.chars().take(MOST_SEARCHED).collect(),
        before: wanted.before,
        most: PAGE + 1,
    };
    let mut found = app.store.published_petitions(asked).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().map(|last| last.row).filter(|_| more);
    let fields = app.offer.petitions.fields.iter();
    Ok(PublishedPetitions {
        fields: fields.map(|one| PetitionField { id: one.id.clone(), name: one.name.clone() }).collect(),
        petitions: found.into_iter().map(|one| public(app, one)).collect(),
        next,
    })
}

/// One published answer.
///
/// # Errors
/// [`ApiError::AnswerUnknown`] when there is none, or not any more.
pub async fn published_one(app: &App, id: &str) -> Result<PublishedPetition, ApiError> {
    let id = PublicId::read(id).ok_or(ApiError::AnswerUnknown)?;
    let found = app.store.published_petition(id).await?.ok_or(ApiError::AnswerUnknown)?;
    Ok(public(app, found))
}

fn public(app: &App, one: store::petitions::PublishedPetition) -> PublishedPetition {
    PublishedPetition {
        id: one.id.to_string(),
        unit: unit_name(app, &one.unit),
        field: field(app, &one.field),
        published_at: one.published_at.0,
        title: one.version.title,
        question: one.version.question,
        answer: one.version.answer,
    }
}

/// Faults as the API tells them.
#[must_use]
pub fn problems(faults: &[Fault]) -> Vec<FieldProblem> {
    let told = faults.iter().map(|fault| FieldProblem {
        place: fault.place().to_owned(),
        code: fault.code().to_owned(),
        says: plain::petition::says(fault.code()).to_owned(),
        blocks: true,
    });
    told.collect()
}
