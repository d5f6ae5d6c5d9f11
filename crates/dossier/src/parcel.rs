//! What goes by the public post (dịch vụ bưu chính công ích): originals that are fetched from home, and the result that is
//! brought there. Whether the citizen asked for it, how it stands, and what the desk may say of it next.

use crate::act::MOST_SIGNS;
use crate::{Course, Event, EventKind};
use procedure::Filing;
use procedure::calendar::Moment;
use procedure::procedure::FILER_FORM;
use serde::{Deserialize, Serialize};

/// The questions of the filer's form: how the result is received and where; whether originals are fetched, where and when.
const WAY: &str = "cach_nhan";
const BY_POST: &str = "buu_dien";
/// Where the result is brought.
pub const RESULT_ADDRESS: &str = "dia_chi_nhan";
const FETCH: &str = "lay_giay_to";
/// Where originals are fetched.
pub const PAPERS_ADDRESS: &str = "dia_chi_lay";
/// When somebody is at home for it.
pub const PAPERS_TIME: &str = "gio_lay";

/// The signs of a number by which the post knows a parcel: "CP 123 456 789 VN" has 13.
const NUMBER_SIGNS: core::ops::RangeInclusive<usize> = 5..=30;

/// What goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parcel {
    /// Originals of papers, from the citizen's home to the desk.
    Papers,
    /// The result, from the desk to the citizen's home.
    Result,
}

impl Parcel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Papers, Self::Result];

    /// The name by which JSON and the store call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Papers => "papers",
            Self::Result => "result",
        }
    }

    /// The parcel with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parcel| parcel.name() == name)
    }
}

/// How a parcel stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParcelStanding {
    /// Asked for (yêu cầu), and nothing done yet.
    Asked,
    /// Given to the post (đã giao bưu điện), which knows it by this number.
    Posted(String),
    /// It arrived (đã phát, đã lấy).
    Delivered,
    /// It did not (không phát được, không lấy được), and why; it may be given to the post again.
    Failed(String),
}

/// What the desk says of a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParcelStep {
    /// It was given to the post, under this number.
    Posted(String),
    /// It arrived.
    Delivered,
    /// It did not, and why.
    Failed(String),
}

/// Why nothing was written down. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParcelRefused {
    /// The citizen did not ask for it, or it cannot be where it stands.
    NotNow,
    /// There is no result yet that could be sent.
    NoResult,
    /// The number is not one of letters and digits, 5 to 30 of them.
    NoNumber,
    /// The reason is missing.
    NoReason,
    /// The reason is longer than anybody reads.
    TooLong,
}

/// What the citizen asked to go by post.
#[must_use]
pub fn wishes(filing: &Filing) -> Vec<Parcel> {
    let Some(filer) = filing.forms.iter().find(|filled| filled.form == FILER_FORM) else { return Vec::new() };
    let asked = |parcel: &Parcel| match parcel {
        Parcel::Papers => filer.answers.get(&form::answers::join(FETCH, BY_POST)) == "yes",
        Parcel::Result => filer.answers.get(WAY) == BY_POST,
    };
    Parcel::ALL.into_iter().filter(asked).collect()
}

/// How a parcel that was asked for stands, and since when.
#[must_use]
pub fn standing(events: &[Event], parcel: Parcel) -> (ParcelStanding, Option<Moment>) {
    let told = events.iter().rev().find_map(|event| {
        let standing = match &event.kind {
            EventKind::ParcelPosted { parcel: of, number } if *of == parcel => ParcelStanding::Posted(number.clone()),
            EventKind::ParcelDelivered { parcel: of } if *of == parcel => ParcelStanding::Delivered,
            EventKind::ParcelFailed { parcel: of, reason } if *of == parcel => ParcelStanding::Failed(reason.clone()),
            _ => return None,
        };
        Some((standing, Some(event.at)))
    });
    told.unwrap_or((ParcelStanding::Asked, None))
}

/// Whether a parcel can be given to the post now: originals while the dossier is worked on, the result, or what was refused in
/// writing, once it is there.
///
/// # Errors
/// Why not.
pub fn sendable(filing: &Filing, course: &Course, events: &[Event], parcel: Parcel) -> Result<(), ParcelRefused> {
    let waits = matches!(standing(events, parcel).0, ParcelStanding::Asked | ParcelStanding::Failed(_));
    if !wishes(filing).contains(&parcel) || !waits {
        return Err(ParcelRefused::NotNow);
    }
    match parcel {
        Parcel::Papers if course.is_over() => Err(ParcelRefused::NotNow),
        Parcel::Result if course.result.is_none() && course.unsolved.is_none() => Err(ParcelRefused::NoResult),
        Parcel::Papers | Parcel::Result => Ok(()),
    }
}

