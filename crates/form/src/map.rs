//! A map from texts to values, in the order of the texts: one sorted list.
//!
//! `BTreeMap` is written anew into the wasm for every type of value, a thousand lines each time; forms hold some hundred
//! answers at most, and for those a list is as fast.

use core::fmt;
use core::marker::PhantomData;
use pack::{Pack, Reader};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Values by text.
#[derive(Clone, PartialEq, Eq)]
pub struct Map<V>(Vec<(String, V)>);

impl<V> Map<V> {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Where the key stands, or where it would.
    fn place(&self, key: &str) -> Result<usize, usize> {
        // Rows mostly come in order: the end is the place then.
        match self.0.last() {
            Some((last, _)) if last.as_str() < key => Err(self.0.len()),
            _ => self.0.binary_search_by(|(other, _)| other.as_str().cmp(key)),
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    /// Whether the key is there.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value in, in place of the one before; tells whether the key is new.
    pub fn insert(&mut self, key: String, value: V) -> bool {
        let place = self.place(&key);
        match place {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
        place.is_err()
    }

    /// Takes a value out.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.place(key).ok().map(|place| self.0.remove(place).1)
    }

    /// All rows in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The rows from a key on, in order.
    pub fn from_key(&self, key: &str) -> impl Iterator<Item = (&str, &V)> {
        let (Ok(start) | Err(start)) = self.place(key);
        self.0[start..].iter().map(|(key, value)| (key.as_str(), value))
    }

    /// All values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V> Extend<(String, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (String, V)>>(&mut self, rows: I) {
        for (key, value) in rows {
            self.insert(key, value);
        }
    }
}

impl<V> FromIterator<(String, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(rows: I) -> Self {
        let mut map = Self::new();
        map.extend(rows);
        map
    }
}

impl<V, const N: usize> From<[(String, V); N]> for Map<V> {
    fn from(rows: [(String, V); N]) -> Self {
        rows.into_iter().collect()
    }
}

impl<V: Pack> Pack for Map<V> {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
    fn read(from: &mut Reader<'_>) -> Self {
        Vec::read(from).into_iter().collect()
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Rows<V> {
            type Value = Map<V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
                let mut all: Vec<(String, V)> = Vec::new();
                while let Some(row) = rows.next_entry()? {
                    all.push(row);
                }
                // Sorted at once: strangers may send thousands of rows backwards, and inserting each would be slow.
                all.sort_by(|one, other| one.0.cmp(&other.0));
                Ok(all.into_iter().collect())
            }
        }
        deserializer.deserialize_map(Rows(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_their_keys_and_the_last_of_a_key_counts() {
        let mut map = Map::from([("b".to_owned(), 2), ("a".to_owned(), 1), ("c".to_owned(), 3), ("a".to_owned(), 4)]);
        assert_eq!(map.iter().collect::<Vec<_>>(), [("a", &4), ("b", &2), ("c", &3)]);
        assert_eq!(map.from_key("aa").map(|(key, _)| key).collect::<String>(), "bc");
        assert_eq!(map.from_key("d").count(), 0);
        assert_eq!((map.remove("b"), map.remove("b"), map.get("b"), map.len()), (Some(2), None, None, 2));
        let bytes = pack::to_bytes(&map);
        assert_eq!(pack::from_bytes(&bytes), Some(map));
        let unordered = vec![("b".to_owned(), 2), ("a".to_owned(), 1)];
        let read: Map<i64> = pack::from_bytes(&pack::to_bytes(&unordered)).unwrap();
        assert!(read.contains("a") && read.contains("b"), "what others wrote out of order is found too");
    }
}
