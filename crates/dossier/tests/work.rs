//! The five procedures as officers work through them: every outcome of every stage, and the sums of time, worked out by
//! hand across Tết and a swapped Saturday.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../procedure/tests/library/mod.rs"]
mod folder;

use dossier::act::possible;
use dossier::meeting::{self, Area, Discussed, MeetingRefused};
use dossier::parcel::{self, Parcel, ParcelRefused, ParcelStep};
use dossier::posting::{Posted, wanted};
use dossier::{
    Act, ActKind, ActRefused, Compared, Course, Desk, DossierId, Event, EventKind, Meeting, MeetingId, PostingId,
    ResultFile, State, Supplement, SupplementItem, act, course,
};
use form::{Answers, Date};
use procedure::calendar::{DAY_MS, Moment};
use procedure::source::Library;
use procedure::{Agency, FiledPaper, Filing, FilledForm, OfficerId, Procedure, Role};

const HIEN: OfficerId = OfficerId([1; 16]);
const THU: OfficerId = OfficerId([2; 16]);

fn library() -> Library {
    folder::load(&folder::files())
}

/// `2026-02-12 08:00` in Việt Nam.
fn at(text: &str) -> Moment {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let minutes = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
    Moment::at(Date::parse(day).unwrap(), minutes * 60_000)
}

/// A dossier being played through.
struct Play<'a> {
    desk: Desk<'a>,
    filing: Filing,
    events: Vec<Event>,
}

impl<'a> Play<'a> {
    fn of(library: &'a Library, procedure: &'a Procedure, agency: &'a Agency, sent: Moment) -> Self {
        let Library { agencies, calendar, hours, .. } = library;
        let forms =
            vec![FilledForm { form: "nd20-04".to_owned(), fingerprint: String::new(), answers: Answers::default() }];
        let filing = Filing {
            procedure: procedure.id.clone(),
            fingerprint: String::new(),
            agency: agency.code.clone(),
            case: Answers::default(),
            forms,
            papers: Vec::new(),
        };
        let events = vec![Event { at: sent, by: None, on_behalf: None, kind: EventKind::Sent }];
        let (filed, today) = (agency.code.as_str(), sent.date());
        Self { desk: Desk { procedure, filed, agency, agencies, today, calendar, hours }, filing, events }
    }

    fn course(&self) -> Course {
        course(&self.desk, self.events[0].at, &self.events)
    }

    fn now(&self) -> Moment {
        self.events.last().unwrap().at
    }

    fn tries(&self, officer: OfficerId, what: Act) -> Result<EventKind, ActRefused> {
        self.tries_at(Moment(self.now().0 + 60_000), officer, what)
    }

    fn tries_at(&self, at: Moment, officer: OfficerId, what: Act) -> Result<EventKind, ActRefused> {
        act(&self.course(), &self.desk, &self.filing, officer, what, (at, &|sha256| sha256.starts_with('5')))
    }

    /// Posts it on a list that is over when the next minute begins.
    fn posted(&mut self) -> Course {
        let (at, posting) = (Moment(self.now().0 + 60_000), PostingId([7; 16]));
        let posted = Posted { posting, line: 1, not_after: Moment(at.0 + 30_000) };
        self.events.push(Event { at, by: Some(HIEN), on_behalf: None, kind: EventKind::Posted(posted) });
        self.course()
    }

    /// Does it a minute after what was before.
    fn does(&mut self, what: Act) -> Course {
        self.does_at(Moment(self.now().0 + 60_000), what)
    }

    fn does_at(&mut self, at: Moment, what: Act) -> Course {
        let kind = self.tries_at(at, HIEN, what).unwrap();
        self.events.push(Event { at, by: Some(HIEN), on_behalf: None, kind });
        self.course()
    }

    fn supplemented(&mut self, at: Moment) -> Course {
        self.events.push(Event { at, by: None, on_behalf: None, kind: EventKind::Supplemented });
        self.course()
    }

