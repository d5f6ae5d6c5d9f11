//! A citizen answers a supplement. The code alone shows nothing of a dossier; the last digits of the filer's telephone
//! number beside it open what was marked, and only that.

use super::dossiers::submit::check;
use super::officers::answer;
use crate::app::{App, Shared};
use crate::by_code::Asker;
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::work::{self, Work};
use axum::extract::State;
use axum::response::Response;
use dossier::mend::{self, MendRefused};
use dossier::{ByConsent, Event, EventKind, Supplement, Tracked, course};
use form::Answers;
use store::desk::{ActSaved, NewAct};
use store::unhex;
use wire::{
    ByCode, FieldProblem, MarkedForm, MarkedPaper, Problem, SendSupplement, SupplementItem, SupplementOpened, Timeline,
};

/// Opens what was marked.
#[utoipa::path(post, path = "/api/v1/supplements/open",
    request_body = ByCode,
    responses(
        (status = 200, body = SupplementOpened),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn open(State(app): State<Shared>, asker: Asker, request: Json<ByCode>) -> Result<Response, ApiError> {
    let ByCode { code, digits } = request.value;
    let (work, asked) = opened(&app, &asker, &code, &digits).await?;
    let asked = asked.ok_or(ApiError::SupplementOver)?;
    let desk = work.desk(&app)?;
    let filing = &work.kept.dossier.filing;
    let forms = mend::marked(filing, &asked).into_iter().map(|(filled, places)| MarkedForm {
        form: filled.form,
        fingerprint: filled.fingerprint,
        places,
        answers: filled.answers,
    });
    let marked = asked.items.iter().filter_map(|item| item.place.strip_prefix("paper/"));
    let papers = marked.map(|id| MarkedPaper {
        paper: id.to_owned(),
        name: work
            .procedure
            .papers
            .iter()
            .find(|kind| kind.id == id)
            .map_or_else(String::new, |kind| kind.name.clone()),
        files: filing.papers.iter().filter(|paper| paper.paper == id).count(),
    });
    let items = asked.items.iter().map(|item| SupplementItem { place: item.place.clone(), says: item.says.clone() });
    Ok(answer(&SupplementOpened {
        procedure: filing.procedure.clone(),
        fingerprint: filing.fingerprint.clone(),
        agency: desk.agency.name.clone(),
        phone: desk.agency.phone.clone(),
        asked: wire::Supplement { items: items.collect(), note: asked.note.clone() },
        forms: forms.collect(),
        papers: papers.collect(),
    }))
}

/// Takes the supplement, once for each key: the clock goes on.
#[utoipa::path(post, path = "/api/v1/supplements",
    params(("Idempotency-Key" = String, Header, description = "A UUID made for this supplement; its papers were sent up under it")),
    request_body = SendSupplement,
    responses(
        (status = 200, body = Timeline),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 410, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn send(
    State(app): State<Shared>,
    asker: Asker,
    Key(key): Key,
    request: Json<SendSupplement>,
) -> Result<Response, ApiError> {
    let SendSupplement { code, digits, forms, papers } = request.value;
    let (work, asked) = opened(&app, &asker, &code, &digits).await?;
    match app.store.act_before(key, request.hash).await? {
        ActSaved::Before => return told(&app, work).await,
        ActSaved::KeyReused => return Err(ApiError::KeyReused),
        _ => {}
    }
    let asked = asked.ok_or(ApiError::SupplementOver)?;
    let forms: Vec<(String, Answers)> = forms.into_iter().map(|mended| (mended.form, mended.answers)).collect();
    let dossier = &work.kept.dossier;
    let filing = mend::mend(&dossier.filing, &asked, &forms, &papers).map_err(refused)?;
    // A dossier is judged as of the day it was sent: what was right then does not become wrong while it lies here.
    check(&app, &filing, dossier.sent_at.date()).await?;
    let files = papers.iter().map(|paper| Some((unhex(&paper.sha256)?, paper.bytes))).collect::<Option<Vec<_>>>();
    let files = files.ok_or(ApiError::HashUnreadable)?;
    let event = Event { at: app.now(), by: None, on_behalf: None, kind: EventKind::Supplemented };
    let (id, version) = (dossier.id, u32::try_from(work.kept.events.len()).unwrap_or(u32::MAX));
    let place = {
        let desk = work.desk(&app)?;
        let mut events = work.kept.events.clone();
        events.push(event.clone());
        work::place(&course(&desk, dossier.sent_at, &events), &desk)
    };
    let filing = Some(filing);
    // Who sends it knows of it.
    let (number, notice) = (None, None);
    let body_hash = request.hash;
    let new = NewAct { key, body_hash, dossier: id, version, event, place, number, files, filing, notice };
    match app.store.save_act(new).await? {
        ActSaved::New | ActSaved::Before => told(&app, work).await,
        ActSaved::KeyReused => Err(ApiError::KeyReused),
        ActSaved::Changed => Err(ApiError::SupplementOver),
        ActSaved::FilesMissing(missing) => Err(ApiError::PapersMissing(missing)),
    }
}

/// The dossier that code and digits open, and what was asked for, while it is.
async fn opened(app: &App, asker: &Asker, code: &str, digits: &str) -> Result<(Work, Option<Supplement>), ApiError> {
    let work = asker.opens(app, code, digits).await?;
    let asked = work.course(&work.desk(app)?).supplement;
    Ok((work, asked))
}

async fn told(app: &App, work: Work) -> Result<Response, ApiError> {
    let kept = app.store.dossier(work.kept.dossier.id).await?.ok_or(ApiError::Failed)?;
    let work = Work::of(app, kept).await?;
    let desk = work.desk(app)?;
    let filing = &work.kept.dossier.filing;
    let consent = app.store.filed_for(work.kept.dossier.id).await?.and_then(|filed| filed.consent);
    let tracked = Tracked {
        sent_at: work.kept.dossier.sent_at,
        number: work.kept.number.clone(),
        fingerprint: filing.fingerprint.clone(),
        agency: filing.agency.clone(),
        events: work.kept.events.clone(),
        consent: consent.map(|consent| ByConsent { withdrawn_at: consent.withdrawn.map(|(at, _)| at) }),
    };
    Ok(answer(&Timeline::from(&dossier::timeline(&tracked, &desk, app.now()))))
}

fn refused(why: MendRefused) -> ApiError {
    let (place, says) = match why {
        MendRefused::NotAsked(place) => (place, "Chỗ này không được yêu cầu bổ sung, nên không sửa ở đây được."),
        MendRefused::PaperMissing(place) => (place, "Hãy chụp hoặc chọn lại giấy tờ này."),
    };
    ApiError::Invalid(vec![FieldProblem { code: "supplement".to_owned(), place, says: says.to_owned(), blocks: true }])
}
