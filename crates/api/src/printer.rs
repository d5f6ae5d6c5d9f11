//! Prints papers beside everything else: one after the other, on a thread of their own, so that laying out never keeps a
//! submission waiting. Nothing that was typed stays here.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::limits::{Limits, jitter};
use axum::body::Bytes;
use form::{Answers, Date, Form, Given, Units as _};
use pdf::{Facts, PdfError, Press, Slip};
use procedure::calendar::Moment;
use procedure::source::Library;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

/// The name papers give the system they come from.
const SYSTEM: &str = "Một Cửa";

/// The press, the places at it, and the blank papers it has printed.
pub struct Printer {
    press: Press,
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// Blank papers of today's forms by their fingerprint: as many as there are templates, and printed once each.
    blanks: Mutex<HashMap<String, Bytes>>,
}

/// What goes on a filled paper.
pub struct Filled {
    /// What was answered so far.
    pub answers: Answers,
    /// Code of the agency it goes to.
    pub agency: Option<String>,
    /// When it was sent, whose day stands beside the signature.
    pub sent_at: Option<Moment>,
}

/// What stands around a paper of the desk.
pub struct About {
    /// Mã thủ tục.
    pub procedure_code: String,
    /// Mã hồ sơ; empty before reception.
    pub dossier: String,
    /// Code of the office.
    pub agency: String,
    /// The day beside the signature; today, when nothing is said.
    pub signed_on: Option<Date>,
}

impl Printer {
    /// A press with the print files of the library.
    #[must_use]
    pub fn new(library: &Library, limits: &Limits) -> Self {
        Self {
            press: Press::new(&library.prints),
            places: Arc::new(Semaphore::new(limits.prints_at_once)),
            queue: Arc::new(Semaphore::new(limits.prints_at_once + limits.prints_waiting)),
            blanks: Mutex::new(HashMap::new()),
        }
    }

    fn blanks(&self) -> MutexGuard<'_, HashMap<String, Bytes>> {
        self.blanks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The blank paper of a form.
///
/// # Errors
/// [`ApiError::Busy`] when too many wait, [`ApiError::Failed`] when it cannot be laid out.
pub async fn blank(app: &Shared, form: Arc<Form>, fingerprint: String) -> Result<Bytes, ApiError> {
    if let Some(kept) = app.printer.blanks().get(&fingerprint).cloned() {
        return Ok(kept);
    }
    let todays = app.offer.library.forms.get(&form.id).is_some_and(|today| *today == *form);
    let paper = print(app, form, None).await?;
    if todays {
        app.printer.blanks().insert(fingerprint, paper.clone());
    }
    Ok(paper)
}

/// The paper of a form with what was answered.
///
/// # Errors
/// [`ApiError::TooLongToPrint`], [`ApiError::Busy`] when too many wait, [`ApiError::Failed`].
pub async fn filled(app: &Shared, form: Arc<Form>, filled: Filled) -> Result<Bytes, ApiError> {
    print(app, form, Some(filled)).await
}

/// A paper of the desk.
///
/// # Errors
/// As [`filled`].
pub async fn slip(app: &Shared, slip: Slip, about: About) -> Result<Bytes, ApiError> {
    queued(app, move |app| {
        let library = &app.offer.library;
        let facts = Facts {
            procedure_code: &about.procedure_code,
            dossier: &about.dossier,
            signed_on: about.signed_on,
            made_at: Some(app.now()),
            ..facts(library, Some(&about.agency), about.signed_on.unwrap_or(app.now().date()))
        };
        app.printer.press.slip(&slip, &facts).map_err(|error| told(error, slip.title()))
    })
    .await
}

async fn print(app: &Shared, form: Arc<Form>, filled: Option<Filled>) -> Result<Bytes, ApiError> {
    queued(app, move |app| lay_out(app, &form, filled.as_ref())).await
}

/// Lays something out when its turn comes, on a thread of its own.
async fn queued(
    app: &Shared,
    lay_out: impl FnOnce(&App) -> Result<Vec<u8>, ApiError> + Send + 'static,
) -> Result<Bytes, ApiError> {
    let printer = &app.printer;
    let queued = Arc::clone(&printer.queue).try_acquire_owned().map_err(|_| ApiError::Busy(jitter()))?;
    let place = Arc::clone(&printer.places).acquire_owned().await.map_err(|_| ApiError::Failed)?;
    let shared = Arc::clone(app);
    let work = move || {
        // Given back when the work is done, also when nobody waits for it any more.
        let _held = (queued, place);
        lay_out(&shared)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| ApiError::Failed)?.map(Bytes::from)
}

fn lay_out(app: &App, form: &Form, filled: Option<&Filled>) -> Result<Vec<u8>, ApiError> {
    let library = &app.offer.library;
    let day = filled.and_then(|filled| filled.sent_at).map_or(app.now().date(), Moment::date);
    let facts = Facts {
        procedure_code: library.procedure_code_of(&form.id).unwrap_or_default(),
        made_at: filled.map(|_| app.now()),
        signed_on: filled.and_then(|filled| filled.sent_at).map(Moment::date),
        ..facts(library, filled.and_then(|filled| filled.agency.as_deref()), day)
    };
    let given = Given { today: app.now().date(), units: &library.units };
    let printed = app.printer.press.form(form, filled.map(|filled| &filled.answers), &given, &facts);
    printed.map_err(|error| told(error, &form.id))
}

/// What every paper of an office says, by the name of a day. A form is filled before it has a number, so none stands here.
fn facts<'a>(library: &'a Library, agency: Option<&str>, day: Date) -> Facts<'a> {
    let agency = agency.and_then(|code| library.agencies.acting(code, day));
    Facts {
        agency: agency.map_or("", |agency| &agency.name),
        commune: agency.and_then(|agency| library.units.commune_name(&agency.code)).unwrap_or_default(),
        system: SYSTEM,
        ..Facts::default()
    }
}

fn told(error: PdfError, paper: &str) -> ApiError {
    match error {
        PdfError::TooLong | PdfError::TooManyPages => ApiError::TooLongToPrint,
        PdfError::Source(errors) => {
            // Only where: what is said about a mistake may quote what people typed.
            let places: Vec<String> = errors.iter().map(|error| format!("{}:{}", error.file, error.line)).collect();
            tracing::error!(paper, ?places, "a paper cannot be laid out");
            ApiError::Failed
        }
    }
}
