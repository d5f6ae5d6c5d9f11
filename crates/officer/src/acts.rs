//! What an officer can do with a dossier: what each act is called, what it asks for, and how it is made of what was typed.

use crate::typed::{Mark, Sheet};
use wire::{Act, Compared, DeskOriginal, Supplement, SupplementItem};

/// An act as the desk shows it.
pub struct Known {
    /// Its name on the wire.
    pub name: &'static str,
    /// The button.
    pub button: &'static str,
    /// The button while it is being done.
    pub doing: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
    /// What the panel says about it; empty for an act that is done at one press.
    pub about: &'static str,
    /// What the panel asks for.
    pub asks: &'static [Field],
    /// Whether it goes against the citizen, so that its button is no plain one.
    pub against: bool,
}

/// A field of a panel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A text that is needed: name, label, hint.
    Needed(&'static str, &'static str, &'static str),
    /// A text that may stay empty.
    Free(&'static str, &'static str, &'static str),
    /// One of the colleagues.
    Colleague,
    /// One of the stages before.
    Stage,
    /// Whether what was objected to stands.
    Verdict,
    /// Working days more, in halves.
    Days,
    /// The signed result.
    File,
    /// The fields and papers marked as to be mended.
    Marks,
    /// The originals compared.
    Originals,
}

const REASON: Field = Field::Needed("reason", "Lý do", "Ghi trong hồ sơ, đồng nghiệp đọc được.");
const REASON_FOR_ALL: Field = Field::Needed(
    "reason",
    "Lý do, viết cho người dân",
    "Người dân đọc đúng những chữ này. Nêu căn cứ và cách làm tiếp.",
);

/// All acts, those that lead onward first: the first one open is the main button.
pub const ACTS: [Known; 15] = [
    Known {
        name: "recheck",
        button: "Kết luận về phản ánh",
        doing: "Đang ghi kết luận…",
        done: "Đã ghi kết luận về phản ánh.",
        about: "Giữ nguyên thì hồ sơ được niêm yết lại 3 ngày làm việc. Phản ánh đúng thì hồ sơ được trả lại, không giải quyết.",
        asks: &[
            Field::Verdict,
            Field::Needed("reason", "Lý do", "Ghi đã kiểm tra thế nào. Nếu trả lại, người dân đọc đúng những chữ này."),
        ],
        against: false,
    },
    Known {
        name: "hand-over",
        button: "Trả kết quả cho người dân",
        doing: "Đang ghi nhận…",
        done: "Đã ghi nhận việc trả kết quả. Hồ sơ kết thúc.",
        about: "Bấm khi kết quả (hoặc thông báo từ chối) đã trao tận tay hay đã gửi cho người dân. Sau đó hồ sơ kết thúc.",
        asks: &[Field::Originals],
        against: false,
    },
    Known {
        name: "receive",
        button: "Tiếp nhận hồ sơ",
        doing: "Đang tiếp nhận…",
        done: "Đã tiếp nhận hồ sơ và cấp số. Có thể in giấy tiếp nhận.",
        about: "Hồ sơ được cấp số, người dân được báo ngày hẹn trả, thời gian giải quyết bắt đầu tính.",
        asks: &[],
        against: false,
    },
    Known {
        name: "forward",
        button: "Xong, chuyển bước tiếp theo",
        doing: "Đang chuyển…",
        done: "Đã chuyển sang bước tiếp theo.",
        about: "Việc của bước này đã xong.",
        asks: &[Field::Free("note", "Ghi cho người nhận", "Có thể để trống.")],
        against: false,
    },
    Known {
        name: "attach-result",
        button: "Đính kèm kết quả",
        doing: "Đang đính kèm…",
        done: "Đã đính kèm kết quả.",
        about: "Tệp kết quả đã ký số, kèm số văn bản.",
        asks: &[Field::Needed("number", "Số, ký hiệu văn bản", "Ví dụ 12/QĐ-UBND"), Field::File],
        against: false,
    },
    Known {
        name: "reconsider",
        button: "Không từ chối, xem lại",
        doing: "Đang giao lại…",
        done: "Đã giao lại cho bộ phận tiếp nhận.",
        about: "Hồ sơ trở lại bộ phận tiếp nhận để xem lại.",
        asks: &[REASON],
        against: false,
    },
    Known {
        name: "claim",
        button: "Nhận việc này",
        doing: "Đang nhận…",
        done: "Bạn đang giữ hồ sơ này.",
        about: "",
        asks: &[],
        against: false,
    },
    Known {
        name: "ask-supplement",
        button: "Yêu cầu bổ sung",
        doing: "Đang gửi yêu cầu…",
        done: "Đã gửi yêu cầu bổ sung. Thời gian giải quyết tạm dừng.",
        about: "Bấm «Cần sửa» ở từng câu trả lời, từng giấy tờ, rồi gửi tất cả một lần: người dân chỉ bị yêu cầu bổ sung một lần.",
        asks: &[Field::Marks, Field::Free("note", "Lời nhắn chung cho người dân", "Có thể để trống.")],
        against: false,
    },
    Known {
        name: "assign",
        button: "Giao cho đồng nghiệp",
        doing: "Đang giao…",
        done: "Đã giao.",
        about: "Người được giao sẽ thấy hồ sơ trong danh sách đang giữ.",
        asks: &[Field::Colleague],
        against: false,
    },
    Known {
        name: "release",
        button: "Trả việc lại cho bộ phận",
        doing: "Đang trả lại…",
        done: "Đã trả lại, người cùng nhiệm vụ đều có thể nhận.",
        about: "",
        asks: &[],
        against: false,
    },
    Known {
        name: "send-back",
        button: "Chuyển lại bước trước",
        doing: "Đang chuyển lại…",
        done: "Đã chuyển lại bước trước.",
        about: "Bước đã chọn sẽ làm lại; thời hạn chung không đổi.",
        asks: &[Field::Stage, REASON],
        against: false,
    },
    Known {
        name: "extend",
        button: "Xin lỗi và hẹn lại",
        doing: "Đang gửi thư xin lỗi…",
        done: "Đã gửi thư xin lỗi và hẹn lại.",
        about: "Chỉ được một lần cho mỗi hồ sơ. Người dân nhận thư xin lỗi với ngày hẹn mới.",
        asks: &[Field::Days, REASON_FOR_ALL],
        against: true,
    },
    Known {
        name: "propose-refusal",
        button: "Đề nghị từ chối",
        doing: "Đang gửi đề nghị…",
        done: "Đã gửi đề nghị cho người phụ trách bộ phận.",
        about: "Người phụ trách bộ phận quyết định. Người dân chưa nhận được gì cho đến lúc đó.",
        asks: &[REASON],
        against: true,
    },
    Known {
        name: "return-unsolved",
        button: "Trả không giải quyết",
        doing: "Đang trả…",
        done: "Đã chuyển về bộ phận Một cửa để trả người dân.",
        about: "Hồ sơ về bộ phận Một cửa để trả lại người dân cùng lý do.",
        asks: &[REASON_FOR_ALL],
        against: true,
    },
    Known {
        name: "refuse",
        button: "Từ chối tiếp nhận",
        doing: "Đang từ chối…",
        done: "Đã từ chối. Có thể in thông báo.",
        about: "Người dân nhận thông báo từ chối với lý do dưới đây.",
        asks: &[REASON_FOR_ALL],
        against: true,
    },
];

/// The act with this name.
pub fn known(name: &str) -> Option<&'static Known> {
    ACTS.iter().find(|act| act.name == name)
}

