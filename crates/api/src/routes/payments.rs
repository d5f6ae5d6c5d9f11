//! A citizen pays a fee: opened by the lookup code and the last digits of the filer's telephone number, as everything is that
//! belongs to one dossier.

pub(super) mod calls;

use super::officers::answer;
use crate::app::{App, Shared};
use crate::by_code::Asker;
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::payments::fee::Back;
use crate::payments::{DossierFee, ask, first_asked, lasts, standing as standing_of, to_pay};
use crate::printer;
use crate::routes::print::answer_as;
use crate::slips;
use crate::work::Work;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use form::kind::money::words;
use payment::{Order, OrderId, Provider, REFUND_DAYS};
use procedure::calendar::Moment;
use store::payments::{KeptOrder, NewOrder, OrderSaved};
use wire::{BeginPayment, ByCode, FeeStanding, OrderStanding, PaidBack, Problem, ToPay};

/// A provider is not asked more often than this for the same order, however often the page is opened.
const ASKED_MS: i64 = 3_000;

/// Begins to pay the fee: makes an order, or gives the one that is open in the same way.
#[utoipa::path(post, path = "/api/v1/payments",
    params(("Idempotency-Key" = String, Header, description = "A UUID made for this order")),
    request_body = BeginPayment,
    responses(
        (status = 200, body = ToPay),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 502, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn begin(
    State(app): State<Shared>,
    asker: Asker,
    Key(key): Key,
    request: Json<BeginPayment>,
) -> Result<Response, ApiError> {
    let BeginPayment { code, digits, provider } = request.value;
    let work = asker.opens(&app, &code, &digits).await?;
    let provider = Provider::of_name(&provider).filter(|one| app.providers.all().contains(one));
    let provider = provider.ok_or(ApiError::ProviderUnknown)?;
    let amount = DossierFee::of(&app, &work).await?.owed;
    if amount <= 0 {
        return Err(ApiError::NothingToPay);
    }
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|_| ApiError::Failed)?;
    let (id, now) = (OrderId::new(random), app.now());
    let order = Order { id: id.clone(), provider, amount, made_at: now, until: Moment(now.0 + lasts(provider)) };
    let (dossier, body_hash, ask_at) = (work.kept.dossier.id, request.hash, first_asked(provider, now));
    let id = match app.store.save_order(NewOrder { key, body_hash, dossier, order, ask_at }).await? {
        OrderSaved::New => id,
        OrderSaved::Before(before) => before,
        OrderSaved::KeyReused => return Err(ApiError::KeyReused),
        OrderSaved::NothingToPay => return Err(ApiError::NothingToPay),
    };
    let kept = app.store.order(&id).await?.ok_or(ApiError::Failed)?;
    Ok(answer(&to_pay(&app, &kept).await?))
}

/// What is to be paid, and what has come of it: where an order is open, its provider is asked first.
#[utoipa::path(post, path = "/api/v1/payments/standing",
    request_body = ByCode,
    responses(
        (status = 200, body = FeeStanding),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn standing(
    State(app): State<Shared>,
    asker: Asker,
    request: Json<ByCode>,
) -> Result<Response, ApiError> {
    let ByCode { code, digits } = request.value;
    let work = asker.opens(&app, &code, &digits).await?;
    let (dossier, now) = (work.kept.dossier.id, app.now());
    for kept in app.store.orders_of(dossier).await?.iter().filter(|kept| is_to_be_asked(kept, now)) {
        ask(&app, kept).await?;
    }
    Ok(answer(&fee_told(&app, &work, &DossierFee::of(&app, &work).await?)?))
}

/// The fee of a dossier as its payer is told.
///
/// # Errors
/// When its agency is not among those of today.
pub(super) fn fee_told(app: &App, work: &Work, fee: &DossierFee) -> Result<FeeStanding, ApiError> {
    let now = app.now();
    let paid = fee.paid().map(|(_, paid)| paid);
    let amount = fee.owed.max(paid.map_or(0, |paid| paid.amount));
    let open = amount > 0 && paid.is_none();
    let providers = app.providers.all().into_iter().filter(|_| open);
    Ok(FeeStanding {
        amount,
        words: words(amount),
        agency: work.desk(app)?.agency.name.clone(),
        providers: providers.map(|provider| provider.name().to_owned()).collect(),
        paid_at: paid.map(|paid| paid.at),
        orders: fee.orders.iter().map(|kept| told(kept, now)).collect(),
        back: fee.back().iter().map(going_back).collect(),
        refund_days: REFUND_DAYS,
    })
}

fn going_back(back: &Back<'_>) -> PaidBack {
    PaidBack {
        amount: back.payment.amount,
        provider: back.order.provider.name().to_owned(),
        asked: back.refund.is_some(),
        gone_at: back.gone_at().map(|at| at.0),
    }
}

/// That the fee was paid, as a paper: *biên lai thu phí, lệ phí*.
#[utoipa::path(post, path = "/api/v1/payments/receipt",
    request_body = ByCode,
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn receipt(
    State(app): State<Shared>,
    asker: Asker,
    request: Json<ByCode>,
) -> Result<Response, ApiError> {
    let ByCode { code, digits } = request.value;
    let work = asker.opens(&app, &code, &digits).await?;
    let (slip, about) = slips::fee_receipt(&app, &work).await?.ok_or(ApiError::NotPaid)?;
    let paper = printer::slip(&app, slip, about).await?;
    Ok(answer_as("attachment; filename=\"bien-lai.pdf\"", paper).into_response())
}

/// Whether its provider may still say something new.
fn is_to_be_asked(kept: &KeptOrder, now: Moment) -> bool {
    let lately = kept.asked_at.is_some_and(|at| now.0 - at.0 < ASKED_MS);
    kept.order.provider != Provider::Vietqr
        && !lately
        && matches!(standing_of(kept, now), "open" | "failed" | "checking")
}

fn told(kept: &KeptOrder, now: Moment) -> OrderStanding {
    OrderStanding {
        order: kept.order.id.to_string(),
        provider: kept.order.provider.name().to_owned(),
        standing: standing_of(kept, now).to_owned(),
        made_at: kept.order.made_at.0,
        until: kept.order.until.0,
    }
}
