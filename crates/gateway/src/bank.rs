//! A payer's bank: a transfer, and the statement of the account that it went to.

use crate::http::{Answer, Request};
use crate::page::{escaped, page as whole};
use crate::{Fault, Gateway};
use form::kind::money::{group, parse};
use procedure::calendar::Moment;

/// Money that came to the office's account.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    number: i64,
    amount: i64,
    at: Moment,
    says: String,
}

/// The page on which a transfer is typed.
pub(crate) fn page(done: &str) -> Answer {
    let done = if done.is_empty() { String::new() } else { format!("<p role=status><b>{done}</b></p>") };
    whole(
        "Ngân hàng",
        &format!(
            "{done}<form method=post action=/bank><label>Số tiền <input name=amount inputmode=numeric></label>\
             <label>Nội dung <input name=purpose></label><button>Chuyển tiền</button></form>\
             <p><a href=/bank/statement.csv>Sao kê của đơn vị nhận (CSV)</a></p>"
        ),
    )
}

/// A transfer, in the words that banks put around a purpose.
pub(crate) fn transfer(gateway: &Gateway, request: &Request) -> Answer {
    let (Some(amount), purpose) = (parse(&request.field("amount")), request.field("purpose")) else {
        return page("Số tiền không đọc được");
    };
    let at = Moment((gateway.clock)());
    let mut known = gateway.known();
    known.next += 1;
    let (number, fault) = (known.next, known.fault);
    let amount = if fault == Fault::WrongAmount { amount - 1_000 } else { amount };
    let line = Line { number, amount, at, says: format!("MBVCB.{number}.{purpose}.CT tu 0900000123") };
    known.bank.push(line.clone());
    if fault == Fault::Double {
        known.bank.push(line);
    }
    page(&format!("Đã chuyển {} đồng, nội dung {}", group(amount), escaped(&purpose)))
}

/// The statement, as Vietnamese banks give it.
pub(crate) fn statement(lines: &[Line]) -> Answer {
    let mut out = "\u{feff}SAO KÊ TÀI KHOẢN;;;;\nNgày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n".to_owned();
    for Line { number, amount, at, says } in lines {
        let ((hour, minute), date) = (at.clock(), at.date());
        out += &format!(
            "{:02}/{:02}/{} {hour:02}:{minute:02};FT{number};;{};{}\n",
            date.day,
            date.month,
            date.year,
            group(*amount),
            says.replace([';', '\n', '\r'], " ")
        );
    }
    Answer::csv(out)
}
