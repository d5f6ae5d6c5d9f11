//! The mailbox of everybody: what the mail server has taken, the newest first.

use crate::http::Answer;
use crate::page::{self, escaped};
use crate::smtp::Taken;

/// The page; nothing when there is no mail server.
pub(crate) fn page(mails: Option<&[Taken]>) -> Answer {
    mails.map_or_else(Answer::none, |mails| page::page("Hộp thư để thử", &shown(mails)))
}

fn shown(mails: &[Taken]) -> String {
    if mails.is_empty() {
        return "<p>Chưa có thư nào. Thư đến sau vài giây; tải lại trang để xem.</p>".to_owned();
    }
    let one = |mail: &Taken| {
        let (to, subject) = (escaped(&mail.to.join(", ")), escaped(&mail.subject()));
        let lines: Vec<String> = mail.words().trim().lines().map(|line| linked(line.trim_end())).collect();
        format!("<article><h2>{subject}</h2><p>Gửi đến: <b>{to}</b></p><p>{}</p></article><hr>", lines.join("<br>"))
    };
    mails.iter().rev().map(one).collect()
}

/// A line of a mail, with its address to click on.
fn linked(line: &str) -> String {
    let Some(at) = line.find("http") else { return escaped(line) };
    let (before, rest) = line.split_at(at);
    let (address, after) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
    if !(address.starts_with("http://") || address.starts_with("https://")) {
        return escaped(line);
    }
    let (before, address, after) = (escaped(before), escaped(address), escaped(after));
    format!("{before}<a href=\"{address}\">{address}</a>{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_shown_with_its_link_and_no_markup_of_its_own() {
        let whole = "Subject: =?utf-8?b?WMOhYyBuaOG6rW4g?=\r\n =?utf-8?b?xJHEg25nIGvDvQ==?=\r\n\
            Content-Transfer-Encoding: 7bit\r\n\r\n<b>Mo</b>\r\nhttps://motcua.example/account/confirm#ab\r\nhttpx";
        let mail = Taken { from: String::new(), to: vec!["lan@example.com".to_owned()], whole: whole.to_owned() };
        let page = shown(&[mail]);
        assert!(page.contains("<h2>Xác nhận đăng ký</h2>") && page.contains("&lt;b&gt;Mo&lt;/b&gt;"), "{page}");
        let link =
            "<a href=\"https://motcua.example/account/confirm#ab\">https://motcua.example/account/confirm#ab</a>";
        assert!(page.contains(link) && page.contains("<br>httpx"), "{page}");
    }
}
