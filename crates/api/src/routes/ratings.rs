//! How satisfied somebody was, given by lookup code and last digits: once for each dossier, to be changed for seven days.

use super::officers::answer;
use crate::app::Shared;
use crate::by_code::Asker;
use crate::error::ApiError;
use crate::json::Json;
use crate::work::Work;
use axum::extract::State;
use axum::response::Response;
use dossier::rating::{Rating, RatingFault, open_until};
use procedure::calendar::Moment;
use store::ratings::NewRating;
use wire::{ByCode, FieldProblem, GiveRating, Problem, Rated, RatedAspect, RatingOpened};

/// What was given before, and whether it can be given or changed now.
#[utoipa::path(post, path = "/api/v1/ratings/open",
    request_body = ByCode,
    responses(
        (status = 200, body = RatingOpened),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn open(State(app): State<Shared>, asker: Asker, request: Json<ByCode>) -> Result<Response, ApiError> {
    let work = asker.opens(&app, &request.value.code, &request.value.digits).await?;
    told(&app, &work).await
}

/// Gives or changes it. The same one sent twice is kept once, so it needs no key.
#[utoipa::path(post, path = "/api/v1/ratings",
    request_body = GiveRating,
    responses(
        (status = 200, body = RatingOpened),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 410, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn give(
    State(app): State<Shared>,
    asker: Asker,
    request: Json<GiveRating>,
) -> Result<Response, ApiError> {
    let GiveRating { code, digits, rating: Rated { level, aspects, words } } = request.value;
    let work = asker.opens(&app, &code, &digits).await?;
    let aspects: Vec<_> = aspects.iter().map(|one| (one.aspect, one.level)).collect();
    let rating = Rating::read(level, &aspects, &words).map_err(|fault| ApiError::Unanswered(vec![said(fault)]))?;
    let (dossier, now) = (work.kept.dossier.id, app.now());
    let before = app.store.rating(dossier).await?;
    let course = work.course(&work.desk(&app)?);
    open_until(&course, before.map(|(_, at)| at), now).ok_or(ApiError::RatingOver)?;
    app.store.save_rating(NewRating { dossier, rating, now }).await?;
    told(&app, &work).await
}

async fn told(app: &crate::app::App, work: &Work) -> Result<Response, ApiError> {
    let kept = app.store.rating(work.kept.dossier.id).await?;
    let course = work.course(&work.desk(app)?);
    let open = open_until(&course, kept.as_ref().map(|(_, at)| *at), app.now());
    let rating = kept.map(|(rating, _)| Rated {
        level: rating.level,
        aspects: rating.aspects.into_iter().map(|(aspect, level)| RatedAspect { aspect, level }).collect(),
        words: rating.words,
    });
    let until = open.flatten().map(|Moment(at)| at);
    Ok(answer(&RatingOpened { open: open.is_some(), until, rating }))
}

fn said(fault: RatingFault) -> FieldProblem {
    let says = match fault {
        RatingFault::TooLong => "Ý kiến dài quá 1.000 ký tự. Hãy viết ngắn lại.",
        RatingFault::Unprintable => "Ý kiến có ký tự không đọc được. Hãy gõ lại, đừng dán.",
        RatingFault::Twice => "Mỗi mặt chỉ đánh giá một lần.",
    };
    let place = if fault == RatingFault::Twice { "aspects" } else { "words" };
    FieldProblem { place: place.to_owned(), code: "wrong".to_owned(), says: says.to_owned(), blocks: true }
}
