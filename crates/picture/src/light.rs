//! How much light fell on the paper: looked at tile by tile, because shadows and reflections lie on a part of it.

use crate::numbers::real;
use crate::plane::{Histogram, Plane};
use crate::quad::{Point, Quad};
use crate::straighten::Projection;

/// Tiles along each side of the paper.
const TILES: usize = 16;
/// Points looked at along each side of a tile.
const POINTS: usize = 24;
/// Paper darker than this is called dark: grain then eats thin strokes.
const DARK: u8 = 70;
/// Brightness at which a camera has nothing more to tell.
const FULL: u8 = 250;

/// What was measured.
pub(crate) struct Light {
    /// The paper's brightness, from the median of the tiles.
    pub(crate) paper: u8,
    /// The darkest ink.
    ink: u8,
    /// Share of tiles whose paper is dark.
    dark: f32,
    /// Share of tiles that are nothing but white.
    full: f32,
}

impl Light {
    pub(crate) fn dark(&self) -> bool {
        self.paper < DARK || self.dark > 0.25
    }

    /// White spots on paper that is not white elsewhere, or ink that is nearly as white as its paper.
    pub(crate) fn glare(&self) -> bool {
        (self.full > 0.03 && self.paper < 236) || (self.ink > 200 && self.paper >= FULL)
    }
}

pub(crate) fn measure(plane: &Plane, paper: &Quad) -> Light {
    let seen = Projection::onto(paper);
    let (mut levels, mut all, mut full) = (Vec::new(), Vec::new(), 0_usize);
    for tile in 0..TILES * TILES {
        let points = (0..POINTS * POINTS).map(|point| {
            let share = |tile: usize, point: usize| real(tile * POINTS + point) / real(TILES * POINTS);
            let across = share(tile % TILES, point % POINTS);
            let down = share(tile / TILES, point / POINTS);
            // Away from the border, where the table begins.
            light_at(plane, seen.at(0.02 + across * 0.96, 0.02 + down * 0.96))
        });
        let points: Vec<u8> = points.collect();
        all.extend_from_slice(&points);
        let histogram = Histogram::of(points.into_iter());
        levels.push(histogram.percentile(75));
        full += usize::from(histogram.at_least(FULL) > 0.95);
    }
    levels.sort_unstable();
    let dark = levels.iter().take_while(|level| **level < DARK).count();
    Light {
        paper: levels[levels.len() / 2],
        ink: Histogram::of(all.into_iter()).percentile(1),
        dark: real(dark) / real(levels.len()),
        full: real(full) / real(levels.len()),
    }
}

fn light_at(plane: &Plane, at: Point) -> u8 {
    let x = crate::numbers::place(at.x - 0.5).min(plane.width() - 1);
    let y = crate::numbers::place(at.y - 0.5).min(plane.height() - 1);
    plane.at(x, y)
}
