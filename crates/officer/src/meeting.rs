//! A people's meeting on the device: what was taken along to the village and everything typed there, kept from the first letter
//! until the API has it. It tells of people, so it goes from the device when it was received or when the officer says so.

use serde::{Deserialize, Serialize};
use ui::prelude::*;
use wire::{Me, MeetingArea, MeetingDiscussed, MeetingHousehold, MeetingPresent, MeetingRequest};

/// Under this name stands whose meeting opens without a network.
const LAST: &str = "meeting/last";

/// A meeting as it lies on the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Whose it is.
    pub me: Me,
    /// The key under which it is sent once.
    pub key: String,
    /// When the households were fetched, in milliseconds since 1970 in UTC.
    pub fetched_at: i64,
    /// The households that can be discussed.
    pub households: Vec<MeetingHousehold>,
    /// Those that are.
    pub rows: Vec<Row>,
    /// Those present, by name.
    pub present: Vec<MeetingPresent>,
    /// What stands in the fields of the meeting itself, by their ids.
    pub words: Words,
    /// Whether it was sent once without an answer: then it may have arrived.
    #[serde(default)]
    pub tried: bool,
}

/// What is typed about the meeting itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// Thôn.
    pub village: String,
    /// Where.
    pub place: String,
    /// Whether it lies in a town.
    pub urban: bool,
    /// The day, 2026-11-28.
    pub day: String,
    /// When it began, 19:00.
    pub begun: String,
    /// When it ended.
    pub ended: String,
    /// Chủ trì.
    pub chair: String,
    /// Thư ký.
    pub secretary: String,
    /// Đại diện các hộ dân, parted by commas.
    pub representatives: String,
    /// How many were invited.
    pub invited: String,
    /// How many more were present, who signed on paper.
    pub on_paper: String,
    /// What else was said.
    pub note: String,
}

/// A household that is discussed, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its dossier.
    pub dossier: String,
    /// Điểm A.
    pub score_a: String,
    /// Điểm B.
    pub score_b: String,
    /// So many agree.
    pub agree: String,
    /// So many do not.
    pub against: String,
    /// So many have no opinion.
    pub no_opinion: String,
    /// What was said.
    pub note: String,
}

/// A sentence and the place it is about, as the API names places.
pub type Slip = (String, String);

impl Kept {
    /// How many are present so far.
    pub fn present(&self) -> u32 {
        let named = u32::try_from(self.present.len()).unwrap_or(u32::MAX);
        named.saturating_add(number(&self.words.on_paper).unwrap_or_default())
    }

    /// The household of a row.
    pub fn household(&self, dossier: &str) -> Option<&MeetingHousehold> {
        self.households.iter().find(|one| one.dossier == dossier)
    }

    /// The meeting as it is sent.
    ///
    /// # Errors
    /// What is no number or no time, and where.
    pub fn request(&self) -> Result<MeetingRequest, Vec<Slip>> {
        let words = &self.words;
        let mut wrong = Vec::new();
        let mut count = |place: String, text: &str, what: &str| {
            number(text).unwrap_or_else(|| {
                wrong.push((format!("{what} phải là số, ví dụ 12."), place));
                0
            })
        };
        let invited = count("invited".to_owned(), &words.invited, "Số người được mời");
        let on_paper = count("on_paper".to_owned(), &words.on_paper, "Số người ký trên giấy");
        let mut households = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            let at = |field: &str| format!("households/{place}/{field}");
            let small = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
            households.push(MeetingDiscussed {
                dossier: row.dossier.clone(),
                score_a: small(count(at("score_a"), &row.score_a, "Điểm A")),
                score_b: small(count(at("score_b"), &row.score_b, "Điểm B")),
                agree: count(at("agree"), &row.agree, "Số người đồng ý"),
                against: count(at("against"), &row.against, "Số người không đồng ý"),
                no_opinion: count(at("no_opinion"), &row.no_opinion, "Số người không có ý kiến"),
                note: row.note.clone(),
            });
        }
        // A score that nobody typed is no score of nought.
        for (place, row) in self.rows.iter().enumerate() {
            for (field, text, what) in [("score_a", &row.score_a, "điểm A"), ("score_b", &row.score_b, "điểm B")]
            {
                if text.trim().is_empty() {
                    wrong.push((format!("Hãy nhập {what} của hộ này."), format!("households/{place}/{field}")));
                }
            }
        }
        let begun = moment(&words.day, &words.begun);
        let ended = moment(&words.day, &words.ended);
        for (at, place, says) in
            [(begun, "begun", "Hãy chọn ngày và giờ bắt đầu."), (ended, "ended", "Hãy chọn giờ kết thúc.")]
        {
            if at.is_none() {
                wrong.push((says.to_owned(), place.to_owned()));
            }
        }
        match (begun, ended) {
            (Some(begun_at), Some(ended_at)) if wrong.is_empty() => Ok(MeetingRequest {
                village: words.village.clone(),
                place: words.place.clone(),
                area: if words.urban { MeetingArea::Urban } else { MeetingArea::Rural },
                begun_at,
                // A meeting that began in the evening may end after midnight.
                ended_at: if ended_at < begun_at { ended_at + procedure::calendar::DAY_MS } else { ended_at },
                chair: words.chair.clone(),
                secretary: words.secretary.clone(),
                representatives: names(&words.representatives),
                invited,
                present: self.present.clone(),
                on_paper,
                households,
                note: words.note.clone(),
            }),
            _ => Err(wrong),
        }
    }

    /// Everything that has to be mended before it can be sent, by the rules of the API.
    pub fn wrong(&self, now: procedure::calendar::Moment) -> Vec<Slip> {
        let request = match self.request() {
            Ok(request) => request,
            Err(wrong) => return wrong,
        };
        let Some(meeting) = request.meeting() else { return Vec::new() };
        dossier::meeting::check(&meeting, now).into_iter().map(|wrong| (wrong.says, wrong.place)).collect()
    }
}

