//! The papers of the one-stop desk, which an officer issues and nobody fills in: the forms of Circular 01/2018/TT-VPCP,
//! the minutes of a people's meeting, and that a fee was paid.
//!
//! What stands here is worded already: whoever prints knows the dossier, this crate does not. Texts that are empty get the
//! dotted line of the form, and moments that are not known yet too.

pub(crate) mod data;
mod draft;
mod fee;
mod kept;
mod labels;
mod minutes;
mod posting;

pub use draft::{Draft, OPEN};
pub use fee::{FeeReceipt, GivenBack};
pub use kept::{Control, Kept, MOST_REGISTER_ROWS, Register, Row, Step};
pub use labels::{Label, Labels, MOST_LABELS, Side};
pub use posting::{Posting, PostingRow};

pub use minutes::{Attendee, Discussed, Minutes};

use data::{moment, perhaps};
use procedure::calendar::Moment;
use serde::Serialize;

/// One paper of the desk.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Slip {
    /// Mẫu số 01, *Giấy tiếp nhận hồ sơ và hẹn trả kết quả*.
    Receipt(Receipt),
    /// Mẫu số 02, *Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ*.
    Supplement(Supplement),
    /// Mẫu số 03, *Phiếu từ chối tiếp nhận giải quyết hồ sơ*.
    Refusal(Refusal),
    /// Mẫu số 04, *Phiếu xin lỗi và hẹn lại ngày trả kết quả*.
    Apology(Apology),
    /// Mẫu số 05, *Phiếu kiểm soát quá trình giải quyết hồ sơ*.
    Control(Control),
    /// Mẫu số 06, *Sổ theo dõi hồ sơ*.
    Register(Register),
    /// *Biên bản họp dân*, in two copies.
    Minutes(Minutes),
    /// A draft of a result, by Nghị định 30/2020/NĐ-CP.
    Draft(Draft),
    /// *Danh sách niêm yết công khai*, which is no form of the circular.
    Posting(Posting),
    /// *Biên lai thu phí, lệ phí*, which is none either.
    FeeReceipt(FeeReceipt),
    /// Labels for the post, of several dossiers.
    Labels(Labels),
}

/// Whose dossier it is and what they ask for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Applicant {
    /// The owner of the dossier, *chủ hồ sơ*.
    pub owner: String,
    /// Who brought it, when it is not the owner.
    pub filer: String,
    /// Where the owner lives.
    pub address: String,
    /// The owner's telephone.
    pub phone: String,
    /// The owner's e-mail.
    pub email: String,
    /// The owner's number with its middle digits hidden: the paper passes through many hands.
    pub masked_id: String,
    /// The procedure's name, *nội dung yêu cầu giải quyết*.
    pub wish: String,
}

/// Whom to ask.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Contact {
    /// The address of the page that tells about procedures.
    pub website: String,
    /// The officer who explains.
    pub officer: String,
    /// Their telephone.
    pub phone: String,
}

/// The place of the dossier in the register: *quyển số*, *số thứ tự*. Left out when both are empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// The book.
    pub book: String,
    /// The number in it.
    pub number: String,
}

/// Mẫu số 01.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    /// The part of the office that receives; empty for *Bộ phận Tiếp nhận và Trả kết quả*.
    pub desk: String,
    /// Whose dossier.
    pub applicant: Applicant,
    /// Where it stands in the register.
    pub entry: Entry,
    /// Which of the two copies of a paper this is, "Lưu" or "Giao khách hàng"; empty for the one sent online.
    pub copy: String,
    /// The papers that came.
    pub papers: Vec<Paper>,
    /// How many sets of them.
    pub sets: u16,
    /// "10 ngày làm việc".
    pub takes: String,
    /// When it was received.
    #[serde(serialize_with = "moment")]
    pub received: Moment,
    /// When the result is due.
    #[serde(serialize_with = "moment")]
    pub due: Moment,
    /// Where the result is fetched.
    pub collect: String,
    /// Where to follow it.
    pub contact: Contact,
    /// Who received it.
    pub officer: String,
    /// How it came: "Trực tiếp", "Trực tuyến", "Qua bưu chính"; empty where that is not known.
    pub channel: String,
    /// Nobody brought it to the desk: then only the officer signs.
    pub online: bool,
}

/// A paper of the dossier and how often it came in which form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Paper {
    /// What it is.
    pub name: String,
    /// *Bản chính*.
    pub originals: u16,
    /// *Bản chứng thực*.
    pub certified: u16,
    /// *Bản photo*.
    pub copies: u16,
    /// *Bản điện tử*; a column only of dossiers sent online.
    pub electronic: u16,
}

