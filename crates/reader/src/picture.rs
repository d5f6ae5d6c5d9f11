//! A grey picture, and other views of it: smaller, larger, sharper, smoother, by local brightness, only its middle.

use crate::SHORT;

/// Brightness row by row, one byte a pixel: 0 is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

/// Pixels a picture may have: more than any phone's camera gives.
const MOST: usize = 64_000_000;

impl Picture {
    /// A picture of that size, or nothing when the bytes are not just as many.
    #[must_use]
    pub fn new(width: usize, height: usize, bytes: Vec<u8>) -> Option<Self> {
        let pixels = width.checked_mul(height).filter(|pixels| (1..=MOST).contains(pixels))?;
        (bytes.len() == pixels).then_some(Self { width, height, bytes })
    }

    /// Width and height in pixels.
    #[must_use]
    pub const fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The brightness there; beyond the edge, the edge's.
    pub(crate) fn at(&self, x: usize, y: usize) -> u8 {
        let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
        self.bytes.get(y * self.width + x).copied().unwrap_or(255)
    }

    fn drawn(width: usize, height: usize, mut pixel: impl FnMut(usize, usize) -> u8) -> Self {
        let mut bytes = Vec::with_capacity(width * height);
        for y in 0..height {
            bytes.extend((0..width).map(|x| pixel(x, y)));
        }
        Self { width, height, bytes }
    }

    /// With sides halved until both are at most `side`.
    pub(crate) fn at_most(&self, side: usize) -> Self {
        let mut picture = self.clone();
        while picture.width.max(picture.height) > side {
            picture = picture.half();
        }
        picture
    }

    /// Half as large; each pixel the mean of four, which also takes noise away.
    pub(crate) fn half(&self) -> Self {
        Self::drawn((self.width / 2).max(1), (self.height / 2).max(1), |x, y| {
            let (x, y) = (2 * x, 2 * y);
            let sum = [self.at(x, y), self.at(x + 1, y), self.at(x, y + 1), self.at(x + 1, y + 1)].map(u16::from);
            byte(i32::from(sum.iter().sum::<u16>() / 4))
        })
    }

    /// Twice as large, smoothly; a picture that is large already stays as it is.
    pub(crate) fn double(&self) -> Self {
        if self.width.max(self.height) > SHORT {
            return self.clone();
        }
        // Each new pixel lies a quarter of an old one off: weights 9, 3, 3, 1.
        Self::drawn(self.width * 2, self.height * 2, |x, y| {
            let near = |at: usize| (at / 2, if at.is_multiple_of(2) { (at / 2).saturating_sub(1) } else { at / 2 + 1 });
            let ((x, other_x), (y, other_y)) = (near(x), near(y));
            let weighted = 9 * i32::from(self.at(x, y))
                + 3 * i32::from(self.at(other_x, y))
                + 3 * i32::from(self.at(x, other_y))
                + i32::from(self.at(other_x, other_y));
            byte(weighted / 16)
        })
    }

    /// Three fifths of each side around the middle: where people hold what they mean.
    pub(crate) fn middle(&self) -> Self {
        let (left, top) = (self.width / 5, self.height / 5);
        Self::drawn((self.width * 3 / 5).max(1), (self.height * 3 / 5).max(1), |x, y| self.at(x + left, y + top))
    }

    /// Each pixel the mean of the 3 × 3 around it: against grain.
    pub(crate) fn smooth(&self) -> Self {
        let sums = Sums::of(self);
        Self::drawn(self.width, self.height, |x, y| byte(sums.mean(x, y, 1)))
    }

    /// Edges made stronger against the mean within `radius`: against shaking and wrong focus of about that size.
    pub(crate) fn sharp(&self, radius: usize) -> Self {
        let sums = Sums::of(self);
        Self::drawn(self.width, self.height, |x, y| {
            let here = i32::from(self.at(x, y));
            byte(here + 3 * (here - sums.mean(x, y, radius)))
        })
    }

    /// Every pixel against the brightness of its own neighbourhood: against shadows, darkness and glare.
    pub(crate) fn local(&self) -> Self {
        let sums = Sums::of(self);
        let radius = (self.width.max(self.height) / 40).max(6);
        Self::drawn(self.width, self.height, |x, y| {
            let (here, mean) = (i32::from(self.at(x, y)), sums.mean(x, y, radius));
            byte(128 + (here - mean) * 160 / (mean + 16))
        })
    }
}

fn byte(value: i32) -> u8 {
    u8::try_from(value.clamp(0, 255)).unwrap_or(255)
}

/// Sums of everything above and to the left, so that the mean of any rectangle costs four look-ups (Crow, 1984).
struct Sums {
    width: usize,
    height: usize,
    sums: Vec<u32>,
}

impl Sums {
    fn of(picture: &Picture) -> Self {
        let (width, height) = picture.size();
        let row = width + 1;
        let mut sums = vec![0_u32; row * (height + 1)];
        for y in 0..height {
            let mut line = 0_u32;
            for x in 0..width {
                line += u32::from(picture.at(x, y));
                sums[(y + 1) * row + x + 1] = sums[y * row + x + 1].wrapping_add(line);
            }
        }
        Self { width, height, sums }
    }

    /// The mean brightness within `radius` pixels.
    fn mean(&self, x: usize, y: usize, radius: usize) -> i32 {
        let (left, top) = (x.saturating_sub(radius), y.saturating_sub(radius));
        let (right, bottom) = ((x + radius + 1).min(self.width), (y + radius + 1).min(self.height));
        let at = |x: usize, y: usize| self.sums[y * (self.width + 1) + x];
        let sum =
            at(right, bottom).wrapping_sub(at(left, bottom)).wrapping_sub(at(right, top)).wrapping_add(at(left, top));
        let count = u32::try_from((right - left) * (bottom - top)).unwrap_or(1).max(1);
        i32::try_from(sum / count).unwrap_or(255)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_pictures_are_made() {
        assert!(Picture::new(2, 2, vec![0; 4]).is_some());
        assert!(Picture::new(2, 2, vec![0; 5]).is_none());
        assert!(Picture::new(0, 2, vec![]).is_none());
        assert!(Picture::new(usize::MAX, 2, vec![]).is_none());
    }

    #[test]
    fn views_of_one_grey_are_that_grey() {
        let grey = Picture::new(50, 40, vec![90; 2000]).unwrap();
        for view in [grey.half(), grey.double(), grey.middle(), grey.smooth(), grey.sharp(3), grey.at_most(10)] {
            assert!(view.bytes.iter().all(|byte| *byte == 90));
        }
        assert!(grey.local().bytes.iter().all(|byte| *byte == 128));
        assert_eq!((grey.half().size(), grey.double().size(), grey.middle().size()), ((25, 20), (100, 80), (30, 24)));
        assert_eq!(grey.at_most(10).size(), (6, 5));
    }
}
