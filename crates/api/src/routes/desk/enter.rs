//! An officer of the one-stop desk enters a dossier that came on paper (nhập hồ sơ tại quầy): the same check and the same
//! way as when its citizen sends it, and on record who typed it and how the paper came.

use crate::access::{self, Signed};
use crate::app::Shared;
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::routes::dossiers::submit::{self, Sender};
use account::{Action, Relation, may};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use dossier::Entered;
use wire::{EnterRequest, FieldProblem, Problem, Receipt};

/// Takes a whole dossier or nothing of it. The code in the answer belongs to the citizen, and is told this once.
#[utoipa::path(post, path = "/api/v1/desk/dossiers",
    params(("Idempotency-Key" = String, Header, description = "The draft's key, a UUID")),
    request_body = EnterRequest,
    responses(
        (status = 201, body = Receipt),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn enter(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    Key(key): Key,
    request: Json<EnterRequest>,
) -> Result<Response, ApiError> {
    let EnterRequest { officer, channel, filing } = request.value;
    // A tab may have stayed open while another officer signed in: what one has typed, another does not answer for.
    if officer != signed.officer.id.to_string() {
        return Err(ApiError::OtherOfficer);
    }
    let relation = Relation { unit: filing.agency == signed.officer.unit, ..Relation::default() };
    if !may(&signed.officer, Action::EnterDossier, relation) {
        access::refuse(&app, &signed, "/api/v1/desk/dossiers").await?;
        return Err(ApiError::Invalid(vec![FieldProblem {
            place: "agency".to_owned(),
            code: "other-unit".to_owned(),
            says: "Hồ sơ nhập tại quầy phải nộp cho chính cơ quan của bạn. Hãy chọn lại nơi nhận hồ sơ.".to_owned(),
            blocks: true,
        }]));
    }
    let sender = Sender::Desk(Entered { by: signed.officer.id, channel: channel.into() });
    let kept = submit::answered(&app, key, &filing, request.hash, sender).await?;
    submit::created(&app, key, &kept)
}
