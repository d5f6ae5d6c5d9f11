//! Files that are fetched with the officer's session and given to them.

use crate::client::Request;
use crate::task::background;
use ui::blob;
use ui::prelude::*;

/// What is said while a file comes.
const COMING: &str = "Đang lấy tệp…";

/// Fetches a file and gives it to the officer; one at a time. `says` tells how it stands.
pub fn give(says: RwSignal<String>, path: String, kind: &'static str, name: String) {
    if says.with_untracked(|now| now == COMING) {
        return;
    }
    says.set(COMING.to_owned());
    background(async move {
        let told = match Request::get(path).bytes().await {
            Ok(bytes) => {
                blob::save(&bytes, kind, &name);
                format!("Đã tải về {name}.")
            }
            Err(failure) => failure.says(),
        };
        // The officer may have left the page meanwhile.
        says.try_set(told);
    });
}
