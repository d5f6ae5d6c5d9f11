//! Straight borders in a small picture: a Hough transform in which each pixel votes only for the lines its own slope
//! allows. A line knows on which side of it is brighter.

use crate::numbers::{place, real};
use crate::plane::{Histogram, Plane};
use crate::quad::Point;

/// A line of points `p` with `p · normal = offset`; the normal points to the brighter side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) normal: [f32; 2],
    pub(crate) offset: f32,
}

impl Line {
    /// Where two lines meet; none when they hardly do.
    pub(crate) fn meets(&self, other: &Self) -> Option<Point> {
        let ([a, b], [c, d]) = (self.normal, other.normal);
        let across = a * d - b * c;
        (across.abs() > 0.2).then(|| {
            Point::new((self.offset * d - other.offset * b) / across, (a * other.offset - c * self.offset) / across)
        })
    }
}

/// Steps of direction in a full turn.
const TURN: usize = 360;
/// Steps to either side of its slope that a pixel votes for.
const SPREAD: usize = 4;
/// Pixels of one step of offset.
const STEP: f32 = 1.5;

/// The slope of the brightness at each pixel.
pub(crate) struct Slopes {
    width: usize,
    slopes: Vec<[i16; 2]>,
    /// The size from which a slope counts.
    pub(crate) least: f32,
}

impl Slopes {
    /// By Sobel's operator, an eighth of it: differences of brightness from pixel to pixel.
    pub(crate) fn of(plane: &Plane) -> Self {
        let (width, height) = (plane.width(), plane.height());
        let at = |x: usize, y: usize| i16::from(plane.at(x, y));
        let mut slopes = vec![[0; 2]; width * height];
        for y in 1..height.saturating_sub(1) {
            for x in 1..width.saturating_sub(1) {
                let across = at(x + 1, y - 1) + 2 * at(x + 1, y) + at(x + 1, y + 1)
                    - at(x - 1, y - 1)
                    - 2 * at(x - 1, y)
                    - at(x - 1, y + 1);
                let down = at(x - 1, y + 1) + 2 * at(x, y + 1) + at(x + 1, y + 1)
                    - at(x - 1, y - 1)
                    - 2 * at(x, y - 1)
                    - at(x + 1, y - 1);
                slopes[y * width + x] = [across, down];
            }
        }
        let sizes = slopes.iter().map(|slope| crate::numbers::tone(size(*slope) / 8.0));
        let least = f32::from(Histogram::of(sizes).percentile(82)).clamp(3.0, 6.0) * 8.0;
        Self { width, slopes, least }
    }
}

fn size([across, down]: [i16; 2]) -> f32 {
    f32::from(across).hypot(f32::from(down))
}

/// The strongest lines whose brighter side lies in this direction, within 45°; the strongest first.
pub(crate) fn strongest(slopes: &Slopes, plane: &Plane, towards: [f32; 2], most: usize) -> Vec<Line> {
    let reach = real(plane.width()).hypot(real(plane.height()));
    let offsets = place(2.0 * reach / STEP) + 2;
    let direction = |step: usize| {
        let angle = real(step) / real(TURN) * core::f32::consts::TAU;
        [angle.cos(), angle.sin()]
    };
    let directions: Vec<[f32; 2]> = (0..TURN).map(direction).collect();
    let mut votes = vec![0_u32; TURN * offsets];
    for (at, slope) in slopes.slopes.iter().enumerate() {
        let size = size(*slope);
        let ahead = f32::from(slope[0]) * towards[0] + f32::from(slope[1]) * towards[1];
        if size < slopes.least || ahead < size * 0.7 {
            continue;
        }
        let (x, y) = (real(at % slopes.width) + 0.5, real(at / slopes.width) + 0.5);
        let angle = f32::from(slope[1]).atan2(f32::from(slope[0])).rem_euclid(core::f32::consts::TAU);
        let nearest = place(angle / core::f32::consts::TAU * real(TURN));
        for step in nearest + TURN - SPREAD..=nearest + TURN + SPREAD {
            let [a, b] = directions[step % TURN];
            votes[(step % TURN) * offsets + place((x * a + y * b + reach) / STEP)] += 1;
        }
    }
    let mut found: Vec<Line> = Vec::new();
    for _ in 0..most {
        let Some((best, count)) = votes.iter().enumerate().max_by_key(|(_, count)| **count) else { break };
        // A border shorter than a tenth of the picture is none.
        if real(*count as usize) < reach / 10.0 {
            break;
        }
        let (step, offset) = (best / offsets, best % offsets);
        found.push(Line { normal: directions[step], offset: real(offset) * STEP - reach });
        // What lies close is the same border.
        for turn in step + TURN - 6..=step + TURN + 6 {
            let row = (turn % TURN) * offsets;
            votes[row + offset.saturating_sub(3)..row + (offset + 4).min(offsets)].fill(0);
        }
    }
    found
}
