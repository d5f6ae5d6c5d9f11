//! The fee as an officer sees it beside its dossier: what it is, whether it was paid, and what happened to the money.

use crate::payments::DossierFee;
use crate::payments::fee::Back;
use form::kind::money::group;
use procedure::calendar::Moment;
use wire::{DeskEvent, DeskFee};

/// The fee, and whether it was paid: an officer need not look for it elsewhere.
pub(super) fn told(fee: &DossierFee) -> Option<DeskFee> {
    (fee.amount > 0).then(|| DeskFee {
        amount: fee.amount,
        says: format!("{} đồng", group(fee.amount)),
        paid_at: fee.paid().map(|(_, payment)| payment.at),
    })
}

/// The history with what is known of the money in its place, the newest first; of one moment the money is the newer. Providers
/// tell whole seconds, and nobody pays before the dossier was sent.
pub(super) fn among(history: Vec<DeskEvent>, fee: &DossierFee, sent_at: Moment) -> Vec<DeskEvent> {
    let paid = fee.paid().map(|(kept, payment)| {
        let (amount, way) = (group(payment.amount), kept.order.provider.says());
        event(payment.at, format!("Người dân nộp phí, lệ phí: {amount} đồng ({way})"), None, &payment.transaction)
    });
    let mut all: Vec<DeskEvent> = fee.back().iter().flat_map(went_back).chain(paid).chain(history).collect();
    all.sort_by_key(|event| core::cmp::Reverse(event.at.max(sent_at.0)));
    all
}

fn went_back(back: &Back<'_>) -> Vec<DeskEvent> {
    let (amount, number) = (group(back.payment.amount), &back.payment.transaction);
    let way = back.order.provider.says();
    let came = event(back.payment.at, format!("Nhận {amount} đồng không phải nộp, phải hoàn ({way})"), None, number);
    let asked = back.refund.map(|refund| {
        event(refund.asked_at.0, format!("Đề nghị hoàn {amount} đồng"), Some(refund.asker.clone()), number)
    });
    let gone = back.gone_at().map(|at| event(at.0, format!("Đã hoàn {amount} đồng ({way})"), None, number));
    [gone, asked, Some(came)].into_iter().flatten().collect()
}

fn event(at: i64, says: String, by: Option<String>, transaction: &str) -> DeskEvent {
    DeskEvent { at, says, by, note: format!("Số giao dịch {transaction}") }
}