/// The id of a field's control.
pub fn id(field: Field) -> &'static str {
    match field {
        Field::Needed(name, ..) | Field::Free(name, ..) => name,
        Field::Colleague => "officer",
        Field::Stage => "stage",
        Field::Verdict => "stands",
        Field::Days => "days",
        Field::File => "file",
        Field::Marks => "marks",
        Field::Originals => "originals",
    }
}

/// A sentence and the id of the control it is about.
pub type Slip = (String, &'static str);

/// The act as it was typed.
///
/// # Errors
/// What is missing, and where.
pub fn made(act: &Known, sheet: Sheet, originals: &[DeskOriginal]) -> Result<Act, Slip> {
    let text = |name: &str| sheet.text(&format!("{}/{name}", act.name)).trim().to_owned();
    for field in act.asks {
        let says = match field {
            Field::Needed(name, label, _) if text(name).is_empty() => format!("Hãy nhập: {label}."),
            Field::Colleague if text("officer").is_empty() => "Hãy chọn người được giao.".to_owned(),
            Field::Stage if text("stage").is_empty() => "Hãy chọn bước phải làm lại.".to_owned(),
            Field::Verdict if text("stands").is_empty() => "Hãy chọn kết luận.".to_owned(),
            Field::Days if quarters(&text("days")).is_none() => {
                "Hãy nhập số ngày làm việc cần thêm, ví dụ 2 hoặc 2,5.".to_owned()
            }
            Field::File if text("sha256").is_empty() => "Hãy chọn tệp kết quả và đợi tải lên xong.".to_owned(),
            Field::Originals => match uncompared(sheet, originals) {
                Some(says) => says,
                None => continue,
            },
            Field::Marks => match sheet.peek(|typed| slip(&typed.marks)) {
                Some(says) => says,
                None => continue,
            },
            _ => continue,
        };
        return Err((says, id(*field)));
    }
    let reason = text("reason");
    Ok(match act.name {
        "hand-over" => Act::HandOver { compared: originals.iter().map(|one| compared(sheet, one)).collect() },
        "receive" => Act::Receive,
        "recheck" => Act::Recheck { stands: text("stands") == "yes", reason },
        "attach-result" => Act::AttachResult { number: text("number"), sha256: text("sha256"), file: text("file") },
        "forward" => Act::Forward { note: text("note") },
        "reconsider" => Act::Reconsider { reason },
        "claim" => Act::Claim,
        "ask-supplement" => Act::AskSupplement { supplement: supplement(sheet, text("note")) },
        "assign" => Act::Assign { officer: text("officer") },
        "release" => Act::Release,
        "send-back" => Act::SendBack { stage: text("stage"), reason },
        "extend" => Act::Extend { quarter_days: quarters(&text("days")).unwrap_or_default(), reason },
        "propose-refusal" => Act::ProposeRefusal { reason },
        "return-unsolved" => Act::ReturnUnsolved { reason },
        _ => Act::Refuse { reason },
    })
}

/// Where the typed sheet keeps what was found at an original.
pub fn original_place(paper: &str, what: &str) -> String {
    format!("hand-over/{what}/{paper}")
}

/// An original was laid beside its paper and is the same: `same`; differs: `differs`; or was not looked at yet.
fn uncompared(sheet: Sheet, originals: &[DeskOriginal]) -> Option<String> {
    originals.iter().find_map(|one| {
        let differs = sheet.text(&original_place(&one.paper, "differs"));
        match sheet.text(&original_place(&one.paper, "found")).as_str() {
            "differs" if differs.trim().is_empty() => Some(format!("Hãy ghi bản chính khác ở đâu: {}.", one.name)),
            "same" | "differs" => None,
            _ => Some(format!("Chưa đối chiếu bản chính: {}.", one.name)),
        }
    })
}

fn compared(sheet: Sheet, one: &DeskOriginal) -> Compared {
    let differs = sheet.text(&original_place(&one.paper, "found")) == "differs";
    let says = sheet.text(&original_place(&one.paper, "differs")).trim().to_owned();
    Compared { paper: one.paper.clone(), differs: if differs { says } else { String::new() } }
}

fn supplement(sheet: Sheet, note: String) -> Supplement {
    let item = |mark: &Mark| SupplementItem { place: mark.place.clone(), says: mark.says.trim().to_owned() };
    Supplement { items: sheet.peek(|typed| typed.marks.iter().map(item).collect()), note }
}

fn slip(marks: &[Mark]) -> Option<String> {
    if marks.is_empty() {
        return Some("Chưa đánh dấu chỗ nào: bấm «Cần sửa» ở câu trả lời hoặc giấy tờ.".to_owned());
    }
    let empty = marks.iter().find(|mark| mark.says.trim().is_empty())?;
    Some(format!("Hãy ghi cần sửa gì ở «{}».", empty.label))
}

/// Quarter-days of "2", "2,5", "0.5".
fn quarters(typed: &str) -> Option<u16> {
    let (whole, part) = typed.trim().split_once([',', '.']).unwrap_or((typed.trim(), "0"));
    let quarter = match part {
        "0" => 0,
        "25" => 1,
        "5" => 2,
        "75" => 3,
        _ => return None,
    };
    let whole: u16 = whole.parse().ok()?;
    Some(whole.checked_mul(4)? + quarter).filter(|quarters| *quarters > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_with_their_quarters() {
        for (typed, found) in [
            ("2", Some(8)),
            (" 2,5 ", Some(10)),
            ("0.25", Some(1)),
            ("0", None),
            ("", None),
            ("hai", None),
            ("1,3", None),
        ] {
            assert_eq!(quarters(typed), found, "{typed}");
        }
    }

    #[test]
    fn marks_need_words() {
        let mark = |says: &str| Mark { place: "a/b".to_owned(), label: "Họ tên".to_owned(), says: says.to_owned() };
        assert!(slip(&[]).is_some());
        assert!(slip(&[mark("rõ hơn"), mark(" ")]).is_some_and(|says| says.contains("Họ tên")));
        assert!(slip(&[mark("rõ hơn")]).is_none());
    }
}
