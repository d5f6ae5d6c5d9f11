//! Paying a fee: through whom, what a payer is shown, and the provider's own answer, without which nothing is credited.

pub mod fee;
pub mod job;
pub mod providers;
pub mod statement;

pub use fee::DossierFee;

use crate::app::App;
use crate::error::ApiError;
use crate::qr;
use form::kind::money::words;
use payment::statement::purpose;
use payment::{Fact, Payment, Provider, Standing, momo, vietqr, vnpay};
use procedure::calendar::{DAY_MS, Moment};
use providers::{ADDRESS, Silent};
use serde_json::{Value, json};
use store::payments::{Heard, HeardSaved, KeptOrder};
use wire::{ToPay, Transfer};

const MINUTE_MS: i64 = 60_000;
/// The provider is asked again after so long.
const AGAIN_MS: i64 = 3 * MINUTE_MS;
/// For so long after an order's end something may still have to be heard of it.
const HEARD_MS: i64 = DAY_MS;
/// A payment that was told and not affirmed is asked for again after so long once that day is over, and for so long in all.
const CLAIM_AGAIN_MS: i64 = 60 * MINUTE_MS;
const CLAIM_MS: i64 = 30 * DAY_MS;

/// How long an order can be paid: a page of a wallet or a bank stands open for minutes, a transfer may take days.
#[must_use]
pub fn lasts(provider: Provider) -> i64 {
    match provider {
        Provider::Vnpay => 15 * MINUTE_MS,
        Provider::Momo => 100 * MINUTE_MS,
        Provider::Vietqr => 3 * DAY_MS,
    }
}

/// When the provider is to be asked for the first time: a callback comes sooner, mostly.
#[must_use]
pub fn first_asked(provider: Provider, now: Moment) -> Option<Moment> {
    (provider != Provider::Vietqr).then_some(Moment(now.0 + AGAIN_MS))
}

/// When it is to be asked again.
fn next_asked(kept: &KeptOrder, now: Moment) -> Option<Moment> {
    let settled = kept.order.settled_by(&kept.facts).is_some();
    let after_end = now.0 - kept.order.until.0;
    if kept.claims.is_empty() {
        return (!settled && after_end < HEARD_MS).then_some(Moment(now.0 + AGAIN_MS));
    }
    let wait = if after_end < HEARD_MS { AGAIN_MS } else { CLAIM_AGAIN_MS };
    (after_end < CLAIM_MS).then_some(Moment(now.0 + wait))
}

/// What the payer is shown.
///
/// # Errors
/// [`ApiError::ProviderSilent`] when the provider must first make a page and does not.
pub async fn to_pay(app: &App, kept: &KeptOrder) -> Result<ToPay, ApiError> {
    let (order, providers) = (&kept.order, &app.providers);
    let mut shown = ToPay {
        order: order.id.to_string(),
        provider: order.provider.name().to_owned(),
        amount: order.amount,
        words: words(order.amount),
        until: order.until.0,
        pay_url: None,
        qr: Vec::new(),
        transfer: None,
    };
    // Neither a person nor a benefit: it stands on the payer's statement.
    let note = format!("Nop phi {}", order.id);
    let back = format!("{}/track", providers.site);
    match order.provider {
        Provider::Vnpay => {
            let vnpay = providers.vnpay.as_ref().ok_or(ApiError::ProviderUnknown)?;
            shown.pay_url = Some(vnpay::pay_address(&vnpay.pay, &vnpay.merchant, order, &note, ADDRESS, &back));
        }
        Provider::Momo => {
            let pay = if kept.pay.is_empty() { made_by_momo(app, kept, &note, &back).await? } else { kept.pay.clone() };
            let pay: Value = serde_json::from_str(&pay).map_err(|_| ApiError::Failed)?;
            shown.pay_url = pay["pay_url"].as_str().map(str::to_owned);
            shown.qr = pay["qr"].as_str().map(qr::rows).unwrap_or_default();
        }
        Provider::Vietqr => {
            let to = providers.vietqr.as_ref().ok_or(ApiError::ProviderUnknown)?;
            let purpose = purpose(&order.id);
            let payload = vietqr::payload(to, order.amount, &purpose).ok_or(ApiError::Failed)?;
            shown.qr = qr::rows(&payload);
            let (bank, account, holder) = (to.bank.clone(), to.account.clone(), to.holder.clone());
            shown.transfer = Some(Transfer { bank, account, holder, purpose, payload });
        }
    }
    Ok(shown)
}

