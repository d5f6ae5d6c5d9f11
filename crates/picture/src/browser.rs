//! What the worker calls (`web/worker.js`): a photograph looked at, made into a page, pages bound.
//!
//! Pixels cross the border in strips of rows, so that neither side holds the other's copy of a whole picture.

use crate::kind::{self, Told};
use crate::numbers::side;
use crate::straighten::Straightening;
use crate::{Picture, Quad, corners, judge, pdf};
use wasm_bindgen::prelude::*;

/// What a file is: "pixels" with its width and height, "ask", "heic", "broken" or "too-many-pixels".
#[wasm_bindgen]
pub struct File {
    told: Told,
}

#[wasm_bindgen]
impl File {
    /// Looks at the bytes of a file.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self { told: kind::tell(bytes) }
    }

    /// One of the words above.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn kind(&self) -> String {
        match self.told {
            Told::Pixels(..) => "pixels",
            Told::Ask => "ask",
            Told::Heic => "heic",
            Told::Broken => "broken",
            Told::TooManyPixels => "too-many-pixels",
        }
        .to_owned()
    }

    /// The shorter side in pixels, 0 when it is not known.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn short(&self) -> u32 {
        if let Told::Pixels(width, height) = self.told { width.min(height) } else { 0 }
    }
}

/// A photograph in the making, upright as it is seen.
#[wasm_bindgen]
pub struct Photo(Picture);

#[wasm_bindgen]
impl Photo {
    /// An empty one of this size in pixels.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        Self(Picture::new(width, height))
    }

    /// Takes the next rows, four bytes a pixel.
    pub fn push(&mut self, rgba: &[u8]) {
        self.0.push(rgba);
    }

    /// Looks at it: where the paper lies, and whether it can be read.
    #[must_use]
    pub fn look(&self) -> Look {
        let plane = self.0.plane();
        let found = corners::find(&plane);
        let paper = found.unwrap_or_else(|| self.0.frame());
        let judged = judge(&plane, &paper);
        let (width, height) = (side(self.0.width()), side(self.0.height()));
        Look {
            blurred: judged.blurred(),
            dark: judged.dark,
            glare: judged.glare,
            edge: judged.edge.unwrap_or(0.0),
            corners: found.map(|quad| quad.shares(width, height).to_vec()),
        }
    }

    /// Begins the page within these corners, eight shares of width and height, turned clockwise by quarters; none when
    /// they cannot be those of a sheet.
    #[must_use]
    pub fn straighten(self, corners: &[f32], quarters: u8, grey: bool) -> Option<Page> {
        let (width, height) = (side(self.0.width()), side(self.0.height()));
        let quad = Quad::from_shares(corners.try_into().ok()?, width, height);
        quad.is_sheet().then(|| Page(Straightening::new(self.0, &quad.turned(quarters), grey)))
    }
}

/// What was found in a photograph.
#[wasm_bindgen(getter_with_clone)]
pub struct Look {
    /// Out of focus, or moved.
    pub blurred: bool,
    /// Too dark.
    pub dark: bool,
    /// Too bright, or a reflection.
    pub glare: bool,
    /// How wide the edges of letters are, in thousandths of the paper's long side; 0 without letters.
    pub edge: f32,
    /// The corners of the paper as shares of width and height; none where none stood out.
    pub corners: Option<Vec<f32>>,
}

/// A page being made.
#[wasm_bindgen]
pub struct Page(Straightening);

#[wasm_bindgen]
impl Page {
    /// Pixels in a row.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn width(&self) -> u32 {
        self.0.size().0
    }

    /// Rows.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn height(&self) -> u32 {
        self.0.size().1
    }

    /// The rows from one up to another, four bytes a pixel.
    #[must_use]
    pub fn rows(&self, from: u32, to: u32) -> Vec<u8> {
        self.0.rows(from, to)
    }
}

/// Pages to be bound into one PDF.
#[wasm_bindgen]
#[derive(Default)]
pub struct Binder(Vec<Vec<u8>>);

#[wasm_bindgen]
impl Binder {
    /// Nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next page, a JPEG.
    pub fn add(&mut self, jpeg: Vec<u8>) {
        self.0.push(jpeg);
    }

    /// The PDF; none when a page is no JPEG or there is none.
    #[must_use]
    pub fn bind(self) -> Option<Vec<u8>> {
        pdf::bind(&self.0.iter().map(Vec::as_slice).collect::<Vec<_>>()).ok()
    }
}
