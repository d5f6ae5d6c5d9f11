use super::*;

/// Saturday, 28 November 2026, 14:00 in Việt Nam.
const NOW: Moment = Moment(1_795_849_200_000);
const HOUR: i64 = 3_600_000;

fn dossier(number: u8) -> DossierId {
    DossierId([number; 16])
}

fn discussed(number: u8, agree: u32, against: u32, no_opinion: u32) -> Discussed {
    Discussed { dossier: dossier(number), score_a: 130, score_b: 40, agree, against, no_opinion, note: String::new() }
}

/// A meeting of so many people that can be kept.
fn meeting(present: usize) -> Meeting {
    let name = |number| Present { name: format!("Người thứ {number}"), household: String::new() };
    Meeting {
        village: "Thôn Đông".to_owned(),
        place: "Nhà văn hóa thôn".to_owned(),
        area: Area::Rural,
        begun: Moment(NOW.0 - 3 * HOUR),
        ended: Moment(NOW.0 - HOUR),
        chair: "Trần Văn Hòa".to_owned(),
        secretary: "Lê Thị Sen".to_owned(),
        representatives: vec!["Hồ Văn Mười".to_owned()],
        invited: 40,
        present: (0..present).map(name).collect(),
        on_paper: 0,
        households: vec![discussed(1, 0, 0, 0)],
        note: String::new(),
    }
}

#[test]
fn half_of_those_present_is_enough_and_less_is_not() {
    for (share, agree, present, expected, least) in [
        (50, 0, 0, false, 0),
        (50, 1, 1, true, 1),
        (50, 0, 1, false, 1),
        (50, 15, 30, true, 15),
        (50, 14, 30, false, 15),
        (50, 15, 31, false, 16),
        (50, 16, 31, true, 16),
        (50, 1, 2, true, 1),
        (50, 1, 3, false, 2),
        (50, 31, 31, true, 16),
        (66, 66, 100, true, 66),
        (66, 65, 100, false, 66),
        (66, 2, 3, true, 2),
        (100, 30, 31, false, 31),
        (100, 31, 31, true, 31),
        (1, 1, 100, true, 1),
        (1, 1, 101, false, 2),
        (50, u32::MAX, u32::MAX, true, 2_147_483_648),
        (50, 2_147_483_647, u32::MAX, false, 2_147_483_648),
    ] {
        assert_eq!(agreed(share, agree, present), expected, "{agree} of {present} at {share}");
        assert_eq!(needed(share, present), least, "{present} at {share}");
    }
}

#[test]
fn the_least_number_agrees_and_one_less_does_not() {
    for share in [1, 33, 50, 51, 66, 99, 100] {
        for present in 1..=211 {
            let least = needed(share, present);
            assert!(agreed(share, least, present), "{least} of {present} at {share}");
            assert!(!agreed(share, least - 1, present), "one less than {least} of {present} at {share}");
        }
    }
}

#[test]
fn a_tally_says_what_is_and_what_lacks() {
    for (agree, present, says) in [
        (18, 31, "18 trên 31 người có mặt đồng ý: đủ 50%"),
        (15, 30, "15 trên 30 người có mặt đồng ý: đủ 50%"),
        (15, 31, "15 trên 31 người có mặt đồng ý: chưa đủ 50%, cần thêm 1 người"),
        (0, 0, "Chưa có ai trong danh sách có mặt."),
    ] {
        assert_eq!(tally(50, agree, present), says);
    }
}

#[test]
fn scores_make_a_household_what_the_circular_says() {
    use Area::{Rural, Urban};
    use Class::{NearPoor, NotPoor, Poor};
    for (area, a, b, class) in [
        (Rural, 140, 30, Poor),
        (Rural, 140, 20, NearPoor),
        (Rural, 141, 30, NotPoor),
        (Rural, 0, 0, NearPoor),
        (Urban, 141, 30, Poor),
        (Urban, 175, 30, Poor),
        (Urban, 175, 20, NearPoor),
        (Urban, 176, 120, NotPoor),
    ] {
        assert_eq!(Class::of(area, a, b), class, "{area:?} {a} {b}");
    }
}

#[test]
fn a_whole_meeting_has_nothing_to_mend() {
    assert_eq!(check(&meeting(31), NOW), []);
    assert_eq!(check(&Meeting { on_paper: 31, ..meeting(0) }, NOW), []);
    let exactly = Meeting { households: vec![discussed(1, 10, 10, 11)], ..meeting(31) };
    assert_eq!(check(&exactly, NOW), []);
}

