//! The four corners of a paper in its photograph.

/// A point in pixels; the middle of the first pixel is (0.5, 0.5).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

impl Point {
    /// A point.
    #[must_use]
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// How far another point is, in pixels.
    #[must_use]
    pub fn distance(self, to: Self) -> f32 {
        (to.x - self.x).hypot(to.y - self.y)
    }

    /// The point this share of the way to another.
    #[must_use]
    pub fn towards(self, to: Self, share: f32) -> Self {
        Self::new(self.x + (to.x - self.x) * share, self.y + (to.y - self.y) * share)
    }
}

/// Four corners, clockwise from the one that becomes the upper left of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The whole of a picture.
    #[must_use]
    pub fn frame(width: f32, height: f32) -> Self {
        Self([Point::new(0.0, 0.0), Point::new(width, 0.0), Point::new(width, height), Point::new(0.0, height)])
    }

    /// From eight shares of the picture's width and height, x before y, as a page keeps them.
    #[must_use]
    pub fn from_shares(shares: [f32; 8], width: f32, height: f32) -> Self {
        Self(core::array::from_fn(|corner| Point::new(shares[corner * 2] * width, shares[corner * 2 + 1] * height)))
    }

    /// As eight shares of the picture's width and height.
    #[must_use]
    pub fn shares(&self, width: f32, height: f32) -> [f32; 8] {
        core::array::from_fn(|place| {
            let Point { x, y } = self.0[place / 2];
            if place % 2 == 0 { x / width } else { y / height }
        })
    }

    /// The same paper with everything this many times as large.
    #[must_use]
    pub fn scaled(&self, times: f32) -> Self {
        Self(self.0.map(|Point { x, y }| Point::new(x * times, y * times)))
    }

    /// The same paper, its page turned clockwise by quarters: another corner becomes the upper left.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        let first = (4 - usize::from(quarters % 4)) % 4;
        Self(core::array::from_fn(|corner| self.0[(first + corner) % 4]))
    }

    /// The lengths of its sides: upper, right, lower, left.
    #[must_use]
    pub fn sides(&self) -> [f32; 4] {
        core::array::from_fn(|corner| self.0[corner].distance(self.0[(corner + 1) % 4]))
    }

    /// The area in pixels, negative when the corners run the wrong way round.
    #[must_use]
    pub fn area(&self) -> f32 {
        let cross = |corner: usize| {
            let (a, b) = (self.0[corner], self.0[(corner + 1) % 4]);
            a.x * b.y - b.x * a.y
        };
        (0..4).map(cross).sum::<f32>() / 2.0
    }

    /// Whether each corner bends the same way, clockwise, by no less than 30° and no more than 150°: what a
    /// photographed sheet can look like, and what can be straightened without tearing.
    #[must_use]
    pub fn is_sheet(&self) -> bool {
        (0..4).all(|corner| {
            let (before, here, after) = (self.0[(corner + 3) % 4], self.0[corner], self.0[(corner + 1) % 4]);
            let (ax, ay) = (here.x - before.x, here.y - before.y);
            let (bx, by) = (after.x - here.x, after.y - here.y);
            let lengths = ax.hypot(ay) * bx.hypot(by);
            // The sine of the bend: 0.5 at 30° and at 150°.
            lengths > 1.0 && (ax * by - ay * bx) / lengths >= 0.5
        })
    }
}
