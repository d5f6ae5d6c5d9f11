//! The list that is hung up at the office while it is posted (niêm yết công khai).

use super::data::moment;
use procedure::calendar::Moment;
use serde::Serialize;

/// A public list. Of a person it has the name and the place, as the page has; of what Circular 01/2023/TT-VPCP wants on a
/// paper it has what is the list's own and nothing of a person's: no identifier, no number of a dossier.
#[derive(Clone, Debug, Serialize)]
pub struct Posting {
    /// The procedure's legal name.
    pub title: String,
    /// Its code, mã TTHC; may be empty.
    pub code: String,
    /// The agency's help line.
    pub phone: String,
    /// When it was published.
    #[serde(serialize_with = "moment")]
    pub shown_from: Moment,
    /// The last moment at which it is shown.
    #[serde(serialize_with = "moment")]
    pub not_after: Moment,
    /// The address of its page, which the picture leads to; empty when it is not known, and then there is no picture.
    pub link: String,
    /// The people, in order.
    pub rows: Vec<PostingRow>,
}

/// One person.
#[derive(Clone, Debug, Serialize)]
pub struct PostingRow {
    /// From 1 on.
    pub line: u32,
    /// The name.
    pub name: String,
    /// Village and commune, or the commune alone.
    pub place: String,
}
