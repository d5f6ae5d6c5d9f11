//! Workbooks of Excel (.xlsx) as rows of cells. A workbook is a ZIP file of XML from a stranger: how far it unpacks and how far
//! out its cells lie is looked at before anything is kept.

use account::roll::Cell;
use calamine::{DataRef, Reader as _, Xlsx};
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;

/// The most bytes of a workbook as it is sent.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The most bytes of all its parts unpacked, and the most parts.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
const MOST_PARTS: usize = 500;
/// Rows and columns that are read.
pub const MOST_ROWS: usize = 2_001;
const MOST_COLUMNS: usize = 60;

/// Why a workbook is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetRefused {
    /// It is none, or it is broken or locked with a password.
    NoWorkbook,
    /// It unpacks to more than any list.
    TooLarge,
    /// It has more rows than are taken at once.
    TooManyRows,
}

impl SheetRefused {
    /// What to do about it.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::NoWorkbook => {
                "Không đọc được tệp này. Hãy mở bằng Excel, bỏ mật khẩu nếu có, rồi lưu thành “Excel Workbook (.xlsx)”."
            }
            Self::TooLarge => {
                "Tệp này quá lớn so với một danh sách. Hãy chép riêng danh sách sang một tệp mới rồi lưu lại."
            }
            Self::TooManyRows => "Danh sách có hơn 2.000 dòng. Hãy chia thành nhiều tệp.",
        }
    }
}

/// Whether these bytes begin as a workbook does.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The rows of the first sheet that has any cell, from its first row on: row numbers are those of the spreadsheet.
///
/// # Errors
/// Why it is not read.
pub fn read(bytes: &[u8]) -> Result<Vec<Vec<Cell>>, SheetRefused> {
    unpacks(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetRefused::NoWorkbook)?;
    for name in book.sheet_names() {
        // A sheet of charts has no cells to read.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(|_| SheetRefused::NoWorkbook)? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            let Some(value) = value(cell.get_value()).filter(|_| column < MOST_COLUMNS) else { continue };
            if row >= MOST_ROWS {
                return Err(SheetRefused::TooManyRows);
            }
            if rows.len() <= row {
                rows.resize(row + 1, Vec::new());
            }
            let cells = &mut rows[row];
            if cells.len() <= column {
                cells.resize(column + 1, Cell::default());
            }
            cells[column] = value;
        }
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

/// Unpacks every part into nothing: what a ZIP file says of its sizes need not be true.
fn unpacks(bytes: &[u8]) -> Result<(), SheetRefused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetRefused::NoWorkbook)?;
    if archive.len() > MOST_PARTS {
        return Err(SheetRefused::TooLarge);
    }
    let mut left = MOST_UNPACKED;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|_| SheetRefused::NoWorkbook)?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| SheetRefused::NoWorkbook)?;
        left = left.checked_sub(unpacked).ok_or(SheetRefused::TooLarge)?;
    }
    Ok(())
}

fn value(data: &DataRef<'_>) -> Option<Cell> {
    Some(match data {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Cell::Number(format!("{number:.0}")),
        DataRef::Float(number) => Cell::Number(number.to_string()),
        DataRef::Bool(yes) => Cell::Text(yes.to_string()),
        DataRef::DateTime(day) => Cell::Number(day.as_f64().to_string()),
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::Workbook;
    use std::io::Write as _;
    use zip::write::{SimpleFileOptions, ZipWriter};

    #[test]
    fn a_workbook_is_read_as_a_spreadsheet_shows_it() {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Trống").unwrap();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Họ và tên").unwrap();
        sheet.write_string(2, 0, "Lê Thị Hiền").unwrap();
        sheet.write_number(2, 2, 900_000_123).unwrap();
        sheet.write_number(2, 3, 1.5).unwrap();
        let rows = read(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0], [Cell::Text("Họ và tên".to_owned())]);
        assert!(rows[1].is_empty());
        let number = |text: &str| Cell::Number(text.to_owned());
        assert_eq!(rows[2][1..], [Cell::default(), number("900000123"), number("1.5")]);
        assert_eq!(read(&Workbook::new().save_to_buffer().unwrap()).unwrap(), Vec::<Vec<Cell>>::new());
    }

    /// A ZIP file with these parts.
    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_hostile_is_refused_before_it_costs_anything() {
        let zeros = vec![0; 40 * 1024 * 1024];
        let bomb = zipped(&[("xl/workbook.xml", &zeros)]);
        assert!(bomb.len() < MOST_BYTES, "it is small as it comes");
        let names: Vec<String> = (0..600).map(|number| format!("part{number}")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        let mut far = Workbook::new();
        far.add_worksheet().write_string(1_048_575, 0, "xa").unwrap();
        let mut wide = Workbook::new();
        wide.add_worksheet().write_string(0, 16_383, "rộng").unwrap();
        for (what, bytes, expected) in [
            ("a bomb", bomb, Err(SheetRefused::TooLarge)),
            ("many parts", zipped(&parts), Err(SheetRefused::TooLarge)),
            ("a cell far down", far.save_to_buffer().unwrap(), Err(SheetRefused::TooManyRows)),
            ("a cell far out", wide.save_to_buffer().unwrap(), Ok(Vec::new())),
            ("no workbook", zipped(&[("a.txt", b"x")]), Err(SheetRefused::NoWorkbook)),
            ("no archive", b"PK\x03\x04 not one".to_vec(), Err(SheetRefused::NoWorkbook)),
            ("nothing", Vec::new(), Err(SheetRefused::NoWorkbook)),
        ] {
            assert_eq!(read(&bytes), expected, "{what}");
        }
    }
}
