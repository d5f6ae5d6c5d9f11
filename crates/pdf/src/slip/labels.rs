//! Labels for what goes by post (nhãn gửi bưu phẩm): eight on a sheet of A4, to be cut and stuck on.

use serde::Serialize;

/// The most labels at once: five sheets.
pub const MOST_LABELS: usize = 40;

/// Labels of several dossiers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Labels {
    /// In the order in which they are stuck on.
    pub rows: Vec<Label>,
}

/// One label.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Label {
    /// What goes, and of no paper more: the post need not know what somebody has asked for.
    pub what: String,
    /// Who sends.
    pub from: Side,
    /// Who gets it.
    pub to: Side,
    /// Mã hồ sơ, which the picture tells too; empty when there is none yet.
    pub number: String,
    /// Who pays the post.
    pub fee: String,
    /// When somebody is at home; empty where that does not matter.
    pub time: String,
    /// The picture as SVG, made from the number; empty when there is none.
    pub(crate) picture: String,
}

impl Label {
    /// A label whose picture tells its number.
    #[must_use]
    pub fn new(what: &str, (from, to): (Side, Side), number: &str, (fee, time): (&str, &str)) -> Self {
        let told = if number.is_empty() { String::new() } else { format!("Mã hồ sơ: {number}") };
        Self {
            what: what.to_owned(),
            from,
            to,
            number: number.to_owned(),
            fee: fee.to_owned(),
            time: time.to_owned(),
            picture: crate::qr::svg(&told),
        }
    }
}

/// A name with where it is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Side {
    /// Who.
    pub name: String,
    /// Where.
    pub address: String,
    /// Telephone.
    pub phone: String,
}