    fn forward_to(&mut self, stage: usize) {
        while self.course().stage < stage {
            let before = self.course();
            self.readies();
            self.does(Act::Forward(String::new()));
            assert_ne!(self.course(), before);
        }
    }

    /// Does what has to be done before the turn can end.
    fn readies(&mut self) {
        match self.tries(HIEN, Act::Forward(String::new())) {
            Ok(_) => {}
            Err(ActRefused::MeetingNeeded) => {
                assert_eq!(
                    wanted(&self.course(), &self.desk, self.now()),
                    None,
                    "the meeting comes before the posting"
                );
                self.meets(16, 31).unwrap();
                self.readies();
            }
            Err(ActRefused::NotPosted) => {
                assert!(wanted(&self.course(), &self.desk, self.now()).is_some());
                self.posted();
                self.readies();
            }
            Err(_) => {
                assert!(self.course().result.is_none());
                self.does(Act::AttachResult(result()));
            }
        }
    }

    /// Holds a meeting of an hour about it, a minute after what was before.
    fn meets(&mut self, agree: u32, present: u32) -> Result<Course, MeetingRefused> {
        let begun = Moment(self.now().0 + 60_000);
        let course = self.course();
        let share = meeting::possible(&course, &self.desk, HIEN, begun)?;
        let discussed = Discussed {
            dossier: DossierId([1; 16]),
            score_a: 120,
            score_b: 30,
            agree,
            against: 0,
            no_opinion: 0,
            note: String::new(),
        };
        let held = Meeting {
            village: "Thôn Đông".to_owned(),
            place: "Nhà văn hóa thôn".to_owned(),
            area: Area::Rural,
            begun,
            ended: Moment(begun.0 + 3_600_000),
            chair: "Trần Văn Hòa".to_owned(),
            secretary: "Lê Thị Sen".to_owned(),
            representatives: vec!["Hồ Văn Mười".to_owned()],
            invited: present,
            present: Vec::new(),
            on_paper: present,
            households: vec![discussed.clone()],
            note: String::new(),
        };
        assert_eq!(meeting::check(&held, held.ended), []);
        let kind = EventKind::MeetingHeld(held.held(MeetingId([7; 16]), &discussed, share));
        self.events.push(Event { at: held.ended, by: Some(HIEN), on_behalf: None, kind });
        Ok(self.course())
    }
}

fn result() -> ResultFile {
    ResultFile { number: "12/QĐ-UBND".to_owned(), sha256: "a".repeat(64), file: "quyet-dinh.pdf".to_owned(), bytes: 9 }
}

fn supplement(place: &str) -> Supplement {
    let items = vec![SupplementItem { place: place.to_owned(), says: "Ghi đủ họ và tên".to_owned() }];
    Supplement { items, note: String::new() }
}