/// Decides what the desk says of a parcel: the event that comes of it.
///
/// # Errors
/// Why it is not written down.
pub fn step(
    filing: &Filing,
    course: &Course,
    events: &[Event],
    parcel: Parcel,
    step: ParcelStep,
) -> Result<EventKind, ParcelRefused> {
    let under_way = matches!(standing(events, parcel).0, ParcelStanding::Posted(_));
    match step {
        ParcelStep::Posted(number) => {
            sendable(filing, course, events, parcel)?;
            let number: String = number.chars().filter(|sign| !sign.is_whitespace()).collect();
            let known = number.chars().all(|sign| sign.is_ascii_alphanumeric());
            if !known || !NUMBER_SIGNS.contains(&number.len()) {
                return Err(ParcelRefused::NoNumber);
            }
            Ok(EventKind::ParcelPosted { parcel, number: number.to_ascii_uppercase() })
        }
        ParcelStep::Delivered | ParcelStep::Failed(_) if !under_way => Err(ParcelRefused::NotNow),
        ParcelStep::Delivered => Ok(EventKind::ParcelDelivered { parcel }),
        ParcelStep::Failed(reason) => match reason.trim() {
            "" => Err(ParcelRefused::NoReason),
            long if long.chars().count() > MOST_SIGNS => Err(ParcelRefused::TooLong),
            reason => Ok(EventKind::ParcelFailed { parcel, reason: reason.to_owned() }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Answers;
    use procedure::FilledForm;

    fn filing(answers: &[(&str, &str)]) -> Filing {
        let mut typed = Answers::default();
        for (place, text) in answers {
            typed.set(place, text);
        }
        Filing {
            procedure: String::new(),
            fingerprint: String::new(),
            agency: String::new(),
            case: Answers::default(),
            forms: vec![FilledForm { form: FILER_FORM.to_owned(), fingerprint: String::new(), answers: typed }],
            papers: Vec::new(),
        }
    }

    fn event(kind: EventKind) -> Event {
        Event { at: Moment(1), by: None, on_behalf: None, kind }
    }

    #[test]
    fn what_was_asked_for_is_told_from_the_filers_answers() {
        for (answers, asked) in [
            (&[][..], &[][..]),
            (&[("cach_nhan", "tai_quay")], &[]),
            (&[("cach_nhan", "buu_dien")], &[Parcel::Result]),
            (&[("cach_nhan", "truc_tuyen"), ("lay_giay_to.buu_dien", "yes")], &[Parcel::Papers]),
            (&[("cach_nhan", "buu_dien"), ("lay_giay_to.buu_dien", "yes")], &[Parcel::Papers, Parcel::Result]),
        ] {
            assert_eq!(wishes(&filing(answers)), asked, "{answers:?}");
        }
    }

    #[test]
    fn the_last_thing_said_of_a_parcel_is_how_it_stands() {
        let posted = |parcel, number: &str| event(EventKind::ParcelPosted { parcel, number: number.to_owned() });
        let failed = event(EventKind::ParcelFailed { parcel: Parcel::Result, reason: "Vắng nhà".to_owned() });
        let delivered = event(EventKind::ParcelDelivered { parcel: Parcel::Result });
        let first = posted(Parcel::Result, "CP1");
        let other = posted(Parcel::Papers, "CP2");
        for (events, stands) in [
            (vec![], ParcelStanding::Asked),
            (vec![other.clone()], ParcelStanding::Asked),
            (vec![first.clone(), other.clone()], ParcelStanding::Posted("CP1".to_owned())),
            (vec![first.clone(), failed.clone()], ParcelStanding::Failed("Vắng nhà".to_owned())),
            (vec![first.clone(), failed, posted(Parcel::Result, "CP3")], ParcelStanding::Posted("CP3".to_owned())),
            (vec![first, delivered, other], ParcelStanding::Delivered),
        ] {
            assert_eq!(standing(&events, Parcel::Result).0, stands);
        }
    }
}
