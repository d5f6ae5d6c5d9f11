//! Đăng ký tài khoản: one thing a page, and all that was typed travels in the page.

use super::{Line, hidden, page, select, summary};
use crate::frame::Style;
use maud::{Markup, html};
use procedure::units::UnitsBook;
use wire::{CitizenDetails, CitizenOrganisation, FieldProblem, Register};

/// The fields that are typed, by the names of their problems; the date of birth in its three boxes.
const FIELDS: [&str; 14] = [
    "kind",
    "name",
    "number",
    "birth.day",
    "birth.month",
    "birth.year",
    "sex",
    "organisation.name",
    "organisation.tax_code",
    "province",
    "commune",
    "detail",
    "email",
    "next",
];

/// A page of registering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// For a person or for an organisation.
    Kind,
    /// Who.
    Person,
    /// The organisation.
    Organisation,
    /// Where they live: the province.
    Province,
    /// Where they live: the commune.
    Commune,
    /// The e-mail address.
    Email,
    /// Everything once more.
    Check,
}

impl Step {
    const ALL: [Self; 7] =
        [Self::Kind, Self::Person, Self::Organisation, Self::Province, Self::Commune, Self::Email, Self::Check];

    /// Its name in the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Province => "province",
            Self::Commune => "commune",
            Self::Email => "email",
            Self::Check => "check",
        }
    }

    /// The step with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The places of what is asked on it.
    #[must_use]
    pub const fn asks(self) -> &'static [&'static str] {
        match self {
            Self::Kind => &["kind"],
            Self::Person => &["name", "number", "birth", "birth.day", "birth.month", "birth.year", "sex"],
            Self::Organisation => &["organisation.name", "organisation.tax_code"],
            Self::Province => &["province"],
            Self::Commune => &["commune", "detail"],
            Self::Email => &["email"],
            Self::Check => &[],
        }
    }

    /// The step on which something is asked.
    #[must_use]
    pub fn asking(place: &str) -> Self {
        Self::ALL.into_iter().find(|step| step.asks().contains(&place)).unwrap_or(Self::Kind)
    }

    fn title(self, typed: &Typed) -> &'static str {
        match self {
            Self::Kind => "Bạn đăng ký tài khoản cho ai?",
            Self::Person if typed.is_organisation() => "Người đại diện sử dụng tài khoản",
            Self::Person => "Bạn là ai?",
            Self::Organisation => "Tổ chức, doanh nghiệp, hộ kinh doanh",
            Self::Province => "Bạn ở tỉnh, thành phố nào?",
            Self::Commune => "Bạn ở xã, phường nào?",
            Self::Email => "Thư xác nhận gửi về đâu?",
            Self::Check => "Xem lại trước khi đăng ký",
        }
    }
}

/// What was typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed([String; FIELDS.len()]);

impl Typed {
    /// Takes the fields of a post; what else there is, is left.
    pub fn read<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut typed = Self::default();
        for (name, text) in fields {
            typed.set(name, text);
        }
        typed
    }

    /// Writes into a field of this name, if there is one.
    pub fn set(&mut self, name: &str, text: &str) {
        if let Some(place) = FIELDS.iter().position(|field| *field == name) {
            text.clone_into(&mut self.0[place]);
        }
    }

    /// What stands in a field.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        FIELDS.iter().position(|field| *field == name).map_or("", |place| &self.0[place])
    }

    /// Whether the account is an organisation's.
    #[must_use]
    pub fn is_organisation(&self) -> bool {
        self.get("kind") == "organisation"
    }

    /// The steps in their order.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let wanted = |step: &Step| match step {
            Step::Organisation => self.is_organisation(),
            Step::Commune => !self.get("province").is_empty(),
            _ => true,
        };
        Step::ALL.into_iter().filter(wanted).collect()
    }

    /// The step after this one.
    #[must_use]
    pub fn after(&self, step: Step) -> Step {
        let steps = self.steps();
        steps.iter().skip_while(|one| **one != step).nth(1).copied().unwrap_or(Step::Check)
    }

    /// The step before this one.
    #[must_use]
    pub fn before(&self, step: Step) -> Step {
        let steps = self.steps();
        steps.iter().take_while(|one| **one != step).last().copied().unwrap_or(Step::Kind)
    }

    /// As the API takes it. A date is written as it was typed, so that the check can say what is wrong with it.
    #[must_use]
    pub fn request(&self) -> Register {
        Register {
            name: self.get("name").to_owned(),
            email: self.get("email").trim().to_owned(),
            details: self.details(),
            next: self.get("next").to_owned(),
        }
    }

    /// What is told of the person and the organisation.
    #[must_use]
    pub fn details(&self) -> CitizenDetails {
        let organisation = self.is_organisation().then(|| CitizenOrganisation {
            name: self.get("organisation.name").to_owned(),
            tax_code: self.get("organisation.tax_code").to_owned(),
        });
        CitizenDetails {
            number: self.get("number").to_owned(),
            birth: self.birth(),
            sex: self.get("sex").to_owned(),
            province: self.get("province").to_owned(),
            commune: self.get("commune").to_owned(),
            detail: self.get("detail").to_owned(),
            organisation,
        }
    }

    /// `1962-03-15`, the year alone, or nothing.
    fn birth(&self) -> String {
        let [day, month, year] = ["birth.day", "birth.month", "birth.year"].map(|part| self.get(part).trim());
        if day.is_empty() && month.is_empty() { year.to_owned() } else { format!("{year}-{month}-{day}") }
    }

    /// What an account keeps, as it would be typed.
    #[must_use]
    pub fn of(name: &str, details: &CitizenDetails) -> Self {
        let mut typed = Self::default();
        let parts: Vec<&str> = details.birth.split('-').collect();
        if let [year, month, day] = parts.as_slice() {
            for (name, text) in [("birth.year", year), ("birth.month", month), ("birth.day", day)] {
                typed.set(name, text.trim_start_matches('0'));
            }
        } else {
            typed.set("birth.year", &details.birth);
        }
        for (name, text) in [
            ("name", name),
            ("number", &details.number),
            ("sex", &details.sex),
            ("province", &details.province),
            ("commune", &details.commune),
            ("detail", &details.detail),
        ] {
            typed.set(name, text);
        }
        if let Some(organisation) = &details.organisation {
            typed.set("kind", "organisation");
            typed.set("organisation.name", &organisation.name);
            typed.set("organisation.tax_code", &organisation.tax_code);
        }
        typed
    }

    /// All fields that this page does not ask for, out of sight.
    fn rest(&self, asks: &[&str]) -> Markup {
        html! { @for name in FIELDS { @if !asks.contains(&name) { (hidden(name, self.get(name))) } } }
    }
}