/// Every procedure at every level that may receive it.
fn each(run: impl Fn(Play<'_>)) {
    let library = library();
    let sent = at("2026-11-23 08:00");
    for procedure in library.procedures.values() {
        let agency = library.agencies.on(sent.date()).receiving(procedure, sent.date()).next().unwrap();
        run(Play::of(&library, procedure, agency, sent));
        if let Some(district) =
            library.agencies.on(sent.date()).0.iter().find(|one| one.level == procedure.stages[0].unit)
        {
            run(Play::of(&library, procedure, district, sent));
        }
        // Every other way of its stages, at an agency that lacks the level.
        for flow in &procedure.flows.0 {
            let agencies = library.agencies.on(sent.date());
            let lacks = |one: &&Agency| agencies.above(one).all(|unit| unit.level != flow.without);
            let agency = agencies.receiving(procedure, sent.date()).find(lacks).unwrap();
            let running = procedure.by_way(procedure.way(agency, agencies, sent.date()).unwrap());
            assert_eq!(running.stages, flow.stages);
            run(Play::of(&library, &running, agency, sent));
        }
    }
}

#[test]
fn every_procedure_runs_through_its_stages_to_the_result() {
    each(|mut play| {
        let stages = &play.desk.procedure.stages;
        assert_eq!(play.tries(HIEN, Act::Forward(String::new())), Err(ActRefused::NotNow));
        assert_eq!(play.course().role, Some(Role::OneStop));
        let received = play.does(Act::Receive);
        assert_eq!((received.state, received.stage), (State::Received, 1));
        let mut roles = vec![(0, Role::OneStop)];
        while !(play.course().is_last(&play.desk) && play.tries(HIEN, Act::HandOver(Vec::new())).is_ok()) {
            let now = play.course();
            roles.push((now.stage, now.role.unwrap()));
            let unit = play.desk.agencies.on(play.desk.today).find(&now.unit).unwrap();
            let same_level = stages[now.stage].unit == stages[0].unit;
            assert_eq!(unit.code == play.desk.agency.code, same_level, "{}", play.desk.procedure.id);
            play.readies();
            play.does(Act::Forward("đã xong".to_owned()));
        }
        roles.push((play.course().stage, play.course().role.unwrap()));
        let expected: Vec<(usize, Role)> =
            stages.iter().enumerate().flat_map(|(n, stage)| stage.acts.iter().map(move |role| (n, *role))).collect();
        assert_eq!(roles, expected, "{}", play.desk.procedure.id);
        assert_eq!(play.course().state, State::Done);
        let over = play.does(Act::HandOver(Vec::new()));
        assert_eq!((over.state, over.is_over(), over.left.len()), (State::Returned, true, stages.len()));
        for kind in ActKind::ALL {
            assert_eq!(possible(&over, &play.desk, HIEN, kind, play.now()), Err(ActRefused::NotNow), "{kind:?}");
        }
    });
}

#[test]
fn reception_has_three_outcomes() {
    each(|mut play| {
        // Supplement, as often as it takes, then received.
        let asked = play.does(Act::AskSupplement(supplement("nd20-04/ho_ten")));
        assert_eq!((asked.state, asked.stage), (State::SupplementAsked, 0));
        assert_eq!(play.tries(HIEN, Act::Receive), Err(ActRefused::NotNow));
        // The filer cannot supplement: the head of the desk decides, and may decide otherwise.
        let proposed = play.does(Act::ProposeRefusal("Người nộp không bổ sung được".to_owned()));
        assert_eq!(proposed.role, Some(Role::DeskHead));
        let mut refused = Play { desk: play.desk, filing: play.filing.clone(), events: play.events.clone() };
        let over = refused.does(Act::Refuse("Không thuộc đối tượng".to_owned()));
        assert_eq!((over.state, over.is_over()), (State::NotReceived, true));
        let back = play.does(Act::Reconsider("Chờ thêm".to_owned()));
        assert_eq!((back.role, back.supplement.is_some()), (Some(Role::OneStop), true));
        let again = play.supplemented(Moment(play.now().0 + DAY_MS));
        assert_eq!((again.state, again.supplement), (State::Sent, None));
        assert_eq!(play.does(Act::Receive).state, State::Received);
        assert_eq!(play.tries(HIEN, Act::Receive), Err(ActRefused::NotNow), "the number is born once");
        assert_eq!(play.tries(HIEN, Act::Refuse("muộn".to_owned())), Err(ActRefused::NotNow));
    });
}

#[test]
fn at_every_stage_it_can_wait_go_back_and_be_returned_unsolved() {
    each(|play| {
        let last = play.desk.procedure.stages.len() - 1;
        for stage in 1..last {
            let mut play = Play { desk: play.desk, filing: play.filing.clone(), events: play.events.clone() };
            play.does(Act::Receive);
            play.forward_to(stage);
            let asked = play.does(Act::AskSupplement(supplement("nd20-04/ho_ten")));
            assert_eq!((asked.state, asked.stage), (State::SupplementAsked, stage));
            assert_eq!(play.tries(HIEN, Act::Forward(String::new())), Err(ActRefused::NotNow));
            let on = play.supplemented(Moment(play.now().0 + 3 * DAY_MS));
            assert_eq!((on.state, on.stage), (State::InProcess, stage));
            for before in 0..=stage {
                let id = play.desk.procedure.stages[before].id.clone();
                let tried = play.tries(HIEN, Act::SendBack(id, "Thiếu chữ ký".to_owned()));
                let refused = if stage == 1 { ActRefused::NotNow } else { ActRefused::NoSuchStage };
                let can = (1..stage).contains(&before);
                assert_eq!(tried.err(), (!can).then_some(refused), "{before} of {stage}");
            }
            let down = play.does(Act::ReturnUnsolved("Không đủ điều kiện".to_owned()));
            assert_eq!((down.state, down.stage, down.turn), (State::Stopped, last, down.turn));
            assert_eq!(down.unit, play.desk.agency.code);
            assert!(play.tries(HIEN, Act::AttachResult(result())).is_err());
            let over = play.does(Act::HandOver(Vec::new()));
            assert_eq!((over.state, over.is_over()), (State::Stopped, true));
        }
    });
}

#[test]
fn a_poor_household_goes_on_only_when_a_meeting_has_agreed() {
    let library = library();
    for id in ["cong-nhan-ho-ngheo", "cong-nhan-ho-thoat-ngheo"] {
        let procedure = &library.procedures[id];
        let agency = library
            .agencies
            .on(at("2026-11-23 08:00").date())
            .receiving(procedure, at("2026-11-23 08:00").date())
            .next()
            .unwrap();
        let mut play = Play::of(&library, procedure, agency, at("2026-11-23 08:00"));
        assert_eq!(play.meets(16, 31), Err(MeetingRefused::NotInStage), "before reception");
        play.does(Act::Receive);
        let forward = |play: &Play<'_>| play.tries(HIEN, Act::Forward(String::new()));
        assert_eq!(forward(&play), Err(ActRefused::MeetingNeeded));

        // Fifteen of thirty-one are fewer than half: the review is done again and the people meet again.
        let failed = play.meets(15, 31).unwrap();
        assert_eq!((failed.stage, failed.state), (1, State::InProcess));
        assert!(!failed.meeting.unwrap().agreed);
        assert_eq!(forward(&play), Err(ActRefused::MeetingNeeded));
        let agreed = play.meets(16, 31).unwrap();
        assert!(agreed.meeting.as_ref().is_some_and(|held| held.agreed));
        assert_eq!(play.events.iter().filter(|event| event.kind.name() == "meeting-held").count(), 2, "both stay");

        assert_eq!(forward(&play), Err(ActRefused::NotPosted), "what they agreed to is posted");
        play.posted();
        // What was agreed is agreed for every turn of the stage; a later meeting that does not agree undoes it.
        let turn = play.does(Act::Forward(String::new()));
        assert_eq!((turn.stage, turn.role), (1, Some(Role::Leader)));
        let mut undone = Play { desk: play.desk, filing: play.filing.clone(), events: play.events.clone() };
        undone.meets(3, 31).unwrap();
        undone.does(Act::AttachResult(result()));
        assert_eq!(forward(&undone), Err(ActRefused::MeetingNeeded));
        // Sent back from a later stage, it does not need the people once more for what they have agreed to.
        if procedure.stages.len() > 3 {
            play.does(Act::Forward(String::new()));
            assert_eq!(play.meets(16, 31), Err(MeetingRefused::NotInStage), "after the stage");
            play.does(Act::SendBack("2".to_owned(), "Sai tên trong quyết định".to_owned()));
            assert_eq!(forward(&play), Err(ActRefused::NotPosted), "what is done again is posted again");
            play.posted();
            assert!(forward(&play).is_ok());
        }
    }
}

#[test]
fn a_meeting_is_kept_by_whoever_has_the_work_and_in_the_order_of_time() {
    let library = library();
    let procedure = &library.procedures["cong-nhan-ho-ngheo"];
    let agency = library
        .agencies
        .on(at("2026-11-23 08:00").date())
        .receiving(procedure, at("2026-11-23 08:00").date())
        .next()
        .unwrap();
    let mut play = Play::of(&library, procedure, agency, at("2026-11-23 08:00"));
    play.does_at(at("2026-11-23 09:00"), Act::Receive);
    let possible = |play: &Play<'_>, officer, text| meeting::possible(&play.course(), &play.desk, officer, at(text));
    assert_eq!(possible(&play, HIEN, "2026-11-23 08:59"), Err(MeetingRefused::BeforeReception));
    assert_eq!(possible(&play, HIEN, "2026-11-23 09:00"), Ok(50));
    play.does_at(at("2026-11-23 10:00"), Act::Claim);
    assert_eq!(possible(&play, THU, "2026-11-24 19:00"), Err(MeetingRefused::Held));
    let asked = play.does_at(at("2026-11-23 11:00"), Act::AskSupplement(supplement("nd20-04/ho_ten")));
    assert_eq!(meeting::share_of(&asked, &play.desk), Some(50));
    assert_eq!(possible(&play, HIEN, "2026-11-24 19:00"), Err(MeetingRefused::NotInStage), "the clock stands");
    play.supplemented(at("2026-11-24 08:00"));
    // From 8:01 to 9:01.
    play.meets(0, 31).unwrap();
    assert_eq!(possible(&play, HIEN, "2026-11-24 09:00"), Err(MeetingRefused::BeforeAnother));
    assert_eq!(possible(&play, HIEN, "2026-11-24 09:01"), Ok(50));
    play.does_at(at("2026-11-25 08:00"), Act::ReturnUnsolved("Không đủ điều kiện".to_owned()));
    assert_eq!(possible(&play, HIEN, "2026-11-25 19:00"), Err(MeetingRefused::NotInStage));
}

#[test]
fn a_supplement_that_nobody_waits_for_changes_nothing() {
    each(|mut play| {
        play.does(Act::AskSupplement(supplement("nd20-04/ho_ten")));
        play.does(Act::ProposeRefusal("Quá hạn".to_owned()));
        let over = play.does(Act::Refuse("Không bổ sung".to_owned()));
        assert_eq!((over.supplement.is_none(), over.ended_at), (true, Some(play.now())));
        assert_eq!(play.supplemented(Moment(play.now().0 + 60_000)), over);
    });
}

#[test]
fn what_is_done_stays_done_while_several_act_in_the_last_stage() {
    let library = library();
    let mut procedure = library.procedures["ho-tro-chi-phi-mai-tang"].clone();
    procedure.stages.last_mut().unwrap().acts = vec![Role::Leader, Role::OneStop];
    let agency = library
        .agencies
        .on(at("2026-11-23 08:00").date())
        .receiving(&procedure, at("2026-11-23 08:00").date())
        .next()
        .unwrap();
    let mut play = Play::of(&library, &procedure, agency, at("2026-11-23 08:00"));
    play.does(Act::Receive);
    play.forward_to(procedure.stages.len() - 1);
    assert_eq!(play.course().state, State::Done);
    let on = play.does(Act::Forward(String::new()));
    assert_eq!((on.state, on.role), (State::Done, Some(Role::OneStop)));
    assert_eq!(play.does(Act::HandOver(Vec::new())).state, State::Returned);
}

#[test]
fn originals_without_a_valid_signature_are_compared_before_the_result_is_handed_over() {
    let library = library();
    let procedure = &library.procedures["ho-tro-chi-phi-mai-tang"];
    let agency = library
        .agencies
        .on(at("2026-11-23 08:00").date())
        .receiving(procedure, at("2026-11-23 08:00").date())
        .next()
        .unwrap();
    let paper = |paper: &str, sha256: &str| FiledPaper {
        paper: paper.to_owned(),
        sha256: sha256.to_owned(),
        name: "tep.pdf".to_owned(),
        kind: "application/pdf".to_owned(),
        bytes: 9,
    };
    let compared = |all: &[(&str, &str)]| {
        let one =
            |(paper, differs): &(&str, &str)| Compared { paper: (*paper).to_owned(), differs: (*differs).to_owned() };
        Act::HandOver(all.iter().map(one).collect())
    };
    // Files whose hash begins with 5 are validly signed: see `Play::tries`.
    let death = || paper("giay-chung-tu", "aa");
    type Case<'a> = (Vec<FiledPaper>, &'a [(&'a str, &'a str)], Result<(), ActRefused>);
    let cases: [Case<'_>; 9] = [
        (vec![], &[], Ok(())),
        (vec![], &[("giay-chung-tu", "")], Err(ActRefused::NoSuchPlace)),
        (vec![paper("giay-chung-tu", "55")], &[], Ok(())),
        (vec![paper("giay-chung-tu", "55")], &[("giay-chung-tu", "")], Ok(())),
        (vec![death()], &[], Err(ActRefused::NotCompared)),
        (vec![death()], &[("giay-chung-tu", "")], Ok(())),
        (vec![death()], &[("giay-chung-tu", "Ngày mất ghi khác một ngày")], Ok(())),
        // One of two files of a paper is not signed: the paper is compared, once.
        (vec![paper("giay-chung-tu", "55"), death()], &[], Err(ActRefused::NotCompared)),
        (vec![death()], &[("giay-chung-tu", ""), ("giay-chung-tu", "")], Err(ActRefused::NoSuchPlace)),
    ];
    for (papers, told, expected) in cases {
        let mut play = Play::of(&library, procedure, agency, at("2026-11-23 08:00"));
        play.filing.papers = papers;
        play.does(Act::Receive);
        play.forward_to(procedure.stages.len() - 1);
        let tried = play.tries(HIEN, compared(told));
        assert_eq!(tried.clone().map(drop), expected, "{told:?}");
        if let Ok(EventKind::HandedOver(kept)) = tried {
            assert_eq!(kept.unwrap().len(), told.len());
        }
    }
    let mut play = Play::of(&library, procedure, agency, at("2026-11-23 08:00"));
    play.filing.papers = vec![death()];
    play.does(Act::Receive);
    let long = "dài ".repeat(600);
    play.does(Act::ReturnUnsolved("Không đủ điều kiện".to_owned()));
    assert_eq!(play.tries(HIEN, compared(&[("giay-chung-tu", &long)])), Err(ActRefused::TooLong));
    assert!(play.tries(HIEN, compared(&[])).is_ok(), "nothing is granted, so nothing is compared");
}

