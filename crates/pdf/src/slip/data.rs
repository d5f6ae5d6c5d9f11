//! A paper of the desk as JSON for its Typst file: texts tidied, moments in the parts that the paper writes.

use super::{MOST_REGISTER_ROWS, Slip};
use crate::data::{About, Day, clean};
use crate::{Facts, PdfError};
use procedure::calendar::Moment;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The whole file, `/data.json` to Typst; `form` has the shape of a form's, so that both share their vocabulary.
#[derive(Serialize)]
struct Data<'a> {
    form: About<'a>,
    slip: Value,
    dossier: &'a str,
    agency: &'a str,
    commune: &'a str,
    signed_on: Option<Day>,
    qr: bool,
}

#[derive(Serialize)]
struct Clock {
    hour: String,
    minute: String,
    #[serde(flatten)]
    date: Day,
}

impl From<Moment> for Clock {
    fn from(at: Moment) -> Self {
        let (hour, minute) = at.clock();
        Self { hour: format!("{hour:02}"), minute: format!("{minute:02}"), date: at.date().into() }
    }
}

pub(in crate::slip) fn moment<S: Serializer>(at: &Moment, to: S) -> Result<S::Ok, S::Error> {
    Clock::from(*at).serialize(to)
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
pub(in crate::slip) fn perhaps<S: Serializer>(at: &Option<Moment>, to: S) -> Result<S::Ok, S::Error> {
    at.map(Clock::from).serialize(to)
}

/// The JSON text.
///
/// # Errors
/// [`PdfError::TooLong`] when there are more letters or rows than such a paper holds.
pub(crate) fn json(slip: &Slip, facts: &Facts<'_>, picture: &str) -> Result<String, PdfError> {
    if matches!(slip, Slip::Register(register) if register.rows.len() > MOST_REGISTER_ROWS) {
        return Err(PdfError::TooLong);
    }
    // Plain structs and texts always become JSON.
    let mut written = serde_json::to_value(slip).unwrap_or_default();
    let mut left = slip.most().0;
    tidy(&mut written, &mut left)?;
    let data = Data {
        form: About { id: "", number: slip.layout().1, title: slip.title(), subtitle: "", law: "" },
        slip: written,
        dossier: facts.dossier,
        agency: facts.agency,
        commune: facts.commune,
        signed_on: facts.signed_on.or(facts.made_at.map(Moment::date)).map(Day::from),
        qr: !picture.is_empty(),
    };
    Ok(serde_json::to_string(&data).unwrap_or_default())
}

/// Tidies every text, while so many letters are left.
fn tidy(value: &mut Value, left: &mut usize) -> Result<(), PdfError> {
    match value {
        Value::String(text) => {
            *left = left.checked_sub(text.chars().count()).ok_or(PdfError::TooLong)?;
            *text = clean(text, true);
            Ok(())
        }
        Value::Array(all) => all.iter_mut().try_for_each(|one| tidy(one, left)),
        Value::Object(all) => all.values_mut().try_for_each(|one| tidy(one, left)),
        _ => Ok(()),
    }
}
