//! Telling a citizen that something happened: whether, whereto, and in which words.
//!
//! A notice lies in a mailbox, or on a phone's locked screen, that others may read too. So it names no benefit, no person, no paper and no reason: only that
//! there is something to see, and where.

pub mod list;

use crate::{Course, EventKind, State};
use form::kind::phone;
use procedure::Filing;
use procedure::calendar::Moment;
use procedure::procedure::FILER_FORM;

/// The questions of the filer's form: how to be told, and the addresses.
const WAY: &str = "cach_bao";
const EMAIL: &str = "email";
const PHONE: &str = "dien_thoai";

/// How a notice goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// E-mail.
    Email,
    /// A text message (SMS).
    Sms,
    /// A Zalo message (ZNS).
    Zalo,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Email, Self::Sms, Self::Zalo];

    /// The name by which the filer's form and the store call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Zalo => "zalo",
        }
    }

    /// The way with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How.
    pub way: Way,
    /// The e-mail address or the telephone number (0900000123) that was given for it.
    pub to: String,
}

/// What is to be told after an event, if it concerns the citizen and they chose to be told.
#[must_use]
pub fn notice(before: &Course, after: &Course, event: &EventKind, filing: &Filing) -> Option<Notice> {
    if !concerns(before, after, event) {
        return None;
    }
    let filer = filing.forms.iter().find(|filled| filled.form == FILER_FORM)?;
    let way = Way::of_name(filer.answers.get(WAY))?;
    let to = match way {
        Way::Email => Some(filer.answers.get(EMAIL).trim().to_owned()).filter(|to| !to.is_empty()),
        // A landline takes no messages.
        Way::Sms | Way::Zalo => phone::normal(filer.answers.get(PHONE)).filter(|to| !to.starts_with("02")),
    };
    to.map(|to| Notice { way, to })
}

/// Who had the work and how it went between desks does not concern the citizen; that the result is there does.
fn concerns(before: &Course, after: &Course, event: &EventKind) -> bool {
    match event {
        EventKind::Received
        | EventKind::SupplementAsked(_)
        | EventKind::NotReceived { .. }
        | EventKind::ReturnedUnsolved { .. }
        | EventKind::Extended { .. }
        | EventKind::Posted(_)
        | EventKind::HandedOver(_)
        | EventKind::ParcelPosted { .. }
        | EventKind::ParcelFailed { .. } => true,
        EventKind::Forwarded { .. } | EventKind::ResultAttached(_) => {
            before.state != State::Done && after.state == State::Done
        }
        EventKind::Sent
        | EventKind::Entered { .. }
        | EventKind::Claimed { .. }
        | EventKind::Released
        | EventKind::Supplemented
        | EventKind::RefusalProposed { .. }
        | EventKind::Reconsidered { .. }
        | EventKind::MeetingHeld(_)
        | EventKind::Objected(_)
        | EventKind::Rechecked { .. }
        | EventKind::SentBack { .. }
        // Who got it knows.
        | EventKind::ParcelDelivered { .. } => false,
    }
}

/// Which dossier it is about: its official number; before reception, when there is none, the day on which it was sent,
/// after these words. The lookup code is nobody's to write down.
#[must_use]
pub fn which(number: Option<&str>, sent_at: Moment, before_day: &str) -> String {
    number.map_or_else(
        || {
            let day = sent_at.date();
            format!("{before_day} {:02}/{:02}/{}", day.day, day.month, day.year)
        },
        str::to_owned,
    )
}

/// Where it is to be seen. `site` is the address of the site, without a slash at its end.
#[must_use]
pub fn place(site: &str) -> String {
    format!("{site}/track")
}

/// The words of a notice.
#[must_use]
pub fn words(number: Option<&str>, sent_at: Moment, site: &str) -> String {
    format!("Hồ sơ {} có cập nhật. Xem tại {}", which(number, sent_at, "bạn gửi ngày"), place(site))
}

