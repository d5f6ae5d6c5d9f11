//! The list of officers that an office brings: *họ tên, số CMND/CCCD, điện thoại, đơn vị*, and optionally *vai trò*. Every
//! bad row is told, the good ones are kept.

use form::kind::phone;
use form::text::{fold, tidy};
use procedure::{Agencies, Role};
use std::collections::BTreeSet;

/// A row that can become an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOfficer {
    /// The row in the list, from 1 on, the head among them: as a spreadsheet counts.
    pub row: usize,
    /// Họ tên.
    pub name: String,
    /// Ten digits.
    pub phone: String,
    /// Code of the unit.
    pub unit: String,
    /// What they are there.
    pub roles: Vec<Role>,
}

/// A row that cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The row in the list, from 1 on.
    pub row: usize,
    /// What is wrong and how to mend it, in Vietnamese.
    pub says: String,
}

/// What a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    /// The good rows.
    pub officers: Vec<NewOfficer>,
    /// The bad ones.
    pub bad: Vec<BadRow>,
}

/// Where each column stands.
#[derive(Default)]
struct Columns {
    name: Option<usize>,
    id: Option<usize>,
    phone: Option<usize>,
    unit: Option<usize>,
    roles: Option<usize>,
}

/// A cell of a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// What was typed as text.
    Text(String),
    /// A number in digits: the zeros it began with are lost.
    Number(String),
}

impl Default for Cell {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Cell {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }
}

/// The rows of a spreadsheet as texts. Where a telephone number, the number of an identity card or a unit's code was typed as a
/// number, the zeros it began with are put back; what was mended is told by row, so that somebody looks at it.
#[must_use]
pub fn mended(rows: &[Vec<Cell>], agencies: &Agencies) -> (Vec<Vec<String>>, Vec<BadRow>) {
    let texts = |row: &Vec<Cell>| row.iter().map(|cell| tidy(cell.text(), false)).collect::<Vec<String>>();
    let mut all: Vec<Vec<String>> = rows.iter().map(texts).collect();
    let at = head(&all, |cell| cell.as_str());
    let columns = all.get(at).map(|head| columns(head)).unwrap_or_default();
    let mut told = Vec::new();
    for (place, (row, cells)) in all.iter_mut().zip(rows).enumerate().skip(at + 1) {
        let number = |column: Option<usize>| match cells.get(column?)? {
            Cell::Number(digits) if digits.bytes().all(|sign| sign.is_ascii_digit()) => Some((column?, digits)),
            _ => None,
        };
        let phone = number(columns.phone).filter(|(_, digits)| digits.len() == 9).map(|it| (it, 10, "Số điện thoại"));
        // Nine digits are a whole number of the older card, and stay.
        let id = number(columns.id).filter(|(_, digits)| matches!(digits.len(), 10 | 11)).map(|it| (it, 12, "Số CCCD"));
        let unit = number(columns.unit).and_then(|(column, digits)| {
            let known = |width: &usize| agencies.find(&format!("{digits:0>width$}")).is_some();
            let width = [2, 3, 5].into_iter().find(|width| *width > digits.len() && known(width));
            width.filter(|_| agencies.find(digits).is_none()).map(|width| ((column, digits), width, "Mã đơn vị"))
        });
        for ((column, digits), width, what) in [phone, id, unit].into_iter().flatten() {
            let whole = format!("{digits:0>width$}");
            let says = format!("{what} để ở dạng số nên mất số 0 ở đầu: {digits} đã sửa thành {whole}. Hãy xem lại.");
            told.push(BadRow { row: place + 1, says });
            row[column] = whole;
        }
    }
    (all, told)
}

/// Where the names of the columns stand: offices like to write a title above. The first row, where none has them.
fn head<T>(rows: &[Vec<T>], text: impl Fn(&T) -> &str) -> usize {
    let named = |row: &Vec<T>| {
        let columns = columns(&row.iter().map(|cell| text(cell).to_owned()).collect::<Vec<_>>());
        columns.name.is_some() && columns.phone.is_some()
    };
    rows.iter().take(MOST_TITLES).position(named).unwrap_or(0)
}

/// The most rows above the names of the columns.
const MOST_TITLES: usize = 10;

