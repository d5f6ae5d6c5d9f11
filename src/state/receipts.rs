//! Receipts of what was sent from this phone.

use super::database::{self, Store};
use crate::client::Failure;
use pack::Pack;

/// A receipt as it is kept.
#[derive(Clone, Debug, PartialEq, Pack)]
pub struct KeptReceipt {
    /// The key of the draft it came of.
    pub key: String,
    /// The procedure's common name.
    pub name: String,
    /// When it was sent (milliseconds since 1970, UTC).
    pub sent_at: i64,
    /// What the API answered, as it answered it: a `wire::Receipt` in JSON.
    pub receipt: String,
}

/// All receipts on this phone, the last one first.
pub async fn all() -> Vec<KeptReceipt> {
    let kept = database::all(Store::Receipts).await.unwrap_or_default();
    let mut receipts: Vec<KeptReceipt> = Vec::new();
    for one in kept.iter().filter_map(database::unpacked::<KeptReceipt>) {
        let place = receipts.iter().take_while(|newer| newer.sent_at > one.sent_at).count();
        receipts.insert(place, one);
    }
    receipts
}

/// The receipt of a draft.
pub async fn find(key: &str) -> Result<Option<KeptReceipt>, Failure> {
    Ok(database::get(Store::Receipts, key).await?.as_ref().and_then(database::unpacked))
}

/// Forgets a receipt: the phone may be somebody else's tomorrow.
pub async fn forget(key: &str) -> Result<(), Failure> {
    database::remove(Store::Receipts, key).await
}