#[test]
fn a_text_that_cannot_be_meant_is_refused() {
    let library = library();
    let procedure = &library.procedures["ho-tro-chi-phi-mai-tang"];
    let agency = library
        .agencies
        .on(at("2026-11-23 08:00").date())
        .receiving(procedure, at("2026-11-23 08:00").date())
        .next()
        .unwrap();
    let play = Play::of(&library, procedure, agency, at("2026-11-23 08:00"));
    let none = Supplement { items: Vec::new(), note: "Sửa lại".to_owned() };
    let silent = Supplement {
        items: vec![SupplementItem { place: "paper/giay-chung-tu".to_owned(), says: "  ".to_owned() }],
        note: String::new(),
    };
    for (what, refused) in [
        (Act::AskSupplement(none), ActRefused::NothingToMend),
        (Act::AskSupplement(silent), ActRefused::NoWords),
        (Act::AskSupplement(supplement("paper/khong-co")), ActRefused::NoSuchPlace),
        (Act::AskSupplement(supplement("nd20-1a/ho_ten")), ActRefused::NoSuchPlace),
        (Act::AskSupplement(supplement("ho_ten")), ActRefused::NoSuchPlace),
        (Act::ProposeRefusal(" \n ".to_owned()), ActRefused::NoWords),
        (Act::ProposeRefusal("x".repeat(2_001)), ActRefused::TooLong),
    ] {
        assert_eq!(play.tries(HIEN, what.clone()), Err(refused), "{what:?}");
    }
}

