//! What has to be mended in a meeting before it is kept, each thing with its place and a sentence.

use super::Meeting;
use form::text::{forbidden, tidy};
use procedure::calendar::Moment;

/// The most households of one meeting.
pub const MOST_HOUSEHOLDS: usize = 100;
/// The most names in the list of those present.
pub const MOST_PRESENT: usize = 1_000;
/// The most people who signed on paper, and who were invited.
const MOST_PEOPLE: u32 = 100_000;
/// The most signs of a name or a place.
const MOST_NAME: usize = 200;
/// The most signs of a note.
const MOST_NOTE: usize = 2_000;
/// The most representatives who sign.
const MOST_REPRESENTATIVES: usize = 10;
/// Beyond these no form of the circular leads.
const MOST_A: u16 = 1_000;
const MOST_B: u16 = 120;
/// A meeting does not last longer: 24 hours, in milliseconds.
const LONGEST_MS: i64 = 24 * 3_600_000;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where: `village`, `present/3/name`, `households/0/agree`.
    pub place: String,
    /// What, in a sentence that says how to mend it.
    pub says: String,
}

/// Everything that has to be mended, in the order of the page; nothing when the meeting can be kept. `now` is the moment
/// of the clock of whoever asks.
#[must_use]
pub fn check(meeting: &Meeting, now: Moment) -> Vec<Wrong> {
    let mut wrong = Found(Vec::new());
    households_chosen(meeting, &mut wrong);
    head(meeting, now, &mut wrong);
    signers(meeting, &mut wrong);
    present(meeting, &mut wrong);
    votes(meeting, &mut wrong);
    wrong.long("note", &meeting.note, MOST_NOTE);
    wrong.0
}

struct Found(Vec<Wrong>);

impl Found {
    fn add(&mut self, place: impl Into<String>, says: impl Into<String>) {
        self.0.push(Wrong { place: place.into(), says: says.into() });
    }

    /// A text that has to be there.
    fn needed(&mut self, place: impl Into<String>, text: &str, says: &str) {
        let place = place.into();
        if text.trim().is_empty() {
            self.add(place, says);
        } else {
            self.long(place, text, MOST_NAME);
        }
    }

    fn long(&mut self, place: impl Into<String>, text: &str, most: usize) {
        if text.chars().count() > most {
            self.add(place, format!("Nội dung dài quá {most} ký tự. Hãy viết ngắn lại."));
        } else if forbidden(text).is_some() {
            self.add(place, "Ở đây có ký tự không đọc được. Hãy xóa đi và gõ lại.");
        }
    }
}

fn households_chosen(meeting: &Meeting, wrong: &mut Found) {
    let all = &meeting.households;
    if all.is_empty() {
        wrong.add("households", "Hãy chọn ít nhất một hộ được đưa ra họp.");
    }
    if all.len() > MOST_HOUSEHOLDS {
        wrong.add("households", format!("Mỗi cuộc họp ghi tối đa {MOST_HOUSEHOLDS} hộ. Hãy lập thêm một cuộc họp."));
    }
    for (number, one) in all.iter().enumerate() {
        if all.iter().take(number).any(|before| before.dossier == one.dossier) {
            wrong.add(format!("households/{number}"), "Hộ này đã có trong danh sách. Hãy bỏ bớt một dòng.");
        }
    }
}

fn head(meeting: &Meeting, now: Moment, wrong: &mut Found) {
    wrong.needed("village", &meeting.village, "Hãy nhập tên thôn, bản, khu phố.");
    wrong.needed("place", &meeting.place, "Hãy nhập nơi họp, ví dụ nhà văn hóa thôn.");
    let (begun, ended) = (meeting.begun.0, meeting.ended.0);
    if begun > now.0 {
        wrong.add("begun", "Giờ bắt đầu còn ở phía trước. Hãy xem lại ngày, giờ họp.");
    } else if ended <= begun {
        wrong.add("ended", "Giờ kết thúc phải sau giờ bắt đầu.");
    } else if ended - begun > LONGEST_MS {
        wrong.add("ended", "Cuộc họp dài hơn 24 giờ. Hãy xem lại ngày, giờ họp.");
    } else if ended > now.0 {
        wrong.add("ended", "Giờ kết thúc còn ở phía trước. Hãy lưu khi họp xong.");
    }
    if meeting.invited > MOST_PEOPLE {
        wrong.add("invited", "Số người được mời lớn quá. Hãy xem lại.");
    }
}

