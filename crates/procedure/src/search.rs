//! Finding things by what people type: without marks, in any order, half a word, or with a slip of the finger.

use form::text::fold;

/// Something that can be found.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its name, as people read it.
    pub name: &'a str,
    /// Other words people look for it by.
    pub keywords: &'a [String],
}

/// How well one typed word fits one word of a text. The order is the ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// One letter is wrong, missing, too many, or two have changed places; only in words of four letters or more.
    Slip,
    /// It begins the word.
    Begins,
    /// It is the word.
    Whole,
}

/// Words that carry no meaning of their own: they may help, and it does not matter when they fit nothing.
const FILLERS: &[&str] = &[
    "cach", "can", "cho", "co", "cua", "de", "duoc", "gi", "khi", "la", "lam", "muon", "nao", "nhu", "o", "tai", "the",
    "thi", "thu", "toi", "tuc", "va", "ve", "voi", "xin",
];

/// One word fewer that is not found weighs more than anything about how well the others fit.
const MISS: u32 = 10_000;
const MOST_MISSES: u32 = 1000;

/// Indexes of the entries that fit, the best first; entries that fit equally stay in their order.
///
/// An entry fits when at least half of the words that carry meaning are found in it, so that a whole sentence
/// ("xin tiền mai táng cho bố") finds something too. An empty query finds nothing.
#[must_use]
pub fn search(query: &str, entries: &[Entry<'_>]) -> Vec<usize> {
    let query = fold(query);
    let typed: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let name = fold(entry.name);
        let keywords: Vec<String> = entry.keywords.iter().map(|words| fold(words)).collect();
        let (mut fits, mut misses, mut score) = (0, 0, 0);
        for word in &typed {
            let in_name = fit(word, &name).map(|fit| points(fit) + 2);
            let in_keywords = keywords.iter().filter_map(|words| fit(word, words)).max().map(points);
            match in_name.max(in_keywords) {
                Some(points) => {
                    fits += u32::from(!FILLERS.contains(word));
                    score += points;
                }
                None => misses += u32::from(!FILLERS.contains(word)),
            }
        }
        if fits > 0 && fits >= misses {
            score += 4 * neighbours(&typed, keywords.iter().chain([&name]));
            found.push((MISS * (MOST_MISSES - misses.min(MOST_MISSES)) + score.min(MISS - 1), place));
        }
    }
    best_first(&mut found);
    found.into_iter().map(|(_, place)| place).collect()
}

/// Puts pairs of points and place in order: more points first, and of equal points the earlier place.
///
/// One sort for everything that is found, because each kind of sort is two kilobytes of wasm.
pub(crate) fn best_first(found: &mut [(u32, usize)]) {
    found.sort_unstable_by_key(|(points, place)| (u32::MAX - points, *place));
}

/// How well a folded word fits the best word of a folded text.
#[must_use]
pub fn fit(typed: &str, text: &str) -> Option<Fit> {
    text.split(' ').filter_map(|word| fit_word(typed, word)).max()
}

fn fit_word(typed: &str, word: &str) -> Option<Fit> {
    if typed == word {
        Some(Fit::Whole)
    } else if word.starts_with(typed) {
        Some(Fit::Begins)
    } else if same_but_y(typed, word)
        || (typed.len() >= 4 && word.len() >= 3 && one_slip(typed.as_bytes(), word.as_bytes()))
    {
        Some(Fit::Slip)
    } else {
        None
    }
}

/// Whether the words differ only in i and y, which both schools of spelling allow: "liệt sĩ", "liệt sỹ".
fn same_but_y(one: &str, other: &str) -> bool {
    let either = |pair: (u8, u8)| pair.0 == pair.1 || matches!(pair, (b'i', b'y') | (b'y', b'i'));
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(either)
}

const fn points(fit: Fit) -> u32 {
    match fit {
        Fit::Slip => 1,
        Fit::Begins => 3,
        Fit::Whole => 5,
    }
}

