//! What a citizen opens by the lookup code and the last digits of the filer's telephone number. The code alone shows nothing
//! of a person: it may have been read over somebody's shoulder.

use crate::app::App;
use crate::consents;
use crate::error::ApiError;
use crate::source::Source;
use crate::work::Work;
use dossier::{LookupCode, mend};
use procedure::Filing;
use std::time::Instant;

/// The dossier that code and digits open. Whatever is wrong costs the asker's budget and looks the same; digits cost the
/// code's own budget too, so that nobody can try all of them.
///
/// # Errors
/// When they open none, too much was tried, or whoever filed it is shut out by its owner.
pub async fn opened(app: &App, source: Source, code: &str, digits: &str) -> Result<Work, ApiError> {
    let now = Instant::now();
    app.misses.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    let hash = match LookupCode::read(code) {
        Ok(code) => app.pepper.hash(&code),
        Err(_) => app.pepper.hash_text("not a code"),
    };
    app.digit_tries.take(hash, 1.0, now).map_err(ApiError::TooMany)?;
    let kept = app.store.dossier_of_code(hash).await?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let right = |filing: &Filing| mend::digits(filing).is_some_and(|known| known == digits);
    let kept = kept.filter(|kept| right(&kept.dossier.filing)).ok_or(ApiError::DigitsWrong)?;
    app.misses.give_back(&source, 1.0);
    app.digit_tries.give_back(&hash, 1.0);
    // The digits are of whoever filed it. Where the owner has taken their consent back, only the owner goes on.
    if consents::shut_out(app.store.filed_for(kept.dossier.id).await?.as_ref()) {
        return Err(ApiError::ConsentWithdrawn);
    }
    Work::of(app, kept).await
}
