//! A bank's statement as officers get it, CSV or XLSX: every bank has other columns, so they are found by their heads.

use calamine::{Data, Reader as _, Xlsx};
use form::Date;
use form::kind::money::parse;
use form::text::fold;
use payment::statement::Line;
use procedure::calendar::Moment;
use std::io::Cursor;
use wire::BadLine;

/// The most bytes of a statement.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The heads stand among the first rows: above them banks write whose account it is.
const HEADS_WITHIN: usize = 40;
/// The most lines.
const MOST_LINES: usize = 20_000;

/// Why a statement cannot be read, in a sentence that says how to mend it.
pub type Unreadable = &'static str;

/// Its lines that bring money, and those that could not be read.
///
/// # Errors
/// When it is no statement.
pub fn read(bytes: &[u8]) -> Result<(Vec<Line>, Vec<BadLine>), Unreadable> {
    let rows = if bytes.starts_with(b"PK\x03\x04") { of_workbook(bytes)? } else { of_csv(bytes)? };
    if rows.len() > MOST_LINES {
        return Err("Sao kê có hơn 20.000 dòng. Hãy tải sao kê của khoảng ngày ngắn hơn.");
    }
    let heads = rows.iter().take(HEADS_WITHIN).enumerate().find_map(|(at, row)| Some((at, Columns::of(row)?)));
    let (at, columns) = heads.ok_or(
        "Không tìm thấy dòng tiêu đề. Sao kê cần có các cột: ngày giao dịch, số tham chiếu, số tiền ghi có, nội dung.",
    )?;
    let (mut lines, mut bad) = (Vec::new(), Vec::new());
    for (number, row) in rows.iter().enumerate().skip(at + 1) {
        match columns.line(row) {
            Ok(Some(line)) => lines.push(line),
            Ok(None) => {}
            Err(says) => bad.push(BadLine { line: number + 1, says: says.to_owned() }),
        }
    }
    Ok((lines, bad))
}

fn of_csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, Unreadable> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| "Không đọc được tệp. Hãy lưu lại thành XLSX hoặc CSV (UTF-8).")?;
    let text = text.trim_start_matches('\u{feff}');
    // Vietnamese spreadsheets write semicolons where others write commas.
    let delimiter = [b';', b'\t', b','].into_iter().max_by_key(|sign| text.bytes().filter(|byte| byte == sign).count());
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter.unwrap_or(b','));
    let records = reader.from_reader(text.as_bytes()).into_records().collect::<Result<Vec<_>, _>>();
    let records = records.map_err(|_| "Không đọc được tệp CSV. Hãy tải lại sao kê từ ngân hàng.")?;
    Ok(records.iter().map(|record| record.iter().map(str::to_owned).collect()).collect())
}

fn of_workbook(bytes: &[u8]) -> Result<Vec<Vec<String>>, Unreadable> {
    let unreadable = "Không đọc được tệp XLSX. Hãy mở tệp, lưu lại rồi gửi.";
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable)?;
    let sheet = book.worksheet_range_at(0).and_then(Result::ok).ok_or(unreadable)?;
    let cell = |data: &Data| match data {
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}:{second:02}")
        }
        // Whole numbers of any size without an exponent.
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => other.to_string(),
    };
    Ok(sheet.rows().map(|row| row.iter().map(cell).collect()).collect())
}

/// Where each thing stands.
struct Columns {
    at: usize,
    transaction: usize,
    amount: usize,
    says: usize,
}

impl Columns {
    fn of(row: &[String]) -> Option<Self> {
        let heads: Vec<String> = row.iter().map(|head| fold(head.trim())).collect();
        let find = |names: &[&str]| names.iter().find_map(|name| heads.iter().position(|head| head.contains(name)));
        Some(Self {
            at: find(&["ngay giao dich", "ngay hieu luc", "thoi gian", "ngay", "date"])?,
            transaction: find(&[
                "tham chieu",
                "ma giao dich",
                "so giao dich",
                "but toan",
                "so ct",
                "reference",
                "transaction",
            ])?,
            amount: find(&["ghi co", "phat sinh co", "so tien", "credit", "amount"])?,
            says: find(&["noi dung", "dien giai", "mo ta", "description", "remark"])?,
        })
    }

    /// A line; none where no money came by it.
    fn line(&self, row: &[String]) -> Result<Option<Line>, &'static str> {
        let cell = |place: usize| row.get(place).map_or("", |cell| cell.trim());
        let amount = cell(self.amount);
        // Footers, money that went out, and empty rows bring nothing.
        if amount.is_empty() || amount.starts_with('-') || cell(self.transaction).is_empty() {
            return Ok(None);
        }
        let amount = amount.trim_start_matches('+').trim();
        let whole = amount.strip_suffix(".00").or_else(|| amount.strip_suffix(",00")).unwrap_or(amount);
        let amount = parse(whole).ok_or("Số tiền không đọc được. Hãy ghi số nguyên, ví dụ 150.000.")?;
        if amount == 0 {
            return Ok(None);
        }
        let at = moment(cell(self.at))
            .ok_or("Ngày giao dịch không đọc được. Hãy ghi như 22/11/2026 hoặc 22/11/2026 14:05.")?;
        let (transaction, says) = (cell(self.transaction).to_owned(), cell(self.says).to_owned());
        Ok(Some(Line { transaction, amount, at, says }))
    }
}