/// How many pairs of typed words stand together, in that order, in one of the texts: "hộ nghèo" before "hộ thoát nghèo".
fn neighbours<'a>(typed: &[&str], texts: impl Iterator<Item = &'a String>) -> u32 {
    let mut best = 0;
    for text in texts {
        let words: Vec<&str> = text.split(' ').collect();
        let together = |pair: &&[&str]| {
            words.windows(2).any(|two| fit_word(pair[0], two[0]).is_some() && fit_word(pair[1], two[1]).is_some())
        };
        best = best.max(typed.windows(2).filter(together).count());
    }
    u32::try_from(best).unwrap_or(u32::MAX)
}

/// Whether one insertion, deletion, replacement or swap of neighbours makes one word the other.
fn one_slip(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(left, right)| left == right).count();
    let (short, long) = (&short[same..], &long[same..]);
    match (short, long) {
        (short, [_, rest @ ..]) if short.len() == rest.len() => short == rest,
        ([a, b, rest @ ..], [x, y, others @ ..]) if a == y && b == x && rest == others => true,
        ([_, rest @ ..], [_, others @ ..]) => rest == others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(&str, &[&str]); 5] = [
        ("Thăm viếng mộ liệt sĩ", &["thăm mộ", "thân nhân liệt sĩ", "người có công", "nghĩa trang"]),
        (
            "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hàng tháng, hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng",
            &[
                "trợ cấp người cao tuổi",
                "người già",
                "khuyết tật",
                "trẻ em mồ côi",
                "bảo trợ xã hội",
                "đơn thân nuôi con",
            ],
        ),
        (
            "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội",
            &["đám tang", "tiền mai táng", "chôn cất", "người mất"],
        ),
        ("Công nhận hộ nghèo, hộ cận nghèo thường xuyên hằng năm", &["sổ hộ nghèo", "rà soát hộ nghèo"]),
        ("Công nhận hộ thoát nghèo, hộ thoát cận nghèo thường xuyên hằng năm", &["ra khỏi hộ nghèo"]),
    ];

    fn found(query: &str) -> Vec<usize> {
        let words: Vec<Vec<String>> =
            NAMES.iter().map(|(_, words)| words.iter().map(|word| (*word).to_owned()).collect()).collect();
        let entries: Vec<Entry<'_>> =
            NAMES.iter().zip(&words).map(|((name, _), keywords)| Entry { name, keywords }).collect();
        search(query, &entries)
    }

    #[test]
    fn people_find_the_procedure_they_mean() {
        for (query, first) in [
            ("tro cap nguoi cao tuoi", 1),
            ("trơ câp xa hôi", 1),
            ("TRỢ CẤP XÃ HỘI", 1),
            ("tro\u{323} cấp", 1),
            ("khuyet tat", 1),
            ("khuyêt tât nặng", 1),
            ("mai tagn", 2),
            ("mai táng", 2),
            ("mai tan", 2),
            ("tiền đám tang", 2),
            ("xin tiền mai táng cho bố tôi", 2),
            ("ho ngheo", 3),
            ("hộ cận nghèo", 3),
            ("ngheo ho", 3),
            ("thoát nghèo", 4),
            ("thoat can ngeo", 4),
            ("mo liet si", 0),
            ("liệt sỹ mộ", 0),
            ("tham vieng", 0),
        ] {
            assert_eq!(found(query).first(), Some(&first), "{query}: {:?}", found(query));
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for query in ["", "   ", "-", "giấy phép lái xe", "xin cho tôi", "zzzz", "thủ tục"] {
            assert_eq!(found(query), Vec::<usize>::new(), "{query}");
        }
    }

    #[test]
    fn one_slip_is_forgiven_in_long_words_and_two_are_not() {
        for (typed, word, expected) in [
            ("tagn", "tang", Some(Fit::Slip)),
            ("taang", "tang", Some(Fit::Slip)),
            ("nghe", "ngheo", Some(Fit::Begins)),
            ("ngeo", "ngheo", Some(Fit::Slip)),
            ("ngheo", "ngheo", Some(Fit::Whole)),
            ("mgheo", "ngheo", Some(Fit::Slip)),
            ("mgeho", "ngheo", None),
            ("tan", "tang", Some(Fit::Begins)),
            ("tgn", "tang", None),
            ("si", "so", None),
            ("sy", "si", Some(Fit::Slip)),
        ] {
            assert_eq!(fit_word(typed, word), expected, "{typed} {word}");
        }
    }
}