/// A step, with what is wrong with it.
#[must_use]
pub fn step(style: &Style, units: &UnitsBook, step: Step, typed: &Typed, wrong: &[FieldProblem]) -> String {
    let title = step.title(typed);
    let steps = typed.steps();
    let place = steps.iter().position(|one| *one == step).map_or(1, |place| place + 1);
    let inside = html! {
        span.caption { "Đăng ký tài khoản · bước " (place) "/" (steps.len()) }
        (summary(wrong))
        h1 { (title) }
        form method="post" action="/account/register" novalidate {
            (hidden("step", step.name()))
            (typed.rest(step.asks()))
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
        (Line { name: "name", label: "Họ và tên", hint: "Viết có dấu như trên thẻ căn cước.", kind: "text", autocomplete: "name", value: typed.get("name"), ..Line::default() }.draw(wrong))
        (Line { name: "number", label: "Số định danh cá nhân (không bắt buộc)", hint: "12 chữ số trên thẻ căn cước, hoặc 9 chữ số của chứng minh nhân dân.", kind: "text", autocomplete: "off", value: typed.get("number"), ..Line::default() }.draw(wrong))
        (birth(typed, wrong))
        (radios("sex", "Giới tính (không bắt buộc)", typed.get("sex"), &[("nam", "Nam", ""), ("nu", "Nữ", "")], wrong))
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

fn organisation(typed: &Typed, wrong: &[FieldProblem]) -> Markup {
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

/// The organisation's fields, for the same pages.
pub(super) fn organisation_fields(typed: &Typed, wrong: &[FieldProblem]) -> Markup {
    organisation(typed, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_typed_again_as_it_was() {
        let details = CitizenDetails {
            number: "000162000001".to_owned(),
            birth: "1962-03-15".to_owned(),
            sex: "nu".to_owned(),
            organisation: Some(CitizenOrganisation { name: "HTX".to_owned(), tax_code: "0000000000".to_owned() }),
            ..CitizenDetails::default()
        };
        let typed = Typed::of("Trần Thị Lan", &details);
        assert_eq!((typed.get("birth.day"), typed.get("birth.month")), ("15", "3"));
        assert_eq!(typed.details(), CitizenDetails { birth: "1962-3-15".to_owned(), ..details });
        let year = CitizenDetails { birth: "1962".to_owned(), ..CitizenDetails::default() };
        assert_eq!(Typed::of("", &year).details(), year);
    }

    #[test]
    fn steps_lead_from_one_to_the_next_and_back() {
        let person = Typed::default();
        assert_eq!(person.steps(), [Step::Kind, Step::Person, Step::Province, Step::Email, Step::Check]);
        let fields = [("kind", "organisation"), ("province", "44"), ("no-such-field", "x")];
        let office = Typed::read(fields.into_iter());
        assert_eq!(office.after(Step::Person), Step::Organisation);
        assert_eq!(office.after(Step::Province), Step::Commune);
        assert_eq!((office.before(Step::Kind), office.after(Step::Check)), (Step::Kind, Step::Check));
        for step in Step::ALL {
            assert_eq!(Step::of_name(step.name()), Some(step));
            assert!(step.asks().iter().all(|place| Step::asking(place) == step));
        }
    }
}
