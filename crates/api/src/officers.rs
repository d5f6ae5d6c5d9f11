//! `motcua officer …`: the first officers of an office are made on the machine itself, while the server does not run.

use crate::app::system_clock;
use crate::offer::Offer;
use crate::routes::officer_list::{link, make};
use crate::sheet;
use account::roll;
use std::path::{Path, PathBuf};
use store::officers::{Added, Officers as _};
use store::{OnFatal, SqliteStore};

/// Makes officers.
#[derive(Clone, Debug, clap::Args)]
pub struct OfficerCommand {
    /// Folder of the data; made when it is not there.
    #[arg(long, env = "MOTCUA_DATA")]
    pub data: PathBuf,
    /// Folder of forms, procedures, units and calendars.
    #[arg(long, env = "MOTCUA_FORMS")]
    pub forms: PathBuf,
    /// A CSV file or a workbook (.xlsx) whose first row is: họ tên, số CMND/CCCD, điện thoại, đơn vị, vai trò.
    pub list: PathBuf,
}

/// Makes the officers of a list, and prints for each the link of their first sign-in.
///
/// # Errors
/// In words for the operator, when a file cannot be read, or the store fails. Rows that are not taken are printed.
pub async fn add(command: OfficerCommand) -> Result<(), String> {
    let offer = Offer::read(&command.forms)?;
    let told = |error: std::io::Error| format!("{}: {error}", command.list.display());
    let bytes = std::fs::read(&command.list).map_err(told)?;
    let agencies = offer.library.agencies.on(system_clock()().date());
    let rows = if sheet::is_workbook(&bytes) {
        let cells = sheet::read(&bytes).map_err(|why| why.says().to_owned())?;
        let (rows, mended) = roll::mended(&cells, agencies);
        mended.iter().for_each(|one| eprintln!("dòng {}: {}", one.row, one.says));
        rows
    } else {
        rows(&String::from_utf8(bytes).map_err(|_| "danh sách phải là CSV UTF-8 hoặc .xlsx".to_owned())?)?
    };
    let roll = roll::read(&rows, agencies);
    let store = open(&command.data)?;
    let now = system_clock()();
    let (mut new, mut tokens) = (Vec::new(), Vec::new());
    for row in &roll.officers {
        let (officer, token) =
            make(&row.name, &row.phone, &row.unit, &row.roles, now).map_err(|error| error.detail())?;
        new.push(officer);
        tokens.push(token);
    }
    let added = store.add_officers(new, None, now).await.map_err(|error| error.to_string())?;
    for ((row, token), added) in roll.officers.iter().zip(tokens).zip(added) {
        match added {
            Added::New => println!("{}\t{}\t{}\t{}", row.phone, row.unit, row.name, link(&token)),
            Added::PhoneTaken => eprintln!("dòng {}: số điện thoại này đã có tài khoản", row.row),
        }
    }
    roll.bad.iter().for_each(|bad| eprintln!("dòng {}: {}", bad.row, bad.says));
    Ok(())
}

fn open(data: &Path) -> Result<SqliteStore, String> {
    let on_fatal: OnFatal = Box::new(|says| {
        eprintln!("motcua: {says}");
        std::process::exit(crate::serve::EXIT_FATAL);
    });
    SqliteStore::open(data, on_fatal).map_err(|error| error.to_string())
}

/// The cells of a CSV file (RFC 4180), whether parted by commas or, as Vietnamese spreadsheets write it, by semicolons.
fn rows(text: &str) -> Result<Vec<Vec<String>>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') && !head.contains(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| row.map(cells).map_err(|error| error.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn lists_are_read_however_a_spreadsheet_writes_them() {
        let cells = |rows: Vec<Vec<String>>| rows.iter().map(|row| row.join("|")).collect::<Vec<_>>();
        for (text, expected) in [
            ("a,b\n1,\"2,3\"\n", ["a|b", "1|2,3"]),
            ("\u{feff}a;b\r\n1;\"2\"\"3\"\r\n", ["a|b", "1|2\"3"]),
            ("a,b\n1\n", ["a|b", "1"]),
        ] {
            assert_eq!(cells(rows(text).unwrap()), expected);
        }
    }
}
