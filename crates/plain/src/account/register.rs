//! Đăng ký tài khoản: one thing a page, and all that was typed travels in the page.

use super::typed::{FIELDS, Page, Step, Typed};
use super::{Line, hidden, page, select, summary};
use crate::frame::{Style, t};
use maud::{Markup, html};
use procedure::units::UnitsBook;
use text::Key;
use wire::FieldProblem;

/// Where the page stands on the whole way. `sms`: whether text messages are sent here.
pub(super) fn caption(typed: &Typed, page: Page, sms: bool) -> Markup {
    let (place, of) = typed.place(page, sms);
    html! { span.caption { "Đăng ký tài khoản · bước " (place) "/" (of) } }
}

/// A step, with what is wrong with it. `sms`: whether text messages are sent here, and a telephone number is asked for at the end.
#[must_use]
pub fn step(style: &Style, units: &UnitsBook, step: Step, typed: &Typed, sms: bool, wrong: &[FieldProblem]) -> String {
    let title = step.title(typed);
    let inside = html! {
        (caption(typed, Page::Step(step), sms))
        (summary(wrong))
        h1 { (title) }
        form method="post" action="/account/register" novalidate {
            (hidden("step", step.name()))
            (rest(typed, step.asks()))
            @match step {
                Step::Kind => (kind(typed, wrong)),
                Step::Person => (person(typed, wrong)),
                Step::Organisation => (organisation(typed, wrong)),
                Step::Province => (province(units, typed, wrong)),
                Step::Commune => (commune(units, typed, wrong)),
                Step::Email => {
                    p { "Chúng tôi gửi một thư vào địa chỉ này. Mở đường dẫn trong thư để đặt mật khẩu và dùng tài khoản." }
                    (Line { name: "email", label: "Địa chỉ e-mail", hint: "Ví dụ: lan.tran@gmail.com. Chưa có e-mail thì nhờ con cháu, hoặc nộp hồ sơ không cần tài khoản.",
                        kind: "email", autocomplete: "email", value: typed.get("email"), ..Line::default() }.draw(wrong))
                }
                Step::Check => (check(units, typed)),
            }
            button.button name="wish" value="next" { @if step == Step::Check { "Đăng ký" } @else { "Tiếp tục" } }
            @if step == Step::Province { button.button.quiet name="wish" value="skip" { "Để sau" } }
            @if step != Step::Kind { button.link name="wish" value="back" { "‹ Quay lại" } }
        }
        @if step == Step::Kind {
            p { "Đã có tài khoản? " a href="/account/sign-in" { "Đăng nhập" } }
            p.hint { "Nộp hồ sơ không bắt buộc có tài khoản. Tài khoản giúp bạn không phải gõ lại, và thấy mọi hồ sơ ở một nơi." }
        }
    };
    page(style, title, &inside)
}

/// All fields that a page does not ask for, out of sight.
fn rest(typed: &Typed, asks: &[&str]) -> Markup {
    html! { @for name in FIELDS { @if !asks.contains(&name) { (hidden(name, typed.get(name))) } } }
}

fn radios(name: &str, legend: &str, chosen: &str, options: &[(&str, &str, &str)], wrong: &[FieldProblem]) -> Markup {
    let says = wrong.iter().find(|problem| problem.place == name).map(|problem| problem.says.as_str());
    html! {
        fieldset.field.bad[says.is_some()] aria-describedby=[says.map(|_| format!("{name}-problem"))] {
            legend.label { (legend) }
            @if let Some(says) = says { div id={ (name) "-problem" } { p.bad-text { (says) } } }
            // The first one carries the id of the place, so that a problem leads to it.
            @for (at, (value, label, hint)) in options.iter().enumerate() {
                @let id = if at == 0 { name.to_owned() } else { format!("{name}-{value}") };
                label.choice for=(id) {
                    input type="radio" id=(id) name=(name) value=(value) checked[*value == chosen];
                    span { (label) @if !hint.is_empty() { small { (hint) } } }
                }
            }
        }
    }
}

