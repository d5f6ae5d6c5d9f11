//! Filing for others with their consent: codes of consents, and which consent a filing rests on.

use crate::app::App;
use crate::by_code::{found, hashed};
use crate::error::ApiError;
use crate::letters::to_citizen;
use crate::source::Source;
use crate::work::{FOR_ANOTHER, FOR_WHOM};
use account::consent::{Basis, Consent, ConsentId, ConsentStanding, Filer, Told, Withdrawer, covering};
use account::{CitizenId, Letter};
use dossier::{LookupCode, official_forms};
use form::{Form, Kind};
use procedure::procedure::FILER_FORM;
use procedure::{Filing, OfficerId};
use store::consents::{FiledFor, WithdrawnConsent};
use store::notices::NewLetter;
use store::{Hash, SentBy, hex};
use wire::{DeskConsent, MyConsent};

/// The code of a consent.
#[must_use]
pub fn code(app: &App, id: ConsentId) -> LookupCode {
    LookupCode::new(app.pepper.consent_bits(id))
}

/// The consent that a typed code opens. Whatever is wrong costs the asker's budget and looks the same.
///
/// # Errors
/// When it opens none, or too much was tried.
pub async fn opened(app: &App, source: Source, typed: &str) -> Result<(Hash, Consent), ApiError> {
    let hash = hashed(app, typed, |code| app.pepper.consent_hash(code));
    let consent = found(app, source, app.store.consent_of_code(hash)).await?;
    consent.map(|consent| (hash, consent)).ok_or(ApiError::ConsentUnknown)
}

/// A consent as both sides see it. Its code is shown to whoever is to give it on.
#[must_use]
pub fn told(app: &App, consent: &Consent, dossiers: u32, viewer: Option<CitizenId>) -> MyConsent {
    let Consent { id, owner, filer, kinship, basis, given_at, until, withdrawn, .. } = consent;
    let standing = consent.standing(app.now());
    let gives = match basis {
        Basis::Account { .. } => owner.citizen,
        Basis::Paper { .. } => filer.citizen,
    };
    let lives = matches!(standing, ConsentStanding::Offered | ConsentStanding::InForce);
    let files = standing == ConsentStanding::InForce && viewer.is_some() && filer.citizen == viewer;
    let shown = lives && viewer.is_some() && gives == viewer;
    MyConsent {
        id: id.to_string(),
        owner: owner.name.clone(),
        number: if files { owner.number.clone() } else { String::new() },
        filer: filer.name.clone(),
        kinship: kinship.name().to_owned(),
        procedure: procedure(app, consent),
        basis: basis.name().to_owned(),
        standing: standing.name().to_owned(),
        code: if shown { code(app, *id).to_string() } else { String::new() },
        given_at: given_at.0,
        until: if standing == ConsentStanding::Offered { consent.offered_until().0 } else { until.0 },
        withdrawn_at: withdrawn.map(|(at, _)| at.0),
        dossiers,
    }
}

/// The consent of a dossier as officers see it, and whether the one who looks may take it back for its owner.
#[must_use]
pub fn told_desk(app: &App, consent: &Consent, may_withdraw: bool) -> DeskConsent {
    let Consent { owner, filer: Filer { name: filer, .. }, kinship, basis, given_at, until, withdrawn, .. } = consent;
    let (paper, paper_kind) = match basis {
        Basis::Paper { sha256, kind } => (hex(sha256), kind.clone()),
        Basis::Account { .. } => (String::new(), String::new()),
    };
    DeskConsent {
        owner: owner.name.clone(),
        filer: filer.clone(),
        kinship: kinship.says().to_owned(),
        procedure: procedure(app, consent),
        given_at: given_at.0,
        until: until.0,
        withdrawn_at: withdrawn.map(|(at, _)| at.0),
        may_withdraw: may_withdraw && withdrawn.is_none(),
        paper,
        paper_kind,
    }
}

/// The name of the only procedure that a consent is for; empty for all of them. One that is not there any more has its id.
fn procedure(app: &App, consent: &Consent) -> String {
    let Some(id) = &consent.procedure else { return String::new() };
    app.offer.library.procedures.get(id).map_or_else(|| id.clone(), |known| known.short.clone())
}

/// Takes a consent back, and tells the other one of it. Taken back twice, it is taken back.
///
/// # Errors
/// When the store fails.
pub async fn withdraw(
    app: &App,
    consent: &Consent,
    by: Withdrawer,
    officer: Option<OfficerId>,
) -> Result<(), ApiError> {
    let other = if by == Withdrawer::Filer { consent.owner.citizen } else { consent.filer.citizen };
    let letters = to_citizen(app, other, Letter::ConsentWithdrawn).await?;
    let withdrawn = WithdrawnConsent { id: consent.id, by, officer, letters, now: app.now() };
    app.store.withdraw_consent(withdrawn).await?;
    app.post.notify_one();
    Ok(())
}

/// From whose account a filing comes, for whom, and what is written to them.
///
/// # Errors
/// When the store fails.
pub async fn sender(app: &App, citizen: CitizenId, filing: &Filing) -> Result<(SentBy, Vec<NewLetter>), ApiError> {
    let filer = filing.forms.iter().find(|filled| filled.form == FILER_FORM);
    if filer.is_none_or(|filled| filled.answers.get(FOR_WHOM) != FOR_ANOTHER) {
        return Ok((SentBy::Owner(citizen), Vec::new()));
    }
    let all = app.store.consents_of(citizen).await?.into_iter().map(|(consent, _)| consent);
    let held: Vec<Consent> = all.filter(|consent| consent.filer.citizen == Some(citizen)).collect();
    let forms = app.offer.forms_of(filing, &*app.store).await?.ok_or(ApiError::FormUnknown)?;
    let form_of = |id: &str| forms.get(id).map(|form| &**form);
    let found = covering(&held, &whose(filing, &form_of), app.now());
    let letters = to_citizen(app, found.and_then(|consent| consent.owner.citizen), Letter::FiledForYou).await?;
    Ok((SentBy::Filer { citizen, consent: found.map(|consent| consent.id) }, letters))
}

/// What a filing tells of whose it is.
fn whose<'a>(filing: &Filing, form_of: &dyn Fn(&str) -> Option<&'a Form>) -> Told {
    let mut told = Told { procedure: filing.procedure.clone(), ..Told::default() };
    for filled in official_forms(filing) {
        let Some(form) = form_of(&filled.form) else { continue };
        for (_, question) in form.questions() {
            let answer = filled.answers.get(&question.id);
            if answer.is_empty() {
                continue;
            }
            match &question.kind {
                Kind::PersonalId(_) => told.numbers.push(answer.chars().filter(char::is_ascii_digit).collect()),
                Kind::Text(_) => told.words.push(answer.to_owned()),
                _ => {}
            }
        }
    }
    told
}

/// Whether whoever filed a dossier is shut out of it: its consent was taken back. By whom does not matter, or a filer could give it up
/// themselves so that the owner has nothing left to take back.
#[must_use]
pub fn shut_out(filed: Option<&FiledFor>) -> bool {
    filed.and_then(|filed| filed.consent.as_ref()).is_some_and(|consent| consent.withdrawn.is_some())
}
