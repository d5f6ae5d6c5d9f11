//! Vietnamese letters: one composed form for keeping (NFC), and a folded form without marks for finding.

/// Base letters in the order of the rows of [`COMPOSED`].
const BASES: [char; 12] = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y'];
/// Each base letter with grave, acute, tilde, hook above, dot below (Unicode 16, Latin Extended Additional).
const COMPOSED: [[char; 5]; 12] = [
    ['à', 'á', 'ã', 'ả', 'ạ'],
    ['ằ', 'ắ', 'ẵ', 'ẳ', 'ặ'],
    ['ầ', 'ấ', 'ẫ', 'ẩ', 'ậ'],
    ['è', 'é', 'ẽ', 'ẻ', 'ẹ'],
    ['ề', 'ế', 'ễ', 'ể', 'ệ'],
    ['ì', 'í', 'ĩ', 'ỉ', 'ị'],
    ['ò', 'ó', 'õ', 'ỏ', 'ọ'],
    ['ồ', 'ố', 'ỗ', 'ổ', 'ộ'],
    ['ờ', 'ớ', 'ỡ', 'ở', 'ợ'],
    ['ù', 'ú', 'ũ', 'ủ', 'ụ'],
    ['ừ', 'ứ', 'ữ', 'ử', 'ự'],
    ['ỳ', 'ý', 'ỹ', 'ỷ', 'ỵ'],
];
/// The combining tone marks, in the order of the columns of [`COMPOSED`].
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
/// The combining marks that make another letter: breve, circumflex, horn.
const SHAPES: [(char, &str, &str); 3] = [('\u{306}', "a", "ă"), ('\u{302}', "aeo", "âêô"), ('\u{31b}', "ou", "ơư")];

/// Composes Vietnamese letters (Unicode NFC for the letters of Vietnamese; other text is left as it is).
///
/// Phones differ in what they type: `ệ` may arrive as one character or as three. Kept text is always the one.
#[must_use]
pub fn compose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match out.chars().next_back().and_then(|last| combine(last, sign)) {
            Some(joined) => {
                out.pop();
                out.push(joined);
            }
            None => out.push(sign),
        }
    }
    out
}

/// The key to find by: composed, lower case, without marks, đ as d, one space between words.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_whitespace() || (sign.is_ascii_punctuation()) {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !TONES.contains(&sign) && !SHAPES.iter().any(|(mark, ..)| *mark == sign) {
            out.push(plain(lower(sign)));
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// How many characters a person sees: combining marks do not count.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().filter(|sign| !('\u{300}'..='\u{36f}').contains(sign)).count()
}

/// The first sign that must not stand in a typed text: controls (but line break and tab), bidirectional controls,
/// invisible spaces, and the replacement sign of broken encodings.
#[must_use]
pub fn forbidden(text: &str) -> Option<char> {
    text.chars().find(|sign| {
        (sign.is_control() && !matches!(sign, '\n' | '\r' | '\t'))
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}' | '\u{e0000}'..='\u{e007f}')
    })
}

