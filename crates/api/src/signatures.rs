//! The digital signatures of papers: checked beside everything else, a few at a time, and remembered for a day.
//!
//! What is remembered follows from a file's bytes and the operator's roots, so nothing of it is kept on the disk: another
//! folder of roots is another server.

use crate::app::App;
use crate::error::ApiError;
use crate::work::Work;
use dossier::ResultFile;
use pdf_signature::{Roots, Signature, Verdict, When};
use procedure::calendar::{DAY_MS, Moment};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{Hash, unhex};
use tokio::sync::Semaphore;
use wire::PaperSignature;

/// Files looked into at once; each may hold 10 MB, and some times as much while it is read.
const AT_ONCE: usize = 2;
/// Files of which is remembered what was found. Most carry no signature, and take a hundred bytes.
const REMEMBERED: usize = 4_096;

/// The roots, the places, and what was found.
pub struct Signatures {
    /// Whom to believe.
    pub roots: Arc<Roots>,
    places: Arc<Semaphore>,
    found: Mutex<Remembered>,
}

/// File → when it was looked at, and its signatures.
type Remembered = HashMap<Hash, (Moment, Arc<[Signature]>)>;

impl Signatures {
    /// A look at signatures that believes these roots.
    #[must_use]
    pub fn new(roots: Roots) -> Self {
        Self { roots: Arc::new(roots), places: Arc::new(Semaphore::new(AT_ONCE)), found: Mutex::default() }
    }

    fn found(&self) -> MutexGuard<'_, Remembered> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the certificates of a folder, PEM or DER, each file of it.
///
/// # Errors
/// When the folder or a file cannot be read, in words for the operator: a root that is silently missing would make
/// signatures doubtful that are not.
pub fn roots(folder: &Path) -> Result<Roots, String> {
    let told = |path: &Path, error: &dyn std::fmt::Display| format!("trusted roots, {}: {error}", path.display());
    let mut roots = Roots::default();
    let files = std::fs::read_dir(folder).map_err(|error| told(folder, &error))?;
    for file in files {
        let path = file.map_err(|error| told(folder, &error))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            let bytes = std::fs::read(&path).map_err(|error| told(&path, &error))?;
            roots.add(&bytes).map_err(|error| told(&path, &error))?;
        }
    }
    if roots.is_empty() { Err(told(folder, &"it holds no certificate")) } else { Ok(roots) }
}

/// The signatures of a file by its SHA-256 in hexadecimal; none where it is not there.
///
/// # Errors
/// When the store fails.
pub async fn of_file(app: &App, sha256: &str) -> Result<Arc<[Signature]>, ApiError> {
    let Some(hash) = unhex::<32>(sha256) else { return Ok(Arc::from([])) };
    let (all, now) = (&app.signatures, app.now());
    let fresh = |at: &Moment| (at.0..at.0 + DAY_MS).contains(&now.0);
    if let Some((_, known)) = all.found().get(&hash).filter(|(at, _)| fresh(at)) {
        return Ok(Arc::clone(known));
    }
    let place = Arc::clone(&all.places).acquire_owned().await.map_err(|_| ApiError::Failed)?;
    let bytes = app.store.content(hash).await?.unwrap_or_default();
    let roots = Arc::clone(&all.roots);
    let checked = tokio::task::spawn_blocking(move || {
        // Held until the work is over, even when nobody waits for it any more.
        let _place = place;
        pdf_signature::check(&bytes, &roots, now.0)
    });
    // A file that breaks the reader is one that cannot be read; the server goes on.
    let found: Arc<[Signature]> = checked.await.unwrap_or_else(|_| vec![Signature::unreadable(String::new())]).into();
    let mut remembered = all.found();
    if remembered.len() >= REMEMBERED {
        remembered.clear();
    }
    remembered.insert(hash, (now, Arc::clone(&found)));
    Ok(found)
}

/// What was found in the papers of a dossier and in its result, by SHA-256.
#[derive(Default)]
pub struct Found(HashMap<String, Arc<[Signature]>>);

impl Found {
    /// Looks into every PDF of a dossier, and into its result.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(app: &App, work: &Work, result: Option<&ResultFile>) -> Result<Self, ApiError> {
        let papers = work.kept.dossier.filing.papers.iter();
        let pdfs = papers.filter(|paper| paper.kind == "application/pdf").map(|paper| &paper.sha256);
        let mut found = HashMap::new();
        for sha256 in pdfs.chain(result.map(|result| &result.sha256)) {
            if !found.contains_key(sha256) {
                found.insert(sha256.clone(), of_file(app, sha256).await?);
            }
        }
        Ok(Self(found))
    }

    /// Whether a file is signed, and every signature on it is valid.
    #[must_use]
    pub fn is_signed(&self, sha256: &str) -> bool {
        let all = self.0.get(sha256);
        all.is_some_and(|all| !all.is_empty() && all.iter().all(|one| one.verdict == Verdict::Valid))
    }

    /// The signatures of a file, for an officer.
    #[must_use]
    pub fn told(&self, sha256: &str) -> Vec<PaperSignature> {
        self.0.get(sha256).map(|all| all.iter().map(told).collect()).unwrap_or_default()
    }
}

fn told(signature: &Signature) -> PaperSignature {
    let signer = signature.signer.clone().unwrap_or_default();
    let (at, stamped) = match signature.when {
        When::Stamped(at) => (Some(at), true),
        When::Claimed(at) => (Some(at), false),
        When::Unknown => (None, false),
    };
    PaperSignature {
        signer: signer.name,
        organisation: signer.organisation,
        number: signer.number,
        issuer: signature.issuer.clone(),
        at,
        stamped,
        verdict: signature.verdict.name().to_owned(),
        says: signature.verdict.says().to_owned(),
    }
}
