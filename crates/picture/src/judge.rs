//! Whether a photograph can be read: said before it is sent, so that nobody is called to the office for a blurred page.
//!
//! Advice, not a rule: the person may insist. The limits are those at which text of 11 points on a sheet of A4 stops
//! being read by a program for reading text (`docs/decisions/0009-paper-to-page.md` has the figures).

use crate::plane::Plane;
use crate::quad::Quad;
use crate::{light, sharpness};

/// What was found. The numbers are told so that a test, or a figure in a document, can hold them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// How wide the edges of letters are, in thousandths of the paper's long side: 1 to 2 when sharp. None without edges.
    pub edge: Option<f32>,
    /// Brightness of the paper itself, 0 to 255.
    pub paper: u8,
    /// Too little light, or a shadow over a good part of it.
    pub dark: bool,
    /// A reflection, or all of it washed out.
    pub glare: bool,
}

/// Edges wider than this cannot be read, in thousandths of the long side.
const WIDEST: f32 = 3.0;

impl Judgement {
    /// Out of focus, or moved.
    #[must_use]
    pub fn blurred(&self) -> bool {
        self.edge.is_some_and(|edge| edge > WIDEST)
    }
}

/// Judges the paper that lies within these corners of a photograph.
#[must_use]
pub fn judge(plane: &Plane, paper: &Quad) -> Judgement {
    let light = light::measure(plane, paper);
    Judgement { edge: sharpness::edge(plane, paper), paper: light.paper, dark: light.dark(), glare: light.glare() }
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::drawn::{Scene, sheet};

    #[test]
    fn the_width_of_edges_follows_the_blur_and_nothing_else() {
        let plain = sheet(1600, 1131);
        let of = |scene: &Scene| judge(&scene.plane(), &scene.quad()).edge.unwrap_or(0.0);
        let sharp = of(&plain);
        // Sharp is sharp in the dark, in grain, in half the contrast and at half the size.
        let same = [
            ("dark", plain.lit(0.35, 0.0)),
            ("grainy", plain.grain(6)),
            ("pale", plain.lit(0.5, 110.0)),
            ("tilted", plain.tilted()),
        ];
        for (what, scene) in same {
            let ratio = of(&scene) / sharp;
            assert!((0.7..=1.45).contains(&ratio), "{what}: {ratio} times as wide");
        }
        // Twice the blur, twice the width, as far as the limit and beyond.
        let widths: Vec<f32> = [1.5, 3.0, 6.0].map(|pixels| of(&plain.blurred(pixels))).to_vec();
        assert!((1.5..=2.5).contains(&(widths[1] / widths[0])), "{widths:?}");
        assert!(widths[2] > widths[1] && widths[0] > sharp, "{widths:?}, sharp {sharp}");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let plain = sheet(1600, 1131);
        // name, scene, blurred, dark, glare
        let cases = [
            ("as it should be", plain.clone(), false, false, false),
            ("in grain", plain.grain(8), false, false, false),
            ("tilted", plain.tilted(), false, false, false),
            ("a little soft", plain.blurred(1.0), false, false, false),
            ("out of focus", plain.blurred(5.0), true, false, false),
            ("badly out of focus", plain.blurred(14.0), true, false, false),
            ("moved sideways", plain.moved(16), true, false, false),
            ("in the evening", plain.lit(0.25, 0.0), false, true, false),
            ("half in shadow", plain.shadowed(0.2), false, true, false),
            ("under a lamp", plain.lamp(), false, false, true),
            ("washed out", plain.lit(0.2, 230.0), false, false, true),
            ("a clean scan", plain.lit(1.2, 0.0), false, false, false),
        ];
        for (name, scene, blurred, dark, glare) in cases {
            let judged = judge(&scene.plane(), &scene.quad());
            assert_eq!((judged.blurred(), judged.dark, judged.glare), (blurred, dark, glare), "{name}: {judged:?}");
        }
    }
}
