//! Where the paper lies in its photograph: a proposal, which the person sees and may move.
//!
//! Borders are looked for in a small picture as straight lines with more light on one side; of all fours of them the one
//! wins along which the paper differs from what lies beside it. Print does not: beside a printed line is paper again.

use crate::lines::{Line, Slopes, strongest};
use crate::numbers::{place, real};
use crate::plane::Plane;
use crate::quad::{Point, Quad};

/// The long side of the picture in which lines are looked for, in pixels.
const SMALL: usize = 320;
/// Lines tried for each border.
const TRIED: usize = 7;
/// Points looked at along a border.
const POINTS: usize = 40;
/// How far beside a border the paper and the table are compared, in pixels of the small picture.
const BESIDE: f32 = 2.0;
/// The least difference between the paper and the table, in brightness.
const DIFFERS: f32 = 9.0;
/// What the picture's own border is worth: a sheet may reach beyond it, but a seen border is better.
const FRAME: f32 = 0.5;
/// A sheet covers at least this share of its photograph.
const LEAST_AREA: f32 = 0.15;
/// Below this nothing was found.
const LEAST_SCORE: f32 = 0.42;

/// The corners of the paper, clockwise from the upper left; none when no sheet stands out.
#[must_use]
pub fn find(plane: &Plane) -> Option<Quad> {
    let factor = plane.width().max(plane.height()).div_ceil(SMALL).max(1);
    let small = plane.shrunk(factor);
    // Paper is brighter than its table, most of the time.
    let dark = Plane::made(small.width(), small.height(), |x, y| 255 - small.at(x, y));
    let bright = best(&small);
    let other = best(&dark).map(|(score, quad)| (score * 0.85, quad));
    let found = [bright, other].into_iter().flatten().max_by(|(a, _), (b, _)| a.total_cmp(b));
    let (score, quad) = found.filter(|(score, _)| *score >= LEAST_SCORE)?;
    // A sheet that is nothing but the picture itself was not found, but assumed.
    let whole = quad.area() > 0.97 * real(small.width()) * real(small.height());
    (score > 0.0 && !whole).then(|| refined(plane, &quad.scaled(real(factor)), real(factor)))
}

/// A border as it is tried: its line, and whether it is the picture's own.
type Border = (Line, bool);

fn best(plane: &Plane) -> Option<(f32, Quad)> {
    let slopes = Slopes::of(plane);
    let (width, height) = (real(plane.width()), real(plane.height()));
    // Upper, right, lower, left: the paper lies below, to the left, above, to the right of it.
    let inward = [([0.0, 1.0], 0.0), ([-1.0, 0.0], -width), ([0.0, -1.0], -height), ([1.0, 0.0], 0.0)];
    let borders: [Vec<Border>; 4] = inward.map(|(normal, offset)| {
        let mut lines: Vec<Border> =
            strongest(&slopes, plane, normal, TRIED).into_iter().map(|line| (line, false)).collect();
        lines.push((Line { normal, offset }, true));
        lines
    });
    let mut best: Option<(f32, Quad)> = None;
    for upper in &borders[0] {
        for right in &borders[1] {
            for lower in &borders[2] {
                for left in &borders[3] {
                    let four = [upper, right, lower, left];
                    if let Some((score, quad)) = weigh(plane, four)
                        && best.is_none_or(|(most, _)| score > most)
                    {
                        best = Some((score, quad));
                    }
                }
            }
        }
    }
    best
}

