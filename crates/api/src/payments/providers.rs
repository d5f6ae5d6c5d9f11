//! The providers an office has a contract with: their addresses, keys and accounts, which are settings alone, so that a
//! provider's own test system needs no code.

use crate::http::{Body, Http};
use clap::Args;
use payment::momo::Partner;
use payment::vietqr::Receiver;
use payment::vnpay::Merchant;
use payment::{Order, Payment, Provider, momo, vnpay};
use procedure::calendar::Moment;
use serde_json::Value;
use std::env::var;
use std::time::Duration;
use tokio::sync::Notify;

/// The payer's address is not told on: providers want one, and take any.
pub const ADDRESS: &str = "127.0.0.1";
/// A provider that answers nothing for so long is taken to be silent; the job asks it again.
const PATIENCE: Duration = Duration::from_secs(8);

/// How fees are paid. Keys are taken from `MOTCUA_VNPAY_SECRET`, `MOTCUA_MOMO_ACCESS` and `MOTCUA_MOMO_SECRET`.
#[derive(Clone, Debug, Default, Args)]
pub struct PaymentSettings {
    /// The office's code with VNPay (`vnp_TmnCode`). Without it nothing is paid through VNPay.
    #[arg(long, env = "MOTCUA_VNPAY_MERCHANT", requires = "public_address")]
    pub vnpay_merchant: Option<String>,
    /// VNPay's page for payers.
    #[arg(long, env = "MOTCUA_VNPAY_PAY", default_value = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html")]
    pub vnpay_pay: String,
    /// Where VNPay is asked.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_ASK",
        default_value = "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction"
    )]
    pub vnpay_ask: String,
    /// The office's code with MoMo (`partnerCode`). Without it nothing is paid through MoMo.
    #[arg(long, env = "MOTCUA_MOMO_PARTNER", requires = "public_address")]
    pub momo_partner: Option<String>,
    /// MoMo's address.
    #[arg(long, env = "MOTCUA_MOMO_ADDRESS", default_value = "https://test-payment.momo.vn/v2/gateway/api")]
    pub momo_address: String,
    /// The account that transfers go to: number of the bank (BIN), number of the account, and whose it is, in capital letters
    /// without marks: `970436:1234567890:KHO BAC NHA NUOC`. Without it nothing is paid by VietQR.
    #[arg(long, env = "MOTCUA_VIETQR", value_parser = receiver)]
    pub vietqr: Option<Receiver>,
}

fn receiver(text: &str) -> Result<Receiver, String> {
    let parts: Vec<&str> = text.split(':').collect();
    let [bank, account, holder] = parts.as_slice() else {
        return Err("the account is bank:account:holder".to_owned());
    };
    let made = Receiver { bank: (*bank).to_owned(), account: (*account).to_owned(), holder: (*holder).to_owned() };
    // What no picture can say is refused at the start, not before a payer.
    let says = payment::vietqr::payload(&made, 1, "MC").filter(|_| !holder.is_empty() && !account.is_empty());
    says.map(|_| made).ok_or_else(|| "no picture can be made for this account".to_owned())
}

/// VNPay.
pub struct Vnpay {
    /// The contract.
    pub merchant: Merchant,
    /// The page for payers.
    pub pay: String,
    /// Where it is asked.
    pub ask: String,
}

/// `MoMo`.
pub struct Momo {
    /// The contract.
    pub partner: Partner,
    /// Its address.
    pub address: String,
}

impl Momo {
    /// The address of one of its methods.
    #[must_use]
    pub fn at(&self, method: &str) -> String {
        format!("{}/{method}", self.address.trim_end_matches('/'))
    }
}

/// Nobody said anything that can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silent;

/// All providers of an office.
#[derive(Default)]
pub struct Providers {
    /// Speaks to them.
    pub http: Http,
    /// The site's address, which payers come back to and providers call.
    pub site: String,
    /// VNPay.
    pub vnpay: Option<Vnpay>,
    /// `MoMo`.
    pub momo: Option<Momo>,
    /// The account for transfers.
    pub vietqr: Option<Receiver>,
    /// Wakes the job that asks.
    pub wake: Notify,
}

impl Providers {
    /// Those of the settings.
    ///
    /// # Errors
    /// When a key is missing, in words for the operator.
    pub fn open(settings: &PaymentSettings, site: &str) -> Result<Self, String> {
        let key = |name: &str| var(name).map_err(|_| format!("paying needs {name}"));
        let vnpay = settings.vnpay_merchant.as_ref().map(|code| {
            let merchant = Merchant { code: code.clone(), secret: key("MOTCUA_VNPAY_SECRET")? };
            Ok::<_, String>(Vnpay { merchant, pay: settings.vnpay_pay.clone(), ask: settings.vnpay_ask.clone() })
        });
        let momo = settings.momo_partner.as_ref().map(|code| {
            let (access, secret) = (key("MOTCUA_MOMO_ACCESS")?, key("MOTCUA_MOMO_SECRET")?);
            let partner = Partner { code: code.clone(), access, secret };
            Ok::<_, String>(Momo { partner, address: settings.momo_address.clone() })
        });
        let (site, vietqr) = (site.to_owned(), settings.vietqr.clone());
        Ok(Self { site, vnpay: vnpay.transpose()?, momo: momo.transpose()?, vietqr, ..Self::default() })
    }

