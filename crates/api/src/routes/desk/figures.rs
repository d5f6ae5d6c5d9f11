//! The figures of a period, as JSON, CSV or XLSX: how many dossiers, never whose; and what each officer has done.

use crate::access::Signed;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::officers::{answer, unit_name};
use crate::table::Table;
use account::{Action, Relation, may};
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use form::Date;
use procedure::AgencyBook;
use procedure::calendar::Moment;
use serde::Deserialize;
use store::desk::FiguresAsked;
use wire::{Figures, FiguresRow, OfficerFigures, OfficerFiguresRow, Problem};

/// The most days of a period: ten years.
const MOST_DAYS: i32 = 3_660;

/// What each column of numbers is called.
const COLUMNS: [&str; 8] = [
    "Kỳ trước chuyển sang",
    "Tiếp nhận trong kỳ",
    "Trả đúng hạn",
    "Trả trễ hạn",
    "Trong đó không giải quyết",
    "Đang giải quyết",
    "Trong đó quá hạn",
    "Trong đó chờ bổ sung",
];

/// The period, its last day included.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Asked {
    pub(super) from: String,
    pub(super) until: String,
}

/// The figures.
#[utoipa::path(get, path = "/api/v1/desk/figures",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, body = Figures),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn figures(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    Ok(answer(&summed(&app, &signed, asked).await?))
}

/// The same as a table that spreadsheets open.
#[utoipa::path(get, path = "/api/v1/desk/figures.csv",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn as_csv(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    table(&summed(&app, &signed, asked).await?).csv("so-lieu")
}

/// The same as a workbook.
#[utoipa::path(get, path = "/api/v1/desk/figures.xlsx",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn as_xlsx(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    table(&summed(&app, &signed, asked).await?).xlsx("so-lieu").await
}

/// What each officer has done.
#[utoipa::path(get, path = "/api/v1/desk/figures/officers",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, body = OfficerFigures),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn officers(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    Ok(answer(&by_officer(&app, &signed, asked).await?))
}

/// The same as a table that spreadsheets open.
#[utoipa::path(get, path = "/api/v1/desk/figures/officers.csv",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn officers_as_csv(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    table_of_officers(&by_officer(&app, &signed, asked).await?).csv("so-lieu-can-bo")
}

/// The same as a workbook.
#[utoipa::path(get, path = "/api/v1/desk/figures/officers.xlsx",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn officers_as_xlsx(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    table_of_officers(&by_officer(&app, &signed, asked).await?).xlsx("so-lieu-can-bo").await
}

