//! A dossier through its public posting: posted, objected to at any time, re-checked, posted again; when it goes on, and what
//! its clocks do meanwhile. Moments were worked out by hand over November and December 2026 (24 November is a holiday); how
//! long a list runs is the crate `posting`'s to say, and here each test says it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../procedure/tests/library/mod.rs"]
mod folder;

use dossier::meeting::{Class, share_of};
use dossier::posting::{AGAIN_DAYS, MOST_OBJECTION_SIGNS, Objection, ObjectionFault, Posted, PostingId, wanted};
use dossier::{
    Act, ActKind, ActRefused, Course, Desk, Event, EventKind, MeetingHeld, MeetingId, State, Tracked, act, course,
    timeline,
};
use form::{Answers, Date};
use procedure::calendar::Moment;
use procedure::source::Library;
use procedure::{Filing, OfficerId};

const THU: OfficerId = OfficerId([2; 16]);

fn library() -> Library {
    folder::load(&folder::files())
}

/// `2026-11-23 08:00` in Việt Nam.
fn at(text: &str) -> Moment {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let minutes = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
    Moment::at(Date::parse(day).unwrap(), minutes * 60_000)
}

/// A meeting that agreed.
fn agreed() -> MeetingHeld {
    let moment = at("2026-11-22 19:00");
    MeetingHeld {
        meeting: MeetingId([3; 16]),
        village: "Thôn Đông".to_owned(),
        begun: moment,
        ended: moment,
        present: 30,
        agree: 30,
        against: 0,
        no_opinion: 0,
        score_a: 100,
        score_b: 40,
        class: Class::Poor,
        agreed: true,
    }
}

struct Play<'a> {
    desk: Desk<'a>,
    filing: Filing,
    events: Vec<Event>,
}

impl<'a> Play<'a> {
    /// A dossier that has come to the stage in which it is posted, on Monday 23 November at 08:00.
    fn at_posting(library: &'a Library, id: &str) -> Self {
        let Library { agencies, calendar, hours, procedures, .. } = library;
        let procedure = &procedures[id];
        let sent = at("2026-11-16 08:00");
        let agency = agencies.on(sent.date()).receiving(procedure, sent.date()).next().unwrap();
        let filing = Filing {
            procedure: procedure.id.clone(),
            fingerprint: String::new(),
            agency: agency.code.clone(),
            case: Answers::default(),
            forms: Vec::new(),
            papers: Vec::new(),
        };
        let events = vec![Event { at: sent, by: None, on_behalf: None, kind: EventKind::Sent }];
        let mut play = Self {
            desk: Desk { procedure, filed: &agency.code, agency, agencies, today: sent.date(), calendar, hours },
            filing,
            events,
        };
        let stage = procedure.stages.iter().position(|s| s.id == procedure.posting.as_ref().unwrap().stage).unwrap();
        play.does(at("2026-11-23 08:00"), Act::Receive);
        while play.course().stage < stage {
            play.does(at("2026-11-23 08:00"), Act::Forward(String::new()));
        }
        if share_of(&play.course(), &play.desk).is_some() {
            assert_eq!(
                wanted(&play.course(), &play.desk, sent),
                None,
                "what the people agree to is posted, not before"
            );
            play.happens(at("2026-11-23 08:00"), EventKind::MeetingHeld(agreed()));
        }
        play
    }

    fn course(&self) -> Course {
        course(&self.desk, self.events[0].at, &self.events)
    }

    fn tries(&self, now: Moment, what: Act) -> Result<EventKind, ActRefused> {
        act(&self.course(), &self.desk, &self.filing, THU, what, (now, &|_| false))
    }

    fn does(&mut self, now: Moment, what: Act) -> Course {
        let kind = self.tries(now, what).unwrap();
        self.happens(now, kind)
    }

    fn happens(&mut self, now: Moment, kind: EventKind) -> Course {
        self.events.push(Event { at: now, by: None, on_behalf: None, kind });
        self.course()
    }

