//! How wide the edges of letters are.
//!
//! At an edge, the step from ink to paper divided by the steepest slope is its width in pixels: about 2.5 times the
//! blur, whatever the contrast, the light or the number of letters. The variance of the Laplacian, which is often used,
//! depends on all three.

use crate::numbers::{place, real};
use crate::plane::Plane;
use crate::quad::Quad;

/// Fewer edges than this tell nothing: an empty page is not a blurred one.
const FEWEST: usize = 60;
/// A step counts from this share of the difference between the paper and the ink.
const STEP: f32 = 0.35;
/// Steps below this are grain.
const GRAIN: i32 = 18;

/// The width of the edges in thousandths of the paper's long side, in the worse of the two directions: a photograph
/// that moved is blurred in one only. None when there are too few edges.
pub(crate) fn edge(plane: &Plane, paper: &Quad) -> Option<f32> {
    let long = paper.sides().into_iter().fold(1.0, f32::max);
    let [left, top, right, bottom] = inside(plane, paper)?;
    let reach = place(long / 130.0).max(4);
    let rows = lines(top..bottom, &|y| plane.row(y)[left..right].iter().map(|light| i32::from(*light)).collect());
    let columns = lines(left..right, &|x| (top..bottom).map(|y| i32::from(plane.at(x, y))).collect());
    let across = median(rows.iter().flat_map(|row| widths(row, reach, step(&rows))).collect());
    let down = median(columns.iter().flat_map(|column| widths(column, reach, step(&columns))).collect());
    let width = match (across, down) {
        (Some(across), Some(down)) => across.max(down),
        (one, other) => one.or(other)?,
    };
    Some(width / long * 1000.0)
}

/// The box around the corners, a little inside, so that the paper's own border is not taken for print.
fn inside(plane: &Plane, paper: &Quad) -> Option<[usize; 4]> {
    let least = |values: [f32; 4]| values.into_iter().fold(f32::MAX, f32::min).max(0.0);
    let most = |values: [f32; 4]| values.into_iter().fold(0.0, f32::max);
    let (xs, ys) = (paper.0.map(|corner| corner.x), paper.0.map(|corner| corner.y));
    let (margin_x, margin_y) = ((most(xs) - least(xs)) * 0.04, (most(ys) - least(ys)) * 0.04);
    let left = place(least(xs) + margin_x);
    let top = place(least(ys) + margin_y);
    let right = place(most(xs) - margin_x).min(plane.width());
    let bottom = place(most(ys) - margin_y).min(plane.height());
    (left + 16 < right && top + 16 < bottom).then_some([left, top, right, bottom])
}

/// Some 160 lines, spread over all of them.
fn lines(over: core::ops::Range<usize>, line: &dyn Fn(usize) -> Vec<i32>) -> Vec<Vec<i32>> {
    let every = (over.len() / 160).max(1);
    over.step_by(every).map(line).collect()
}

/// The least step that counts, from the difference between paper and ink on these lines.
fn step(lines: &[Vec<i32>]) -> i32 {
    let bytes = lines.iter().flatten().map(|light| u8::try_from(*light).unwrap_or(u8::MAX));
    let histogram = crate::plane::Histogram::of(bytes);
    let range = i32::from(histogram.percentile(99)) - i32::from(histogram.percentile(1));
    i32::try_from(place(f32::from(i16::try_from(range).unwrap_or(0)) * STEP)).unwrap_or(0).max(GRAIN)
}

/// The width of each edge of a line: where the slope is the steepest around, the step around it over the slope.
fn widths(line: &[i32], reach: usize, step: i32) -> Vec<f32> {
    let slope = |at: usize| (line[at + 1] - line[at - 1]).abs();
    let mut found = Vec::new();
    let mut at = 1;
    while at + 1 < line.len() {
        let here = slope(at);
        let near = at.saturating_sub(reach / 2).max(1)..(at + reach / 2 + 1).min(line.len() - 1);
        // Slopes that could not make up the step within reach are not looked at closer.
        if here * i32::try_from(reach).unwrap_or(1) < step || near.clone().any(|other| slope(other) > here) {
            at += 1;
            continue;
        }
        let around = &line[at.saturating_sub(reach)..(at + reach + 1).min(line.len())];
        let high = around.iter().max().copied().unwrap_or(0);
        let low = around.iter().min().copied().unwrap_or(0);
        if high - low >= step {
            found.push(2.0 * real(usize::try_from(high - low).unwrap_or(0)) / real(usize::try_from(here).unwrap_or(1)));
        }
        at += reach / 2 + 1;
    }
    found
}

fn median(mut widths: Vec<f32>) -> Option<f32> {
    if widths.len() < FEWEST {
        return None;
    }
    widths.sort_by(f32::total_cmp);
    widths.get(widths.len() / 2).copied()
}
