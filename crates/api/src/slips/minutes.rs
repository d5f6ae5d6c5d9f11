//! The minutes of a people's meeting, worded from what was kept of it.

use crate::printer::About;
use dossier::meeting::{Area, Class, tally};
use pdf::Slip;
use pdf::slip::{Attendee, Discussed, Minutes};
use store::meetings::KeptMeeting;

/// The minutes in two copies, with what stands around them.
#[must_use]
pub fn minutes(kept: &KeptMeeting) -> (Slip, About) {
    let meeting = &kept.minutes.meeting;
    let present = meeting.present();
    let households = meeting.households.iter().zip(&kept.minutes.households).map(|(one, household)| Discussed {
        person: household.person.clone(),
        number: household.number.clone(),
        score_a: one.score_a,
        score_b: one.score_b,
        class: Class::of(meeting.area, one.score_a, one.score_b).says().to_owned(),
        agree: one.agree,
        against: one.against,
        no_opinion: one.no_opinion,
        agreed: meeting.held(kept.id, one, household.share).agreed,
        tally: tally(household.share, one.agree, present),
        note: one.note.clone(),
    });
    let area = match meeting.area {
        Area::Rural => "Khu vực nông thôn",
        Area::Urban => "Khu vực thành thị",
    };
    let attendee =
        |one: &dossier::meeting::Present| Attendee { name: one.name.clone(), household: one.household.clone() };
    let slip = Slip::Minutes(Minutes {
        village: meeting.village.clone(),
        place: meeting.place.clone(),
        area: area.to_owned(),
        begun: meeting.begun,
        ended: meeting.ended,
        chair: meeting.chair.clone(),
        secretary: meeting.secretary.clone(),
        representatives: meeting.representatives.clone(),
        invited: meeting.invited,
        present,
        on_paper: meeting.on_paper,
        attendees: meeting.present.iter().map(attendee).collect(),
        households: households.collect(),
        note: meeting.note.clone(),
    });
    // Minutes of several dossiers are none of them's own.
    let own = if let [only] = kept.minutes.households.as_slice() { Some(only) } else { None };
    let about = About {
        procedure_code: own.map(|only| only.code.clone()).unwrap_or_default(),
        dossier: own.map(|only| only.number.clone()).unwrap_or_default(),
        agency: kept.unit.clone(),
        signed_on: Some(meeting.begun.date()),
    };
    (slip, about)
}