#[test]
fn what_one_officer_has_taken_no_other_does() {
    let library = library();
    let procedure = &library.procedures["ho-tro-chi-phi-mai-tang"];
    let agency = library
        .agencies
        .on(at("2026-11-23 08:00").date())
        .receiving(procedure, at("2026-11-23 08:00").date())
        .next()
        .unwrap();
    let mut play = Play::of(&library, procedure, agency, at("2026-11-23 08:00"));
    play.does(Act::Claim);
    for what in [Act::Receive, Act::AskSupplement(supplement("nd20-04/x")), Act::Claim, Act::Release] {
        assert!(play.tries(THU, what.clone()).is_err(), "{what:?}");
    }
    assert_eq!(play.tries(THU, Act::Receive), Err(ActRefused::Held));
    assert_eq!(play.does(Act::Assign(THU)).holder, Some(THU));
    assert_eq!(play.tries(HIEN, Act::Receive), Err(ActRefused::Held));
    assert!(play.tries(THU, Act::Receive).is_ok());
}

/// Worked out on paper with office hours of 7:00–11:30 and 13:30–17:00, eight hours a day.
#[test]
fn the_sums_of_time_are_those_of_a_calendar_on_paper() {
    let library = library();
    let burial = &library.procedures["ho-tro-chi-phi-mai-tang"];
    let grave = &library.procedures["tham-vieng-mo-liet-si"];
    let day = at("2026-02-12 08:00").date();
    let agency = |procedure| library.agencies.on(day).receiving(procedure, day).next().unwrap();

    // Thursday before Tết, 8:00: 7 h; Friday 8 h; 16–20 February are Tết; Monday to Wednesday 24 h; Thursday the last hour.
    let mut play = Play::of(&library, burial, agency(burial), at("2026-02-12 08:00"));
    assert_eq!(play.course().clock.due_at(&play.desk), at("2026-02-26 08:00"));
    // Its first stage has two hours.
    assert_eq!(play.course().stage_clock.due_at(&play.desk), at("2026-02-12 10:00"));

    // Asked on Friday at 9:00 after 9 of 40 hours; answered on Monday after Tết at 8:00: 7 + 8 + 8 h, and 8 on Thursday.
    let asked = play.does_at(at("2026-02-13 09:00"), Act::AskSupplement(supplement("nd20-04/ho_ten")));
    assert_eq!(asked.clock.due(&play.desk), None);
    let left = asked.clock.left(&play.desk, at("2026-02-22 12:00"));
    assert_eq!((left.late, left.days, left.hours, left.minutes), (false, 3, 7, 0));
    let on = play.supplemented(at("2026-02-23 08:00"));
    assert_eq!(on.clock.due_at(&play.desk), at("2026-02-26 17:00"));
    // The stage was late by seven hours when the clock stopped, and still is when it goes on.
    let late = on.stage_clock.left(&play.desk, at("2026-02-23 09:00"));
    assert_eq!((late.late, late.days, late.hours), (true, 1, 0));

    // Received, then two more days are taken: from Thursday 17:00 over the weekend to Monday 17:00.
    play.does_at(at("2026-02-23 08:30"), Act::Receive);
    let extended = play.does_at(at("2026-02-24 08:00"), Act::Extend(8, "Mưa lũ, đường bị cắt".to_owned()));
    assert_eq!(extended.clock.due_at(&play.desk), at("2026-03-02 17:00"));
    assert_eq!(play.tries(HIEN, Act::Extend(4, "lần nữa".to_owned())), Err(ActRefused::NotNow), "at most once");

    // Three days over a Saturday that is worked for 2 January: Thursday, Friday, Saturday.
    let play = Play::of(&library, grave, agency(grave), at("2026-01-08 07:00"));
    assert_eq!(play.course().clock.due_at(&play.desk), at("2026-01-10 17:00"));
    // The same a week later ends on Monday.
    let play = Play::of(&library, grave, agency(grave), at("2026-01-15 07:00"));
    assert_eq!(play.course().clock.due_at(&play.desk), at("2026-01-19 17:00"));
}

