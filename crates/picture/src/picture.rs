//! A picture in colour, three bytes a pixel, filled row by row.

use crate::numbers::side;
use crate::plane::Plane;
use crate::quad::{Point, Quad};

/// A picture. Rows not yet pushed are white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Picture {
    /// An empty picture of this size, whose memory is taken once.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height, rgb: Vec::with_capacity(width as usize * height as usize * 3) }
    }

    /// Takes the next rows, four bytes a pixel as a canvas gives them; what is transparent lies on white paper.
    pub fn push(&mut self, rgba: &[u8]) {
        let room = (self.width as usize * self.height as usize * 3).saturating_sub(self.rgb.len()) / 3;
        for pixel in rgba.chunks_exact(4).take(room) {
            let alpha = u32::from(pixel[3]);
            let over = |part: u8| {
                let mixed = (u32::from(part) * alpha + 255 * (255 - alpha)) / 255;
                u8::try_from(mixed).unwrap_or(u8::MAX)
            };
            self.rgb.extend([over(pixel[0]), over(pixel[1]), over(pixel[2])]);
        }
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The corners of the picture itself.
    #[must_use]
    pub fn frame(&self) -> Quad {
        Quad::frame(side(self.width), side(self.height))
    }

    /// The pixel at a place; white where there is none.
    #[must_use]
    pub fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let start = (y * self.width as usize + x) * 3;
        self.rgb.get(start..start + 3).and_then(|rgb| rgb.try_into().ok()).unwrap_or([255; 3])
    }

    /// The colour between the pixels around a point; beyond the border, that of the border.
    #[must_use]
    pub fn sample(&self, at: Point) -> [f32; 3] {
        let x = (at.x - 0.5).clamp(0.0, side(self.width.saturating_sub(1)));
        let y = (at.y - 0.5).clamp(0.0, side(self.height.saturating_sub(1)));
        let (left, top) = (crate::numbers::place(x.floor()), crate::numbers::place(y.floor()));
        let right = (left + 1).min(self.width.saturating_sub(1) as usize);
        let below = (top + 1).min(self.height.saturating_sub(1) as usize);
        let (across, down) = (x.fract(), y.fract());
        let [a, b, c, d] = [(left, top), (right, top), (left, below), (right, below)].map(|(x, y)| self.pixel(x, y));
        core::array::from_fn(|part| {
            let [a, b, c, d] = [a, b, c, d].map(|pixel| f32::from(pixel[part]));
            let upper = a + (b - a) * across;
            let lower = c + (d - c) * across;
            upper + (lower - upper) * down
        })
    }

    /// Its brightness.
    #[must_use]
    pub fn plane(&self) -> Plane {
        Plane::made(self.width as usize, self.height as usize, |x, y| luma(self.pixel(x, y)))
    }
}

/// The brightness of a colour, by the weights of JPEG itself (ITU-T T.871 §7).
#[must_use]
pub fn luma([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
}
