//! A photographed paper as a page: flat, upright, of the shape it has in life.

use crate::flatten::Background;
use crate::numbers::{side, whole};
use crate::picture::Picture;
use crate::quad::{Point, Quad};

/// The longest side of a page in pixels: a sheet of A4 at 171 dots an inch.
pub const LONGEST: u32 = 2000;
/// The long side of A4 over its short side (ISO 216), and how far a measured one may be from it.
const A4: (f32, f32) = (core::f32::consts::SQRT_2, 0.11);
/// The same of identity cards (ISO/IEC 7810 ID-1).
const CARD: (f32, f32) = (85.6 / 53.98, 0.05);

/// Where the points of a page lie in its photograph: the projection of the unit square onto four corners
/// (Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, §2.2.3).
#[derive(Debug, Clone, Copy)]
pub struct Projection {
    across: [f32; 3],
    down: [f32; 3],
    depth: [f32; 2],
}

impl Projection {
    /// The projection onto these corners.
    #[must_use]
    pub fn onto(Quad([a, b, c, d]): &Quad) -> Self {
        let (sum_x, sum_y) = (a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y);
        let (dx1, dy1, dx2, dy2) = (b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y);
        let area = dx1 * dy2 - dx2 * dy1;
        let (g, h) = if area.abs() < 1e-6 {
            (0.0, 0.0)
        } else {
            ((sum_x * dy2 - dx2 * sum_y) / area, (dx1 * sum_y - sum_x * dy1) / area)
        };
        Self {
            across: [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x],
            down: [b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y],
            depth: [g, h],
        }
    }

    /// Where the point at these shares of the page's width and height lies.
    #[must_use]
    pub fn at(&self, u: f32, v: f32) -> Point {
        let depth = self.depth[0] * u + self.depth[1] * v + 1.0;
        let along = |[a, b, c]: [f32; 3]| (a * u + b * v + c) / depth;
        Point::new(along(self.across), along(self.down))
    }
}

/// How far a phone's eye is from its picture, in diagonals of it: 26 mm of a film of 35 mm.
const FOCAL: f32 = 0.6;

/// The width of the paper over its height in life, from its corners in a photograph of this size.
///
/// A sheet seen from aside looks shorter than it is. The two pairs of sides tell how far the eye was, and with it the
/// true shape (Zhang and He, "Whiteboard scanning and image enhancement", 2007, §3.2).
#[must_use]
pub fn shape(quad: &Quad, width: f32, height: f32) -> f32 {
    let [upper, right, lower, left] = quad.sides();
    let seen = (upper + lower) / (left + right).max(1.0);
    let measured = perspective(quad, width, height);
    // What differs much from what is seen comes from corners that are not those of a sheet.
    let shape = if (0.6..=1.7).contains(&(measured / seen)) { measured } else { seen };
    let (long, lies) = if shape >= 1.0 { (shape, true) } else { (1.0 / shape, false) };
    let known = [A4, CARD].into_iter().find(|(known, off)| (long / known - 1.0).abs() < *off);
    let long = known.map_or(long, |(known, _)| known);
    if lies { long } else { 1.0 / long }
}

fn perspective(quad: &Quad, width: f32, height: f32) -> f32 {
    // Corners from the middle of the picture, where the camera looked.
    let [a, b, c, d] = quad.0.map(|corner| [corner.x - width / 2.0, corner.y - height / 2.0, 1.0]);
    // `b` and `d` moved to where they lie on the sheet, which begins at `a`: its sides as directions.
    let to_b = dot(cross(a, c), d) / dot(cross(b, c), d);
    let to_d = dot(cross(a, c), b) / dot(cross(d, c), b);
    let along: [f32; 3] = core::array::from_fn(|part| to_b * b[part] - a[part]);
    let aside: [f32; 3] = core::array::from_fn(|part| to_d * d[part] - a[part]);
    let diagonal2 = width * width + height * height;
    let focal2 = -(along[0] * aside[0] + along[1] * aside[1]) / (along[2] * aside[2]);
    // A sheet tilted about one axis only tells no distance, and phones see between 40° and 110°: else it is the usual one.
    let told = along[2].abs() > 0.02 && aside[2].abs() > 0.02 && (0.1 * diagonal2..=2.5 * diagonal2).contains(&focal2);
    let focal2 = if told { focal2 } else { FOCAL * FOCAL * diagonal2 };
    let length = |[x, y, z]: [f32; 3]| ((x * x + y * y) / focal2 + z * z).sqrt();
    length(along) / length(aside)
}

