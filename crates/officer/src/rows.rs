//! Rows of cells out of a text: a CSV file, or cells copied from a spreadsheet.

/// The rows and cells of a text parted by tabs, semicolons or commas, whichever of them its first rows have.
///
/// Quotes are read as in RFC 4180: a cell in quotes may hold separators and new lines, and a quote in it is written twice.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let between = separator(text);
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            // Elsewhere than at its beginning a quote is a sign like any other.
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            _ if quoted => cell.push(sign),
            '\r' => {}
            '\n' => {
                row.push(core::mem::take(&mut cell));
                rows.push(core::mem::take(&mut row));
            }
            _ if sign == between => row.push(core::mem::take(&mut cell)),
            _ => cell.push(sign),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    while rows.last().is_some_and(|row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty())) {
        rows.pop();
    }
    rows
}

/// The same rows as a text that [`read`] reads: cells parted by tabs.
pub fn written(rows: &[&Vec<String>]) -> String {
    let cell = |cell: &String| cell.replace(['\t', '\n'], " ").replace('"', "”");
    let line = |row: &&Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn separator(text: &str) -> char {
    // A title may stand above the names of the columns, and these hold commas more easily than the others.
    let mut first = text.lines().filter(|line| !line.trim().is_empty()).take(10);
    if first.clone().any(|line| line.contains('\t')) {
        return '\t';
    }
    let named = first.find(|line| line.contains([';', ','])).unwrap_or_default();
    if named.contains(';') { ';' } else { ',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_separator_is_read() {
        let expected = [["họ tên", "vai trò"], ["Lê Thị Hiền", "one-stop, clerk"]];
        for text in [
            "họ tên\tvai trò\nLê Thị Hiền\tone-stop, clerk\n",
            "\u{feff}họ tên;vai trò\r\nLê Thị Hiền;one-stop, clerk\r\n\r\n",
            "họ tên,vai trò\nLê Thị Hiền,\"one-stop, clerk\"",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_title_above_the_columns_does_not_part_them() {
        assert_eq!(read("DANH SÁCH, 2026\n\nhọ tên\tvai trò")[2], ["họ tên", "vai trò"]);
        assert_eq!(read("DANH SÁCH\nhọ tên;vai trò")[1], ["họ tên", "vai trò"]);
    }

    #[test]
    fn quotes_hold_what_they_hold() {
        assert_eq!(read("a,\"b \"\"c\"\"\nd\",e \"f\"\n,,"), [["a", "b \"c\"\nd", "e \"f\""]]);
        assert!(read(" \n;;\n").is_empty());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let rows = read("a;b\n1;\"2\n3\"");
        assert_eq!(read(&written(&rows.iter().collect::<Vec<_>>())), [["a", "b"], ["1", "2 3"]]);
    }
}
