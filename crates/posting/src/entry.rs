//! The lines of a list: who stands on it, where, and in which order.

use crate::place::{Groups, village};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use std::cmp::Ordering;

/// A person who is to be posted: all that this crate is ever told of them.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// Their name, tidied.
    pub name: &'a str,
    /// What they wrote below the commune in their address; empty when it is not known.
    pub detail: &'a str,
}

/// What the public sees of one person. Its fields can be read, and made by [`lines`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicEntry {
    name: String,
    place: String,
}

impl PublicEntry {
    /// The person's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The village and the commune, or the commune alone.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }
}

/// A line of a list, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the public sees.
    pub entry: PublicEntry,
    /// The number of the person among those who were given.
    pub of: usize,
}

/// The lines of a list, by given name, then by the whole name, as Vietnamese lists are read.
///
/// People with equal name and place stay in the order they came in, which the public cannot see.
#[must_use]
pub fn lines(commune: &str, people: &[Person<'_>]) -> Vec<Line> {
    let villages: Vec<Option<String>> = people.iter().map(|person| village(person.detail)).collect();
    let groups = Groups::of(&villages);
    let entry = |(person, village): (&Person<'_>, &Option<String>)| PublicEntry {
        name: person.name.to_owned(),
        place: groups.shown(village.as_deref(), commune),
    };
    let mut lines: Vec<Line> =
        people.iter().zip(&villages).map(entry).enumerate().map(|(of, entry)| Line { entry, of }).collect();
    let collator = vietnamese();
    let order = |one: &str, other: &str| match &collator {
        Some(collator) => collator.compare(one, other),
        None => one.cmp(other),
    };
    lines.sort_by(|one, other| by_name(&one.entry, &other.entry, &order));
    lines
}

fn by_name(one: &PublicEntry, other: &PublicEntry, order: &dyn Fn(&str, &str) -> Ordering) -> Ordering {
    order(given(&one.name), given(&other.name))
        .then_with(|| order(&one.name, &other.name))
        .then_with(|| order(&one.place, &other.place))
        // Letters of another case are the same to the collation; the order must not hang on who came first.
        .then_with(|| (&one.name, &one.place).cmp(&(&other.name, &other.place)))
}

/// Tên: the last word of a Vietnamese name, by which people are looked for.
fn given(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Unicode's order for Vietnamese; the data is compiled in, so that it is always there.
fn vietnamese() -> Option<CollatorBorrowed<'static>> {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(people: &[(&str, &str)]) -> Vec<(String, String)> {
        let people: Vec<Person<'_>> = people.iter().map(|(name, detail)| Person { name, detail }).collect();
        let lines = lines("xã Triệu Phong", &people);
        lines.into_iter().map(|line| (line.entry.name, line.entry.place)).collect()
    }

    #[test]
    fn people_stand_by_given_name_in_the_order_of_vietnamese_letters() {
        assert!(vietnamese().is_some());
        let mixed = [
            "Lê Văn Đức",
            "Trần Thị Dung",
            "Lê Thị Ánh",
            "Lê Văn An",
            "Hồ Thị Ân",
            "Vũ Ăng",
            "Bùi Lá",
            "Bùi La",
            "Bùi Lạ",
            "Bùi Là",
            "Bùi Lả",
            "Bùi Lã",
            "Đỗ An",
        ];
        let sorted = [
            "Đỗ An",
            "Lê Văn An",
            "Lê Thị Ánh",
            "Vũ Ăng",
            "Hồ Thị Ân",
            "Trần Thị Dung",
            "Lê Văn Đức",
            "Bùi La",
            "Bùi Là",
            "Bùi Lả",
            "Bùi Lã",
            "Bùi Lá",
            "Bùi Lạ",
        ];
        let found: Vec<String> = names(&mixed.map(|name| (name, ""))).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, sorted);
        let mut back = mixed;
        back.reverse();
        let found: Vec<String> = names(&back.map(|name| (name, ""))).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, sorted, "whoever came first");
    }

    #[test]
    fn a_village_is_told_of_five_and_not_of_four() {
        let four =
            [("Bùi A", "Thôn Đông"), ("Bùi B", "thôn đông"), ("Bùi C", "thôn Đông, số 3"), ("Bùi D", "thôn  Đông")];
        assert!(names(&four).iter().all(|(_, place)| place == "xã Triệu Phong"));
        let mut five = four.to_vec();
        five.push(("Bùi E", "số 9, thôn Đông"));
        assert!(names(&five).iter().all(|(_, place)| place == "thôn Đông, xã Triệu Phong"));
        // One more from elsewhere is not told from those whose village is not known.
        five.extend([("Bùi G", "thôn Tây"), ("Bùi H", "")]);
        let places: Vec<String> = names(&five).into_iter().map(|(_, place)| place).collect();
        assert_eq!(places.iter().filter(|place| *place == "xã Triệu Phong").count(), 2);
        assert!(!places.iter().any(|place| place.contains("Tây")));
    }

    #[test]
    fn whose_a_line_is_is_told_beside_it() {
        let people = [Person { name: "Bùi Xuân", detail: "" }, Person { name: "Bùi An", detail: "" }];
        let of: Vec<usize> = lines("xã A", &people).into_iter().map(|line| line.of).collect();
        assert_eq!(of, [1, 0]);
    }
}