/// How much four borders look like those of a sheet, 0 to 1.
fn weigh(plane: &Plane, four: [&Border; 4]) -> Option<(f32, Quad)> {
    let (width, height) = (real(plane.width()), real(plane.height()));
    let mut corners = [Point::default(); 4];
    for (corner, point) in corners.iter_mut().enumerate() {
        *point = four[(corner + 3) % 4].0.meets(&four[corner].0)?;
        let inside =
            (-0.02 * width..=1.02 * width).contains(&point.x) && (-0.02 * height..=1.02 * height).contains(&point.y);
        if !inside {
            return None;
        }
        *point = Point::new(point.x.clamp(0.0, width), point.y.clamp(0.0, height));
    }
    let quad = Quad(corners);
    let share = quad.area() / (width * height);
    // The paper lies on the brighter side of each border: else it is a dark thing that was found from within.
    let middle = quad.0[0].towards(quad.0[2], 0.5);
    let within = |line: &Line| middle.x * line.normal[0] + middle.y * line.normal[1] > line.offset;
    if share < LEAST_AREA || !quad.is_sheet() || !four.iter().all(|(line, _)| within(line)) {
        return None;
    }
    let mut product = 1.0;
    for (side, (line, own)) in four.into_iter().enumerate() {
        let (from, to) = (quad.0[side], quad.0[(side + 1) % 4]);
        let seen = if *own { FRAME } else { support(plane, line, from, to) };
        if seen < 0.3 {
            return None;
        }
        product *= seen;
    }
    // The fourth root: the mean of the four, in which one bad border weighs.
    Some((product.sqrt().sqrt() * (0.55 + 0.45 * share), quad))
}

/// The share of a border along which the paper's side is brighter than the other.
fn support(plane: &Plane, line: &Line, from: Point, to: Point) -> f32 {
    let [a, b] = line.normal;
    let differs = |point: &usize| {
        let at = from.towards(to, (real(*point) + 0.5) / real(POINTS));
        let beside = |far: f32| light(plane, Point::new(at.x + a * far, at.y + b * far));
        // Farther away as well, so that a printed line with paper behind it does not pass for a border.
        let table = [beside(-BESIDE), beside(-3.0 * BESIDE)].into_iter().flatten().reduce(f32::max);
        beside(BESIDE).zip(table).is_some_and(|(paper, table)| paper - table >= DIFFERS)
    };
    real((0..POINTS).filter(differs).count()) / real(POINTS)
}

fn light(plane: &Plane, at: Point) -> Option<f32> {
    let inside = at.x >= 0.0 && at.y >= 0.0 && at.x < real(plane.width()) && at.y < real(plane.height());
    inside.then(|| f32::from(plane.at(place(at.x.floor()), place(at.y.floor()))))
}

/// The corners looked at again in the large picture: each border is drawn anew through the steepest step near it.
fn refined(plane: &Plane, quad: &Quad, factor: f32) -> Quad {
    let reach = 3.0 * factor;
    let lines: [Option<Line>; 4] =
        core::array::from_fn(|side| border(plane, quad.0[side], quad.0[(side + 1) % 4], reach));
    let (width, height) = (real(plane.width()), real(plane.height()));
    Quad(core::array::from_fn(|corner| {
        let before = lines[(corner + 3) % 4].as_ref();
        let met = before.zip(lines[corner].as_ref()).and_then(|(before, after)| before.meets(after));
        // A corner that jumps came from something else.
        let near = met.filter(|point| point.distance(quad.0[corner]) <= 3.0 * reach).unwrap_or(quad.0[corner]);
        Point::new(near.x.clamp(0.0, width), near.y.clamp(0.0, height))
    }))
}

