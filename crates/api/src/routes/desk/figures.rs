//! The figures of a period, as JSON, CSV or XLSX: how many, never who.

use crate::access::Signed;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::officers::answer;
use account::{Action, Relation, may};
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use form::Date;
use procedure::AgencyBook;
use procedure::calendar::Moment;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde::Deserialize;
use store::desk::FiguresAsked;
use wire::{Figures, FiguresRow, Problem};

/// The most days of a period: ten years.
const MOST_DAYS: i32 = 3_660;

/// What each column is called.
const COLUMNS: [&str; 10] = [
    "Đơn vị",
    "Thủ tục",
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
    from: String,
    until: String,
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
    let figures = summed(&app, &signed, asked).await?;
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(|_| ApiError::Failed)?;
    for row in lines(&figures) {
        let (words, numbers) = cells(row);
        let words = words.map(|word| harmless(&word));
        let cells = words.into_iter().chain(numbers.map(|number| number.to_string()));
        table.write_record(cells).map_err(|_| ApiError::Failed)?;
    }
    let bytes = table.into_inner().map_err(|_| ApiError::Failed)?;
    // With its mark at the head, spreadsheets read it as UTF-8.
    Ok(file("text/csv; charset=utf-8", "so-lieu.csv", ["\u{feff}".as_bytes(), &bytes].concat()))
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
    let figures = summed(&app, &signed, asked).await?;
    let made = tokio::task::spawn_blocking(move || workbook(&figures)).await.map_err(|_| ApiError::Failed)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file(kind, "so-lieu.xlsx", made.map_err(|_| ApiError::Failed)?))
}

async fn summed(app: &App, signed: &Signed, asked: Result<Query<Asked>, QueryRejection>) -> Result<Figures, ApiError> {
    let Query(Asked { from, until }) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    let days = Date::parse(&from).zip(Date::parse(&until));
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
    let asked =
        FiguresAsked { agencies, from: Moment::at(first, 0), until: Moment::at(last.add_days(1), 0), now: app.now() };
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

/// The rows of a table, the total last.
fn lines(figures: &Figures) -> impl Iterator<Item = &FiguresRow> {
    figures.rows.iter().chain([&figures.total])
}

fn cells(row: &FiguresRow) -> ([String; 2], [u64; 8]) {
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
    ([agency, row.procedure.clone()], numbers)
}

/// A text that no spreadsheet takes for a formula (OWASP, "CSV Injection").
fn harmless(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins { format!("'{text}") } else { text.to_owned() }
}

fn workbook(figures: &Figures) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Số liệu")?;
    let head = Format::new().set_bold().set_text_wrap();
    let title = format!("Tình hình giải quyết hồ sơ từ {} đến {}", day(&figures.from), day(&figures.until));
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold())?;
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(2, column, name, &head)?;
    }
    for (place, row) in (3..).zip(lines(figures)) {
        let (words, numbers) = cells(row);
        for (column, word) in (0..).zip(words) {
            // Written as text, which a spreadsheet never takes for a formula.
            sheet.write_string(place, column, word)?;
        }
        for (column, number) in (2..).zip(numbers) {
            sheet.write_number(place, column, u32::try_from(number).unwrap_or(u32::MAX))?;
        }
    }
    sheet.set_column_width(0, 32)?;
    sheet.set_column_width(1, 40)?;
    sheet.set_freeze_panes(3, 2)?;
    book.save_to_buffer()
}

fn day(text: &str) -> String {
    Date::parse(text).map_or_else(String::new, |date| format!("{}/{}/{}", date.day, date.month, date.year))
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, told) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("-2", "'-2"), ("\tx", "'\tx"), ("UBND xã Thử", "UBND xã Thử")]
        {
            assert_eq!(harmless(text), told);
        }
    }
}