/// Reads a list whose first row says what its columns are, in any order and with or without marks. Empty rows are left out.
#[must_use]
pub fn read(rows: &[Vec<String>], agencies: &Agencies) -> Roll {
    let mut roll = Roll::default();
    let at = head(rows, |cell| cell.as_str());
    let Some(named) = rows.get(at) else {
        roll.bad.push(BadRow { row: 1, says: "Danh sách trống.".to_owned() });
        return roll;
    };
    let columns = columns(named);
    for (place, name) in [
        (columns.name, "họ tên"),
        (columns.id, "số CMND/CCCD"),
        (columns.phone, "điện thoại"),
        (columns.unit, "đơn vị"),
    ] {
        if place.is_none() {
            roll.bad.push(BadRow { row: at + 1, says: format!("Dòng đầu thiếu cột “{name}”.") });
        }
    }
    if !roll.bad.is_empty() {
        return roll;
    }
    let mut phones = BTreeSet::new();
    for (row, cells) in
        (1..).zip(rows).skip(at + 1).filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
    {
        match officer(row, cells, &columns, agencies) {
            Ok(new) if !phones.insert(new.phone.clone()) => {
                let says = "Số điện thoại này đã có ở một dòng trên. Mỗi người một số.".to_owned();
                roll.bad.push(BadRow { row, says });
            }
            Ok(new) => roll.officers.push(new),
            Err(says) => roll.bad.push(BadRow { row, says }),
        }
    }
    roll
}

fn columns(head: &[String]) -> Columns {
    let mut columns = Columns::default();
    for (place, cell) in head.iter().enumerate() {
        let name = fold(cell);
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let column = if has(&["ho ten", "ho va ten"]) {
            &mut columns.name
        } else if has(&["cmnd", "cccd", "can cuoc", "dinh danh"]) {
            &mut columns.id
        } else if has(&["dien thoai", "sdt"]) {
            &mut columns.phone
        } else if has(&["don vi", "co quan"]) {
            &mut columns.unit
        } else if has(&["vai tro", "chuc vu"]) {
            &mut columns.roles
        } else {
            continue;
        };
        column.get_or_insert(place);
    }
    columns
}

fn officer(row: usize, cells: &[String], columns: &Columns, agencies: &Agencies) -> Result<NewOfficer, String> {
    let cell = |place: Option<usize>| {
        tidy(place.and_then(|place| cells.get(place)).map(String::as_str).unwrap_or_default(), false)
    };
    let name = cell(columns.name);
    if name.split_whitespace().count() < 2 || name.chars().count() > 100 {
        return Err("Họ tên phải đủ họ và tên, ví dụ “Nguyễn Thị An”.".to_owned());
    }
    // A spreadsheet takes away the zero that a number begins with.
    let id: String = cell(columns.id).chars().filter(char::is_ascii_digit).collect();
    if !matches!(id.len(), 9 | 11 | 12) {
        return Err("Số CMND có 9 chữ số, số CCCD có 12 chữ số. Định dạng cột này là “Văn bản”.".to_owned());
    }
    let typed = cell(columns.phone);
    let phone = phone::normal(&typed).or_else(|| phone::normal(&format!("0{typed}")));
    let phone = phone.ok_or("Số điện thoại chưa đúng, ví dụ 0900 000 123.".to_owned())?;
    let unit = cell(columns.unit);
    let found = agencies.0.iter().find(|agency| {
        let short = fold(agency.name.strip_prefix("UBND ").unwrap_or(&agency.name));
        agency.code == unit || fold(&agency.name) == fold(&unit) || short == fold(&unit)
    });
    let unit = found.ok_or(format!("Không có đơn vị “{unit}”. Ghi tên đầy đủ như “UBND xã Triệu Phong”, hoặc mã."))?;
    Ok(NewOfficer { row, name, phone, unit: unit.code.clone(), roles: roles(&cell(columns.roles))? })
}