/// Trims, composes, and makes every run of blanks one space; line breaks stay when `lines` is set.
#[must_use]
pub fn tidy(text: &str, lines: bool) -> String {
    if lines {
        let rows: Vec<String> = text.trim().lines().map(|line| tidy(line, false)).collect();
        return rows.join("\n");
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    compose(&words.join(" "))
}

fn combine(last: char, mark: char) -> Option<char> {
    let upper = lower(last) != last;
    let base = if upper { lower(last) } else { last };
    let joined = if let Some(tone) = TONES.iter().position(|sign| *sign == mark) {
        let row = BASES.iter().position(|sign| *sign == base)?;
        COMPOSED[row][tone]
    } else {
        let (_, from, to) = SHAPES.iter().find(|(sign, ..)| *sign == mark)?;
        // A tone may stand before the shape mark (a + dot below + circumflex): move it onto the new letter.
        let (bare, tone) = split_tone(base);
        let place = from.chars().position(|sign| sign == bare)?;
        let shaped = to.chars().nth(place)?;
        match tone {
            Some(column) => COMPOSED[BASES.iter().position(|sign| *sign == shaped)?][column],
            None => shaped,
        }
    };
    Some(if upper { self::upper(joined) } else { joined })
}

fn split_tone(letter: char) -> (char, Option<usize>) {
    for (row, base) in COMPOSED.iter().zip(BASES) {
        if let Some(tone) = row.iter().position(|sign| *sign == letter) {
            return (base, Some(tone));
        }
    }
    (letter, None)
}

/// The small letter of a Latin letter, with or without marks; any other sign as it is.
///
/// Vietnamese and the languages of its peoples are written in Latin letters. The tables for all the scripts of the world
/// would be a tenth of the citizen's program.
#[must_use]
pub fn lower(sign: char) -> char {
    match sign {
        // Ƀ of the Ê Đê and the Mnông stands far from its small letter.
        '\u{243}' => '\u{180}',
        _ => match pair(sign) {
            Some((step, true)) => shifted(sign, i64::from(step)),
            _ => sign,
        },
    }
}

/// The capital of a Latin letter; any other sign as it is.
#[must_use]
pub fn upper(sign: char) -> char {
    match sign {
        '\u{180}' => '\u{243}',
        _ => match pair(sign) {
            Some((step, false)) => shifted(sign, -i64::from(step)),
            _ => sign,
        },
    }
}

/// Whether it is a Latin letter.
#[must_use]
pub fn is_letter(sign: char) -> bool {
    matches!(sign, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// How far the small letter stands behind its capital (Unicode 16), and whether this is the capital.
fn pair(sign: char) -> Option<(u32, bool)> {
    // In these blocks capital and small letter follow each other, the capital on an even place or on an odd one.
    let next_to = |odd: bool| Some((1, (u32::from(sign) % 2 == 1) == odd));
    match sign {
        'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => Some((32, true)),
        'a'..='z' | '\u{e0}'..='\u{f6}' | '\u{f8}'..='\u{fe}' => Some((32, false)),
        '\u{100}'..='\u{12f}'
        | '\u{132}'..='\u{137}'
        | '\u{14a}'..='\u{177}'
        | '\u{1a0}'..='\u{1a5}'
        | '\u{1de}'..='\u{1ef}'
        | '\u{1f8}'..='\u{21f}'
        | '\u{222}'..='\u{233}'
        | '\u{246}'..='\u{24f}'
        | '\u{1e00}'..='\u{1e95}'
        | '\u{1ea0}'..='\u{1eff}' => next_to(false),
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' | '\u{1af}'..='\u{1b0}' | '\u{1cd}'..='\u{1dc}' => next_to(true),
        _ => None,
    }
}

fn shifted(sign: char, step: i64) -> char {
    // The steps stay inside blocks of letters.
    u32::try_from(i64::from(u32::from(sign)) + step).ok().and_then(char::from_u32).unwrap_or(sign)
}

/// A lower-case letter without its marks.
fn plain(letter: char) -> char {
    match split_tone(letter).0 {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        'đ' => 'd',
        bare => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_and_composed_are_one() {
        for (parts, whole) in [
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("Hue\u{302}\u{323}", "Huệ"),
            ("Hue\u{323}\u{302}", "Huệ"),
            ("U\u{31b}\u{301}c", "Ức"),
            ("A\u{306}n", "Ăn"),
            ("Đặng Thị Mỹ", "Đặng Thị Mỹ"),
            ("x\u{301}", "x\u{301}"),
        ] {
            assert_eq!(compose(parts), whole);
            assert_eq!(fold(parts), fold(whole));
        }
    }

    #[test]
    fn folded_text_has_no_marks() {
        for (text, key) in [
            ("  Trợ cấp  XÃ HỘI hằng tháng ", "tro cap xa hoi hang thang"),
            ("Đakrông", "dakrong"),
            ("Hoà / Hòa", "hoa hoa"),
            ("THUỶ", "thuy"),
            ("Nguye\u{302}\u{303}n", "nguyen"),
        ] {
            assert_eq!(fold(text), key);
        }
    }

    #[test]
    fn small_and_capital_letters_are_those_of_unicode() {
        let all = ('\0'..'\u{250}').chain('\u{1e00}'..'\u{1f00}');
        for sign in all.clone() {
            if lower(sign) != sign {
                assert!(sign.to_lowercase().eq([lower(sign)]), "{sign}");
                assert_eq!(upper(lower(sign)), sign);
            }
            if upper(sign) != sign {
                assert!(sign.to_uppercase().eq([upper(sign)]), "{sign}");
            }
            assert!(!is_letter(sign) || sign.is_alphabetic(), "{sign}");
        }
        let left: String = all.filter(|sign| lower(*sign) == *sign && !sign.to_lowercase().eq([*sign])).collect();
        assert_eq!(
            left, "İŸƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƦƧƩƬƮƱƲƳƵƷƸƼǄǅǇǈǊǋǱǲǴǶǷȠȺȻȽȾɁɄɅẞ",
            "none of them is written in Việt Nam"
        );
        assert_eq!((lower('Ƀ'), upper('ƀ'), lower('東')), ('ƀ', 'Ƀ', '東'));
        assert!(is_letter('ơ') && is_letter('Đ') && !is_letter('1') && !is_letter('×') && !is_letter('東'));
    }

    #[test]
    fn every_vietnamese_letter_folds_to_ascii() {
        for row in COMPOSED {
            for letter in row {
                assert!(fold(&letter.to_string()).is_ascii());
                assert!(fold(&letter.to_uppercase().to_string()).is_ascii());
            }
        }
    }

    #[test]
    fn hidden_signs_are_found() {
        assert_eq!(forbidden("Nguyễn\nVăn\tA"), None);
        assert_eq!(forbidden("gpj\u{202e}exe"), Some('\u{202e}'));
        assert_eq!(forbidden("a\0b"), Some('\0'));
        assert_eq!(length("Nguye\u{302}\u{303}n"), 6);
        assert_eq!(tidy("  a \n\n b  c ", true), "a\n\nb c");
    }
}