fn cross(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The size of the page in pixels: no larger than the paper is in its photograph, and at most [`LONGEST`].
#[must_use]
pub fn page_size(quad: &Quad, width: f32, height: f32) -> (u32, u32) {
    let shape = shape(quad, width, height);
    let [upper, right, lower, left] = quad.sides();
    // As fine as the nearest side of the paper was seen.
    let wide = upper.max(lower).max(left.max(right) * shape);
    let tall = wide / shape;
    let scale = (side(LONGEST) / wide.max(tall)).min(1.0);
    (whole(wide * scale).clamp(1, LONGEST), whole(tall * scale).clamp(1, LONGEST))
}

/// A page being made of a photograph, row by row.
pub struct Straightening {
    picture: Picture,
    seen: Projection,
    width: u32,
    height: u32,
    grey: Option<Background>,
}

impl Straightening {
    /// Begins the page that lies within these corners; the first of them becomes the upper left one. The picture is
    /// kept until the page is made, and goes with it.
    #[must_use]
    pub fn new(picture: Picture, quad: &Quad, grey: bool) -> Self {
        let (width, height) = page_size(quad, side(picture.width()), side(picture.height()));
        let seen = Projection::onto(quad);
        let grey = grey.then(|| Background::under(&picture, &seen, width, height));
        Self { picture, seen, width, height, grey }
    }

    /// The page's size in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The rows from one up to another, four bytes a pixel, as a canvas takes them.
    #[must_use]
    pub fn rows(&self, from: u32, to: u32) -> Vec<u8> {
        let to = to.min(self.height);
        let mut rgba = Vec::with_capacity((to.saturating_sub(from) * self.width * 4) as usize);
        for y in from..to {
            for x in 0..self.width {
                let (u, v) = ((side(x) + 0.5) / side(self.width), (side(y) + 0.5) / side(self.height));
                let rgb = self.picture.sample(self.seen.at(u, v)).map(crate::numbers::tone);
                let rgb = self.grey.as_ref().map_or(rgb, |background| background.grey(rgb, u, v));
                rgba.extend([rgb[0], rgb[1], rgb[2], 255]);
            }
        }
        rgba
    }
}

#[cfg(test)]
mod tests {
    use super::{Projection, Straightening, shape};
    use crate::drawn::{ink, sheet};
    use crate::numbers::{real, side};
    use crate::picture::luma;
    use crate::quad::{Point, Quad};

    #[test]
    fn corners_come_where_they_belong() {
        let quad =
            Quad([Point::new(10.0, 20.0), Point::new(90.0, 5.0), Point::new(120.0, 140.0), Point::new(-5.0, 100.0)]);
        let seen = Projection::onto(&quad);
        for (corner, (u, v)) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].into_iter().enumerate() {
            assert!(seen.at(u, v).distance(quad.0[corner]) < 0.01, "corner {corner}");
        }
    }

    #[test]
    fn a_sheet_seen_from_aside_has_its_true_shape() {
        let a4 = 210.0 / 297.0;
        let tilts = [[0.0, 0.0, 0.0], [35.0, 0.0, 0.0], [0.0, 35.0, 0.0], [30.0, -25.0, 10.0], [-28.0, 20.0, -15.0]];
        for angles in tilts {
            let quad = sheet(1600, 1200).angles(angles).quad();
            let (upright, lying) = (shape(&quad, 1200.0, 1600.0), shape(&quad.turned(1), 1200.0, 1600.0));
            assert!((upright / a4 - 1.0).abs() < 0.001, "{angles:?}: {upright}");
            assert!((lying * a4 - 1.0).abs() < 0.001, "{angles:?} turned: {lying}");
        }
        // What has no known shape keeps its own: a strip of 3 to 1, a square note.
        for (width, height) in [(900.0, 300.0), (500.0, 500.0)] {
            let told = shape(&Quad::frame(width, height), width, height);
            assert!((told - width / height).abs() < 0.01, "{width} × {height}: {told}");
        }
    }

    /// The share of points where the page shows ink and paper where the sheet has them.
    fn alike(page: &[u8], size: (u32, u32), where_on_sheet: impl Fn(f32, f32) -> (f32, f32)) -> f32 {
        let (width, height) = (size.0 as usize, size.1 as usize);
        let (mut same, mut all) = (0, 0);
        for y in (3..height).step_by(5) {
            for x in (3..width).step_by(5) {
                let (u, v) = where_on_sheet((real(x) + 0.5) / real(width), (real(y) + 0.5) / real(height));
                let dark = luma([0, 1, 2].map(|part| page[(y * width + x) * 4 + part])) < 128;
                same += usize::from(dark == ink(u * 210.0, v * 297.0));
                all += 1;
            }
        }
        real(same) / real(all)
    }

    #[test]
    fn the_page_shows_what_the_sheet_has_the_right_way_up() {
        let scene = sheet(1600, 1200).tilted();
        let picture = scene.picture();
        type Way = fn(f32, f32) -> (f32, f32);
        let ways: [Way; 4] = [|u, v| (u, v), |u, v| (v, 1.0 - u), |u, v| (1.0 - u, 1.0 - v), |u, v| (1.0 - v, u)];
        for (quarters, way) in (0..4_u8).zip(ways) {
            for grey in [false, true] {
                let straight = Straightening::new(picture.clone(), &scene.quad().turned(quarters), grey);
                let (width, height) = straight.size();
                let upright = quarters % 2 == 0;
                assert_eq!(width < height, upright, "{quarters} quarters: {width} × {height}");
                let page = straight.rows(0, height);
                let share = alike(&page, (width, height), way);
                assert!(share > 0.96, "{quarters} quarters, grey {grey}: {share} of the points");
            }
        }
    }

    #[test]
    fn strips_make_the_same_page_as_all_of_it_at_once() {
        let scene = sheet(400, 300).tilted();
        let picture = scene.picture();
        let straight = Straightening::new(picture.clone(), &scene.quad(), true);
        let (width, height) = straight.size();
        let strips: Vec<u8> = (0..height).step_by(7).flat_map(|from| straight.rows(from, from + 7)).collect();
        assert_eq!(strips, straight.rows(0, height));
        assert_eq!(strips.len(), (width * height * 4) as usize);
        assert!(side(width.max(height)) <= 400.0, "nothing is blown up: {width} × {height}");
    }
}
