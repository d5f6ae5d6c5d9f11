//! A picture's brightness alone, one byte a pixel: what judging and finding look at.

use crate::numbers::{real, tone};

/// Brightness by rows, 0 black to 255 white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plane {
    width: usize,
    height: usize,
    light: Vec<u8>,
}

impl Plane {
    /// A plane whose pixels are told by their place.
    #[must_use]
    pub fn made(width: usize, height: usize, light: impl Fn(usize, usize) -> u8) -> Self {
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            pixels.extend((0..width).map(|x| light(x, y)));
        }
        Self { width, height, light: pixels }
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels of a row.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        &self.light[y * self.width..(y + 1) * self.width]
    }

    /// The pixel at a place inside.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> u8 {
        self.light[y * self.width + x]
    }

    /// Smaller by a whole factor, each pixel the mean of those it stands for, so that grain and print do not flicker.
    #[must_use]
    pub fn shrunk(&self, factor: usize) -> Self {
        let factor = factor.max(1);
        let (width, height) = ((self.width / factor).max(1), (self.height / factor).max(1));
        let mean = |x: usize, y: usize| {
            let (x, y) = (x * factor, y * factor);
            let rows = y..(y + factor).min(self.height);
            let sum: usize = rows
                .clone()
                .map(|y| {
                    self.row(y)[x..(x + factor).min(self.width)].iter().map(|light| usize::from(*light)).sum::<usize>()
                })
                .sum();
            tone(real(sum) / real(rows.len() * ((x + factor).min(self.width) - x)))
        };
        Self::made(width, height, mean)
    }

    /// How many pixels have each brightness.
    #[must_use]
    pub fn histogram(&self) -> Histogram {
        Histogram::of(self.light.iter().copied())
    }
}

/// How often each brightness occurs.
#[derive(Debug, Clone)]
pub struct Histogram {
    counts: [usize; 256],
    all: usize,
}

impl Histogram {
    /// Counts what comes.
    #[must_use]
    pub fn of(light: impl Iterator<Item = u8>) -> Self {
        let mut counts = [0; 256];
        let mut all = 0;
        for value in light {
            counts[usize::from(value)] += 1;
            all += 1;
        }
        Self { counts, all }
    }

    /// The brightness that this many hundredths of the pixels do not exceed.
    #[must_use]
    pub fn percentile(&self, hundredths: usize) -> u8 {
        let wanted = self.all * hundredths / 100;
        let mut seen = 0;
        for (light, count) in (0..=u8::MAX).zip(self.counts) {
            seen += count;
            if seen > wanted {
                return light;
            }
        }
        u8::MAX
    }

    /// The share of pixels at least this bright, 0 to 1.
    #[must_use]
    pub fn at_least(&self, light: u8) -> f32 {
        real(self.counts[usize::from(light)..].iter().sum()) / real(self.all.max(1))
    }
}
