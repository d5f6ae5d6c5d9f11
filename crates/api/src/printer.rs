//! Prints papers beside everything else: one after the other, on a thread of their own, so that laying out never keeps a
//! submission waiting. Nothing that was typed stays here.

use crate::app::Shared;
use crate::error::ApiError;
use crate::limits::{Limits, jitter};
use axum::body::Bytes;
use form::{Answers, Form, Given, Units as _};
use pdf::{Facts, PdfError, Press};
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

async fn print(app: &Shared, form: Arc<Form>, filled: Option<Filled>) -> Result<Bytes, ApiError> {
    let printer = &app.printer;
    let queued = Arc::clone(&printer.queue).try_acquire_owned().map_err(|_| ApiError::Busy(jitter()))?;
    let place = Arc::clone(&printer.places).acquire_owned().await.map_err(|_| ApiError::Failed)?;
    let shared = Arc::clone(app);
    let work = move || {
        // Given back when the work is done, also when nobody waits for it any more.
        let _held = (queued, place);
        lay_out(&shared, &form, filled.as_ref())
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| ApiError::Failed)?
}

fn lay_out(app: &Shared, form: &Form, filled: Option<&Filled>) -> Result<Bytes, ApiError> {
    let library = &app.offer.library;
    let agency = filled.and_then(|filled| library.agencies.find(filled.agency.as_deref()?));
    let facts = Facts {
        procedure_code: library.procedure_code_of(&form.id).unwrap_or_default(),
        // A dossier has its number when the office has received it; nothing here knows it yet.
        dossier: "",
        agency: agency.map_or("", |agency| &agency.name),
        commune: agency.and_then(|agency| library.units.commune_name(&agency.code)).unwrap_or_default(),
        system: SYSTEM,
        made_at: filled.map(|_| app.now()),
        signed_on: filled.and_then(|filled| filled.sent_at).map(Moment::date),
    };
    let given = Given { today: app.now().date(), units: &library.units };
    let printed = app.printer.press.form(form, filled.map(|filled| &filled.answers), &given, &facts);
    printed.map(Bytes::from).map_err(|error| match error {
        PdfError::TooLong | PdfError::TooManyPages => ApiError::TooLongToPrint,
        PdfError::Source(errors) => {
            // Only where: what is said about a mistake may quote what people typed.
            let places: Vec<String> = errors.iter().map(|error| format!("{}:{}", error.file, error.line)).collect();
            tracing::error!(form = form.id, ?places, "a paper cannot be laid out");
            ApiError::Failed
        }
    })
}
