//! What officers do with a dossier: whether it can be done now, and the event that comes of it.
//!
//! Whose act it is (role, unit, scope) the crate `account` says; here stands what the state of the dossier allows.

use crate::{Compared, Course, Desk, EventKind, ResultFile, State, Supplement, meeting, posting};
use procedure::calendar::Moment;
use procedure::{Filing, OfficerId};

/// The most signs in a reason, a note or what is to be mended.
pub const MOST_SIGNS: usize = 2_000;
/// The most time that may be taken at once: ten working days, in quarter-days.
pub const MOST_EXTENSION: u16 = 40;

/// What an officer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Takes the work.
    Claim,
    /// Gives it back.
    Release,
    /// Gives it to a colleague.
    Assign(OfficerId),
    /// Receives the dossier.
    Receive,
    /// Asks for a supplement.
    AskSupplement(Supplement),
    /// Proposes to refuse.
    ProposeRefusal(String),
    /// Refuses.
    Refuse(String),
    /// Does not refuse.
    Reconsider(String),
    /// Ends this turn.
    Forward(String),
    /// Sends it back to the stage with this id.
    SendBack(String, String),
    /// Trả không giải quyết.
    ReturnUnsolved(String),
    /// Takes more time, in quarter-days.
    Extend(u16, String),
    /// Attaches the result.
    AttachResult(ResultFile),
    /// Ends the re-check of what was objected: whether it stands, and why. What does not stand is returned unsolved.
    Recheck(bool, String),
    /// Has handed the result, or the refusal, to the citizen, and has compared these originals before.
    HandOver(Vec<Compared>),
}

/// The kinds of acts, in the order in which a desk shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActKind {
    /// [`Act::Receive`].
    Receive,
    /// [`Act::AttachResult`].
    AttachResult,
    /// [`Act::Forward`].
    Forward,
    /// [`Act::HandOver`].
    HandOver,
    /// [`Act::Recheck`].
    Recheck,
    /// [`Act::Refuse`].
    Refuse,
    /// [`Act::Reconsider`].
    Reconsider,
    /// [`Act::AskSupplement`].
    AskSupplement,
    /// [`Act::SendBack`].
    SendBack,
    /// [`Act::ReturnUnsolved`].
    ReturnUnsolved,
    /// [`Act::ProposeRefusal`].
    ProposeRefusal,
    /// [`Act::Extend`].
    Extend,
    /// [`Act::Claim`].
    Claim,
    /// [`Act::Release`].
    Release,
    /// [`Act::Assign`].
    Assign,
}

impl ActKind {
    /// All of them, in the order in which a desk shows them.
    pub const ALL: [Self; 15] = [
        Self::Receive,
        Self::AttachResult,
        Self::Forward,
        Self::HandOver,
        Self::Recheck,
        Self::Refuse,
        Self::Reconsider,
        Self::AskSupplement,
        Self::SendBack,
        Self::ReturnUnsolved,
        Self::ProposeRefusal,
        Self::Extend,
        Self::Claim,
        Self::Release,
        Self::Assign,
    ];

    /// The name by which JSON and the audit call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::AttachResult => "attach-result",
            Self::Forward => "forward",
            Self::HandOver => "hand-over",
            Self::Recheck => "recheck",
            Self::Refuse => "refuse",
            Self::Reconsider => "reconsider",
            Self::AskSupplement => "ask-supplement",
            Self::SendBack => "send-back",
            Self::ReturnUnsolved => "return-unsolved",
            Self::ProposeRefusal => "propose-refusal",
            Self::Extend => "extend",
            Self::Claim => "claim",
            Self::Release => "release",
            Self::Assign => "assign",
        }
    }
}

impl Act {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ActKind {
        match self {
            Self::Claim => ActKind::Claim,
            Self::Release => ActKind::Release,
            Self::Assign(_) => ActKind::Assign,
            Self::Receive => ActKind::Receive,
            Self::AskSupplement(_) => ActKind::AskSupplement,
            Self::ProposeRefusal(_) => ActKind::ProposeRefusal,
            Self::Refuse(_) => ActKind::Refuse,
            Self::Reconsider(_) => ActKind::Reconsider,
            Self::Forward(_) => ActKind::Forward,
            Self::SendBack(..) => ActKind::SendBack,
            Self::ReturnUnsolved(_) => ActKind::ReturnUnsolved,
            Self::Extend(..) => ActKind::Extend,
            Self::AttachResult(_) => ActKind::AttachResult,
            Self::Recheck(..) => ActKind::Recheck,
            Self::HandOver(_) => ActKind::HandOver,
        }
    }
}