/// Roles by their names or by what people call them, parted by commas; the one-stop officer where nothing is said.
fn roles(text: &str) -> Result<Vec<Role>, String> {
    if text.is_empty() {
        return Ok(vec![Role::OneStop]);
    }
    let mut roles = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let same = |role: &Role| role.name() == part || fold(role.says()) == fold(part);
        let role = Role::ALL.into_iter().find(same);
        let known = || Role::ALL.map(Role::says).join("; ");
        roles.push(role.ok_or_else(|| format!("Không có vai trò “{part}”. Các vai trò: {}.", known()))?);
    }
    roles.dedup();
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use procedure::{Agency, Level};

    fn agencies() -> Agencies {
        Agencies(vec![Agency {
            code: "19351".to_owned(),
            name: "UBND xã Triệu Phong".to_owned(),
            level: Level::Commune,
            parent: None,
            address: String::new(),
            phone: String::new(),
        }])
    }

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn good_rows_are_kept_and_every_bad_one_is_told() {
        let head: &[&str] = &["STT", "Họ và tên", "Số CMND/CCCD", "Điện thoại", "Đơn vị", "Vai trò"];
        let list = rows(&[
            head,
            &["1", "Lê Thị  Hiền", "000162000017", "0900 000 123", "UBND xã Triệu Phong", ""],
            &["2", "Hồ Văn Thử", "162000017", "900000124", "xã triệu phong", "Lãnh đạo Ủy ban nhân dân, clerk"],
            &["", "", "", "", "", ""],
            &["3", "Hiền", "000162000017", "0900000125", "19351", ""],
            &["4", "Trần Thị Thử", "12345", "0900000126", "19351", ""],
            &["5", "Trần Thị Thử", "000162000017", "12", "19351", ""],
            &["6", "Trần Thị Thử", "000162000017", "0900000127", "xã Không Có", ""],
            &["7", "Trần Thị Thử", "000162000017", "0900000123", "19351", ""],
            &["8", "Trần Thị Thử", "000162000017", "0900000128", "19351", "sếp"],
            &["9"],
        ]);
        let roll = read(&list, &agencies());
        let good: Vec<_> = roll.officers.iter().map(|one| (one.row, one.name.as_str(), one.phone.as_str())).collect();
        assert_eq!(good, [(2, "Lê Thị Hiền", "0900000123"), (3, "Hồ Văn Thử", "0900000124")]);
        assert_eq!(roll.officers[1].roles, [Role::Leader, Role::Clerk]);
        assert_eq!(roll.officers[1].unit, "19351");
        assert_eq!(roll.bad.iter().map(|bad| bad.row).collect::<Vec<_>>(), [5, 6, 7, 8, 9, 10, 11]);
    }

    #[test]
    fn every_role_is_read_by_its_names_and_several_together() {
        for role in Role::ALL {
            assert_eq!(roles(role.says()), Ok(vec![role]));
            assert_eq!(roles(&role.says().to_uppercase()), Ok(vec![role]));
            assert_eq!(roles(role.name()), Ok(vec![role]));
        }
        let all = Role::ALL.map(Role::says).join("; ");
        assert_eq!(roles(&all), Ok(Role::ALL.to_vec()));
    }

    #[test]
    fn zeros_that_a_spreadsheet_took_are_put_back_and_told() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let number = |text: &str| Cell::Number(text.to_owned());
        let sheet = [
            vec![text("DANH SÁCH CÁN BỘ")],
            vec![],
            vec![text("Họ và tên"), text("Số CCCD"), text("Điện thoại"), text("Đơn vị")],
            vec![text("Lê Thị Hiền"), number("162000017"), number("900000123"), number("19351")],
            vec![text("Hồ Văn Thử"), number("1162000017"), text("0900000124"), number("7")],
            vec![text("Võ Thị Bên"), text("000162000018"), number("123"), text("19351")],
        ];
        let mut all = agencies();
        all.0.push(Agency { code: "00007".to_owned(), ..all.0[0].clone() });
        let (rows, told) = mended(&sheet, &all);
        assert_eq!(rows[3], ["Lê Thị Hiền", "162000017", "0900000123", "19351"]);
        assert_eq!(rows[4], ["Hồ Văn Thử", "001162000017", "0900000124", "00007"]);
        assert_eq!(told.iter().map(|one| one.row).collect::<Vec<_>>(), [4, 5, 5]);
        assert!(told[1].says.contains("1162000017 đã sửa thành 001162000017"), "{}", told[1].says);
        let roll = read(&rows, &all);
        let good: Vec<_> = roll.officers.iter().map(|one| (one.row, one.unit.as_str())).collect();
        assert_eq!((good, roll.bad[0].row), (vec![(4, "19351"), (5, "00007")], 6));
    }

    #[test]
    fn a_list_without_its_columns_is_told_so() {
        assert_eq!(read(&[], &agencies()).bad.len(), 1);
        let roll = read(&rows(&[&["Họ tên", "Đơn vị"], &["a b", "19351"]]), &agencies());
        assert_eq!((roll.officers.len(), roll.bad.len()), (0, 2));
    }
}