/// Lets MoMo make its page. The order is kept already: whatever comes of this, a payment for it is known.
async fn made_by_momo(app: &App, kept: &KeptOrder, note: &str, back: &str) -> Result<String, ApiError> {
    let momo = app.providers.momo.as_ref().ok_or(ApiError::ProviderUnknown)?;
    let told = format!("{}/api/v1/payments/momo", app.providers.site);
    let id = &kept.order.id;
    let body = momo::create(&momo.partner, &kept.order, id.as_str(), note, back, &told);
    let text = app.providers.post(momo.at("create"), body).await.map_err(|Silent| ApiError::ProviderSilent)?;
    let answer: Value = serde_json::from_str(&text).map_err(|_| ApiError::ProviderSilent)?;
    let Some(page) = answer["payUrl"].as_str().filter(|_| answer["resultCode"] == 0) else {
        tracing::warn!(order = %id, code = %answer["resultCode"], "MoMo makes no page");
        return Err(ApiError::ProviderSilent);
    };
    let pay = json!({ "pay_url": page, "qr": answer["qrCodeUrl"] }).to_string();
    app.store.keep_pay(id.clone(), pay.clone()).await?;
    Ok(pay)
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The provider says that money has come: it is in the ledger.
    Paid,
    /// It says that none has.
    NotPaid,
    /// It says nothing that can be believed.
    Silent,
}

/// Asks the provider what it knows of an order, and credits what it affirms.
///
/// # Errors
/// When the store fails.
pub async fn ask(app: &App, kept: &KeptOrder) -> Result<Asked, ApiError> {
    let (order, now) = (&kept.order, app.now());
    let Ok((said, found)) = app.providers.state_of(order, now).await else {
        app.store.asked(order.id.clone(), None, next_asked(kept, now)).await?;
        return Ok(Asked::Silent);
    };
    let Some(payment) = found else {
        app.store.asked(order.id.clone(), Some(now), next_asked(kept, now)).await?;
        return Ok(Asked::NotPaid);
    };
    let payment = Payment { at: paid_at(kept, &payment), ..payment };
    let heard = Heard {
        order: order.id.clone(),
        said: said.into_bytes(),
        facts: vec![Fact::Paid(payment)],
        claim: None,
        by: None,
        now,
    };
    match app.store.hear(heard).await? {
        HeardSaved::New | HeardSaved::Before => {}
        HeardSaved::NoOrder | HeardSaved::OtherOrder => {
            tracing::error!(order = %order.id, "a provider says that another order's payment is this one's");
        }
    }
    let after = app.store.order(&order.id).await?.ok_or(ApiError::Failed)?;
    app.store.asked(order.id.clone(), Some(now), next_asked(&after, now)).await?;
    Ok(Asked::Paid)
}

/// When an affirmed payment was paid. MoMo's answer has only the moment of the answer: where MoMo called before, its call has
/// the moment; where the call got lost, it is counted from when MoMo last said that nothing had come, in the payer's favour.
fn paid_at(kept: &KeptOrder, payment: &Payment) -> i64 {
    if kept.order.provider != Provider::Momo {
        return payment.at;
    }
    let told =
        kept.claims.iter().find(|claim| (&claim.transaction, claim.amount) == (&payment.transaction, payment.amount));
    let known = kept.facts.iter().find_map(|fact| match fact {
        Fact::Paid(paid) if paid.transaction == payment.transaction => Some(paid.at),
        _ => None,
    });
    let unheard = kept.asked_at.unwrap_or(kept.order.made_at).0.min(payment.at);
    known.or(told.map(|claim| claim.at)).unwrap_or(unheard)
}

/// The name of where an order stands.
#[must_use]
pub fn standing(kept: &KeptOrder, now: Moment) -> &'static str {
    match kept.order.standing(&kept.facts, now) {
        // Told and not affirmed yet: the payer is not told that it was not paid.
        Standing::Open | Standing::Failed | Standing::Expired if !kept.claims.is_empty() => "checking",
        Standing::Open => "open",
        Standing::Expired => "expired",
        Standing::Failed => "failed",
        Standing::Paid => "paid",
        Standing::ToRefund => "to-refund",
        Standing::Refunded => "refunded",
    }
}