/// The line through the steepest steps near a border; none where too few lie on one line.
fn border(plane: &Plane, from: Point, to: Point, reach: f32) -> Option<Line> {
    let length = from.distance(to).max(1.0);
    let (along, normal) =
        ([(to.x - from.x) / length, (to.y - from.y) / length], [(from.y - to.y) / length, (to.x - from.x) / length]);
    // How far each point of the border has to be moved along the normal, and where on the border it is.
    let mut moved: Vec<(f32, f32)> = Vec::new();
    for point in 0..POINTS * 2 {
        let share = 0.05 + 0.9 * real(point) / real(POINTS * 2);
        let at = from.towards(to, share);
        let seen = |far: f32| light(plane, Point::new(at.x + normal[0] * far, at.y + normal[1] * far));
        let steps = place(2.0 * reach);
        let steepest = (0..=steps).filter_map(|step| {
            let far = real(step) - reach;
            let (Some(paper), Some(table)) = (seen(far + 1.5), seen(far - 1.5)) else { return None };
            Some(((paper - table).abs(), far))
        });
        if let Some((step, far)) = steepest.max_by(|(a, _), (b, _)| a.total_cmp(b)).filter(|(step, _)| *step >= DIFFERS)
        {
            debug_assert!(step.is_finite());
            moved.push((share * length, far));
        }
    }
    // Three rounds of least squares, each without what lay too far off: a thumb or a stain on the border.
    let (mut tilt, mut start) = (0.0, 0.0);
    let mut allowed = reach;
    for _ in 0..3 {
        moved.retain(|(at, far)| (far - start - tilt * at).abs() <= allowed);
        if moved.len() < POINTS / 2 {
            return None;
        }
        (tilt, start) = fitted(&moved);
        allowed = (allowed * 0.4).max(1.5);
    }
    let turned = [normal[0] - tilt * along[0], normal[1] - tilt * along[1]];
    let size = turned[0].hypot(turned[1]);
    let turned = turned.map(|part| part / size);
    let through = Point::new(from.x + normal[0] * start, from.y + normal[1] * start);
    Some(Line { normal: turned, offset: through.x * turned[0] + through.y * turned[1] })
}

/// Slope and start of the line nearest to the points.
fn fitted(points: &[(f32, f32)]) -> (f32, f32) {
    let count = real(points.len());
    let mean = |value: fn(&(f32, f32)) -> f32| points.iter().map(value).sum::<f32>() / count;
    let (at, far) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f32 = points.iter().map(|point| (point.0 - at) * (point.0 - at)).sum();
    let together: f32 = points.iter().map(|point| (point.0 - at) * (point.1 - far)).sum();
    let tilt = if spread > 0.0 { together / spread } else { 0.0 };
    (tilt, far - tilt * at)
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::drawn::{Scene, sheet};
    use crate::numbers::real;

    /// The farthest corner from where it was drawn, in thousandths of the picture's long side; none if nothing was found.
    fn off(scene: &Scene) -> Option<f32> {
        let plane = scene.plane();
        let found = find(&plane)?;
        let long = real(plane.width().max(plane.height()));
        let far = (0..4).map(|corner| found.0[corner].distance(scene.quad().0[corner])).fold(0.0, f32::max);
        Some(far / long * 1000.0)
    }

    #[test]
    fn the_corners_are_found_to_a_hair() {
        let plain = sheet(1600, 1200);
        let cases = [
            ("straight", plain.clone()),
            ("tilted", plain.tilted()),
            ("turned", plain.turned(12.0)),
            ("small", plain.tilted().far(0.72)),
            ("in grain", plain.tilted().grain(8)),
            ("dark", plain.tilted().lit(0.3, 0.0)),
            ("half in shadow", plain.tilted().shadowed(0.5)),
            ("out of focus", plain.tilted().blurred(4.0)),
            ("on a pale table", plain.tilted().table(205)),
            ("dark paper on a white table", plain.tilted().paper(150).table(235)),
            ("with a printed frame", plain.tilted().framed()),
            ("a frame, on a pale table", plain.turned(5.0).framed().table(200)),
        ];
        let measured: Vec<_> = cases.into_iter().map(|(name, scene)| (name, off(&scene))).collect();
        let wrong: Vec<_> = measured.iter().filter(|(_, off)| off.is_none_or(|off| off > 6.0)).collect();
        assert!(wrong.is_empty(), "thousandths off: {measured:#?}");
    }

    #[test]
    fn nothing_is_found_where_no_sheet_stands_out() {
        let plain = sheet(1600, 1200);
        for (name, scene) in [("a scan", plain.filling()), ("a scan with a frame", plain.framed().filling())] {
            assert_eq!(find(&scene.plane()), None, "{name}");
        }
    }
}
