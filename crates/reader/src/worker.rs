//! What the worker's script calls.

use crate::{Effort, Picture, read};
use wasm_bindgen::prelude::wasm_bindgen;

/// The text of a code in a picture of `width` columns, one byte of brightness a pixel; nothing when none is read.
#[wasm_bindgen]
#[must_use]
pub fn read_code(width: usize, bytes: Vec<u8>, only: bool) -> Option<String> {
    let height = bytes.len().checked_div(width)?;
    let effort = if only { Effort::Study } else { Effort::Glance };
    read(&Picture::new(width, height, bytes)?, effort)
}