/// A count as it was typed; nought when nothing was.
pub fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}

/// The names of a line, parted by commas, semicolons or new lines.
pub fn names(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn moment(day: &str, time: &str) -> Option<i64> {
    let (hour, minute) = time.split_once(':')?;
    let minutes = hour.parse::<i64>().ok()? * 60 + minute.get(..2)?.parse::<i64>().ok()?;
    Some(procedure::calendar::Moment::at(form::Date::parse(day)?, minutes * 60_000).0)
}

/// What this officer keeps on this device.
pub fn kept(officer: &str) -> Option<Kept> {
    serde_json::from_str(&storage()?.get_item(&name(officer)).ok()??).ok()
}

/// Whose meeting opens without a network.
pub fn kept_by() -> Option<Me> {
    kept(&storage()?.get_item(LAST).ok()??).map(|kept| kept.me)
}

/// Keeps it. False when the device keeps nothing: then it must not be taken along.
pub fn keep(kept: &Kept) -> bool {
    let Some(storage) = storage() else { return false };
    let text = serde_json::to_string(kept).unwrap_or_default();
    storage.set_item(&name(&kept.me.id), &text).and_then(|()| storage.set_item(LAST, &kept.me.id)).is_ok()
}

/// Takes it from the device.
pub fn forget(officer: &str) {
    let Some(storage) = storage() else { return };
    // A device that refuses to forget cannot be made to.
    let _ = storage.remove_item(&name(officer)).and_then(|()| storage.remove_item(LAST));
}

fn name(officer: &str) -> String {
    format!("meeting/{officer}")
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Kept {
        let me = Me {
            id: "1".repeat(32),
            name: "Hồ Thị Chuyên".to_owned(),
            unit: "19351".to_owned(),
            unit_name: "UBND xã Thử".to_owned(),
            roles: Vec::new(),
            places: Vec::new(),
            idle_seconds: 900,
            ends_at: 0,
        };
        let row = Row {
            dossier: "01a2008d-7400-7fff-bfff-00000000000f".to_owned(),
            score_a: "130".to_owned(),
            score_b: " 30 ".to_owned(),
            agree: "2".to_owned(),
            ..Row::default()
        };
        let words = Words {
            village: "Thôn Thử".to_owned(),
            place: "Nhà văn hóa".to_owned(),
            day: "2026-11-27".to_owned(),
            begun: "19:00".to_owned(),
            ended: "21:15".to_owned(),
            chair: "Trần Văn Chủ".to_owned(),
            secretary: "Lê Thị Thư".to_owned(),
            representatives: "Hồ Văn Mười; Phan Thị Chín,".to_owned(),
            on_paper: "3".to_owned(),
            ..Words::default()
        };
        let key = String::new();
        Kept {
            me,
            key,
            fetched_at: 0,
            households: Vec::new(),
            rows: vec![row],
            present: Vec::new(),
            words,
            tried: false,
        }
    }

    /// Saturday, 28 November 2026, 14:00 in Việt Nam.
    const NOW: procedure::calendar::Moment = procedure::calendar::Moment(1_795_849_200_000);

    #[test]
    fn what_is_typed_becomes_a_meeting() {
        let kept = whole();
        let request = kept.request().unwrap_or_else(|wrong| panic!("{wrong:?}"));
        assert_eq!(kept.wrong(NOW), []);
        assert_eq!(request.ended_at - request.begun_at, 135 * 60_000);
        assert_eq!(request.representatives, ["Hồ Văn Mười", "Phan Thị Chín"]);
        assert_eq!((request.invited, request.on_paper, kept.present()), (0, 3, 3));
        let late = Kept { words: Words { ended: "00:30".to_owned(), ..kept.words.clone() }, ..kept };
        let request = late.request().unwrap_or_else(|wrong| panic!("{wrong:?}"));
        assert_eq!(request.ended_at - request.begun_at, 330 * 60_000, "after midnight");
    }

    #[test]
    fn what_is_no_number_or_time_is_told_at_its_place() {
        let mut kept = whole();
        kept.rows[0].score_a = "nhiều".to_owned();
        kept.rows[0].score_b = String::new();
        kept.rows[0].against = "-1".to_owned();
        kept.words.invited = "4o".to_owned();
        kept.words.day = String::new();
        let places: Vec<String> = kept.wrong(NOW).into_iter().map(|(_, place)| place).collect();
        let expected =
            ["invited", "households/0/score_a", "households/0/against", "households/0/score_b", "begun", "ended"];
        assert_eq!(places, expected);
        let many = Kept { words: Words { on_paper: "1".to_owned(), ..whole().words }, ..whole() };
        assert_eq!(many.wrong(NOW).first().map(|(_, place)| place.as_str()), Some("households/0/agree"));
    }
}
