//! Results that are still to be decided, drafted (dự thảo) from a dossier: the words of the law with what was answered, and
//! dots where an officer decides. A draft never names why somebody is helped: an illness or a disability stands in the
//! article that is cited, which stays open too.

use super::Told;
use dossier::official_forms;
use form::Kind;
use pdf::slip::{Draft, OPEN};
use procedure::{Agency, Level};

/// Which draft. The names say nothing of what a dossier is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftName {
    /// The commune's letter to the district (tờ trình).
    Letter,
    /// The decision.
    Decision,
    /// The certificate that goes with it.
    Certificate,
    /// An answer in writing (công văn).
    Reply,
}

impl DraftName {
    const ALL: [Self; 4] = [Self::Letter, Self::Decision, Self::Certificate, Self::Reply];

    /// The name in addresses and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Decision => "decision",
            Self::Certificate => "certificate",
            Self::Reply => "reply",
        }
    }

    /// The draft with this name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.name() == text)
    }
}

/// The drafts there are of a procedure's results. An answer in writing, with the reason where nothing is granted, can be had
/// of every one, also of those that an office adds.
#[must_use]
pub fn of_procedure(procedure: &str) -> &'static [DraftName] {
    match procedure {
        "tro-cap-xa-hoi-hang-thang" | "ho-tro-chi-phi-mai-tang" => {
            &[DraftName::Letter, DraftName::Decision, DraftName::Reply]
        }
        "cong-nhan-ho-ngheo" => &[DraftName::Decision, DraftName::Certificate, DraftName::Reply],
        "cong-nhan-ho-thoat-ngheo" => &[DraftName::Decision, DraftName::Reply],
        _ => &[DraftName::Reply],
    }
}

/// The local-government act in force: the new one since communes have no district above them.
const ACT_2015: [&str; 2] = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
    "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019",
];
const ACT_2025: [&str; 1] = ["Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"];
const DECREE_20: &str = "Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ quy định chính sách trợ giúp xã hội đối với đối tượng bảo trợ xã hội và các văn bản sửa đổi, bổ sung";
const DECREE_07: &str = "Căn cứ Nghị định số 07/2021/NĐ-CP ngày 27 tháng 01 năm 2021 của Chính phủ quy định chuẩn nghèo đa chiều giai đoạn 2021 - 2025";
const DECISION_24: &str = "Căn cứ Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ quy định quy trình rà soát hộ nghèo, hộ cận nghèo hằng năm";