async fn by_officer(
    app: &App,
    signed: &Signed,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<OfficerFigures, ApiError> {
    let (Asked { from, until }, _, asked) = read(app, signed, asked)?;
    let rows = app.store.officer_figures(asked).await?.into_iter().map(|found| OfficerFiguresRow {
        unit: unit_name(app, &found.unit),
        officer: found.officer,
        on_time: found.on_time,
        late: found.late,
        holding: found.holding,
        overdue: found.overdue,
    });
    Ok(OfficerFigures { from, until, rows: rows.collect() })
}

/// The question as the store knows it: the days, the day as of which units are told, and the units that are the asker's to see.
pub(super) fn read(
    app: &App,
    signed: &Signed,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<(Asked, Date, FiguresAsked), ApiError> {
    let Query(asked) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    let days = Date::parse(&asked.from).zip(Date::parse(&asked.until));
    let (first, last) = days.ok_or(ApiError::QueueUnreadable)?;
    if last < first || last.days() - first.days() > MOST_DAYS {
        return Err(ApiError::QueueUnreadable);
    }
    let (book, today) = (&app.offer.library.agencies, app.now().date());
    // Each dossier counts once, for the unit that had its work on the last day that is told of: so a period adds up across
    // a change, and one that is over stays as it was.
    let day = last.min(today);
    let theirs = |code: &str| {
        let below = book.on(today).is_below(book.heir(code, today), &signed.officer.unit);
        may(&signed.officer, Action::SeeFigures, Relation { below, ..Relation::default() })
    };
    let units = book.on(day).0.iter().map(|agency| agency.code.as_str()).filter(|code| theirs(code));
    let agencies = units.flat_map(|code| book.inherited(code, day)).map(str::to_owned).collect();
    let (from, until) = (Moment::at(first, 0), Moment::at(last.add_days(1), 0));
    Ok((asked, day, FiguresAsked { agencies, from, until, now: app.now() }))
}

async fn summed(app: &App, signed: &Signed, asked: Result<Query<Asked>, QueryRejection>) -> Result<Figures, ApiError> {
    let (Asked { from, until }, day, asked) = read(app, signed, asked)?;
    let book = &app.offer.library.agencies;
    let mut figures = Figures { from, until, rows: Vec::new(), total: FiguresRow::default() };
    for found in together(app.store.figures(asked).await?, book, day) {
        let known = app.offer.library.procedures.get(&found.procedure);
        let row = FiguresRow {
            agency: book.name(&found.agency, day).unwrap_or(&found.agency).to_owned(),
            procedure: known.map_or_else(|| found.procedure.clone(), |procedure| procedure.short.clone()),
            carried_over: found.carried_over,
            received: found.received,
            on_time: found.on_time,
            late: found.late,
            unsolved: found.unsolved,
            in_process: found.in_process,
            overdue: found.overdue,
            supplement: found.supplement,
        };
        let total = &mut figures.total;
        total.carried_over += row.carried_over;
        total.received += row.received;
        total.on_time += row.on_time;
        total.late += row.late;
        total.unsolved += row.unsolved;
        total.in_process += row.in_process;
        total.overdue += row.overdue;
        total.supplement += row.supplement;
        figures.rows.push(row);
    }
    Ok(figures)
}

/// Sums the figures of the units of before up with those of their heir.
fn together(found: Vec<store::desk::Figures>, book: &AgencyBook, day: Date) -> Vec<store::desk::Figures> {
    let mut all: Vec<store::desk::Figures> = Vec::with_capacity(found.len());
    for one in found {
        let agency = book.heir(&one.agency, day).to_owned();
        match all.iter_mut().find(|sum| sum.agency == agency && sum.procedure == one.procedure) {
            None => all.push(store::desk::Figures { agency, ..one }),
            Some(sum) => {
                sum.carried_over += one.carried_over;
                sum.received += one.received;
                sum.on_time += one.on_time;
                sum.late += one.late;
                sum.unsolved += one.unsolved;
                sum.in_process += one.in_process;
                sum.overdue += one.overdue;
                sum.supplement += one.supplement;
            }
        }
    }
    all
}

/// The rows, the total last.
fn table(figures: &Figures) -> Table {
    let row = |row: &FiguresRow| {
        let agency = if row.agency.is_empty() { "Tổng cộng".to_owned() } else { row.agency.clone() };
        let numbers = [
            row.carried_over,
            row.received,
            row.on_time,
            row.late,
            row.unsolved,
            row.in_process,
            row.overdue,
            row.supplement,
        ];
        (vec![agency, row.procedure.clone()], numbers.to_vec())
    };
    Table {
        title: format!("Tình hình giải quyết hồ sơ từ {} đến {}", day(&figures.from), day(&figures.until)),
        words: &["Đơn vị", "Thủ tục"],
        numbers: &COLUMNS,
        rows: figures.rows.iter().chain([&figures.total]).map(row).collect(),
    }
}

fn table_of_officers(figures: &OfficerFigures) -> Table {
    let row = |row: &OfficerFiguresRow| {
        (vec![row.unit.clone(), row.officer.clone()], vec![row.on_time, row.late, row.holding, row.overdue])
    };
    Table {
        title: format!("Việc của từng cán bộ từ {} đến {}", day(&figures.from), day(&figures.until)),
        words: &["Đơn vị", "Cán bộ"],
        numbers: &["Việc làm đúng hạn", "Việc làm trễ hạn", "Đang giữ", "Trong đó quá hạn"],
        rows: figures.rows.iter().map(row).collect(),
    }
}

fn day(text: &str) -> String {
    Date::parse(text).map_or_else(String::new, |date| format!("{}/{}/{}", date.day, date.month, date.year))
}
