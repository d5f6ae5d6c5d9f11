//! What an office sees of payments: what was paid and is to be given back, the bank's statement that closes transfers, and
//! giving back, for which one officer asks and another confirms.

use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::{Json, body};
use crate::payments::fee::{Back, back_of};
use crate::payments::{standing, statement};
use crate::routes::officers::{answer, unit_name};
use account::{Action, Relation, may};
use axum::Extension;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use form::Date;
use payment::statement::{Line, fact, orders_of};
use payment::{Fact, OrderId, Payment, Provider};
use procedure::calendar::Moment;
use serde::Deserialize;
use store::payments::{AgencyOrder, Heard, HeardSaved, KeptOrder, NewRefund, PaymentsAsked, RefundSaved};
use wire::{DeskPayment, DeskPayments, FieldProblem, GiveBack, Problem, RefundRequest, StatementLine, StatementRead};

/// The most orders of one agency that are shown at once.
const MOST: u32 = 1_000;

/// The first day and the last, `2026-11-01`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Asked {
    from: String,
    until: String,
}

/// What was paid in some days, and all that is to be given back.
#[utoipa::path(get, path = "/api/v1/desk/payments",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, body = DeskPayments),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(Asked { from, until }) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    let day = |text: &str| Date::parse(text).ok_or(ApiError::QueueUnreadable);
    let (first, last) = (day(&from)?, day(&until)?);
    // What agencies had that are no more is their heirs' now.
    let (book, today) = (&app.offer.library.agencies, app.now().date());
    let units = book.on(today).0.iter().map(|agency| agency.code.as_str());
    let units = units.filter(|code| reaches(&app, &signed, Action::SeePayments, code));
    let agencies = units.flat_map(|code| book.inherited(code, today)).map(str::to_owned).collect();
    let (from_, before) = (Moment::at(first, 0), Moment::at(last.add_days(1), 0));
    let found = app.store.payments(PaymentsAsked { agencies, from: from_, before, most: MOST }).await?;
    let owed = |one: &AgencyOrder| one.kept.order.owed_back(&one.kept.facts);
    let to_refund = found.iter().map(owed).sum();
    let within = |at: i64| (from_.0..before.0).contains(&at);
    let paid = found.iter().filter_map(|one| one.kept.order.settled_by(&one.kept.facts));
    let taken = paid.filter(|paid| within(paid.at)).map(|paid| paid.amount).sum();
    let gone = found.iter().flat_map(|one| &one.kept.refunds);
    let gone = gone.filter(|refund| refund.gone_at.is_some_and(|at| within(at.0)));
    let refunded = gone.map(|refund| refund.amount).sum();
    let may_bring = reaches(&app, &signed, Action::BringStatement, &signed.officer.unit);
    let now = app.now();
    let mut rows: Vec<DeskPayment> = found.iter().map(|one| row(&app, &signed, one, now)).collect();
    rows.sort_by_key(|row| (row.to_give_back.is_empty(), -row.made_at));
    Ok(answer(&DeskPayments { from, until, rows, taken, to_refund, refunded, may_bring }))
}

fn row(app: &App, signed: &Signed, one: &AgencyOrder, now: Moment) -> DeskPayment {
    let KeptOrder { order, facts, .. } = &one.kept;
    let may = reaches(app, signed, Action::Refund, &one.agency);
    let (gone, left): (Vec<_>, Vec<_>) = back_of(&one.kept).into_iter().partition(|back| back.gone_at().is_some());
    let back = left.iter().map(|Back { payment, refund, .. }| GiveBack {
        transaction: payment.transaction.clone(),
        amount: payment.amount,
        asked_by: refund.map(|refund| refund.asker.clone()),
        asked_at: refund.map(|refund| refund.asked_at.0),
        askable: may && refund.is_none(),
        confirmable: may && refund.is_some_and(|refund| refund.asked_by != signed.officer.id),
    });
    let paid = order.settled_by(facts);
    DeskPayment {
        order: order.id.to_string(),
        agency: unit_name(app, &one.agency),
        dossier: one.kept.dossier.to_string(),
        number: one.number.clone(),
        provider: order.provider.name().to_owned(),
        amount: order.amount,
        standing: standing(&one.kept, now).to_owned(),
        made_at: order.made_at.0,
        paid_at: paid.map(|paid| paid.at),
        transaction: paid.map(|paid| paid.transaction.clone()),
        to_give_back: back.collect(),
        refunded_at: gone.iter().filter_map(Back::gone_at).max().filter(|_| left.is_empty()).map(|at| at.0),
    }
}

/// Takes a bank's statement, CSV or XLSX: each line that names an order pays it. The same file twice changes nothing.
#[utoipa::path(post, path = "/api/v1/desk/statements",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, body = StatementRead),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn bring(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    request: Request,
) -> Result<Response, ApiError> {
    let bytes = body(request.into_body(), statement::MOST_BYTES).await?;
    let found = tokio::task::spawn_blocking(move || statement::read(&bytes)).await.map_err(|_| ApiError::Failed)?;
    let (lines, bad) = found.map_err(|says| unreadable("file", says))?;
    let mut read = StatementRead { bad, ..StatementRead::default() };
    for line in lines {
        let told = closed(&app, &signed, &line).await?;
        if told.order.is_empty() { read.unmatched.push(told) } else { read.matched.push(told) }
    }
    Ok(answer(&read))
}