#[test]
fn each_thing_to_mend_is_found_at_its_place() {
    let one = |name: &str, household: &str| Present { name: name.to_owned(), household: household.to_owned() };
    let with = |change: &dyn Fn(&mut Meeting)| {
        let mut changed = meeting(3);
        change(&mut changed);
        changed
    };
    let cases: Vec<(Meeting, &[&str])> = vec![
        (with(&|m| m.households.clear()), &["households"]),
        (with(&|m| m.households.push(discussed(1, 0, 0, 0))), &["households/1"]),
        (with(&|m| m.households = (0..101).map(|n| discussed(n, 0, 0, 0)).collect()), &["households"]),
        (with(&|m| m.village = "  ".to_owned()), &["village"]),
        (with(&|m| m.place.clear()), &["place"]),
        (with(&|m| m.place = "x".repeat(201)), &["place"]),
        (with(&|m| m.place = "Nhà\u{202e}họp".to_owned()), &["place"]),
        (with(&|m| m.begun = Moment(NOW.0 + 1)), &["begun"]),
        (with(&|m| m.ended = m.begun), &["ended"]),
        (with(&|m| m.ended = Moment(m.begun.0 - 1)), &["ended"]),
        (with(&|m| m.ended = Moment(NOW.0 + 1)), &["ended"]),
        (with(&|m| m.begun = Moment(NOW.0 - 26 * HOUR)), &["ended"]),
        (with(&|m| m.chair.clear()), &["chair"]),
        (with(&|m| m.secretary = " trần  văn HÒA ".to_owned()), &["secretary"]),
        (with(&|m| m.representatives.clear()), &["representatives/0"]),
        (with(&|m| m.representatives = vec![String::new()]), &["representatives/0"]),
        (with(&|m| m.representatives.push("Lê Thị Sen".to_owned())), &["representatives/1"]),
        (with(&|m| m.representatives.push("hồ văn mười".to_owned())), &["representatives/1"]),
        (with(&|m| m.representatives = (0..11).map(|n| format!("Hộ {n}")).collect()), &["representatives"]),
        (with(&|m| m.present.clear()), &["present"]),
        (with(&|m| m.present.push(one(" ", ""))), &["present/3"]),
        (with(&|m| m.present.push(one("người thứ  0", ""))), &["present/3"]),
        (with(&|m| m.present.push(one("Người thứ 0", "Hộ ông Tư"))), &[]),
        (with(&|m| m.present.extend([one("An", "Hộ A"), one("An", "Hộ B"), one("AN", "hộ a")])), &["present/5"]),
        (with(&|m| m.present = (0..1_001).map(|n| one(&n.to_string(), "")).collect()), &["present"]),
        (with(&|m| m.on_paper = 100_001), &["on_paper"]),
        (with(&|m| m.invited = 100_001), &["invited"]),
        (with(&|m| m.households[0].agree = 4), &["households/0/agree"]),
        (with(&|m| m.households[0] = discussed(1, 2, 1, 1)), &["households/0/agree"]),
        (with(&|m| m.households[0] = discussed(1, u32::MAX, u32::MAX, u32::MAX)), &["households/0/agree"]),
        (with(&|m| m.households[0].score_a = 1_001), &["households/0/score_a"]),
        (with(&|m| m.households[0].score_b = 35), &["households/0/score_b"]),
        (with(&|m| m.households[0].score_b = 130), &["households/0/score_b"]),
        (with(&|m| m.households[0].note = "x".repeat(2_001)), &["households/0/note"]),
        (with(&|m| m.note = "x".repeat(2_001)), &["note"]),
        (with(&|m| (m.village, m.chair) = (String::new(), String::new())), &["village", "chair"]),
    ];
    for (number, (meeting, expected)) in cases.into_iter().enumerate() {
        let found = check(&meeting, NOW);
        let places: Vec<&str> = found.iter().map(|wrong| wrong.place.as_str()).collect();
        assert_eq!(places, expected, "case {number}");
        assert!(found.iter().all(|wrong| wrong.says.ends_with('.')), "case {number}: {found:?}");
    }
}

#[test]
fn what_it_decided_is_told_with_its_votes_and_scores() {
    let id = MeetingId([9; 16]);
    for (agree, expected) in [(15, false), (16, true)] {
        let meeting = Meeting { on_paper: 1, households: vec![discussed(1, agree, 5, 0)], ..meeting(30) };
        let held = meeting.held(id, &meeting.households[0], 50);
        assert_eq!((held.present, held.agree, held.agreed, held.class), (31, agree, expected, Class::Poor));
        assert_eq!((held.begun, held.ended), (meeting.begun, meeting.ended));
    }
}

#[test]
fn texts_are_kept_tidy() {
    let mut written = meeting(1);
    written.chair = "  Trần   Văn Ho\u{300}a ".to_owned();
    written.present[0].household = " Hộ  ông Tư ".to_owned();
    written.households[0].note = " nhà  dột \n  con nhỏ ".to_owned();
    let kept = written.tidied();
    assert_eq!(kept.chair, "Trần Văn Hòa");
    assert_eq!(kept.present[0].household, "Hộ ông Tư");
    assert_eq!(kept.households[0].note, "nhà dột\ncon nhỏ");
}