    /// Those that can be paid through.
    #[must_use]
    pub fn all(&self) -> Vec<Provider> {
        let there = |provider: &Provider| match provider {
            Provider::Vnpay => self.vnpay.is_some(),
            Provider::Momo => self.momo.is_some(),
            Provider::Vietqr => self.vietqr.is_some(),
        };
        Provider::ALL.into_iter().filter(there).collect()
    }

    /// Posts JSON to a provider, and gives the answer as it came.
    ///
    /// # Errors
    /// When there is none.
    pub async fn post(&self, address: String, body: Value) -> Result<String, Silent> {
        let posted = self.http.post_for_text(address, Vec::new(), Body::Json(body));
        match tokio::time::timeout(PATIENCE, posted).await {
            Ok(Ok((_, text))) => Ok(text),
            Ok(Err(why)) => {
                tracing::warn!(?why, "a payment provider is silent");
                Err(Silent)
            }
            Err(_) => {
                tracing::warn!("a payment provider takes too long");
                Err(Silent)
            }
        }
    }

    /// What the provider knows of an order: its words, and the payment where there is one.
    ///
    /// # Errors
    /// When it says nothing that can be believed.
    pub async fn state_of(&self, order: &Order, now: Moment) -> Result<(String, Option<Payment>), Silent> {
        let request = request()?;
        let text = match order.provider {
            Provider::Vnpay => {
                let vnpay = self.vnpay.as_ref().ok_or(Silent)?;
                let body = vnpay::question(&vnpay.merchant, order, &request, now, ADDRESS);
                self.post(vnpay.ask.clone(), body).await?
            }
            Provider::Momo => {
                let momo = self.momo.as_ref().ok_or(Silent)?;
                self.post(momo.at("query"), momo::question(&momo.partner, &order.id, &request)).await?
            }
            // Nobody can be asked: the bank's statement says it.
            Provider::Vietqr => return Err(Silent),
        };
        let answer: Value = serde_json::from_str(&text).map_err(|_| Silent)?;
        let found = match order.provider {
            Provider::Vnpay => {
                self.vnpay.as_ref().and_then(|vnpay| vnpay::answer(&vnpay.merchant, order, &answer, now).ok())
            }
            _ => self.momo.as_ref().and_then(|momo| momo::answer(&momo.partner, &order.id, &answer).ok()),
        };
        found.map(|found| (text, found)).ok_or_else(|| {
            tracing::warn!(order = %order.id, "a payment provider's answer is not believed");
            Silent
        })
    }

    /// Lets a provider give a payment back.
    ///
    /// # Errors
    /// When it did not say that it does: it may be asked again under the same name.
    pub async fn give_back(&self, order: &Order, payment: &Payment, by: &str, now: Moment) -> Result<String, Silent> {
        // The name is of this refund and no other, so that asking twice gives back once.
        let name = payment::OrderId::new(refund_name(order, payment));
        let (text, good): (String, fn(&Value) -> bool) = match order.provider {
            Provider::Vnpay => {
                let vnpay = self.vnpay.as_ref().ok_or(Silent)?;
                let body = vnpay::refund(&vnpay.merchant, order, payment, name.as_str(), by, now);
                let good = |answer: &Value| matches!(answer["vnp_ResponseCode"].as_str(), Some("00" | "94"));
                (self.post(vnpay.ask.clone(), body).await?, good)
            }
            Provider::Momo => {
                let momo = self.momo.as_ref().ok_or(Silent)?;
                let body = momo::refund(&momo.partner, payment, &name, name.as_str());
                // 40 and 41: this very refund was asked for before.
                let good = |answer: &Value| matches!(answer["resultCode"].as_i64(), Some(0 | 40 | 41));
                (self.post(momo.at("refund"), body).await?, good)
            }
            // An officer has sent the transfer, and says so by confirming.
            Provider::Vietqr => return Ok("transfer".to_owned()),
        };
        let answer: Value = serde_json::from_str(&text).map_err(|_| Silent)?;
        if good(&answer) { Ok(text) } else { Err(Silent) }
    }
}

/// Names a question for a day.
fn request() -> Result<String, Silent> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|_| Silent)?;
    Ok(payment::OrderId::new(random).to_string())
}

fn refund_name(order: &Order, payment: &Payment) -> [u8; 10] {
    use sha2::{Digest as _, Sha256};
    let hash: [u8; 32] = Sha256::digest(format!("refund {} {}", order.id, payment.transaction)).into();
    let mut name = [0; 10];
    name.copy_from_slice(&hash[..10]);
    name
}

#[cfg(test)]
mod tests {
    use super::receiver;

    #[test]
    fn an_account_is_read_or_refused_at_the_start() {
        let good = receiver("970436:1234567890:KHO BAC NHA NUOC").unwrap();
        assert_eq!((good.bank.as_str(), good.account.as_str()), ("970436", "1234567890"));
        for bad in ["", "970436", "97043:1:X", "970436::X", "970436:1:", "970436:1-2:X", "970436:1:X:Y"] {
            assert!(receiver(bad).is_err(), "{bad}");
        }
    }
}
