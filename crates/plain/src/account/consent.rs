//! The pages on which a consent to file for somebody is given, taken up, recorded from paper, and taken back by its code.

use super::others::{kinship, lives, stands};
use super::{Line, field, hidden, page, select, summary};
use crate::frame::Style;
use account::consent::{Kinship, LASTS_DAYS};
use maud::{Markup, html};
use wire::{FieldProblem, MyConsent};

/// Offers somebody that they file. `typed` is what was typed of name, kinship, procedure and days; `number` tells whether the holder's number is
/// known.
#[must_use]
pub fn give(
    style: &Style,
    key: &str,
    procedures: Procedures<'_>,
    typed: [&str; 4],
    number: bool,
    wrong: &[FieldProblem],
) -> String {
    let [filer, kind, procedure, days] = typed;
    let inside = html! {
        a.back href="/account/others" { "‹ Nộp hộ" }
        (summary(wrong))
        h1 { "Cho người khác nộp hộ tôi" }
        @if number {
            p { "Bạn nhận một mã để đọc cho người ấy. Họ nộp hồ sơ thay bạn được, và thấy tên, số định danh của bạn để điền; mọi hồ sơ họ nộp hiện trong tài khoản của bạn." }
            form method="post" action="/account/others/give" novalidate {
                (hidden("key", key))
                (Line { name: "filer", label: "Họ và tên người nộp hộ", hint: "", kind: "text", autocomplete: "off", value: filer, ..Line::default() }.draw(wrong))
                (kinds("Người ấy là ai?", kind, wrong))
                (only(procedures, procedure, wrong))
                (lasts(days, wrong))
                button.button { "Tạo mã đồng ý" }
            }
        } @else {
            p { "Hồ sơ của bạn được nhận ra bằng số định danh, nên cần có số này trong tài khoản trước." }
            a.button href="/account/details" { "Ghi số định danh" }
        }
    };
    page(style, "Cho người khác nộp hộ tôi", &inside)
}

/// Takes an offer up by its code.
#[must_use]
pub fn accept(style: &Style, code: &str, wrong: &[FieldProblem]) -> String {
    let inside = html! {
        a.back href="/account/others" { "‹ Nộp hộ" }
        (summary(wrong))
        h1 { "Tôi có mã đồng ý" }
        p { "Người được nộp hộ tạo mã trong tài khoản của họ rồi đọc cho bạn." }
        form method="post" action="/account/others/accept" novalidate {
            (code_line(code, wrong))
            button.button { "Nhận nộp hộ" }
        }
    };
    page(style, "Tôi có mã đồng ý", &inside)
}

fn code_line(code: &str, wrong: &[FieldProblem]) -> Markup {
    let hint = "13 chữ và số. Gõ thường, thiếu dấu gạch cũng được.";
    let line = Line { kind: "text", autocomplete: "off", value: code, ..Line::default() };
    Line { name: "consent-code", label: "Mã đồng ý", hint, ..line }.draw(wrong)
}

/// What was typed of a consent that was given on paper.
#[derive(Clone, Copy, Default)]
pub struct Paper<'a> {
    /// The name of the one who signed.
    pub owner: &'a str,
    /// Their number.
    pub number: &'a str,
    /// What the one who files is to them.
    pub kinship: &'a str,
    /// The only procedure that it is for; empty for all of them.
    pub procedure: &'a str,
    /// For how many days.
    pub days: &'a str,
    /// SHA-256 of the picture, once it is there.
    pub sha256: &'a str,
}