/// Pays the order that a line names, if it is one of the officer's.
async fn closed(app: &App, signed: &Signed, line: &Line) -> Result<StatementLine, ApiError> {
    let mut told = StatementLine {
        transaction: line.transaction.clone(),
        amount: line.amount,
        at: line.at.0,
        says: line.says.clone(),
        order: String::new(),
        standing: String::new(),
        before: false,
    };
    for id in orders_of(&line.says) {
        let Some(kept) = app.store.order(&id).await?.filter(|kept| kept.order.provider == Provider::Vietqr) else {
            continue;
        };
        if !reaches(app, signed, Action::BringStatement, &agency_of(app, &kept).await?) {
            continue;
        }
        let (amount, at) = (line.amount, line.at.0);
        let said = format!("{}\t{at}\t{amount}\t{}", line.transaction, line.says).into_bytes();
        let (facts, by) = (vec![fact(line)], Some(signed.officer.id));
        let heard = Heard { order: id.clone(), said, facts, claim: None, by, now: app.now() };
        match app.store.hear(heard).await? {
            HeardSaved::New => {}
            HeardSaved::Before => told.before = true,
            HeardSaved::NoOrder | HeardSaved::OtherOrder => continue,
        }
        let after = app.store.order(&id).await?.ok_or(ApiError::Failed)?;
        told.order = id.to_string();
        told.standing = standing(&after, app.now()).to_owned();
        return Ok(told);
    }
    Ok(told)
}

/// Gives a payment back that is not owed: the first officer asks, another one confirms, and then it goes.
#[utoipa::path(post, path = "/api/v1/desk/payments/{order}/refund",
    params(("order" = String, Path, description = "The order's name")),
    request_body = RefundRequest,
    responses(
        (status = 200, body = DeskPayment),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 502, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn refund(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<String>, PathRejection>,
    request: Json<RefundRequest>,
) -> Result<Response, ApiError> {
    let RefundRequest { transaction, step } = request.value;
    let id = path.ok().and_then(|Path(text)| OrderId::read(&text)).ok_or(ApiError::OrderUnknown)?;
    let kept = app.store.order(&id).await?.ok_or(ApiError::OrderUnknown)?;
    let agency = agency_of(&app, &kept).await?;
    if !reaches(&app, &signed, Action::Refund, &agency) {
        access::refuse(&app, &signed, id.as_str()).await?;
        return Err(ApiError::OrderUnknown);
    }
    let owed: Vec<Payment> = kept.order.to_give_back(&kept.facts).into_iter().cloned().collect();
    let payment =
        owed.into_iter().find(|payment| payment.transaction == transaction).ok_or(ApiError::NothingToRefund)?;
    let (provider, by, now) = (kept.order.provider, signed.officer.id, app.now());
    let new = NewRefund { order: id.clone(), payment: payment.clone(), provider, by, now };
    match step.as_str() {
        "ask" => drop(app.store.ask_refund(new).await?),
        "confirm" => match app.store.confirm_refund(new).await? {
            RefundSaved::Done | RefundSaved::Before => give_back(&app, &signed, &kept, &payment).await?,
            RefundSaved::SamePerson => return Err(ApiError::SamePerson),
            RefundSaved::NotAsked => return Err(ApiError::NothingToRefund),
        },
        _ => return Err(unreadable("step", "Bước hoàn tiền là ask hoặc confirm.")),
    }
    let kept = app.store.order(&id).await?.ok_or(ApiError::Failed)?;
    let number = app.store.dossier(kept.dossier).await?.and_then(|dossier| dossier.number);
    Ok(answer(&row(&app, &signed, &AgencyOrder { agency, number, kept }, now)))
}

/// It is confirmed and written down: the provider is told, under a name by which it gives back once however often it is told.
async fn give_back(app: &App, signed: &Signed, kept: &KeptOrder, payment: &Payment) -> Result<(), ApiError> {
    let by = &signed.officer.id.to_string()[..8];
    let said = app.providers.give_back(&kept.order, payment, by, app.now()).await;
    let said = said.map_err(|_| ApiError::ProviderSilent)?;
    let (transaction, amount) = (payment.transaction.clone(), payment.amount);
    app.store
        .hear(Heard {
            order: kept.order.id.clone(),
            said: said.into_bytes(),
            facts: vec![Fact::Refunded { transaction, amount }],
            claim: None,
            by: Some(signed.officer.id),
            now: app.now(),
        })
        .await?;
    Ok(())
}

async fn agency_of(app: &App, kept: &KeptOrder) -> Result<String, ApiError> {
    Ok(app.store.dossier(kept.dossier).await?.ok_or(ApiError::Failed)?.dossier.filing.agency)
}

/// Whether an officer's action reaches the payments of an agency.
fn reaches(app: &App, signed: &Signed, action: Action, agency: &str) -> bool {
    let (book, today) = (&app.offer.library.agencies, app.now().date());
    let heir = book.heir(agency, today);
    let (unit, below) = (heir == signed.officer.unit, book.on(today).is_below(heir, &signed.officer.unit));
    may(&signed.officer, action, Relation { unit, below, ..Relation::default() })
}

fn unreadable(place: &str, says: &str) -> ApiError {
    let (place, code) = (place.to_owned(), place.to_owned());
    ApiError::Unanswered(vec![FieldProblem { place, code, says: says.to_owned(), blocks: true }])
}
