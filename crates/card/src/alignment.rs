//! Which field of the text is which: cards have fields too many or too few, and no circular gives the order of the new
//! ones. Of all ways to lay the fields over the known order, the one that leaves least unexplained is taken.

use crate::field::{Shape, shape};

/// The known fields after the number, in their order (CCCD of 2021).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Old,
    Name,
    Birth,
    Sex,
    Residence,
    Issued,
}

pub(crate) const SLOTS: [Slot; 6] = [Slot::Old, Slot::Name, Slot::Birth, Slot::Sex, Slot::Residence, Slot::Issued];

/// The field of each slot, as an index. At most [`MOST`] fields are looked at.
pub(crate) fn align(fields: &[String]) -> [Option<usize>; SLOTS.len()] {
    let shapes: Vec<Shape> = fields.iter().take(MOST).map(|field| shape(field)).collect();
    // best[field][slot]: the least cost of everything from there on, and the first move of that way.
    let mut best = vec![[(u32::MAX, Move::Skip); SLOTS.len() + 1]; shapes.len() + 1];
    for at in (0..=shapes.len()).rev() {
        for slot in (0..=SLOTS.len()).rev() {
            best[at][slot] = match (shapes.get(at), SLOTS.get(slot)) {
                // What follows the last known field is the new fields, whatever they are.
                (_, None) => (0, Move::Skip),
                (None, Some(_)) => (best[at][slot + 1].0 + MISSING, Move::Lack),
                (Some(shape), Some(wanted)) => {
                    let taken = (best[at + 1][slot + 1].0 + cost(*shape, *wanted), Move::Take);
                    let skipped = (best[at + 1][slot].0 + extra(*shape), Move::Skip);
                    let lacked = (best[at][slot + 1].0 + MISSING, Move::Lack);
                    [taken, lacked, skipped].into_iter().min_by_key(|(cost, _)| *cost).unwrap_or(taken)
                }
            };
        }
    }
    let mut found = [None; SLOTS.len()];
    let (mut at, mut slot) = (0, 0);
    while slot < SLOTS.len() && at < shapes.len() {
        match best[at][slot].1 {
            Move::Take => {
                found[slot] = Some(at);
                (at, slot) = (at + 1, slot + 1);
            }
            Move::Skip => at += 1,
            Move::Lack => slot += 1,
        }
    }
    found
}

/// Fields that are looked at; a card has seven to a dozen.
pub(crate) const MOST: usize = 24;
const MISSING: u32 = 3;

#[derive(Clone, Copy)]
enum Move {
    /// The field stands in the slot.
    Take,
    /// The field is none of the known ones.
    Skip,
    /// The card has no field for the slot.
    Lack,
}

/// How much is left unexplained when this field stands there.
const fn cost(shape: Shape, slot: Slot) -> u32 {
    match (slot, shape) {
        (Slot::Old, Shape::OldNumber | Shape::Empty)
        | (Slot::Name, Shape::Words)
        | (Slot::Birth | Slot::Issued, Shape::Day)
        | (Slot::Sex, Shape::Sex)
        | (Slot::Residence, Shape::Place) => 0,
        (_, Shape::Empty) => 1,
        (Slot::Residence, Shape::Words) => 2,
        // Never a number in the place of words, nor a name in the place of the old number.
        (Slot::Old, _) | (_, Shape::Numbers | Shape::OldNumber) => 9,
        _ => 4,
    }
}

/// How odd it is to find this field before the last known one.
const fn extra(shape: Shape) -> u32 {
    match shape {
        Shape::Numbers | Shape::OldNumber | Shape::Empty => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(text: &str) -> String {
        let fields: Vec<String> = text.split('|').map(str::to_owned).collect();
        align(&fields).map(|at| at.map_or_else(|| "–".to_owned(), |at| at.to_string())).join(" ")
    }

    #[test]
    fn fields_too_many_or_too_few_find_their_place() {
        for (text, told) in [
            ("123456789|Lê A|15031962|Nữ|Thôn 1, Xã B|01012022", "0 1 2 3 4 5"),
            ("|Lê A|15031962|Nữ|Thôn 1, Xã B|01012022", "0 1 2 3 4 5"),
            ("Lê A|15031962|Nữ|Thôn 1, Xã B|01012022", "– 0 1 2 3 4"),
            ("|Lê A|15031962|Nữ|Thôn 1, Xã B|01012022|000162000017|Lê C|Trần D", "0 1 2 3 4 5"),
            ("123456789|000162000017|Lê A|15031962|Nữ|Thôn 1, Xã B|01012022", "0 2 3 4 5 6"),
            ("|Lê A|15031962|Nữ|Lê C|Trần D|Thôn 1, Xã B|01012022", "0 1 2 3 6 7"),
            ("|Lê A|Nữ|Thôn 1, Xã B|01012022", "0 1 – 2 3 4"),
            ("|Lê A|31021962|Nữ|Thôn 1, Xã B|01012022", "0 1 2 3 4 5"),
            ("|Lê A|15031962|Khác|Thôn 1, Xã B|01012022", "0 1 2 3 4 5"),
            ("|Lê A|15031962|Nữ|01012022", "0 1 2 3 – 4"),
            ("|Lê A|15031962|Nữ||01012022", "0 1 2 3 4 5"),
            ("|Lê A|15031962", "0 1 2 – – –"),
            ("", "0 – – – – –"),
        ] {
            assert_eq!(laid(text), told, "{text}");
        }
    }
}
