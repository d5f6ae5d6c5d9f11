//! *Biên lai thu phí, lệ phí*: told from the payment that the provider affirmed, with what went back.

use super::Told;
use crate::app::App;
use crate::error::ApiError;
use crate::payments::fee::{Back, DossierFee, due};
use crate::printer::About;
use crate::work::{self, Work};
use form::kind::money::{group, words};
use pdf::Slip;
use pdf::slip::{FeeReceipt, GivenBack};
use procedure::calendar::Moment;

/// That the fee of a dossier was paid, with what stands around it; nothing while it is not.
///
/// # Errors
/// When a text of the dossier is lost.
pub async fn fee_receipt(app: &App, work: &Work) -> Result<Option<(Slip, About)>, ApiError> {
    let fee = DossierFee::of(app, work).await?;
    let Some((kept, payment)) = fee.paid() else { return Ok(None) };
    let named = due(app, work, |due| [due.name, due.law, due.recipient].map(str::to_owned)).await?;
    let [name, law, recipient] = named.unwrap_or_default();
    let (forms, paid) = (work.forms(app).await?, Moment(payment.at));
    // Who received it is told as it was called on that day.
    let desk = work.desk(app)?.on(paid.date());
    let told = Told { app, work, desk: &desk, forms: &forms };
    let applicant = told.applicant();
    let filer = work::filer(&work.kept.dossier.filing, &applicant.owner);
    let slip = FeeReceipt {
        number: kept.order.id.to_string(),
        recipient: if recipient.is_empty() { desk.agency.name.clone() } else { recipient },
        payer: filer.map_or_else(|| applicant.owner.clone(), |filer| filer.name),
        fee: if name.is_empty() { "Phí, lệ phí".to_owned() } else { name },
        law,
        amount: group(payment.amount),
        words: sentence(&words(payment.amount)),
        way: kept.order.provider.says().to_owned(),
        transaction: payment.transaction.clone(),
        paid,
        back: fee.back().iter().map(given_back).collect(),
        contact: told.contact(""),
        applicant,
    };
    let about = About {
        procedure_code: desk.procedure.code.clone(),
        dossier: work.kept.number.clone().unwrap_or_default(),
        agency: desk.agency.code.clone(),
        signed_on: Some(paid.date()),
    };
    Ok(Some((Slip::FeeReceipt(slip), about)))
}

fn given_back(back: &Back<'_>) -> GivenBack {
    GivenBack {
        amount: group(back.payment.amount),
        way: back.order.provider.says().to_owned(),
        transaction: back.payment.transaction.clone(),
        gone: back.gone_at(),
    }
}

/// With a capital, as an amount in words begins on a paper.
fn sentence(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn an_amount_begins_with_a_capital() {
        for (words, said) in [("bảy mươi lăm nghìn đồng", "Bảy mươi lăm nghìn đồng"), ("ốm", "Ốm"), ("", "")]
        {
            assert_eq!(sentence(words), said);
        }
    }
}