/// The same for a text message: without marks, because one sign beyond the GSM alphabet would cut a message from 160 signs to
/// 70.
#[must_use]
pub fn short_words(number: Option<&str>, sent_at: Moment, site: &str) -> String {
    format!("Ho so {} co cap nhat. Xem tai {}", which(number, sent_at, "ban gui ngay"), place(site))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posting::{Objection, Posted, PostingId};
    use crate::{Channel, Clock, ResultFile, Supplement};
    use form::Answers;
    use procedure::{FilledForm, OfficerId};

    /// Sunday, 22 November 2026, 14:05 in Việt Nam.
    const NOW: Moment = Moment(1_795_331_100_000);

    fn filing(form: &str, rows: &[(&str, &str)]) -> Filing {
        let mut answers = Answers::default();
        rows.iter().for_each(|(place, text)| answers.set(place, text));
        Filing {
            procedure: "thu".to_owned(),
            fingerprint: "p".repeat(64),
            agency: "19351".to_owned(),
            case: Answers::default(),
            forms: vec![FilledForm { form: form.to_owned(), fingerprint: "f".repeat(64), answers }],
            papers: Vec::new(),
        }
    }

    fn stands(state: State) -> Course {
        let clock = Clock { since: NOW, left_ms: 0, stands: false };
        Course {
            state,
            stage: 0,
            turn: 0,
            role: None,
            unit: String::new(),
            holder: None,
            acted_at: NOW,
            stage_clock: clock,
            clock,
            received_at: None,
            ended_at: None,
            left: Vec::new(),
            supplement: None,
            proposed: None,
            meeting: None,
            extended: false,
            unsolved: None,
            result: None,
            posting: crate::posting::Posting::default(),
        }
    }

    #[test]
    fn what_concerns_the_citizen_is_told_and_nothing_else() {
        let reason = || "vì sao".to_owned();
        let supplement = Supplement { items: Vec::new(), note: reason() };
        let result = ResultFile { number: reason(), sha256: String::new(), file: String::new(), bytes: 1 };
        let posting = PostingId([1; 16]);
        let posted = Posted { posting, line: 1, not_after: NOW };
        let objection = Objection { posting, name: reason(), contact: reason(), says: reason() };
        let (work, done) = (State::InProcess, State::Done);
        let mail = filing(FILER_FORM, &[("cach_bao", "email"), ("email", "thu@example.vn")]);
        for (event, before, after, told) in [
            (EventKind::Sent, State::Sent, State::Sent, false),
            (EventKind::Entered { channel: Channel::InPerson }, State::Sent, State::Sent, false),
            (EventKind::Claimed { officer: OfficerId([1; 16]) }, State::Sent, State::Sent, false),
            (EventKind::Released, work, work, false),
            (EventKind::Received, State::Sent, State::Received, true),
            (EventKind::SupplementAsked(supplement), work, State::SupplementAsked, true),
            (EventKind::Supplemented, State::SupplementAsked, work, false),
            (EventKind::RefusalProposed { reason: reason() }, State::Sent, State::Sent, false),
            (EventKind::Reconsidered { reason: reason() }, State::Sent, State::Sent, false),
            (EventKind::NotReceived { reason: reason() }, State::Sent, State::NotReceived, true),
            (EventKind::Forwarded { note: reason() }, work, work, false),
            (EventKind::Forwarded { note: reason() }, work, done, true),
            (EventKind::SentBack { stage: "2".to_owned(), reason: reason() }, work, work, false),
            (EventKind::ReturnedUnsolved { reason: reason() }, work, State::Stopped, true),
            (EventKind::Extended { quarter_days: 4, reason: reason() }, work, work, true),
            (EventKind::ResultAttached(result.clone()), work, work, false),
            (EventKind::ResultAttached(result.clone()), work, done, true),
            (EventKind::ResultAttached(result), done, done, false),
            (EventKind::Posted(posted), work, work, true),
            (EventKind::Objected(objection), work, work, false),
            (EventKind::Rechecked { reason: reason() }, work, work, false),
            (EventKind::HandedOver(None), done, State::Returned, true),
        ] {
            let found = notice(&stands(before), &stands(after), &event, &mail);
            let expected = told.then(|| Notice { way: Way::Email, to: "thu@example.vn".to_owned() });
            assert_eq!(found, expected, "{event:?}");
        }
    }

    #[test]
    fn everybody_is_told_in_the_way_they_chose() {
        let (mail, phone) = (("email", "thu@example.vn"), ("dien_thoai", "+84 900-000-123"));
        for (form, rows, told) in [
            (FILER_FORM, [("cach_bao", "email"), mail, phone], Some((Way::Email, "thu@example.vn"))),
            (FILER_FORM, [("cach_bao", "email"), ("email", " "), phone], None),
            // An address from before the choice was changed is not used.
            (FILER_FORM, [("cach_bao", "sms"), mail, phone], Some((Way::Sms, "0900000123"))),
            (FILER_FORM, [("cach_bao", "zalo"), mail, phone], Some((Way::Zalo, "0900000123"))),
            (FILER_FORM, [("cach_bao", "sms"), mail, ("dien_thoai", "(0233) 000 0000")], None),
            (FILER_FORM, [("cach_bao", "khong"), mail, phone], None),
            ("thu", [("cach_bao", "email"), mail, phone], None),
        ] {
            let found =
                notice(&stands(State::Sent), &stands(State::Received), &EventKind::Received, &filing(form, &rows));
            assert_eq!(found, told.map(|(way, to)| Notice { way, to: to.to_owned() }), "{form} {rows:?}");
        }
    }

    #[test]
    fn a_text_message_is_one_message() {
        let site = "https://dichvucong.quangtri.motcua.example.vn";
        for (number, says) in [
            (Some("H50.193.51-261122-0001"), "Ho so H50.193.51-261122-0001 co cap nhat. "),
            (None, "Ho so ban gui ngay 22/11/2026 co cap nhat. "),
        ] {
            let words = short_words(number, NOW, site);
            assert!(words.starts_with(says) && words.len() <= 160 && words.is_ascii(), "{words}");
        }
    }

    #[test]
    fn a_notice_says_which_dossier_and_where() {
        let site = "https://motcua.example";
        assert_eq!(
            words(Some("H50.193.51-261122-0001"), NOW, site),
            "Hồ sơ H50.193.51-261122-0001 có cập nhật. Xem tại https://motcua.example/track"
        );
        assert_eq!(
            words(None, NOW, site),
            "Hồ sơ bạn gửi ngày 22/11/2026 có cập nhật. Xem tại https://motcua.example/track"
        );
    }
}
