//! Photographs for the tests: a printed sheet of A4 on a table, seen by a camera whose place is known, so that every
//! number the crate finds has a true one to be held against.

use crate::numbers::{real, tone};
use crate::picture::Picture;
use crate::plane::Plane;
use crate::quad::{Point, Quad};

/// The sheet in millimetres.
const SHEET: [f32; 2] = [210.0, 297.0];
/// How far the camera sees, in diagonals of its picture.
const FOCAL: f32 = 0.65;

/// A sheet, its light and its camera.
#[derive(Clone)]
pub(crate) struct Scene {
    width: usize,
    height: usize,
    /// Degrees about the horizontal, the vertical and the line of sight.
    angles: [f32; 3],
    /// The share of the picture's height the sheet takes when it lies flat.
    share: f32,
    paper: f32,
    table: f32,
    framed: bool,
    filling: bool,
    gain: f32,
    offset: f32,
    shadow: f32,
    lamp: bool,
    blur: f32,
    moved: usize,
    grain: u8,
}

/// A well-lit, sharp, straight photograph of a printed sheet on a dark table.
pub(crate) fn sheet(height: usize, width: usize) -> Scene {
    Scene {
        width,
        height,
        angles: [0.0; 3],
        share: 0.86,
        paper: 225.0,
        table: 96.0,
        framed: false,
        filling: false,
        gain: 1.0,
        offset: 0.0,
        shadow: 1.0,
        lamp: false,
        blur: 0.0,
        moved: 0,
        grain: 2,
    }
}

impl Scene {
    fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut scene = self.clone();
        change(&mut scene);
        scene
    }

    pub(crate) fn tilted(&self) -> Self {
        self.with(|scene| (scene.angles, scene.share) = ([24.0, -13.0, 7.0], 0.74))
    }

    pub(crate) fn turned(&self, degrees: f32) -> Self {
        self.with(|scene| (scene.angles, scene.share) = ([0.0, 0.0, degrees], 0.74))
    }

    pub(crate) fn angles(&self, angles: [f32; 3]) -> Self {
        self.with(|scene| (scene.angles, scene.share) = (angles, 0.7))
    }

    pub(crate) fn far(&self, times: f32) -> Self {
        self.with(|scene| scene.share *= times)
    }

    pub(crate) fn paper(&self, light: u8) -> Self {
        self.with(|scene| scene.paper = f32::from(light))
    }

    pub(crate) fn table(&self, light: u8) -> Self {
        self.with(|scene| scene.table = f32::from(light))
    }

    pub(crate) fn framed(&self) -> Self {
        self.with(|scene| scene.framed = true)
    }

    pub(crate) fn filling(&self) -> Self {
        self.with(|scene| scene.filling = true)
    }

    pub(crate) fn lit(&self, gain: f32, offset: f32) -> Self {
        self.with(|scene| (scene.gain, scene.offset) = (gain, offset))
    }

    pub(crate) fn shadowed(&self, left: f32) -> Self {
        self.with(|scene| scene.shadow = left)
    }

    pub(crate) fn lamp(&self) -> Self {
        self.with(|scene| scene.lamp = true)
    }

    pub(crate) fn blurred(&self, pixels: f32) -> Self {
        self.with(|scene| scene.blur = pixels)
    }

    pub(crate) fn moved(&self, pixels: usize) -> Self {
        self.with(|scene| scene.moved = pixels)
    }

    pub(crate) fn grain(&self, grain: u8) -> Self {
        self.with(|scene| scene.grain = grain)
    }

    fn focal(&self) -> f32 {
        FOCAL * real(self.width).hypot(real(self.height))
    }

    /// The sheet's two directions and its distance, in millimetres.
    fn pose(&self) -> ([[f32; 3]; 2], f32) {
        let turn = |[x, y, z]: [f32; 3]| {
            let [a, b, c] = self.angles.map(f32::to_radians);
            let (x, y) = (x * c.cos() - y * c.sin(), x * c.sin() + y * c.cos());
            let (y, z) = (y * a.cos() - z * a.sin(), y * a.sin() + z * a.cos());
            [x * b.cos() + z * b.sin(), y, z * b.cos() - x * b.sin()]
        };
        ([turn([1.0, 0.0, 0.0]), turn([0.0, 1.0, 0.0])], self.focal() * SHEET[1] / (self.share * real(self.height)))
    }

    /// Where the sheet's corners are in the picture.
    pub(crate) fn quad(&self) -> Quad {
        let ([along, down], far) = self.pose();
        let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)];
        Quad(corners.map(|(u, v)| {
            let [x, y, z]: [f32; 3] = core::array::from_fn(|part| {
                along[part] * u * SHEET[0] + down[part] * v * SHEET[1] + if part == 2 { far } else { 0.0 }
            });
            let focal = self.focal();
            Point::new(x / z * focal + real(self.width) / 2.0, y / z * focal + real(self.height) / 2.0)
        }))
    }

    /// Millimetres on the sheet, from its upper left corner, of a point of the picture.
    fn on_sheet(&self, x: f32, y: f32) -> [f32; 2] {
        let ([a, b], far) = self.pose();
        let ray = [x - real(self.width) / 2.0, y - real(self.height) / 2.0, self.focal()];
        let normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
        let reach = far * normal[2] / (ray[0] * normal[0] + ray[1] * normal[1] + ray[2] * normal[2]);
        let point = [ray[0] * reach, ray[1] * reach, ray[2] * reach - far];
        let of = |axis: [f32; 3]| point[0] * axis[0] + point[1] * axis[1] + point[2] * axis[2];
        [of(a) + SHEET[0] / 2.0, of(b) + SHEET[1] / 2.0]
    }

    /// The brightness of a place on the sheet or beside it, before light and camera.
    fn tone(&self, [x, y]: [f32; 2]) -> f32 {
        let on = (0.0..=SHEET[0]).contains(&x) && (0.0..=SHEET[1]).contains(&y);
        if on && (ink(x, y) || (self.framed && frame(x, y))) {
            return self.paper * 0.16;
        }
        if on || self.filling {
            return self.paper;
        }
        // Wood: bands a few millimetres wide.
        self.table + 6.0 * (x * 0.9 + (y * 0.05).sin() * 3.0).sin()
    }

    fn light(&self, x: f32, y: f32) -> f32 {
        let mut light = (0..4)
            .map(|part| self.tone(self.on_sheet(x + 0.5 * real(part % 2), y + 0.5 * real(part / 2))))
            .sum::<f32>()
            / 4.0;
        // A shadow with a soft border over the lower left half.
        let into = ((y / real(self.height) - x / real(self.width)) * 12.0 + 0.5).clamp(0.0, 1.0);
        light *= 1.0 - into * (1.0 - self.shadow);
        if self.lamp {
            let far = (x / real(self.width) - 0.4).hypot(y / real(self.height) - 0.35);
            light += (1.6 - far * 8.0).clamp(0.0, 1.0) * 255.0;
        }
        light * self.gain + self.offset
    }

    /// The picture's brightness.
    pub(crate) fn plane(&self) -> Plane {
        let mut light: Vec<f32> = Vec::with_capacity(self.width * self.height);
        for y in 0..self.height {
            light.extend((0..self.width).map(|x| self.light(real(x) + 0.25, real(y) + 0.25).min(255.0)));
        }
        if self.blur > 0.0 {
            let reach = crate::numbers::place(self.blur * 3.0);
            let weights: Vec<f32> =
                (0..=2 * reach).map(|at| (-0.5 * ((real(at) - real(reach)) / self.blur).powi(2)).exp()).collect();
            light = self.mixed(&light, &weights, true);
            light = self.mixed(&light, &weights, false);
        }
        if self.moved > 0 {
            light = self.mixed(&light, &vec![1.0; self.moved | 1], true);
        }
        let grain = f32::from(self.grain);
        Plane::made(self.width, self.height, |x, y| {
            tone(light[y * self.width + x] + grain * (chance(x * 7919 + y * 104_729) * 2.0 - 1.0))
        })
    }

    /// Each pixel mixed with those beside it in one direction.
    fn mixed(&self, light: &[f32], weights: &[f32], across: bool) -> Vec<f32> {
        let (all, reach) = (weights.iter().sum::<f32>(), weights.len() / 2);
        let mut mixed = Vec::with_capacity(light.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let near = |at: usize, last: usize, step: usize| (at + step).saturating_sub(reach).min(last - 1);
                let sum = weights.iter().enumerate().map(|(step, weight)| {
                    let (x, y) = if across { (near(x, self.width, step), y) } else { (x, near(y, self.height, step)) };
                    light[y * self.width + x] * weight
                });
                mixed.push(sum.sum::<f32>() / all);
            }
        }
        mixed
    }

    /// The picture as a camera gives it.
    pub(crate) fn picture(&self) -> Picture {
        let plane = self.plane();
        let mut picture = Picture::new(u32::try_from(self.width).unwrap_or(1), u32::try_from(self.height).unwrap_or(1));
        for y in 0..self.height {
            let rgba: Vec<u8> = plane.row(y).iter().flat_map(|light| [*light, *light, *light, 255]).collect();
            picture.push(&rgba);
        }
        picture
    }
}

