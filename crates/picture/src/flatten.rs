//! Grey, with the paper made evenly white: what is left of light and shadow goes, ink stays. Stamps and photographs
//! keep their tones, because nothing is made black and white.

use crate::numbers::{place, real, side, tone};
use crate::picture::{Picture, luma};
use crate::plane::{Histogram, Plane};
use crate::straighten::Projection;

/// Tiles along the long side of the page.
const TILES: usize = 24;
/// Points looked at along each side of a tile.
const POINTS: usize = 16;
/// The share of the paper's brightness from which on it is white.
const WHITE: f32 = 0.94;

/// How bright the paper is at each place, and how dark its ink.
#[derive(Debug)]
pub struct Background {
    tiles: Plane,
    /// The share of the paper's brightness that becomes black.
    black: f32,
}

impl Background {
    /// Looks at a page of this size as it lies in its photograph.
    #[must_use]
    pub fn under(picture: &Picture, seen: &Projection, width: u32, height: u32) -> Self {
        let tiles = |length: u32| (TILES * length as usize).div_ceil(width.max(height).max(1) as usize).max(2);
        let (columns, rows) = (tiles(width), tiles(height));
        let light = |x: usize, y: usize, point: usize| {
            let u = real(x * POINTS + point % POINTS) / real(columns * POINTS);
            let v = real(y * POINTS + point / POINTS) / real(rows * POINTS);
            luma(picture.sample(seen.at(u, v)).map(tone))
        };
        let paper = Plane::made(columns, rows, |x, y| {
            Histogram::of((0..POINTS * POINTS).map(|point| light(x, y, point))).percentile(85)
        });
        // A tile full of print or under a photograph is taken to be as bright as the paper around it.
        let brightest = Plane::made(columns, rows, |x, y| around(&paper, x, y).max().unwrap_or(u8::MAX).max(24));
        let smooth = Plane::made(columns, rows, |x, y| {
            let (sum, count) =
                around(&brightest, x, y).fold((0, 0), |(sum, count), light| (sum + usize::from(light), count + 1));
            tone(real(sum) / real(count))
        });
        let shares = (0..columns * rows).flat_map(|tile| {
            let (x, y) = (tile % columns, tile / columns);
            let paper = f32::from(smooth.at(x, y));
            (0..POINTS * POINTS).step_by(3).map(move |point| tone(f32::from(light(x, y, point)) / paper * 255.0))
        });
        let ink = f32::from(Histogram::of(shares).percentile(1)) / 255.0;
        // Pale ink becomes darker, but the grain of an empty page is not blown up into ink.
        Self { tiles: smooth, black: (ink * 0.8).clamp(0.02, 0.5) }
    }

    /// A colour of the page at these shares of its width and height, as grey on white.
    #[must_use]
    pub fn grey(&self, rgb: [u8; 3], u: f32, v: f32) -> [u8; 3] {
        let share = f32::from(luma(rgb)) / self.at(u, v);
        let grey = tone((share - self.black) / (WHITE - self.black) * 255.0);
        [grey; 3]
    }

    /// The paper's brightness at a place, between the middles of the tiles.
    fn at(&self, u: f32, v: f32) -> f32 {
        let along = |share: f32, count: usize| {
            let last = count - 1;
            let at = (share * real(count) - 0.5).clamp(0.0, real(last));
            let first = place(at.floor());
            (first, (first + 1).min(last), at.fract())
        };
        let (left, right, across) = along(u, self.tiles.width());
        let (top, bottom, down) = along(v, self.tiles.height());
        let between = |y: usize| {
            let (a, b) = (f32::from(self.tiles.at(left, y)), f32::from(self.tiles.at(right, y)));
            a + (b - a) * across
        };
        let (upper, lower) = (between(top), between(bottom));
        (upper + (lower - upper) * down).max(side(1))
    }
}

/// A tile and its neighbours.
fn around(tiles: &Plane, x: usize, y: usize) -> impl Iterator<Item = u8> + '_ {
    let columns = x.saturating_sub(1)..(x + 2).min(tiles.width());
    (y.saturating_sub(1)..(y + 2).min(tiles.height())).flat_map(move |y| columns.clone().map(move |x| tiles.at(x, y)))
}

#[cfg(test)]
mod tests {
    use crate::drawn::sheet;
    use crate::plane::Histogram;
    use crate::straighten::Straightening;

    #[test]
    fn shadow_goes_and_ink_stays() {
        let plain = sheet(1200, 900);
        let scenes = [
            ("well lit", plain.clone()),
            ("half in shadow", plain.shadowed(0.35)),
            ("in the evening", plain.lit(0.35, 0.0)),
            ("pale ink", plain.lit(0.5, 110.0)),
            ("in grain", plain.grain(10)),
        ];
        for (name, scene) in scenes {
            let straight = Straightening::new(scene.picture(), &scene.quad(), true);
            let page = straight.rows(0, straight.size().1);
            let tones = Histogram::of(page.chunks_exact(4).map(|pixel| pixel[0]));
            // A tenth of the sheet is ink: the paper around it is white, the ink is near black, whatever the light was.
            assert!(tones.percentile(40) >= 250, "{name}: paper {}", tones.percentile(40));
            assert!(tones.percentile(3) <= 70, "{name}: ink {}", tones.percentile(3));
            let between = 1.0 - tones.at_least(215) - (1.0 - tones.at_least(100));
            assert!(between < 0.2, "{name}: {between} is neither ink nor paper");
        }
    }
}