/// Mẫu số 02.
#[derive(Clone, Debug, Serialize)]
pub struct Supplement {
    /// As in [`Receipt`].
    pub desk: String,
    /// "12/HDHS".
    pub number: String,
    /// Whose dossier.
    pub applicant: Applicant,
    /// Everything that is lacking: one request names all of it.
    pub items: Vec<Item>,
    /// Why.
    pub reason: String,
    /// Until when it is asked for, when there is a term.
    #[serde(serialize_with = "perhaps")]
    pub until: Option<Moment>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who signs.
    pub officer: String,
}

/// One thing to be mended.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Item {
    /// The paper or the question of the form.
    pub what: String,
    /// What is wrong with it.
    pub wrong: String,
    /// What to send instead; may be empty.
    pub send: String,
}

/// Mẫu số 03.
#[derive(Clone, Debug, Serialize)]
pub struct Refusal {
    /// As in [`Receipt`].
    pub desk: String,
    /// Whose dossier.
    pub applicant: Applicant,
    /// When it was sent.
    #[serde(serialize_with = "perhaps")]
    pub submitted: Option<Moment>,
    /// Why, with the article of law.
    pub reason: String,
    /// Whom to ask.
    pub contact: Contact,
    /// Who signs.
    pub officer: String,
    /// Sent online: then only the officer signs.
    pub online: bool,
}

/// Mẫu số 04.
#[derive(Clone, Debug, Serialize)]
pub struct Apology {
    /// "3/PXL".
    pub number: String,
    /// Whose dossier.
    pub applicant: Applicant,
    /// When it was received.
    #[serde(serialize_with = "moment")]
    pub received: Moment,
    /// When the result was due.
    #[serde(serialize_with = "moment")]
    pub due: Moment,
    /// Why it is late.
    pub reason: String,
    /// When the result will be there.
    #[serde(serialize_with = "moment")]
    pub due_anew: Moment,
    /// The title of who signs; empty for *Thủ trưởng cơ quan, đơn vị*.
    pub title: String,
    /// Who signs.
    pub officer: String,
}

impl Slip {
    /// The paper's name, as it is spoken.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Receipt(_) => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            Self::Supplement(_) => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            Self::Refusal(refusal) if refusal.online => "Phiếu từ chối tiếp nhận hồ sơ",
            Self::Refusal(_) => "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
            Self::Apology(_) => "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
            Self::Control(_) => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
            Self::Register(_) => "Sổ theo dõi hồ sơ",
            Self::Minutes(_) => "Biên bản họp dân",
            Self::Draft(_) => "Dự thảo",
            Self::Posting(_) => "Danh sách niêm yết công khai",
            Self::FeeReceipt(_) => "Biên lai thu phí, lệ phí",
            Self::Labels(_) => "Nhãn gửi bưu phẩm",
        }
    }

    /// The file that lays it out, and its number in the circular.
    pub(crate) fn layout(&self) -> (&'static str, &'static str) {
        match self {
            Self::Receipt(_) => ("slips/receipt.typ", "Mẫu số 01"),
            Self::Supplement(_) => ("slips/supplement.typ", "Mẫu số 02"),
            Self::Refusal(_) => ("slips/refusal.typ", "Mẫu số 03"),
            Self::Apology(_) => ("slips/apology.typ", "Mẫu số 04"),
            Self::Control(_) => ("slips/control.typ", "Mẫu số 05"),
            Self::Register(_) => ("slips/register.typ", "Mẫu số 06"),
            Self::Minutes(_) => ("slips/minutes.typ", ""),
            Self::Draft(_) => ("slips/draft.typ", ""),
            Self::Posting(_) => ("slips/posting.typ", ""),
            Self::FeeReceipt(_) => ("slips/fee-receipt.typ", ""),
            Self::Labels(_) => ("slips/labels.typ", ""),
        }
    }

    /// What the picture at the top left tells beside the facts: whose it is, and the appointment.
    pub(crate) fn told(&self) -> (&str, Option<Moment>) {
        match self {
            Self::Receipt(slip) => (&slip.applicant.masked_id, Some(slip.due)),
            Self::Supplement(slip) => (&slip.applicant.masked_id, None),
            Self::Refusal(slip) => (&slip.applicant.masked_id, None),
            Self::Apology(slip) => (&slip.applicant.masked_id, Some(slip.due_anew)),
            Self::Control(slip) => (&slip.applicant.masked_id, Some(slip.due)),
            Self::FeeReceipt(slip) => (&slip.applicant.masked_id, None),
            Self::Register(_) | Self::Minutes(_) | Self::Draft(_) | Self::Posting(_) | Self::Labels(_) => ("", None),
        }
    }

    /// The most characters and pages of it.
    pub(crate) fn most(&self) -> (usize, usize) {
        match self {
            Self::Register(_) | Self::Minutes(_) => (400_000, 200),
            // Each has its picture among its texts.
            Self::Labels(_) => (400_000, 5),
            _ => (crate::MOST_CHARACTERS, crate::MOST_PAGES),
        }
    }
}