impl Told<'_> {
    /// A draft; none where the procedure's results have no such one.
    pub(super) fn draft(&self, name: DraftName) -> Option<Draft> {
        let procedure = self.desk.procedure.id.as_str();
        if !of_procedure(procedure).contains(&name) {
            return None;
        }
        Some(match (procedure, name) {
            ("tham-vieng-mo-liet-si", _) => self.grave(),
            (_, DraftName::Reply) => self.reply(),
            (_, DraftName::Letter) => self.letter(procedure == "ho-tro-chi-phi-mai-tang"),
            ("tro-cap-xa-hoi-hang-thang", _) => self.allowance(),
            ("ho-tro-chi-phi-mai-tang", _) => self.funeral(),
            (_, DraftName::Certificate) => self.certificate(),
            _ => self.household(procedure == "cong-nhan-ho-thoat-ngheo"),
        })
    }

    /// The head of every draft of an office.
    fn of(&self, office: &Agency) -> Draft {
        let agencies = self.desk.agencies.on(self.desk.today);
        let above = office.parent.as_deref().and_then(|code| agencies.find(code));
        Draft {
            above: above.map(|above| full(&above.name)).unwrap_or_default(),
            office: full(&office.name),
            place: place(&office.name),
            signs: "Chủ tịch".to_owned(),
            ..Draft::default()
        }
    }

    /// The unit that decides: that of the stage before the result is handed over, when it lies above the commune.
    fn deciding(&self) -> &Agency {
        let stages = 0..self.desk.procedure.stages.len();
        let mut units = stages.map(|stage| self.desk.unit_of(stage));
        let above = units.find(|unit| unit.code != self.desk.agency.code);
        above.unwrap_or(self.desk.agency)
    }

    fn grounds(&self, more: &[&str]) -> Vec<String> {
        let district = self.deciding().level == Level::District;
        let act: &[&str] = if district { &ACT_2015 } else { &ACT_2025 };
        act.iter().chain(more).map(|ground| (*ground).to_owned()).collect()
    }

    /// "ông/bà …, sinh ngày …, số định danh …, nơi thường trú: …", with dots for what was not answered.
    fn person(&self) -> String {
        let owner = self.work.kept.person.clone();
        let own = |kind: fn(&Kind) -> bool| open(self.beside(&owner, kind));
        format!(
            "ông/bà {}, sinh ngày {}, số định danh cá nhân {}, nơi thường trú: {}",
            open(owner.clone()),
            own(|kind| matches!(kind, Kind::Date(_))),
            own(|kind| matches!(kind, Kind::PersonalId(_))),
            own(|kind| matches!(kind, Kind::Address(_))),
        )
    }

    /// An answer of the form that was filled, as people read it; dots where there is none.
    fn answer(&self, id: &str) -> String {
        let found = official_forms(&self.work.kept.dossier.filing).find_map(|filled| {
            let form = self.forms_of(&filled.form)?;
            let question = form.question_at(id)?;
            Some(self.shown(question, &filled.answers))
        });
        open(found.unwrap_or_default())
    }

    fn dossier(&self) -> String {
        self.work.kept.number.as_ref().map_or_else(String::new, |number| format!(" (mã hồ sơ {number})"))
    }

    fn letter(&self, funeral: bool) -> Draft {
        let (commune, above) = (self.desk.agency, self.deciding());
        let what = if funeral {
            "hỗ trợ chi phí mai táng"
        } else {
            "trợ cấp xã hội hàng tháng, hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng"
        };
        let about = if funeral {
            format!(
                "Người lo mai táng: {}. Người mất: {}, mất ngày {}.",
                self.payee(),
                self.work.kept.person,
                self.answer("nc_ngay_chet")
            )
        } else {
            format!("Người được đề nghị: {}.", self.person())
        };
        let name = full(&commune.name);
        Draft {
            symbol: "TTr-UBND".to_owned(),
            kind: "Tờ trình".to_owned(),
            about: format!("Về việc đề nghị giải quyết {what}"),
            to: full(&above.name),
            grounds: self.grounds(&[DECREE_20]),
            text: vec![
                format!("{name} đã tiếp nhận, thẩm định hồ sơ{} đề nghị {what}.", self.dossier()),
                about,
                format!("Kết quả thẩm định: {OPEN}{OPEN}. Kết quả niêm yết công khai (nếu có): {OPEN}."),
                format!("{name} kính đề nghị {} xem xét, quyết định./.", full(&above.name)),
            ],
            receivers: vec!["Như trên".to_owned(), "Lưu: VT, hồ sơ".to_owned()],
            ..self.of(commune)
        }
    }

    fn allowance(&self) -> Draft {
        let office = self.deciding();
        self.decision(
            office,
            "Về việc trợ cấp xã hội hàng tháng, hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng",
            &[DECREE_20],
            vec![
                format!(
                    "Điều 1. Trợ cấp xã hội hàng tháng (hoặc hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng) đối với {}, theo \
                     điểm {OPEN} khoản {OPEN} Điều {OPEN} Nghị định số 20/2021/NĐ-CP; hệ số {OPEN}, mức {OPEN} đồng/tháng, \
                     kể từ tháng {OPEN} năm {OPEN}.",
                    self.person()
                ),
                format!("Điều 2. {} chi trả theo quy định. Quyết định này có hiệu lực kể từ ngày ký.", full(&self.desk.agency.name)),
                format!("Điều 3. {OPEN}, {} và ông/bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.", full(&self.desk.agency.name)),
            ],
        )
    }

    /// Who bore the funeral: a family's person, or an organisation.
    fn payee(&self) -> String {
        let (family, organisation) = (self.answer("cn_ho_ten"), self.answer("cq_ten"));
        if family == OPEN {
            organisation
        } else {
            format!("ông/bà {family}, số định danh cá nhân {}", self.answer("cn_so_giay_to"))
        }
    }

    fn funeral(&self) -> Draft {
        let office = self.deciding();
        self.decision(
            office,
            "Về việc hỗ trợ chi phí mai táng đối với đối tượng bảo trợ xã hội",
            &[DECREE_20],
            vec![
                format!(
                    "Điều 1. Hỗ trợ chi phí mai táng cho {} đã lo mai táng {}, mất ngày {}, theo điểm {OPEN} khoản {OPEN} Điều {OPEN} \
                     Nghị định số 20/2021/NĐ-CP. Mức hỗ trợ: {OPEN} đồng (bằng chữ: {OPEN}{OPEN}).",
                    self.payee(), open(self.work.kept.person.clone()), self.answer("nc_ngay_chet"),
                ),
                format!("Điều 2. {} chi trả theo quy định. Quyết định này có hiệu lực kể từ ngày ký.", full(&self.desk.agency.name)),
                format!("Điều 3. {OPEN}, {} và người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.", full(&self.desk.agency.name)),
            ],
        )
    }

    /// Mẫu số 02 of Quyết định 24/2021/QĐ-TTg, for one household.
    fn household(&self, escaped: bool) -> Draft {
        let which =
            if escaped { "hộ thoát nghèo, hộ thoát cận nghèo" } else { "hộ nghèo, hộ cận nghèo" };
        let office = self.desk.agency;
        let mut draft = self.decision(
            office,
            &format!("Về việc công nhận danh sách {which}"),
            &[DECREE_07, DECISION_24],
            vec![
                format!(
                    "Điều 1. Công nhận danh sách {which} năm {OPEN} trên địa bàn {} (danh sách kèm theo), trong đó: {OPEN} {}. \
                     Hộ được xét từ hồ sơ{}: hộ {}.",
                    area(&office.name), which.replace(", ", format!("; {OPEN} ").as_str()), self.dossier(), self.person(),
                ),
                "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.".to_owned(),
                format!("Điều 3. {OPEN}, các hộ gia đình có tên trong danh sách chịu trách nhiệm thi hành Quyết định này./."),
            ],
        );
        draft.grounds.push("Theo đề nghị của Ban Chỉ đạo rà soát cấp xã".to_owned());
        draft
    }

    /// Mẫu số 03 of the same.
    fn certificate(&self) -> Draft {
        let office = self.desk.agency;
        let mut grounds = self.grounds(&[DECREE_07]);
        grounds.push(format!(
            "Căn cứ kết quả rà soát hộ nghèo, hộ cận nghèo hằng năm trên địa bàn, Chủ tịch {} chứng nhận",
            full(&office.name)
        ));
        Draft {
            symbol: "GCN-HN.HCN".to_owned(),
            kind: "Giấy chứng nhận".to_owned(),
            about: "Hộ nghèo, hộ cận nghèo".to_owned(),
            grounds,
            text: vec![
                format!("Hộ gia đình {}; dân tộc: {OPEN}.", self.person()),
                format!("Là hộ (nghèo/cận nghèo): {OPEN} năm {OPEN}."),
                format!("Số thành viên trong hộ: {OPEN} (danh sách kèm theo)."),
            ],
            receivers: vec!["Hộ gia đình".to_owned(), "Lưu: VT, hồ sơ".to_owned()],
            ..self.of(office)
        }
    }

    /// An answer in writing where the conditions are not met (Decision 71, B.1 step 4.2 and B.4 step 2: "nêu rõ lý do").
    fn reply(&self) -> Draft {
        let office = self.desk.agency;
        let name = full(&office.name);
        Draft {
            symbol: "UBND".to_owned(),
            about: "trả lời hồ sơ đề nghị giải quyết thủ tục hành chính".to_owned(),
            to: format!("ông/bà {}", open(self.work.kept.person.clone())),
            text: vec![
                format!(
                    "{name} đã nhận hồ sơ{} của ông/bà đề nghị giải quyết thủ tục “{}”.",
                    self.dossier(),
                    self.desk.procedure.name
                ),
                format!("Qua xem xét, {name} trả lời như sau: {OPEN}{OPEN}. Lý do, căn cứ: {OPEN}{OPEN}."),
                format!(
                    "{name} thông báo để ông/bà biết. Có điều chưa rõ, ông/bà liên hệ số điện thoại {}./.",
                    open(office.phone.clone())
                ),
            ],
            receivers: vec!["Như trên".to_owned(), "Lưu: VT, hồ sơ".to_owned()],
            ..self.of(office)
        }
    }

    fn grave(&self) -> Draft {
        let office = self.deciding();
        Draft {
            symbol: "UBND".to_owned(),
            about: "thăm viếng mộ liệt sĩ".to_owned(),
            to: format!("ông/bà {}", open(self.work.kept.person.clone())),
            text: vec![
                format!(
                    "Căn cứ Nghị định số 131/2021/NĐ-CP ngày 30 tháng 12 năm 2021 của Chính phủ và đơn đề nghị thăm viếng mộ liệt sĩ{} của {}.",
                    self.dossier(),
                    self.person(),
                ),
                format!(
                    "Liệt sĩ: {}; đơn vị khi hy sinh: {}; số Bằng Tổ quốc ghi công: {}; ngày hy sinh: {}. Nơi có mộ: {}, {}.",
                    self.answer("ls_ho_ten"),
                    self.answer("ls_don_vi"),
                    self.answer("ls_so_bang"),
                    self.answer("ls_ngay_hy_sinh"),
                    self.answer("mo_noi"),
                    self.answer("mo_dia_chi"),
                ),
                format!("{} trả lời như sau: {OPEN}{OPEN}{OPEN}", full(&office.name)),
                format!(
                    "Thời gian thăm viếng: từ ngày {OPEN} đến ngày {OPEN}. Đề nghị các cơ quan, đơn vị liên quan tạo điều kiện giúp đỡ./."
                ),
            ],
            receivers: vec!["Như trên".to_owned(), format!("Sở Nội vụ nơi có mộ: {OPEN}"), "Lưu: VT, hồ sơ".to_owned()],
            signs: OPEN.to_owned(),
            ..self.of(office)
        }
    }

    fn decision(&self, office: &Agency, about: &str, more: &[&str], text: Vec<String>) -> Draft {
        let name = full(&office.name);
        Draft {
            symbol: "QĐ-UBND".to_owned(),
            kind: "Quyết định".to_owned(),
            about: about.to_owned(),
            decides: format!("Chủ tịch {name}"),
            grounds: self.grounds(more),
            text,
            receivers: vec!["Như Điều 3".to_owned(), "Lưu: VT, hồ sơ".to_owned()],
            ..self.of(office)
        }
    }
}

