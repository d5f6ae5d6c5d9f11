//! Sending from the plain form: checked, decided and kept by the very functions of `POST /api/v1/dossiers`.

use super::{Led, drawn, page, problem};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::key;
use crate::routes::dossiers::submit::{self, Sender};
use crate::site::Styles;
use axum::http::StatusCode;
use axum::response::Response;
use form::check::Walk;
use form::{Code, Given, Problem};
use plain::Typed;
use procedure::filing::under;
use procedure::{Filing, required_papers};
use sha2::{Digest as _, Sha256};

/// Sends, or draws the page again with what is wrong.
pub(super) async fn send(
    app: &Shared,
    styles: &Styles,
    led: &Led<'_>,
    sender: Sender,
    mut typed: Typed,
    mut problems: Vec<Problem>,
) -> Result<Response, ApiError> {
    let draft = key::read(&typed.key).ok_or(ApiError::KeyMissing)?;
    let Looked { filing, warnings, found } = look(app, led, &typed);
    // Warnings are shown once; the same warnings again mean: yes, I looked.
    if !problems.is_empty() || (!warnings.is_empty() && Typed::warned(&warnings) != typed.seen) {
        problems.extend(found.into_iter().chain(warnings));
        return Ok(drawn(app, styles, led.procedure, Some(led), &typed, &problems));
    }
    // Browsers part a post differently each time, so it is the filing that has to be the same, not the bytes.
    let bytes = serde_json::to_vec(&filing).map_err(|_| ApiError::Failed)?;
    match submit::answered(app, draft, &filing, Sha256::digest(&bytes).into(), sender).await {
        Ok(kept) => Ok(page(StatusCode::CREATED, plain::receipt(styles, &submit::receipt(app, draft, &kept)?))),
        Err(ApiError::Invalid(_)) => Ok(drawn(app, styles, led.procedure, Some(led), &typed, &found)),
        Err(ApiError::PapersMissing(missing)) => {
            let gone = typed.papers.iter().filter(|paper| missing.contains(&paper.sha256));
            let gone = gone.map(|paper| Problem {
                label: paper.name.clone(),
                ..problem(&format!("papers/{}", paper.paper), Code::PaperMissing)
            });
            let gone: Vec<Problem> = gone.collect();
            typed.papers.retain(|paper| !missing.contains(&paper.sha256));
            Ok(drawn(app, styles, led.procedure, Some(led), &typed, &gone))
        }
        Err(other) => Err(other),
    }
}

/// A filing and what the check says of it: warnings when it passed, or everything that is wrong.
struct Looked {
    filing: Filing,
    warnings: Vec<Problem>,
    found: Vec<Problem>,
}

fn look(app: &App, led: &Led<'_>, typed: &Typed) -> Looked {
    let library = &app.offer.library;
    let given = Given { today: app.now().date(), units: &library.units };
    let filing = filing(led, typed, &given);
    let form_of = |id: &str| led.forms.iter().find(|form| form.id == id).map(|form| &**form);
    match procedure::check(led.procedure, &form_of, library.agencies.on(given.today), &filing, &given) {
        Ok(checked) => Looked { warnings: checked.warnings().to_vec(), found: Vec::new(), filing },
        Err(found) => Looked { warnings: Vec::new(), found, filing },
    }
}

/// What was typed as a filing, with the papers that its answers ask for.
fn filing(led: &Led<'_>, typed: &Typed, given: &Given<'_>) -> Filing {
    let mut values = Walk::through(&led.procedure.case, &typed.case, given).values;
    for form in led.forms {
        let answers = led.procedure.filled(led.outcome, &form.id, &typed.answers(&form.id));
        values.extend(under(&form.id, &Walk::through(form, &answers, given).values));
    }
    let needs = required_papers(led.procedure, &values, given.today);
    let ids: Vec<&str> = led.forms.iter().map(|form| form.id.as_str()).collect();
    typed.filing(&led.procedure.id, &ids, &|paper| needs.iter().any(|need| need.paper.id == paper))
}