/// Records a consent that was given on paper.
#[must_use]
pub fn paper(
    style: &Style,
    (key, filer): (&str, &str),
    procedures: Procedures<'_>,
    typed: Paper<'_>,
    wrong: &[FieldProblem],
) -> String {
    let Paper { owner, number, kinship, procedure, days, sha256 } = typed;
    let line = Line { kind: "text", autocomplete: "off", ..Line::default() };
    let inside = html! {
        a.back href="/account/others" { "‹ Nộp hộ" }
        (summary(wrong))
        h1 { "Người ấy ký trên giấy" }
        p { "Dành cho người không có điện thoại, không có tài khoản. Viết ra giấy như sau, đọc cho họ nghe, rồi họ ký hoặc điểm chỉ:" }
        blockquote.panel {
            "Tôi là … , số định danh … . Tôi đồng ý để " b { (filer) } " nộp hộ tôi hồ sơ trực tuyến và nhận tin về hồ sơ, đến ngày … . Tôi có thể rút lại lúc nào cũng được. Ngày … , ký tên."
        }
        form method="post" action="/account/others/paper" enctype="multipart/form-data" novalidate {
            (hidden("key", key))
            (hidden("paper", sha256))
            (Line { name: "owner", label: "Họ và tên người được nộp hộ", hint: "Như trên thẻ căn cước.", value: owner, ..line }.draw(wrong))
            (Line { name: "number", label: "Số định danh của người ấy", hint: "12 chữ số trên thẻ căn cước, hoặc 9 số chứng minh nhân dân cũ.", value: number, ..line }.draw(wrong))
            (kinds("Bạn là gì của người ấy?", kinship, wrong))
            (only(procedures, procedure, wrong))
            (lasts(days, wrong))
            (field(("", "file"), "Ảnh tờ giấy đã ký", if sha256.is_empty() { "Chụp rõ cả tờ, thấy được chữ ký." } else { "Đã nhận ảnh. Chọn lại nếu muốn thay ảnh khác." }, wrong, &|id, described, bad| html! {
                input id=(id) name="file" type="file" accept="image/*,application/pdf" aria-describedby=[described] aria-invalid=[bad];
            }))
            button.button { "Ghi nhận sự đồng ý" }
        }
    };
    page(style, "Người ấy ký trên giấy", &inside)
}

fn kinds(label: &str, chosen: &str, wrong: &[FieldProblem]) -> Markup {
    select(("kinship", label, ""), chosen, &Kinship::ALL.map(|kind| (kind.name(), kind.says())), wrong)
}

/// Ids and names of procedures.
type Procedures<'a> = &'a [(&'a str, &'a str)];

fn only(procedures: Procedures<'_>, chosen: &str, wrong: &[FieldProblem]) -> Markup {
    field(("", "procedure"), "Cho nộp hồ sơ nào?", "", wrong, &|id, described, bad| {
        html! {
            select id=(id) name="procedure" aria-describedby=[described] aria-invalid=[bad] {
                option value="" { "Mọi thủ tục" }
                @for (id, name) in procedures { option value=(id) selected[*id == chosen] { (name) } }
            }
        }
    })
}

fn lasts(chosen: &str, wrong: &[FieldProblem]) -> Markup {
    let [month, half, year] = LASTS_DAYS.map(|days| days.to_string());
    let options = [(month.as_str(), "1 tháng"), (&half, "6 tháng"), (&year, "1 năm")];
    select(
        ("days", "Dùng được bao lâu?", "Hết hạn thì không nộp thêm được; hồ sơ đã nộp vẫn theo dõi được."),
        chosen,
        &options,
        wrong,
    )
}

/// A consent is taken back by its code, without an account: the code is asked for, then what it opens is shown.
#[must_use]
pub fn by_code(style: &Style, code: &str, found: Option<&MyConsent>, wrong: &[FieldProblem]) -> String {
    let inside = html! {
        (summary(wrong))
        @match found {
            None => {
                h1 { "Rút lại sự đồng ý cho nộp hộ" }
                p { "Nhập mã trên tờ giấy mà người nộp hộ đã đưa cho bạn. Mất mã thì đến Bộ phận Một cửa của xã." }
                form method="post" action="/dong-y" novalidate {
                    (code_line(code, wrong))
                    button.button { "Xem" }
                }
            },
            Some(found) if found.standing == "withdrawn" => {
                div.done role="status" { h1 { "Đã rút lại" } }
                p { b { (found.filer) } " không nộp thêm hồ sơ nào cho bạn và không xem được hồ sơ đã nộp nữa." }
                p { "Hồ sơ đã nộp vẫn được giải quyết. Muốn dừng hồ sơ hoặc làm tiếp, hãy đến Bộ phận Một cửa của xã." }
                a.button.quiet href="/" { "Về trang chủ" }
            },
            Some(found) => {
                h1 { "Rút lại sự đồng ý cho nộp hộ" }
                section.panel { p { b { (found.filer) } br; small { (kinship(&found.kinship)) " · nộp hộ bạn" } } (stands(found)) }
                @if lives(found) || found.standing == "ended" {
                    p { "Rút lại rồi, người này không nộp thêm và không xem được hồ sơ đã nộp nữa. Không cần nêu lý do." }
                    form method="post" action="/dong-y" {
                        (hidden("consent-code", code))
                        button.button.danger name="wish" value="withdraw" { "Rút lại sự đồng ý" }
                    }
                    a.button.quiet href="/" { "Để nguyên như cũ" }
                }
            },
        }
    };
    page(style, "Rút lại sự đồng ý cho nộp hộ", &inside)
}