/// Why an act is not done. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActRefused {
    /// It cannot be done where the dossier stands.
    NotNow,
    /// Another officer has taken the work.
    Held,
    /// A reason or a note is missing.
    NoWords,
    /// Somewhere more is written than anybody reads.
    TooLong,
    /// The supplement names nothing to mend.
    NothingToMend,
    /// The supplement names a field or paper that this dossier has not.
    NoSuchPlace,
    /// There is no such earlier stage.
    NoSuchStage,
    /// No time, or more than may be taken.
    TimeOutOfRange,
    /// The people's meeting of this stage has not been held, or the last one did not agree.
    MeetingNeeded,
    /// An original that must be compared was not.
    NotCompared,
    /// It has to be posted before it goes on.
    NotPosted,
    /// After the re-check it has to be posted once more before it goes on.
    NotPostedAgain,
    /// It is posted until then.
    StillPosted(Moment),
    /// Somebody has objected to it, and that is not re-checked yet.
    Objected,
}

/// Whether an act of this kind can be done by this officer where the dossier stands.
///
/// # Errors
/// Why not.
pub fn possible(
    course: &Course,
    desk: &Desk<'_>,
    officer: OfficerId,
    kind: ActKind,
    now: Moment,
) -> Result<(), ActRefused> {
    if let Some(why) = posting::refuses(course, desk, kind, now) {
        return Err(why);
    }
    let at_desk = course.state == State::Sent && course.stage == 0;
    let in_work = course.goes_on() && course.stage > 0 && course.unsolved.is_none();
    let mine = course.holder == Some(officer);
    let can = match kind {
        ActKind::Claim => !course.is_over() && course.holder.is_none(),
        ActKind::Release => !course.is_over() && mine,
        ActKind::Assign => !course.is_over(),
        ActKind::Receive => at_desk && course.goes_on(),
        ActKind::ProposeRefusal => course.stage == 0 && !course.is_over() && course.proposed.is_none(),
        ActKind::Refuse | ActKind::Reconsider => course.proposed.is_some(),
        ActKind::AskSupplement => course.goes_on() && course.unsolved.is_none() && !course.is_last(desk),
        ActKind::Forward => {
            in_work && (!course.is_last(desk) || !last_turn(course, desk)) && !lacks_result(course, desk)
        }
        ActKind::SendBack => in_work && course.stage > 1,
        ActKind::ReturnUnsolved => in_work && !course.is_last(desk),
        ActKind::Extend => in_work && !course.extended,
        ActKind::AttachResult => in_work && course.state != State::Returned,
        ActKind::Recheck => !course.posting.open.is_empty() && course.supplement.is_none(),
        ActKind::HandOver => {
            let ready = course.result.is_some() || course.unsolved.is_some();
            course.goes_on() && course.is_last(desk) && last_turn(course, desk) && ready
        }
    };
    if !can {
        return Err(ActRefused::NotNow);
    }
    let takes_from_other = !matches!(kind, ActKind::Assign | ActKind::Refuse | ActKind::Reconsider);
    if takes_from_other && course.holder.is_some() && !mine {
        return Err(ActRefused::Held);
    }
    if kind == ActKind::Forward {
        meeting::forward(course, desk)?;
    }
    Ok(())
}

fn last_turn(course: &Course, desk: &Desk<'_>) -> bool {
    course.stage_of(desk).is_none_or(|stage| course.turn + 1 >= stage.acts.len())
}

/// The last stage hands the result over, so it must be there before.
fn lacks_result(course: &Course, desk: &Desk<'_>) -> bool {
    course.stage + 2 == desk.procedure.stages.len() && last_turn(course, desk) && course.result.is_none()
}

/// The papers whose originals must be compared before the result is handed over: those that carry no valid digital
/// signature, each named once. None where nothing is granted. (Decision 71 of Quảng Trị: where an electronic copy carries
/// none, "đối chiếu bản chính khi nhận kết quả".) `is_signed` is asked by the SHA-256 of a file.
#[must_use]
pub fn originals<'a>(course: &Course, filing: &'a Filing, is_signed: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    let mut wanted: Vec<&str> = Vec::new();
    let unsigned = filing.papers.iter().filter(|paper| course.unsolved.is_none() && !is_signed(&paper.sha256));
    for paper in unsigned {
        if !wanted.contains(&paper.paper.as_str()) {
            wanted.push(&paper.paper);
        }
    }
    wanted
}

