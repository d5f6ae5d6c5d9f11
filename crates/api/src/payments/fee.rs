//! What a dossier owes, its orders, and what is owed back of them: one look at it for citizens, officers and papers.

use crate::app::App;
use crate::error::ApiError;
use crate::work::Work;
use dossier::State;
use form::Given;
use payment::{Order, Payment};
use procedure::FeeDue;
use procedure::calendar::Moment;
use store::payments::{KeptOrder, KeptRefund};

/// The fee of one dossier.
pub struct DossierFee {
    /// What its answers make it cost, in đồng; 0 when it is free.
    pub amount: i64,
    /// What is owed of it: the same, and nothing for a dossier that came to nothing, which costs nothing.
    pub owed: i64,
    /// The orders to pay it, from the first on.
    pub orders: Vec<KeptOrder>,
}

/// A payment that is not owed.
pub struct Back<'a> {
    /// The order it came for.
    pub order: &'a Order,
    /// The payment.
    pub payment: &'a Payment,
    /// Who asked that it go back, once somebody did.
    pub refund: Option<&'a KeptRefund>,
}

impl Back<'_> {
    /// When it went back; nothing while it has not.
    #[must_use]
    pub fn gone_at(&self) -> Option<Moment> {
        self.refund.and_then(|refund| refund.gone_at)
    }
}

impl DossierFee {
    /// The fee of a dossier.
    ///
    /// # Errors
    /// When the store fails or a form's text is lost.
    pub async fn of(app: &App, work: &Work) -> Result<Self, ApiError> {
        let orders = app.store.orders_of(work.kept.dossier.id).await?;
        let amount = due(app, work, |due| due.amount).await?.unwrap_or_default();
        let state = work.course(&work.desk(app)?).state;
        let over = matches!(state, State::NotReceived | State::Withdrawn | State::Stopped);
        Ok(Self { amount, owed: if over { 0 } else { amount }, orders })
    }

    /// The payment that pays it, with its order.
    #[must_use]
    pub fn paid(&self) -> Option<(&KeptOrder, &Payment)> {
        self.orders.iter().find_map(|kept| Some((kept, kept.order.settled_by(&kept.facts)?)))
    }

    /// What came and is not owed, whether it has gone back or not.
    #[must_use]
    pub fn back(&self) -> Vec<Back<'_>> {
        self.orders.iter().flat_map(back_of).collect()
    }
}

/// What came for one order and is not owed.
#[must_use]
pub fn back_of(kept: &KeptOrder) -> Vec<Back<'_>> {
    let refund = |payment: &Payment| kept.refunds.iter().find(|known| known.transaction == payment.transaction);
    let all = kept.order.not_owed(&kept.facts).into_iter();
    all.map(|payment| Back { order: &kept.order, payment, refund: refund(payment) }).collect()
}

/// Something of what a dossier costs by its answers, as of the day it was sent; nothing where its procedure is free.
///
/// # Errors
/// When a form's text is lost.
pub async fn due<T>(app: &App, work: &Work, of: impl FnOnce(FeeDue<'_>) -> T) -> Result<Option<T>, ApiError> {
    if work.procedure.fee.amount <= 0 {
        return Ok(None);
    }
    let forms = work.forms(app).await?;
    let today = work.kept.dossier.sent_at.date();
    let given = Given { today, units: &app.offer.library.units };
    let form_of = |id: &str| forms.iter().find(|form| form.id == id).map(|form| &**form);
    let values = work.kept.dossier.filing.values(&work.procedure, &form_of, &given);
    Ok(Some(of(work.procedure.fee(&values, today))))
}