/// `22/11/2026`, `22/11/2026 14:05:09`, `2026-11-22 14:05`: in Việt Nam; without a time, the beginning of the day.
fn moment(text: &str) -> Option<Moment> {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let parts: Vec<&str> = day.split(['/', '-']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let date = Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"))?;
    let mut numbers = time.split(':').map(|part| part.trim().parse::<i64>().ok());
    let mut next = |most: i64| match numbers.next() {
        None | Some(None) => Some(0),
        Some(Some(number)) => (0..most).contains(&number).then_some(number),
    };
    let (hour, minute, second) = (next(24)?, next(60)?, next(60)?);
    Some(Moment::at(date, ((hour * 60 + minute) * 60 + second) * 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_of_any_bank_is_read_by_its_heads() {
        let vietnamese = "Sao kê tài khoản 1234567890;;;;\nNgày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n\
            22/11/2026 14:05:09;FT26326001;;150.000;MBVCB MC0123 chuyen tien\n22/11/2026;FT26326002;20.000;;Phi\n\
            23/11/2026;FT26326003;;150.000,00;x\nnay;FT26326004;;150.000;x\n23/11/2026;FT26326005;;nhiều;x\nTổng;;;300.000;\n";
        let (lines, bad) = read(vietnamese.as_bytes()).unwrap();
        let told: Vec<_> = lines.iter().map(|line| (line.transaction.as_str(), line.amount)).collect();
        assert_eq!(told, [("FT26326001", 150_000), ("FT26326003", 150_000)]);
        assert_eq!(lines[0].at, Moment(1_795_331_109_000));
        assert_eq!(bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [6, 7]);
        let english = "Date,Transaction ID,Amount,Description\n2026-11-22 14:05,A1,\"150,000\",MC\n";
        assert_eq!(read(english.as_bytes()).unwrap().0.len(), 1);
        for none in ["", "a,b,c\n1,2,3\n", "PK\u{3}\u{4}"] {
            assert!(read(none.as_bytes()).is_err(), "{none}");
        }
    }

    /// A workbook as banks make them: whose account it is above the heads, days as days, amounts as numbers, a sum below.
    fn workbook() -> Vec<u8> {
        use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "SAO KÊ TÀI KHOẢN 1234567890").unwrap();
        let heads =
            ["STT", "Ngày giao dịch", "Số tham chiếu", "Số tiền ghi nợ", "Số tiền ghi có", "Nội dung giao dịch"];
        for (column, head) in (0..).zip(heads) {
            sheet.write_string(4, column, head).unwrap();
        }
        let day = Format::new().set_num_format("dd/mm/yyyy hh:mm:ss");
        let at = ExcelDateTime::from_ymd(2026, 11, 22).unwrap().and_hms(14, 5, 9).unwrap();
        for (row, (number, out, came)) in
            (5..).zip([("FT26326001", 0, 75_000), ("FT26326002", 20_000, 0), ("FT26326003", 0, 12_000_000_000_i64)])
        {
            sheet.write_datetime_with_format(row, 1, &at, &day).unwrap();
            sheet.write_string(row, 2, number).unwrap();
            for (column, amount) in [(3, out), (4, came)].into_iter().filter(|(_, amount)| *amount > 0) {
                #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are of this kind")]
                sheet.write_number(row, column, amount as f64).unwrap();
            }
            sheet.write_string(row, 5, "MBVCB.MC0123456789ABCDEFGHJK.CT tu 0900000123").unwrap();
        }
        sheet.write_string(8, 5, "Cộng phát sinh").unwrap();
        sheet.write_number(8, 4, 12_000_075_000.0).unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_workbook_is_read_as_it_is_shown() {
        let (lines, bad) = read(&workbook()).unwrap();
        assert_eq!(bad, []);
        let told: Vec<_> = lines.iter().map(|line| (line.transaction.as_str(), line.amount, line.at.0)).collect();
        assert_eq!(
            told,
            [("FT26326001", 75_000, 1_795_331_109_000), ("FT26326003", 12_000_000_000, 1_795_331_109_000)]
        );
        assert_eq!(payment::statement::orders_of(&lines[0].says)[0].as_str(), "0123456789ABCDEFGHJK");
    }

    #[tokio::test]
    async fn a_workbook_of_our_own_writer_is_read_too() {
        let row = |number: &str, amount| {
            (["22/11/2026 14:05:09", number, "MC0123456789ABCDEFGHJK"].map(str::to_owned).to_vec(), vec![amount])
        };
        let table = crate::table::Table {
            title: "Sao kê".to_owned(),
            words: &["Ngày giao dịch", "Số tham chiếu", "Nội dung"],
            numbers: &["Ghi có"],
            rows: vec![row("FT1", 75_000), row("FT2", 0)],
        };
        let answer = table.xlsx("sao-ke").await.unwrap();
        let bytes = axum::body::to_bytes(answer.into_body(), MOST_BYTES).await.unwrap();
        let (lines, bad) = read(&bytes).unwrap();
        assert_eq!((lines.len(), lines[0].amount, lines[0].at), (1, 75_000, Moment(1_795_331_109_000)));
        assert_eq!(bad, []);
        let broken = &bytes[..bytes.len() / 2];
        assert!(read(broken).is_err_and(|says| says.contains("lưu lại")));
    }

    #[test]
    fn days_and_times_are_those_of_viet_nam() {
        assert_eq!(moment("22/11/2026 14:05:00"), Some(Moment(1_795_331_100_000)));
        assert_eq!(moment("2026-11-22T14:05"), Some(Moment(1_795_331_100_000)));
        assert_eq!(moment("22/11/2026").map(Moment::clock), Some((0, 0)));
        for bad in ["", "22/11", "32/11/2026", "22/11/2026 25:00"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }
}
