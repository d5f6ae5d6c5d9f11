//! From a photograph of a paper to a page that is sent: is it sharp and light enough, where does the paper lie, then
//! straightened, turned, made grey and bound into a PDF.
//!
//! A pure core over plain pixels. Decoding and encoding are the browser's (`web/worker.js`); pixels come and go in
//! strips of rows, so that a phone of 2 GB never holds one picture twice. See `docs/decisions/0009-paper-to-page.md`.

pub mod corners;
pub mod flatten;
pub mod judge;
pub mod kind;
mod light;
mod lines;
mod numbers;
pub mod pdf;
pub mod picture;
pub mod plane;
pub mod quad;
mod sharpness;
pub mod straighten;

#[cfg(target_family = "wasm")]
mod browser;

pub use corners::find;
pub use judge::{Judgement, judge};
pub use picture::Picture;
pub use plane::Plane;
pub use quad::{Point, Quad};
pub use straighten::Straightening;

#[cfg(test)]
mod drawn;
