//! When units change: filings for those that ended, and officers and open dossiers that go to their heirs.

use crate::app::App;
use crate::error::ApiError;
use crate::work::{Work, place};
use dossier::DossierId;
use form::{Code, Problem};
use procedure::agency::book::unsettled;
use procedure::{Agencies, Agency, Filing};
use std::borrow::Cow;
use std::time::Duration;
use store::desk::{Kept, MovedDossier};
use text::time::date;

/// Dossiers that are put in their new places in one transaction: few enough that nobody who sends one has to wait for it.
const AT_ONCE: usize = 50;

/// The code of the one agency that another has become, when it has ended.
pub fn only_heir(app: &App, agency: &str) -> Option<String> {
    let became = app.offer.library.agencies.became(agency, app.now().date());
    became.as_slice().first().filter(|_| became.len() == 1).map(|heir| heir.code.clone())
}

/// The filing as it is taken: a draft may have been begun for an agency that has become another one since. After a split
/// nobody but the citizen can say which is theirs, so that filing stays as it is, and is refused with [`explain`]'s words.
pub fn settled<'a>(app: &App, filing: &'a Filing) -> Cow<'a, Filing> {
    match only_heir(app, &filing.agency) {
        Some(agency) => Cow::Owned(Filing { agency, ..filing.clone() }),
        None => Cow::Borrowed(filing),
    }
}

/// Says of an agency that was parted what became of it.
pub fn explain(app: &App, agency: &str, problems: &mut [Problem]) {
    let (book, today) = (&app.offer.library.agencies, app.now().date());
    let Some(ended) = book.ended(agency, today) else { return };
    let names: Vec<&str> = book.became(agency, today).iter().map(|unit| unit.name.as_str()).collect();
    for problem in problems.iter_mut().filter(|problem| problem.code == Code::AgencyUnknown) {
        problem.says = format!(
            "Từ ngày {}, {} đã chia thành {}. Hãy chọn lại nơi nộp; những gì bạn đã điền vẫn còn nguyên.",
            date(ended.since),
            ended.agency.name,
            names.join(", ")
        );
    }
}

/// Lets officers and open dossiers follow the agencies of today. Doing it again changes nothing, and whatever it does not get
/// to do it does the next time: what was placed by is written down last.
///
/// # Errors
/// When the store fails, or a dossier's texts are lost.
pub async fn follow(app: &App) -> Result<usize, ApiError> {
    let (book, now) = (&app.offer.library.agencies, app.now());
    let today = app.agencies();
    let json = serde_json::to_string(&today.0).map_err(|_| ApiError::Failed)?;
    let before = match app.store.placed_by().await? {
        Some(before) if before == json => return Ok(0),
        Some(before) => Agencies(serde_json::from_str::<Vec<Agency>>(&before).map_err(|_| ApiError::Failed)?),
        // Placed before units had dates.
        None => book.on(form::Date { year: 1800, month: 1, day: 1 }).clone(),
    };
    let mut moved = 0;
    for unit in unsettled(&before, today) {
        if today.find(&unit).is_none() {
            app.store.move_officers(&unit, book.heir(&unit, now.date()), now).await?;
        }
        let open = app.store.open_in(&unit).await?;
        for some in open.chunks(AT_ONCE) {
            moved += replace(app, &unit, some).await?;
        }
    }
    app.store.keep_placed_by(json, now).await?;
    Ok(moved)
}

/// Tells the places of some dossiers anew, and keeps those that are others now.
async fn replace(app: &App, unit: &str, some: &[DossierId]) -> Result<usize, ApiError> {
    let mut moved = Vec::new();
    for id in some {
        let Some(kept) = app.store.dossier(*id).await? else { continue };
        let one = told(app, kept, unit).await?;
        if one.place.unit != unit {
            moved.push(one);
        }
    }
    let count = moved.len();
    app.store.move_dossiers(moved, app.now()).await?;
    Ok(count)
}

async fn told(app: &App, kept: Kept, from: &str) -> Result<MovedDossier, ApiError> {
    let (id, version) = (kept.dossier.id, u32::try_from(kept.events.len()).unwrap_or(u32::MAX));
    let work = Work::of(app, kept).await?;
    let desk = work.desk(app)?;
    let place = place(&work.course(&desk), &desk);
    let from = if from.is_empty() { place.unit.clone() } else { from.to_owned() };
    Ok(MovedDossier { id, version, from, place })
}

/// Lets searches find the dossiers of before there were searches, a few at a time.
///
/// # Errors
/// When the store fails, or a dossier's texts are lost.
pub async fn index(app: &App) -> Result<(), ApiError> {
    loop {
        let missing = app.store.unsearched(u32::try_from(AT_ONCE).unwrap_or(u32::MAX)).await?;
        if missing.is_empty() {
            return Ok(());
        }
        let mut placed = Vec::with_capacity(missing.len());
        for kept in missing {
            placed.push(told(app, kept, "").await?);
        }
        app.store.move_dossiers(placed, app.now()).await?;
    }
}

/// Follows when the server starts, and again each time a day begins in Việt Nam.
pub async fn run(app: crate::app::Shared) {
    if let Err(error) = index(&app).await {
        tracing::error!("dossiers could not be made findable: {}", error.detail());
    }
    let mut times = tokio::time::interval(Duration::from_secs(60));
    let mut followed = None;
    loop {
        times.tick().await;
        let today = app.now().date();
        if followed == Some(today) {
            continue;
        }
        match follow(&app).await {
            Ok(moved) => {
                followed = Some(today);
                if moved > 0 {
                    tracing::info!(moved, "dossiers went to other units");
                }
            }
            Err(error) => tracing::error!("units have changed, and dossiers do not follow: {}", error.detail()),
        }
    }
}