fn signers(meeting: &Meeting, wrong: &mut Found) {
    wrong.needed("chair", &meeting.chair, "Hãy nhập họ tên người chủ trì.");
    wrong.needed("secretary", &meeting.secretary, "Hãy nhập họ tên thư ký.");
    if same(&meeting.chair, &meeting.secretary) {
        wrong.add("secretary", "Thư ký phải là người khác với người chủ trì.");
    }
    if meeting.representatives.is_empty() {
        wrong.add("representatives/0", "Hãy nhập họ tên đại diện hộ dân sẽ ký biên bản.");
    }
    if meeting.representatives.len() > MOST_REPRESENTATIVES {
        wrong.add("representatives", format!("Biên bản có chỗ ký cho tối đa {MOST_REPRESENTATIVES} đại diện hộ dân."));
    }
    for (number, name) in meeting.representatives.iter().enumerate() {
        let place = format!("representatives/{number}");
        wrong.needed(place.as_str(), name, "Hãy nhập họ tên đại diện hộ dân sẽ ký biên bản.");
        if same(name, &meeting.chair) || same(name, &meeting.secretary) {
            wrong.add(place, "Đại diện hộ dân phải là người khác với chủ trì và thư ký.");
        } else if meeting.representatives.iter().take(number).any(|before| same(before, name)) {
            wrong.add(place, "Tên đại diện này đã có ở trên.");
        }
    }
}

fn present(meeting: &Meeting, wrong: &mut Found) {
    if meeting.present() == 0 {
        wrong.add("present", "Hãy ghi người có mặt: thêm từng tên, hoặc ghi số người ký trên danh sách giấy.");
    }
    if meeting.on_paper > MOST_PEOPLE {
        wrong.add("on_paper", "Số người ký trên danh sách giấy lớn quá. Hãy xem lại.");
    }
    if meeting.present.len() > MOST_PRESENT {
        wrong.add(
            "present",
            format!("Danh sách ghi tối đa {MOST_PRESENT} tên. Số còn lại ghi là ký trên danh sách giấy."),
        );
        return;
    }
    let folded: Vec<(String, String)> =
        meeting.present.iter().map(|one| (fold(&one.name), fold(&one.household))).collect();
    for (number, one) in meeting.present.iter().enumerate() {
        let place = format!("present/{number}");
        wrong.needed(place.as_str(), &one.name, "Dòng này chưa có tên. Hãy nhập tên hoặc xóa dòng.");
        wrong.long(place.as_str(), &one.household, MOST_NAME);
        // Two people of one name are told apart by their households.
        let twice = |before: &&(String, String)| folded.get(number) == Some(*before) && !before.0.is_empty();
        if folded.iter().take(number).any(|before| twice(&before)) {
            let says = format!(
                "{} đã có trong danh sách. Nếu là hai người trùng tên, hãy ghi thêm hộ của mỗi người.",
                one.name.trim()
            );
            wrong.add(place, says);
        }
    }
}

fn votes(meeting: &Meeting, wrong: &mut Found) {
    let present = u64::from(meeting.present());
    for (number, one) in meeting.households.iter().enumerate() {
        let place = |field: &str| format!("households/{number}/{field}");
        if one.score_a > MOST_A {
            wrong.add(place("score_a"), format!("Điểm A từ 0 đến {MOST_A}. Hãy xem lại phiếu."));
        }
        if one.score_b > MOST_B || one.score_b % 10 != 0 {
            wrong.add(
                place("score_b"),
                format!("Điểm B là số chẵn chục từ 0 đến {MOST_B}: mỗi chỉ số thiếu hụt 10 điểm."),
            );
        }
        let cast = u64::from(one.agree) + u64::from(one.against) + u64::from(one.no_opinion);
        if cast > present {
            wrong.add(
                place("agree"),
                format!(
                    "Cộng lại {cast} ý kiến, nhiều hơn {present} người có mặt. Hãy đếm lại, hoặc thêm người có mặt."
                ),
            );
        }
        wrong.long(place("note"), &one.note, MOST_NOTE);
    }
}

/// Whether two names are the same, however they are written; empty ones are not.
fn same(one: &str, other: &str) -> bool {
    let one = fold(one);
    !one.is_empty() && one == fold(other)
}

fn fold(text: &str) -> String {
    tidy(text, false).to_lowercase()
}
