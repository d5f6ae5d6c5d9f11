//! A gateway to test against: a program of its own that speaks as VNPay, `MoMo` and a payer's bank do, with pages, right
//! signatures, and faults that can be asked for, and as a mail server and eSMS, whose mails and messages a page shows. No part of the
//! product; nobody's money, mailbox or telephone.
//!
//! Its messages are put together here and not by `payment`, so that a mistake there shows; only HMAC itself is shared.

mod bank;
mod http;
mod mail;
mod momo;
mod page;
mod sms;
pub mod smtp;
mod vnpay;

use http::{Answer, Request};
use smtp::Smtp;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the demonstration and the tests call themselves. Everybody may know these keys.
pub mod keys {
    /// `vnp_TmnCode`.
    pub const VNPAY_CODE: &str = "MOTCUA01";
    /// `vnp_HashSecret`.
    pub const VNPAY_SECRET: &str = "chi-de-thu-vnpay";
    /// `partnerCode`.
    pub const MOMO_CODE: &str = "MOTCUA";
    /// `accessKey`.
    pub const MOMO_ACCESS: &str = "chi-de-thu";
    /// `secretKey`.
    pub const MOMO_SECRET: &str = "chi-de-thu-momo";
    /// `ApiKey`.
    pub const SMS_KEY: &str = "chi-de-thu-sms";
    /// `SecretKey`.
    pub const SMS_SECRET: &str = "chi-de-thu-sms-mat";
}

/// What goes wrong with the next payments, until another one is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// The call comes twice.
    Double,
    /// The call never comes.
    NoCall,
    /// The call comes after two seconds.
    Late,
    /// A failure is told after the payment.
    OutOfOrder,
    /// The call has no right signature, and nothing was paid.
    Forged,
    /// A call that says it is paid though nothing was, rightly signed.
    Untrue,
    /// Another amount came.
    WrongAmount,
    /// The call is another merchant's.
    WrongMerchant,
    /// Questions are not answered.
    Silent,
    /// The payer paid an hour after the order's end.
    AfterEnd,
}