fn kind(typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    let chosen = if typed.get("kind").is_empty() { "person" } else { typed.get("kind") };
    let options = [
        ("person", "Cho tôi", "Công dân, người lao động, chủ hộ"),
        ("organisation", "Cho tổ chức", "Doanh nghiệp, hợp tác xã, hộ kinh doanh, cơ quan"),
    ];
    radios("kind", "Tài khoản dùng cho", chosen, &options, wrong)
}

pub(super) fn person(typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    html! {
        (scan())
        (Line { name: "name", label: "Họ và tên", hint: "Viết có dấu như trên thẻ căn cước.", kind: "text", autocomplete: "name", value: typed.get("name"), ..Line::default() }.draw(wrong))
        (Line { name: "number", label: "Số định danh cá nhân (không bắt buộc)", hint: "12 chữ số trên thẻ căn cước, hoặc 9 chữ số của chứng minh nhân dân.", kind: "text", autocomplete: "off", value: typed.get("number"), ..Line::default() }.draw(wrong))
        (birth(typed, wrong))
        (radios("sex", "Giới tính (không bắt buộc)", typed.get("sex"), &[("nam", "Nam", ""), ("nu", "Nữ", "")], wrong))
    }
}

/// The way in for an identity card, whose script shows it.
fn scan() -> Markup {
    html! {
        div hidden {
            button.button.quiet type="button" data-card="birth=birth sex=sex number=number" data-name="name" data-alone=""
                data-wait=(t(Key::FrameLoading)) data-failed=(t(Key::CardFailed)) data-filled=(t(Key::CardFilled)) {
                (t(Key::CardScan))
            }
            p role="status" {}
        }
        script src="/register.js" type="module" {}
    }
}

