//! Figures as a table that spreadsheets open: CSV and XLSX. No cell is ever a formula (OWASP, "CSV Injection").

use crate::error::ApiError;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A table of words and, behind them, numbers.
pub struct Table {
    /// What stands above it in a workbook.
    pub title: String,
    /// What the columns of words are called.
    pub words: &'static [&'static str],
    /// What the columns of numbers are called.
    pub numbers: &'static [&'static str],
    /// The rows.
    pub rows: Vec<(Vec<String>, Vec<u64>)>,
}

impl Table {
    /// As CSV under this name, with the mark by which spreadsheets know UTF-8.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn csv(&self, name: &str) -> Result<Response, ApiError> {
        let bytes = self.lines().map_err(|_| ApiError::Failed)?;
        Ok(file("text/csv; charset=utf-8", &format!("{name}.csv"), bytes))
    }

    fn lines(&self) -> Result<Vec<u8>, csv::Error> {
        let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        table.write_record(self.words.iter().chain(self.numbers))?;
        for (words, numbers) in &self.rows {
            let words = words.iter().map(|word| harmless(word));
            table.write_record(words.chain(numbers.iter().map(u64::to_string)))?;
        }
        table.into_inner().map_err(|error| error.into_error().into())
    }

    /// As a workbook of one sheet under this name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn xlsx(self, name: &str) -> Result<Response, ApiError> {
        let made = tokio::task::spawn_blocking(move || self.workbook()).await.map_err(|_| ApiError::Failed)?;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        Ok(file(kind, &format!("{name}.xlsx"), made.map_err(|_| ApiError::Failed)?))
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("Số liệu")?;
        let (bold, head) = (Format::new().set_bold(), Format::new().set_bold().set_text_wrap());
        sheet.write_string_with_format(0, 0, &self.title, &bold)?;
        for (column, name) in (0..).zip(self.words.iter().chain(self.numbers)) {
            sheet.write_string_with_format(2, column, *name, &head)?;
        }
        let behind = u16::try_from(self.words.len()).unwrap_or_default();
        for (place, (words, numbers)) in (3..).zip(&self.rows) {
            for (column, word) in (0..).zip(words) {
                // Written as text, which a spreadsheet never takes for a formula.
                sheet.write_string(place, column, word)?;
            }
            for (column, number) in (behind..).zip(numbers) {
                sheet.write_number(place, column, u32::try_from(*number).unwrap_or(u32::MAX))?;
            }
        }
        for column in 0..behind {
            sheet.set_column_width(column, 36)?;
        }
        sheet.set_freeze_panes(3, behind)?;
        book.save_to_buffer()
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins { format!("'{text}") } else { text.to_owned() }
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