/// Print of about 11 points: lines of words made of stems and bars, and a square of 20 mm at the upper left for turning.
pub(crate) fn ink(x: f32, y: f32) -> bool {
    if (10.0..30.0).contains(&x) && (10.0..30.0).contains(&y) {
        return true;
    }
    if !(22.0..188.0).contains(&x) || !(40.0..270.0).contains(&y) {
        return false;
    }
    let (line, letter) = (crate::numbers::place((y / 6.5).floor()), crate::numbers::place((x / 2.1).floor()));
    let (inside_y, inside_x) = (y % 6.5, x % 2.1);
    let drawn = chance(line * 911 + letter / 6 * 31) > 0.12 && letter % 6 != 5;
    if !drawn || inside_y > 2.2 {
        return false;
    }
    let bar = 2.2 * chance(line * 131 + letter * 17);
    inside_x < 0.4
        || (inside_x < 1.6 && (inside_y - bar).abs() < 0.2)
        || (chance(letter * 53 + line) > 0.5 && (1.2..1.6).contains(&inside_x))
}

/// The frame some forms are printed in, 8 mm from the border of the sheet.
fn frame(x: f32, y: f32) -> bool {
    let [width, height] = SHEET;
    let edge = x.min(y).min(width - x).min(height - y);
    (8.0..8.8).contains(&edge)
}

/// The same number from 0 to 1 for the same place.
fn chance(place: usize) -> f32 {
    let mixed = (place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    real(usize::try_from(mixed >> 44).unwrap_or(0)) / real(1 << 20)
}