fn birth(typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    let says = wrong.iter().find(|problem| problem.place.starts_with("birth")).map(|problem| problem.says.as_str());
    html! {
        fieldset.field.bad[says.is_some()] aria-describedby=[says.map(|_| "birth-problem")] {
            legend.label { "Ngày sinh (không bắt buộc)" }
            p.hint { "Ví dụ 15 3 1962. Chỉ nhớ năm thì điền năm." }
            @if let Some(says) = says { div #birth-problem { p.bad-text { (says) } } }
            div.three {
                @for (name, label, class) in [("birth.day", "Ngày", "d"), ("birth.month", "Tháng", "d"), ("birth.year", "Năm", "y")] {
                    div {
                        label for=(name) { (label) }
                        input id=(name) name=(name) class=(class) type="text" inputmode="numeric" maxlength="4" autocomplete="off" value=(typed.get(name)) aria-invalid=[says.map(|_| "true")];
                    }
                }
            }
            // What is wrong with the whole date leads to its first box.
            span id="birth" {}
        }
    }
}

pub(super) fn organisation(typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    html! {
        (Line { name: "organisation.name", label: "Tên tổ chức", hint: "Như trên giấy đăng ký.", kind: "text", autocomplete: "organization", value: typed.get("organisation.name"), ..Line::default() }.draw(wrong))
        (Line { name: "organisation.tax_code", label: "Mã số thuế", hint: "10 chữ số; 13 nếu là chi nhánh; 12 số định danh nếu là hộ kinh doanh.", kind: "text", autocomplete: "off", value: typed.get("organisation.tax_code"), ..Line::default() }.draw(wrong))
    }
}

fn province(units: &UnitsBook, typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    let provinces = units.provinces().iter().filter(|one| one.until.is_none());
    let options: Vec<_> = provinces.map(|one| (one.code.as_str(), one.label.as_str())).collect();
    select(("province", "Tỉnh, thành phố", "Tên gọi từ 1/7/2025."), typed.get("province"), &options, wrong)
}

fn commune(units: &UnitsBook, typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    let communes = units.communes(typed.get("province")).into_iter().flatten().filter(|one| one.until.is_none());
    let options: Vec<_> = communes.map(|one| (one.code.as_str(), one.label.as_str())).collect();
    html! {
        (select(("commune", "Xã, phường, đặc khu", ""), typed.get("commune"), &options, wrong))
        (Line { name: "detail", label: "Thôn, khu phố, số nhà", hint: "", kind: "text", autocomplete: "street-address", value: typed.get("detail"), ..Line::default() }.draw(wrong))
    }
}

/// What was told, as rows with a word for each; empty ones are left out.
pub(super) fn told(units: &UnitsBook, typed: &Typed) -> Vec<(Step, &'static str, String)> {
    let place = typed.get("commune");
    let communes = units.communes(typed.get("province")).into_iter().flatten();
    let commune = communes.clone().find(|one| one.code == place).map_or(String::new(), |one| one.label.clone());
    let province = units.provinces().iter().find(|one| one.code == typed.get("province"));
    let home = [typed.get("detail").to_owned(), commune, province.map_or(String::new(), |one| one.label.clone())];
    let born = [typed.get("birth.day"), typed.get("birth.month"), typed.get("birth.year")];
    let joined =
        |parts: &[&str], by: &str| parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(by);
    let sex = match typed.get("sex") {
        "nam" => "Nam",
        "nu" => "Nữ",
        _ => "",
    };
    let rows = [
        (Step::Organisation, "Tên tổ chức", typed.get("organisation.name").to_owned()),
        (Step::Organisation, "Mã số thuế", typed.get("organisation.tax_code").to_owned()),
        (Step::Person, "Họ và tên", typed.get("name").to_owned()),
        (Step::Person, "Số định danh cá nhân", typed.get("number").to_owned()),
        (Step::Person, "Ngày sinh", joined(&born, "/")),
        (Step::Person, "Giới tính", sex.to_owned()),
        (Step::Province, "Nơi ở", joined(&[&home[0], &home[1], &home[2]], ", ")),
        (Step::Email, "E-mail", typed.get("email").to_owned()),
    ];
    let rows = rows
        .into_iter()
        .filter(|(step, _, text)| !text.is_empty() && (*step != Step::Organisation || typed.is_organisation()));
    rows.collect()
}

fn check(units: &UnitsBook, typed: &Typed) -> Markup {
    html! {
        dl.answers {
            @for (step, label, text) in told(units, typed) {
                div.row {
                    dt { (label) }
                    dd { (text) }
                    dd.action { button.link name="wish" value={ "edit " (step.name()) } { "Sửa" span.unseen { " " (label) } } }
                }
            }
        }
        p { "Khi bấm “Đăng ký”, bạn đồng ý để hệ thống lưu những điều trên trong tài khoản của bạn, dùng để điền sẵn vào tờ khai. Bạn xem, sửa hoặc xóa được bất cứ lúc nào." }
    }
}

/// After registering, the same whoever has the address.
#[must_use]
pub fn sent(style: &Style, email: &str) -> String {
    let inside = html! {
        div.done { h1 { "Hãy mở hộp thư của bạn" } }
        p { "Chúng tôi đã gửi một thư tới " b { (email) } ", tên là “Xác nhận đăng ký tài khoản sử dụng dịch vụ công trực tuyến”." }
        p { "Mở thư, bấm đường dẫn trong thư và đặt mật khẩu. Đường dẫn dùng được trong 24 giờ." }
        h2 { "Không thấy thư?" }
        ul.bullets {
            li { "Đợi vài phút, rồi xem cả mục Thư rác (Spam) và Quảng cáo." }
            li { "Xem lại địa chỉ ở trên. Nếu gõ nhầm, hãy " a href="/account/register" { "đăng ký lại" } "." }
            li { "Vẫn không được thì nộp hồ sơ không cần tài khoản: hồ sơ được giải quyết như nhau." }
        }
        p.hint { "Những gì bạn đang viết trong hồ sơ vẫn còn trên máy này." }
        a.button.quiet href="/" { "Về trang chủ" }
    };
    page(style, "Hãy mở hộp thư của bạn", &inside)
}

/// Used by the pages that change what is told.
pub(super) fn home_fields(units: &UnitsBook, typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    html! {
        (province(units, typed, wrong))
        @if typed.get("province").is_empty() {
            p.hint { "Chọn tỉnh rồi bấm “Lưu”: danh sách xã, phường hiện ra." }
        } @else { (commune(units, typed, wrong)) }
    }
}
