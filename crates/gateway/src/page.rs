//! The pages that a payer sees: plain, as a bank's are on a cheap phone.

use crate::Fault;
use crate::http::Answer;
use form::kind::money::group;

/// A page with a title and what stands on it.
pub(crate) fn page(title: &str, inner: &str) -> Answer {
    Answer::page(format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <link rel=icon href='data:,'><title>{title}</title><style>body{{font:18px sans-serif;max-width:32em;margin:1em auto;padding:0 1em}}\
         button,input,select{{font:inherit;padding:.6em 1em;margin:.3em 0;display:block;width:100%;box-sizing:border-box}}</style>\
         <main><p><b>CỔNG THỬ – không có tiền thật, không có thư hay tin nhắn thật</b></p><h1>{title}</h1>{inner}</main>"
    ))
}

/// Pay or go back.
pub(crate) fn choice(who: &str, amount: i64, note: &str, to: &str) -> Answer {
    let (amount, note) = (group(amount), escaped(note));
    page(
        who,
        &format!(
            "<p>Số tiền: <b>{amount} đồng</b></p><p>Nội dung: {note}</p>\
             <form method=post action='{to}/pay'><button>Thanh toán</button></form>\
             <form method=post action='{to}/cancel'><button>Hủy</button></form>"
        ),
    )
}

/// What the next payments do wrong.
pub(crate) fn home(now: Fault) -> Answer {
    let option = |(name, fault): &(&str, Fault)| {
        let selected = if *fault == now { " selected" } else { "" };
        format!("<option value={name}{selected}>{name}</option>")
    };
    let options: String = Fault::ALL.iter().map(option).collect();
    page(
        "Cổng thanh toán để thử",
        &format!(
            "<form method=post action=/fault><label>Lỗi của lần thanh toán tới <select name=fault>{options}</select></label>\
             <button>Đặt</button></form><p><a href=/bank>Ngân hàng: chuyển khoản và sao kê</a></p><p><a href=/mail>Hộp thư: thư mà trang đã gửi</a></p>\
             <p><a href=/sms>Điện thoại: tin nhắn mà trang đã gửi</a></p>"
        ),
    )
}

/// A text that is no markup.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;").replace('"', "&quot;")
}