    fn posted(&mut self, list: u8, now: &str, not_after: &str) -> Course {
        assert!(wanted(&self.course(), &self.desk, at(now)).is_some());
        let posted = Posted { posting: PostingId([list; 16]), line: 1, not_after: at(not_after) };
        self.happens(at(now), EventKind::Posted(posted))
    }

    fn objected(&mut self, list: u8, now: Moment) -> Course {
        let objection = Objection::read(PostingId([list; 16]), "Hoàng Văn Sim", "0900000321", "Nhà có xe tải").unwrap();
        self.happens(now, EventKind::Objected(objection))
    }

    fn forward(&self, now: Moment) -> Result<EventKind, ActRefused> {
        self.tries(now, Act::Forward(String::new()))
    }

    fn left_days(&self) -> i64 {
        self.course().clock.left_ms / self.desk.hours.day_ms()
    }
}

const POSTED: [&str; 3] = ["tro-cap-xa-hoi-hang-thang", "cong-nhan-ho-ngheo", "cong-nhan-ho-thoat-ngheo"];

fn each(run: impl Fn(Play<'_>)) {
    let library = library();
    for id in POSTED {
        run(Play::at_posting(&library, id));
    }
}

#[test]
fn it_goes_on_one_millisecond_after_its_list_and_not_before() {
    each(|mut play| {
        let days = play.desk.procedure.posting.as_ref().unwrap().working_days;
        assert_eq!(wanted(&play.course(), &play.desk, at("2026-11-23 08:00")), Some(days));
        assert_eq!(play.forward(at("2026-11-23 09:00")), Err(ActRefused::NotPosted));
        let course = play.posted(1, "2026-11-23 09:00", "2026-11-25 17:00");
        assert!(!course.clock.stands && course.goes_on());
        let end = at("2026-11-25 17:00");
        for now in [at("2026-11-23 09:01"), end] {
            assert_eq!(wanted(&course, &play.desk, now), None, "at most one list");
            assert_eq!(play.forward(now), Err(ActRefused::StillPosted(end)));
            let back = play.tries(now, Act::SendBack("1.2".to_owned(), "Sai tên".to_owned()));
            assert_eq!(back, Err(ActRefused::StillPosted(end)));
        }
        let after = Moment(end.0 + 1);
        assert_eq!(wanted(&course, &play.desk, after), None, "once is enough");
        assert!(play.forward(after).is_ok());
        let stage = course.stage_clock;
        assert!(stage.due_at(&play.desk) > end, "the stage has time after the list");
        let next = play.does(after, Act::Forward(String::new()));
        // In B.3 and B.4 the leader signs in the same stage, and is not held up again.
        assert_eq!(next.posting.list.is_some(), next.turn == 1);
    });
}

#[test]
fn an_objection_stops_the_clock_until_a_second_list_has_run() {
    each(|mut play| {
        let days = play.desk.procedure.quarter_days() / 4;
        play.posted(1, "2026-11-23 08:00", "2026-11-25 17:00");
        let stopped = play.objected(1, at("2026-11-25 08:00"));
        assert!(stopped.clock.stands && stopped.stage_clock.stands && !stopped.goes_on());
        // Since Monday 16 six working days have gone by: 16 to 20, and 23.
        assert_eq!(play.left_days(), i64::from(days) - 6);
        // Seven working days from Wednesday 25: until Friday 4 December, at the same hour.
        assert_eq!(stopped.posting.recheck_due(&play.desk).unwrap().at, at("2026-12-04 08:00"));
        let now = at("2026-11-26 09:00");
        assert_eq!(play.forward(now), Err(ActRefused::Objected));
        for other in [Act::ReturnUnsolved("x".to_owned()), Act::Extend(4, "x".to_owned())] {
            assert_eq!(play.tries(now, other), Err(ActRefused::NotNow), "the re-check comes first");
        }
        assert_eq!(play.tries(now, Act::Recheck(true, " ".to_owned())), Err(ActRefused::NoWords));
        let stands = play.does(now, Act::Recheck(true, "Đã xác minh tại nhà".to_owned()));
        assert!(stands.clock.stands && stands.goes_on() && stands.posting.again);
        assert_eq!(play.forward(now), Err(ActRefused::NotPostedAgain));
        assert_eq!(wanted(&stands, &play.desk, now), Some(AGAIN_DAYS));
        let again = play.posted(2, "2026-11-26 10:00", "2026-12-01 17:00");
        assert_eq!((again.clock.stands, again.clock.since), (false, at("2026-12-01 17:00")));
        assert_eq!(play.left_days(), i64::from(days) - 6, "the clock goes on when the second list has ended");
        assert_eq!(play.forward(at("2026-12-01 17:00")), Err(ActRefused::StillPosted(at("2026-12-01 17:00"))));
        assert!(play.forward(Moment(at("2026-12-01 17:00").0 + 1)).is_ok());
    });
}

#[test]
fn an_objection_in_the_last_millisecond_counts() {
    each(|mut play| {
        play.posted(1, "2026-11-23 08:00", "2026-11-25 17:00");
        let end = at("2026-11-25 17:00");
        let course = play.objected(1, end);
        assert!(course.clock.stands);
        assert_eq!(play.forward(Moment(end.0 + 1)), Err(ActRefused::Objected));
    });
}

#[test]
fn several_objections_are_one_recheck_and_one_more_begins_another() {
    each(|mut play| {
        play.posted(1, "2026-11-23 08:00", "2026-11-25 17:00");
        let first = play.objected(1, at("2026-11-23 10:00"));
        let second = play.objected(1, at("2026-11-24 10:00"));
        assert_eq!(second.posting.open.len(), 2);
        assert_eq!(second.posting.recheck_due(&play.desk), first.posting.recheck_due(&play.desk));
        play.does(at("2026-11-24 11:00"), Act::Recheck(true, "Đúng đối tượng".to_owned()));
        // The first list is still up, so that it cannot be on a second one yet.
        assert_eq!(wanted(&play.course(), &play.desk, at("2026-11-24 12:00")), None);
        let late = play.objected(1, at("2026-11-25 09:00"));
        assert_eq!((late.posting.open.len(), late.posting.again), (1, false));
        assert_eq!(late.posting.recheck_from, Some(at("2026-11-25 09:00")));
        play.does(at("2026-11-26 09:00"), Act::Recheck(true, "Vẫn đúng".to_owned()));
        play.posted(2, "2026-11-26 09:30", "2026-12-01 17:00");
        // During the second posting everything begins once more.
        let left = play.left_days();
        let again = play.objected(2, at("2026-11-30 09:00"));
        assert!(again.clock.stands && !again.goes_on());
        assert_eq!(play.left_days(), left);
        play.does(at("2026-12-02 09:00"), Act::Recheck(true, "Vẫn đúng".to_owned()));
        let third = play.posted(3, "2026-12-02 10:00", "2026-12-07 17:00");
        assert_eq!((third.clock.since, third.clock.stands), (at("2026-12-07 17:00"), false));
        assert!(play.forward(Moment(at("2026-12-07 17:00").0 + 1)).is_ok());
    });
}

#[test]
fn what_does_not_stand_is_returned_unsolved_with_a_clock_that_goes() {
    each(|mut play| {
        play.posted(1, "2026-11-23 08:00", "2026-11-25 17:00");
        play.objected(1, at("2026-11-23 10:00"));
        let over = play.does(at("2026-11-24 10:00"), Act::Recheck(false, "Không thuộc diện".to_owned()));
        assert_eq!((over.state, over.unsolved.as_deref()), (State::Stopped, Some("Không thuộc diện")));
        assert!(!over.clock.stands && over.goes_on());
        // The list still shows the line: what comes now is kept and changes nothing.
        let after = play.objected(1, at("2026-11-24 12:00"));
        assert_eq!(after, over);
    });
}

#[test]
fn a_supplement_and_an_objection_both_have_to_end() {
    each(|mut play| {
        play.posted(1, "2026-11-23 08:00", "2026-11-25 17:00");
        let asked = dossier::Supplement { items: Vec::new(), note: String::new() };
        play.happens(at("2026-11-23 09:00"), EventKind::SupplementAsked(asked));
        play.objected(1, at("2026-11-23 10:00"));
        assert_eq!(play.tries(at("2026-11-23 11:00"), Act::Recheck(true, "x".to_owned())), Err(ActRefused::NotNow));
        let mended = play.happens(at("2026-11-24 09:00"), EventKind::Supplemented);
        assert!(mended.clock.stands, "the objection is still open");
        play.does(at("2026-11-26 09:00"), Act::Recheck(true, "x".to_owned()));
        let again = play.posted(2, "2026-11-26 09:30", "2026-12-01 17:00");
        assert_eq!((again.clock.since, again.clock.stands), (at("2026-12-01 17:00"), false));
    });
}

#[test]
fn the_citizen_is_told_until_when_and_of_nobody() {
    each(|mut play| {
        play.posted(1, "2026-11-23 08:00", "2026-11-25 17:00");
        play.objected(1, at("2026-11-23 10:00"));
        let tracked = Tracked {
            sent_at: play.events[0].at,
            number: None,
            fingerprint: String::new(),
            agency: String::new(),
            events: play.events.clone(),
            consent: None,
        };
        let told = timeline(&tracked, &play.desk, at("2026-11-25 17:00"));
        assert_eq!((told.posted_until, told.rechecked, told.stands), (Some(at("2026-11-25 17:00")), true, true));
        assert!(told.entries.iter().any(|entry| entry.event == "posted"));
        let text = format!("{told:?}");
        assert!(!text.contains("Sim") && !text.contains("xe tải") && !text.contains("0900000321"));
        assert_eq!(timeline(&tracked, &play.desk, Moment(at("2026-11-25 17:00").0 + 1)).posted_until, None);
    });
}

#[test]
fn a_procedure_without_posting_asks_for_none() {
    let library = library();
    let mut procedure = library.procedures["tro-cap-xa-hoi-hang-thang"].clone();
    procedure.posting = None;
    let play = Play::at_posting(&library, "tro-cap-xa-hoi-hang-thang");
    let desk = Desk { procedure: &procedure, ..play.desk };
    let course = course(&desk, play.events[0].at, &play.events);
    assert_eq!(wanted(&course, &desk, at("2026-11-23 09:00")), None);
    let forward = dossier::act::possible(&course, &desk, THU, ActKind::Forward, at("2026-11-23 09:00"));
    assert_eq!(forward, Ok(()));
}

#[test]
fn an_objection_says_who_how_to_reach_them_and_what() {
    use ObjectionFault as F;
    let long = "x".repeat(MOST_OBJECTION_SIGNS + 1);
    for (name, contact, says, faults) in [
        ("Sim", "0900 000 321", "Sai", vec![]),
        ("Sim", "+84 900.000.321", "Sai", vec![]),
        ("Sim", "sim@example.vn", "Sai", vec![]),
        ("", " ", "", vec![F::Empty("name"), F::Empty("contact"), F::Empty("says")]),
        ("Sim", "nhà bên", "Sai", vec![F::NoContact]),
        ("Sim", "sim@example", "Sai", vec![F::NoContact]),
        ("Sim", "12345678", "Sai", vec![F::NoContact]),
        ("Sim", "0900000321", long.as_str(), vec![F::TooLong("says")]),
    ] {
        let read = Objection::read(PostingId([1; 16]), name, contact, says);
        assert_eq!(read.err().unwrap_or_default(), faults, "{name} {contact}");
    }
}

#[test]
fn an_id_is_read_as_it_is_written() {
    let id = PostingId([0xAB; 16]);
    assert_eq!(PostingId::read(&id.to_string()), Some(id));
    for wrong in ["", "ab", &"AB".repeat(16), &"xy".repeat(16), &"ab".repeat(17)] {
        assert_eq!(PostingId::read(wrong), None, "{wrong}");
    }
}