#[test]
fn a_result_goes_by_post_once_it_is_there_and_again_where_it_came_back() {
    let library = library();
    let procedure = &library.procedures["ho-tro-chi-phi-mai-tang"];
    let sent = at("2026-11-23 08:00");
    let agency = library.agencies.on(sent.date()).receiving(procedure, sent.date()).next().unwrap();
    let mut play = Play::of(&library, procedure, agency, sent);
    let mut answers = Answers::default();
    answers.set("cach_nhan", "buu_dien");
    let form = "nguoi-nop".to_owned();
    play.filing.forms.push(FilledForm { form, fingerprint: String::new(), answers });
    let step = |play: &Play<'_>, parcel, step| parcel::step(&play.filing, &play.course(), &play.events, parcel, step);
    let posted = |number: &str| ParcelStep::Posted(number.to_owned());
    let then = |play: &mut Play<'_>, kind: EventKind| {
        play.events.push(Event { at: at("2026-11-24 08:00"), by: Some(HIEN), on_behalf: None, kind });
    };
    // Nothing was decided, and originals were not asked to be fetched.
    assert_eq!(step(&play, Parcel::Result, posted("CP123456789VN")), Err(ParcelRefused::NoResult));
    assert_eq!(step(&play, Parcel::Papers, posted("CP123456789VN")), Err(ParcelRefused::NotNow));
    then(&mut play, EventKind::NotReceived { reason: "Không đúng đối tượng".to_owned() });
    for (number, why) in
        [("", ParcelRefused::NoNumber), ("CP-1!", ParcelRefused::NoNumber), ("CP1", ParcelRefused::NoNumber)]
    {
        assert_eq!(step(&play, Parcel::Result, posted(number)), Err(why), "{number}");
    }
    for early in [ParcelStep::Delivered, ParcelStep::Failed("Vắng nhà".to_owned())] {
        assert_eq!(step(&play, Parcel::Result, early), Err(ParcelRefused::NotNow));
    }
    let sent = step(&play, Parcel::Result, posted("cp 123 456 789 vn")).unwrap();
    assert_eq!(sent, EventKind::ParcelPosted { parcel: Parcel::Result, number: "CP123456789VN".to_owned() });
    let before = play.course();
    then(&mut play, sent);
    // It is over, and stays as it was: only who did something last is another moment.
    let after = play.course();
    assert_eq!((after.state, after.ended_at, after.unit), (before.state, before.ended_at, before.unit));
    assert_eq!(step(&play, Parcel::Result, posted("CP123456780VN")), Err(ParcelRefused::NotNow));
    assert_eq!(step(&play, Parcel::Result, ParcelStep::Failed(" ".to_owned())), Err(ParcelRefused::NoReason));
    let back = step(&play, Parcel::Result, ParcelStep::Failed("Vắng nhà".to_owned())).unwrap();
    then(&mut play, back);
    let again = step(&play, Parcel::Result, posted("CP123456780VN")).unwrap();
    then(&mut play, again);
    let done = step(&play, Parcel::Result, ParcelStep::Delivered).unwrap();
    then(&mut play, done);
    assert_eq!(step(&play, Parcel::Result, posted("CP123456781VN")), Err(ParcelRefused::NotNow));
}