impl Fault {
    const ALL: [(&'static str, Self); 11] = [
        ("none", Self::None),
        ("double", Self::Double),
        ("no-call", Self::NoCall),
        ("late", Self::Late),
        ("out-of-order", Self::OutOfOrder),
        ("forged", Self::Forged),
        ("untrue", Self::Untrue),
        ("wrong-amount", Self::WrongAmount),
        ("wrong-merchant", Self::WrongMerchant),
        ("silent", Self::Silent),
        ("after-end", Self::AfterEnd),
    ];
}

/// An order as the gateway knows it.
#[derive(Clone, Debug)]
struct Order {
    amount: i64,
    /// Where the payer goes back to, and where we call.
    back: String,
    told: String,
    /// `yyyyMMddHHmmss`, as VNPay was told.
    ends: String,
    note: String,
    /// The payment: its number, amount, and when, in milliseconds since 1970.
    paid: Option<(i64, i64, i64)>,
    refunded: bool,
}

#[derive(Default)]
struct Known {
    fault: Fault,
    next: i64,
    vnpay: BTreeMap<String, Order>,
    momo: BTreeMap<String, Order>,
    bank: Vec<bank::Line>,
    /// Text messages, newest last.
    messages: Vec<sms::Message>,
    /// Bodies of the calls that were made, newest last.
    calls: Vec<String>,
}

/// A running gateway.
pub struct Gateway {
    /// Where it listens.
    pub address: SocketAddr,
    known: Mutex<Known>,
    /// The product's address, which VNPay is told by contract.
    site: Mutex<String>,
    /// The mail server whose mails are shown, if there is one.
    smtp: OnceLock<Smtp>,
    /// What time it is; a test brings its own.
    clock: Box<dyn Fn() -> i64 + Send + Sync>,
}

/// The machine's clock: milliseconds since 1970.
#[must_use]
pub fn system_clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

impl Gateway {
    /// Starts one that calls the product at `site`.
    ///
    /// # Errors
    /// When it cannot listen there.
    pub fn start(
        listen: &str,
        site: &str,
        clock: impl Fn() -> i64 + Send + Sync + 'static,
    ) -> std::io::Result<Arc<Self>> {
        let listener = TcpListener::bind(listen)?;
        let known = Mutex::new(Known { next: 14_000_000, ..Known::default() });
        let site = Mutex::new(site.to_owned());
        let (address, smtp) = (listener.local_addr()?, OnceLock::new());
        let gateway = Arc::new(Self { address, known, site, smtp, clock: Box::new(clock) });
        let serving = Arc::clone(&gateway);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let gateway = Arc::clone(&serving);
                // A payer who hangs up is nothing to tell of.
                std::thread::spawn(move || http::serve(&stream, |request| gateway.answer(request)));
            }
        });
        Ok(gateway)
    }

    /// Where VNPay calls from now on.
    pub fn call_at(&self, site: &str) {
        site.clone_into(&mut self.site.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Shows this mail server's mails from now on; the first one stays.
    pub fn show(&self, smtp: Smtp) {
        drop(self.smtp.set(smtp));
    }

    /// What goes wrong from now on.
    pub fn fault(&self, fault: Fault) {
        self.known().fault = fault;
    }

    /// The calls that were made, the query of VNPay's and the body of `MoMo`'s.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.known().calls.clone()
    }

    /// How many orders were paid.
    #[must_use]
    pub fn paid(&self) -> usize {
        let known = self.known();
        known.vnpay.values().chain(known.momo.values()).filter(|order| order.paid.is_some()).count()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn site(&self) -> String {
        self.site.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn answer(&self, request: &Request) -> Answer {
        let path: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        match (request.method.as_str(), path.as_slice()) {
            ("GET", []) => page::home(self.known().fault),
            ("POST", ["fault"]) => {
                let name = request.field("fault");
                let fault = Fault::ALL.iter().find(|(known, _)| *known == name);
                self.fault(fault.map_or(Fault::None, |(_, fault)| *fault));
                Answer::go("/")
            }
            ("GET", ["vnpay", "pay"]) => vnpay::page(self, &request.query),
            ("POST", ["vnpay", order, what]) => vnpay::decided(self, order, what),
            ("POST", ["vnpay", "api"]) => vnpay::asked(self, &request.body),
            ("POST", ["momo", method @ ("create" | "query" | "refund")]) => momo::asked(self, method, &request.body),
            ("GET", ["momo", "pay", order]) => momo::page(self, order),
            ("POST", ["momo", "pay", order, what]) => momo::decided(self, order, what),
            ("GET", ["mail"]) => mail::page(self.smtp.get().map(Smtp::taken).as_deref()),
            ("POST", ["MainService.svc", "json", "SendMultipleMessage_V4_post_json"]) => {
                sms::taken(self, &request.body)
            }
            ("GET", ["sms"]) => sms::page(&self.known().messages),
            ("GET", ["bank"]) => bank::page(""),
            ("POST", ["bank"]) => bank::transfer(self, request),
            ("GET", ["bank", "statement.csv"]) => bank::statement(&self.known().bank),
            _ => Answer::none(),
        }
    }

    /// Writes down that an order was paid; gives it as it is now, and what goes wrong with it.
    fn pay(&self, order: &str, of: impl Fn(&mut Known) -> &mut BTreeMap<String, Order>) -> Option<(Order, Fault)> {
        let now = (self.clock)();
        let mut known = self.known();
        known.next += 1;
        let (number, fault) = (known.next, known.fault);
        let order = of(&mut known).get_mut(order)?;
        let amount = if fault == Fault::WrongAmount { order.amount - 1_000 } else { order.amount };
        let at = if fault == Fault::AfterEnd { now + 7 * 24 * 3_600_000 } else { now };
        if order.paid.is_none() && !matches!(fault, Fault::Forged | Fault::Untrue) {
            order.paid = Some((number, amount, at));
        }
        let mut told = order.clone();
        // What is told though it is not so.
        told.paid = told.paid.or(Some((number, amount, at)));
        Some((told, fault))
    }

    /// Calls the product as often and as soon as the fault says; waits for it, so that the payer comes back afterwards.
    fn call(&self, fault: Fault, said: &str, post: fn(&str, &str), to: &str) {
        if fault == Fault::NoCall {
            return;
        }
        if fault == Fault::Late {
            std::thread::sleep(Duration::from_secs(2));
        }
        self.known().calls.push(said.to_owned());
        post(to, said);
        if fault == Fault::Double {
            post(to, said);
        }
    }
}