/// "UBND" as a document writes it out.
fn full(name: &str) -> String {
    name.replacen("UBND", "Ủy ban nhân dân", 1)
}

/// "xã Hướng Lập" of "UBND xã Hướng Lập".
fn area(name: &str) -> String {
    name.strip_prefix("UBND ").unwrap_or(name).to_owned()
}

/// "Hướng Lập": where a document is signed, without its kind (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4).
fn place(name: &str) -> String {
    let area = area(name);
    let kinds = ["xã ", "phường ", "thị trấn ", "đặc khu ", "huyện ", "thị xã ", "thành phố ", "tỉnh "];
    kinds.iter().find_map(|kind| area.strip_prefix(kind)).unwrap_or(&area).to_owned()
}

fn open(text: String) -> String {
    if text.trim().is_empty() { OPEN.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_written_out() {
        assert_eq!(full("UBND xã Hướng Lập"), "Ủy ban nhân dân xã Hướng Lập");
        assert_eq!((place("UBND xã Hướng Lập"), place("UBND thị xã Thử")), ("Hướng Lập".to_owned(), "Thử".to_owned()));
        assert_eq!(area("UBND huyện Thử"), "huyện Thử");
    }

    #[test]
    fn no_name_of_a_draft_tells_what_a_dossier_is_about() {
        for name in DraftName::ALL {
            assert_eq!(DraftName::read(name.name()), Some(name));
            assert!(["letter", "decision", "certificate", "reply"].contains(&name.name()));
        }
        assert_eq!(DraftName::read("receipt"), None);
    }
}