/// Decides an act, as of now: the event that comes of it. `is_signed` tells whether the file with a SHA-256 carries a valid signature.
///
/// # Errors
/// Why it is not done.
pub fn act(
    course: &Course,
    desk: &Desk<'_>,
    filing: &Filing,
    officer: OfficerId,
    act: Act,
    (now, is_signed): (Moment, &dyn Fn(&str) -> bool),
) -> Result<EventKind, ActRefused> {
    possible(course, desk, officer, act.kind(), now)?;
    Ok(match act {
        Act::Claim => EventKind::Claimed { officer },
        Act::Release => EventKind::Released,
        Act::Assign(officer) => EventKind::Claimed { officer },
        Act::Receive => EventKind::Received,
        Act::AskSupplement(supplement) => EventKind::SupplementAsked(asked(supplement, filing, desk)?),
        Act::ProposeRefusal(reason) => EventKind::RefusalProposed { reason: words(&reason)? },
        Act::Refuse(reason) => EventKind::NotReceived { reason: words(&reason)? },
        Act::Reconsider(reason) => EventKind::Reconsidered { reason: words(&reason)? },
        Act::Forward(note) => EventKind::Forwarded { note: short(&note)? },
        Act::SendBack(stage, reason) => {
            let known = desk.procedure.stages.iter().position(|known| known.id == stage);
            // Reception is not done again: the number was born there, and the citizen has it.
            if !known.is_some_and(|number| (1..course.stage).contains(&number)) {
                return Err(ActRefused::NoSuchStage);
            }
            EventKind::SentBack { stage, reason: words(&reason)? }
        }
        Act::ReturnUnsolved(reason) | Act::Recheck(false, reason) => {
            EventKind::ReturnedUnsolved { reason: words(&reason)? }
        }
        Act::Extend(quarter_days, reason) => {
            if !(1..=MOST_EXTENSION).contains(&quarter_days) {
                return Err(ActRefused::TimeOutOfRange);
            }
            EventKind::Extended { quarter_days, reason: words(&reason)? }
        }
        Act::AttachResult(result) => {
            let number = words(&result.number)?;
            EventKind::ResultAttached(ResultFile { number, file: short(&result.file)?, ..result })
        }
        Act::Recheck(true, reason) => EventKind::Rechecked { reason: words(&reason)? },
        Act::HandOver(all) => {
            EventKind::HandedOver(Some(compared(all, filing, &originals(course, filing, is_signed))?))
        }
    })
}

fn compared(all: Vec<Compared>, filing: &Filing, wanted: &[&str]) -> Result<Vec<Compared>, ActRefused> {
    if wanted.iter().any(|paper| !all.iter().any(|one| one.paper == *paper)) {
        return Err(ActRefused::NotCompared);
    }
    let mut told: Vec<Compared> = Vec::with_capacity(all.len());
    for one in all {
        let sent = filing.papers.iter().any(|paper| paper.paper == one.paper);
        if !sent || told.iter().any(|known| known.paper == one.paper) {
            return Err(ActRefused::NoSuchPlace);
        }
        told.push(Compared { differs: short(&one.differs)?, paper: one.paper });
    }
    Ok(told)
}

fn short(text: &str) -> Result<String, ActRefused> {
    let text = text.trim().to_owned();
    if text.chars().count() > MOST_SIGNS { Err(ActRefused::TooLong) } else { Ok(text) }
}

fn words(text: &str) -> Result<String, ActRefused> {
    let text = short(text)?;
    if text.is_empty() { Err(ActRefused::NoWords) } else { Ok(text) }
}

fn asked(supplement: Supplement, filing: &Filing, desk: &Desk<'_>) -> Result<Supplement, ActRefused> {
    if supplement.items.is_empty() {
        return Err(ActRefused::NothingToMend);
    }
    let known = |place: &str| match place.split_once('/') {
        Some(("paper", paper)) => desk.procedure.papers.iter().any(|kind| kind.id == paper),
        Some((form, _)) => filing.forms.iter().any(|filled| filled.form == form),
        None => false,
    };
    let mut items = Vec::with_capacity(supplement.items.len());
    for mut item in supplement.items {
        if item.place.len() > 200 || !known(&item.place) {
            return Err(ActRefused::NoSuchPlace);
        }
        item.says = words(&item.says)?;
        items.push(item);
    }
    Ok(Supplement { items, note: short(&supplement.note)? })
}
