//! The minutes of a people's meeting: two copies, each whole and each with pages of its own.

use crate::desk::{at, facts};
use crate::world::{squeeze, words, world};
use pdf::Slip;
use pdf::slip::{Attendee, Discussed, Minutes};

fn discussed(number: u32, agree: u32, agreed: bool) -> Discussed {
    Discussed {
        person: format!("Hồ Văn Mẫu {number}"),
        number: format!("H50.99.99-261120-{number:04}"),
        score_a: 130,
        score_b: 30,
        class: "Hộ nghèo".to_owned(),
        agree,
        against: 3,
        no_opinion: 1,
        agreed,
        tally: format!("{agree} trên 31 người có mặt đồng ý: {}", if agreed { "đủ 50%" } else { "chưa đủ 50%" }),
        note: String::new(),
    }
}

/// Minutes with so many people present and so many households.
pub fn minutes(attendees: u32, households: u32) -> Slip {
    let attendee = |number| Attendee {
        name: format!("Người Có Mặt {number}"),
        household: if number % 3 == 0 { format!("Hộ ông Thử {number}") } else { String::new() },
    };
    let mut households: Vec<Discussed> = (1..=households).map(|number| discussed(number, 18, true)).collect();
    if let Some(last) = households.last_mut() {
        *last = Discussed {
            note: "Nhà mới sửa, cần xem lại điểm nhà ở.".to_owned(), ..discussed(9_999, 12, false)
        };
    }
    Slip::Minutes(Minutes {
        village: "Thôn Không Có".to_owned(),
        place: "Nhà văn hóa thôn Không Có".to_owned(),
        area: "Khu vực nông thôn".to_owned(),
        begun: at(28, 19, 0),
        ended: at(28, 21, 15),
        chair: "Trần Văn Chủ".to_owned(),
        secretary: "Lê Thị Thư".to_owned(),
        representatives: vec!["Hồ Văn Mười".to_owned(), "Phan Thị Chín".to_owned()],
        invited: 40,
        present: attendees + 2,
        on_paper: 2,
        attendees: (1..=attendees).map(attendee).collect(),
        households,
        note: "Đề nghị xã sớm niêm yết.".to_owned(),
    })
}

#[test]
fn there_are_two_copies_and_each_of_them_is_whole() {
    for (attendees, households) in [(0, 1), (29, 3), (300, 40)] {
        let printed = world().press.print_slip(&minutes(attendees, households), &facts()).unwrap();
        assert_eq!(printed.warnings, []);
        let said = words(&printed);
        for twice in [
            "BIÊN BẢN HỌP DÂN",
            "Vào hồi 19 giờ 00 phút, ngày 28 tháng 11 năm 2026, tại Nhà văn hóa thôn Không Có",
            "Cuộc họp kết thúc vào hồi 21 giờ 15 phút",
            "12 trên 31 người có mặt đồng ý: chưa đủ 50%. Ý kiến: Nhà mới sửa, cần xem lại điểm nhà ở.",
            "thực hiện rà soát lại và tổ chức họp dân lại",
            "Đề nghị xã sớm niêm yết.",
        ] {
            assert_eq!(said.matches(&squeeze(twice)).count(), 2, "{twice}: {said}");
        }
        // Three kinds of hands sign each copy.
        for (hand, times) in [("CHỦ TRÌ(Ký", 2), ("THƯ KÝ(Ký", 2), ("ĐẠI DIỆN HỘ DÂN(Ký", 4)] {
            assert_eq!(said.matches(&squeeze(hand)).count(), times, "{hand}: {said}");
        }
        let pages = printed.document.pages().len();
        assert_eq!(pages % 2, 0, "both copies have the same pages");
        let half = pages / 2;
        for copy in [1, 2] {
            let keeps = ["Bản số 1/2 – lưu ở thôn", "Bản số 2/2 – gửi Ban Chỉ đạo rà soát cấp xã"][copy - 1];
            assert_eq!(said.matches(&squeeze(keeps)).count(), 1, "{keeps}");
            for page in 1..=half {
                let foot = format!("Bản số {copy}/2 · Trang {page}/{half}");
                assert_eq!(said.matches(&squeeze(&foot)).count(), 1, "{foot}: {said}");
            }
        }
    }
}

#[test]
fn what_people_said_is_printed_and_never_obeyed() {
    for typed in ["#panic()", "*đậm* _nghiêng_ $x$", "\\ ] } @a <b>"] {
        let Slip::Minutes(mut slip) = minutes(2, 1) else { panic!() };
        slip.note = typed.to_owned();
        slip.attendees[0].name = typed.to_owned();
        let said = words(&world().press.print_slip(&Slip::Minutes(slip), &facts()).unwrap());
        assert_eq!(said.matches(&squeeze(typed)).count(), 4, "{typed}: {said}");
    }
}
