//! Paying a fee: what is to be paid and how, where it stands, and what an office sees of it. Amounts are whole đồng.

use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/payments`, with an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginPayment {
    /// The lookup code, however it is typed.
    pub code: String,
    /// The last four digits of the filer's telephone number; empty where it is the signed-in account's own.
    pub digits: String,
    /// `vnpay`, `momo` or `vietqr`.
    pub provider: String,
}

/// An order, and how it is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ToPay {
    /// Its name.
    pub order: String,
    /// `vnpay`, `momo` or `vietqr`.
    pub provider: String,
    /// In đồng.
    pub amount: i64,
    /// The same in words.
    pub words: String,
    /// Until when it can be paid, in milliseconds since 1970 in UTC.
    pub until: i64,
    /// The provider's page, where there is one.
    pub pay_url: Option<String>,
    /// The picture to scan, row by row, `1` for a dark dot; empty where there is none.
    pub qr: Vec<String>,
    /// Where a transfer goes.
    pub transfer: Option<Transfer>,
}

/// Where a transfer goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transfer {
    /// The bank's number (BIN).
    pub bank: String,
    /// The account.
    pub account: String,
    /// Whose it is.
    pub holder: String,
    /// What must stand as its purpose: the payment is found by it.
    pub purpose: String,
    /// What the picture says.
    pub payload: String,
}

/// `POST /api/v1/payments/standing`: the fee of a dossier and what has come of it. Where it is open, the provider was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeeStanding {
    /// In đồng; zero where nothing is to be paid.
    pub amount: i64,
    /// The same in words.
    pub words: String,
    /// Who takes it.
    pub agency: String,
    /// Through whom it can be paid now.
    pub providers: Vec<String>,
    /// When it was paid, once it was.
    pub paid_at: Option<i64>,
    /// The orders, from the first on.
    pub orders: Vec<OrderStanding>,
    /// What came and is not owed, and where giving it back stands.
    pub back: Vec<PaidBack>,
    /// Working days in which the office decides to give back.
    pub refund_days: u8,
}

/// A payment that is not owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaidBack {
    /// In đồng.
    pub amount: i64,
    /// `vnpay`, `momo` or `vietqr`: it goes back the way it came.
    pub provider: String,
    /// Whether an officer has asked that it go back.
    pub asked: bool,
    /// When it went back; nothing while it has not.
    pub gone_at: Option<i64>,
}

/// Where an order stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderStanding {
    /// Its name.
    pub order: String,
    /// `vnpay`, `momo` or `vietqr`.
    pub provider: String,
    /// `open`, `checking` (told to be paid, and not affirmed yet), `failed`, `expired`, `paid`, `to-refund`, `refunded`.
    pub standing: String,
    /// When it was made.
    pub made_at: i64,
    /// Until when it can be paid.
    pub until: i64,
}

/// What VNPay is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "PascalCase")]
pub struct VnpayReply {
    /// `00` taken, `01` no such order, `02` known already, `04` another amount, `97` wrong signature, `99` say it again.
    pub rsp_code: String,
    /// The same in words.
    pub message: String,
}

/// `POST /api/v1/desk/statements`: what became of the lines of a bank's statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementRead {
    /// Lines that belong to an order.
    pub matched: Vec<StatementLine>,
    /// Lines that belong to none: somebody must look at them.
    pub unmatched: Vec<StatementLine>,
    /// Lines that could not be read: their place in the file, and why.
    pub bad: Vec<BadLine>,
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementLine {
    /// The bank's number of it.
    pub transaction: String,
    /// In đồng.
    pub amount: i64,
    /// When, in milliseconds since 1970 in UTC.
    pub at: i64,
    /// What the bank wrote to it.
    pub says: String,
    /// The order it belongs to; empty when it belongs to none.
    pub order: String,
    /// Where that stands now.
    pub standing: String,
    /// Whether it was known before.
    pub before: bool,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BadLine {
    /// From 1 on.
    pub line: usize,
    /// Why, and how to mend it.
    pub says: String,
}

/// `GET /api/v1/desk/payments?from=…&until=…`: what was paid in some days, and all that is to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPayments {
    /// The first day.
    pub from: String,
    /// The last one.
    pub until: String,
    /// The orders: what is to be given back first, then the newest.
    pub rows: Vec<DeskPayment>,
    /// The fees that were paid in these days.
    pub taken: i64,
    /// What is to be given back now, however old it is.
    pub to_refund: i64,
    /// What went back in these days.
    pub refunded: i64,
    /// Whether the officer may bring a bank's statement.
    pub may_bring: bool,
}

/// An order as an office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPayment {
    /// Its name.
    pub order: String,
    /// The agency's name.
    pub agency: String,
    /// The dossier's id.
    pub dossier: String,
    /// Mã hồ sơ, once there is one.
    pub number: Option<String>,
    /// `vnpay`, `momo` or `vietqr`.
    pub provider: String,
    /// In đồng.
    pub amount: i64,
    /// As in [`OrderStanding`].
    pub standing: String,
    /// When it was made.
    pub made_at: i64,
    /// When it was paid, once it was.
    pub paid_at: Option<i64>,
    /// The provider's number of that payment.
    pub transaction: Option<String>,
    /// What is to be given back.
    pub to_give_back: Vec<GiveBack>,
    /// When all of what was not owed had gone back.
    pub refunded_at: Option<i64>,
}

/// A payment that is to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiveBack {
    /// The provider's number of it.
    pub transaction: String,
    /// In đồng.
    pub amount: i64,
    /// Who has asked for it, once an officer did.
    pub asked_by: Option<String>,
    /// When they did.
    pub asked_at: Option<i64>,
    /// Whether the officer who looks may ask for it: nobody has yet.
    pub askable: bool,
    /// Whether the officer who looks may confirm it: somebody else has asked.
    pub confirmable: bool,
}

/// The body of `POST /api/v1/desk/payments/{order}/refund`: the first officer asks, another one confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefundRequest {
    /// The payment.
    pub transaction: String,
    /// `ask` or `confirm`.
    pub step: String,
}
