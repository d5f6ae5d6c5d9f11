//! The public keys of receipts, as the server told them last: kept on the phone, so that checking needs no network.

use crate::client;
use receipt::unhex;
use ui::prelude::*;
use wire::ReceiptKeys;

const NAME: &str = "receipt-keys";

/// The keys, from the server where there is a network, else as they were kept. Empty when neither has any.
pub async fn known() -> Vec<[u8; 32]> {
    let kept = window().local_storage().ok().flatten();
    let told = client::get("/api/v1/receipt-keys").await.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some(keys) = told.as_deref().and_then(read) {
        if let (Some(kept), Some(text)) = (&kept, &told) {
            // Without it checking needs a network, as it did before.
            let _ = kept.set_item(NAME, text);
        }
        return keys;
    }
    kept.and_then(|kept| kept.get_item(NAME).ok().flatten()).and_then(|text| read(&text)).unwrap_or_default()
}

fn read(text: &str) -> Option<Vec<[u8; 32]>> {
    let told: ReceiptKeys = serde_json::from_str(text).ok()?;
    Some(told.keys.iter().filter_map(|key| unhex(&key.public)).collect())
}
