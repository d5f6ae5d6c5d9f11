//! A drawn scene: a card's back with its code on a table, seen by a camera that is tilted, blurred, dark or grainy.

use fast_qr::{ECL, QRBuilder};
use image::{GrayImage, ImageEncoder, codecs::jpeg::JpegEncoder};
use reader::Picture;

/// Chance from a seed (splitmix64), so that every run draws the same pictures.
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).unwrap()
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * f64::from(self.below(1 << 20)) / f64::from(1 << 20)
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(u32::try_from(of.len()).unwrap()) as usize]
    }
}

/// A card's text of somebody invented, as long as real ones: 150 to 200 bytes.
pub fn card(chance: &mut Chance) -> String {
    let surname = chance.pick(&["Nguyễn", "Trần", "Hồ", "Lê", "Phạm", "Hoàng"]);
    let middle = chance.pick(&["Thị", "Văn", "Thị Thu", "Đức", "Ngọc Bảo"]);
    let name = chance.pick(&["Mừng", "Được", "Thương", "Phước", "Hiền", "Tường Vy"]);
    let home = chance.pick(&[
        "Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị",
        "Tổ dân phố 12, Phường Hải Thành, Thành phố Đồng Hới, Quảng Bình",
        "Số 15, ngõ 208, Đường Nguyễn Trãi, Phường Thượng Đình, Quận Thanh Xuân, Hà Nội",
    ]);
    let (number, old) = (chance.below(1_000_000), chance.below(1_000_000_000));
    let (day, month, year) = (chance.below(28) + 1, chance.below(12) + 1, chance.below(60) + 1945);
    let card =
        format!("000162{number:06}|{old:09}|{surname} {middle} {name}|{day:02}{month:02}{year}|Nữ|{home}|22042021");
    // Every third is of the later generation, with fields of its own.
    if chance.below(3) == 0 { format!("{card}|000162{number:06}|{surname} A|{surname} B") } else { card }
}

/// What the camera sees. Lengths are in dots of the code, brightness in 0–255.
pub struct Scene {
    /// The code's dots, row by row; `None` where there is no code.
    dots: Option<Vec<Vec<bool>>>,
    /// Where printed lines stand on the card: left, top, width, in dots.
    print: Vec<(f64, f64, f64)>,
    /// Pixels a dot.
    pub dot: f64,
    /// Degrees it is turned in the picture.
    pub turn: f64,
    /// How the far side shrinks: across and along.
    lean: (f64, f64),
    /// Radius of blur.
    pub blur: f64,
    /// Length of a shake.
    pub shake: f64,
    pub black: f64,
    pub white: f64,
    /// How much darker one half is, 0 to 1.
    pub shadow: f64,
    /// Grain of the sensor, in brightness.
    pub grain: f64,
    /// Pressed with this quality.
    pub jpeg: Option<u8>,
    seed: u64,
}

impl Scene {
    pub fn new(text: &str, chance: &mut Chance) -> Self {
        let code = QRBuilder::new(text).ecl(ECL::M).build().expect("the text fits");
        assert!(code.size >= 45, "real cards are dense");
        let dots = (0..code.size).map(|y| (0..code.size).map(|x| code[y][x].value()).collect()).collect();
        Self { dots: Some(dots), ..Self::without_code(chance) }
    }

    pub fn without_code(chance: &mut Chance) -> Self {
        let print =
            (0..24).map(|_| (chance.between(-60.0, 40.0), chance.between(-45.0, 45.0), chance.between(3.0, 30.0)));
        Self {
            dots: None,
            print: print.collect(),
            dot: chance.between(4.5, 6.5),
            turn: chance.between(-4.0, 4.0),
            lean: (0.0, 0.0),
            blur: 0.0,
            shake: 0.0,
            black: 25.0,
            white: 225.0,
            shadow: 0.0,
            grain: 1.5,
            jpeg: Some(88),
            seed: chance.next(),
        }
    }

    /// Leans the card away from the camera by that many degrees, in some direction.
    pub fn tilt(&mut self, degrees: f64, chance: &mut Chance) {
        let (lean, towards) = (degrees.to_radians(), chance.between(0.0, core::f64::consts::TAU));
        self.lean = (lean.sin() * towards.cos(), lean.sin() * towards.sin());
    }

    /// Brightness of the card at a point in dots from the code's middle: 1 is paper, 0 is ink.
    fn ink(&self, x: f64, y: f64) -> f64 {
        let size = self.dots.as_ref().map_or(57.0, |dots| f64::from(u32::try_from(dots.len()).unwrap()));
        let (column, row) = ((x + size / 2.0).floor(), (y + size / 2.0).floor());
        let inside = |at: f64, edge: f64| at >= -edge && at < size + edge;
        if inside(column, 0.0) && inside(row, 0.0) {
            if let Some(dots) = &self.dots {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the code")]
                return f64::from(!dots[row as usize][column as usize]);
            }
        } else if inside(column, 4.0) && inside(row, 4.0) {
            return 1.0;
        }
        // The card is larger than its code; print and a pattern lie around it, then the table.
        if x.abs() > 110.0 || y.abs() > 70.0 {
            return 0.35;
        }
        let printed = |(left, top, width): &(f64, f64, f64)| {
            // Lines of letters, as stripes: they look a little like a code.
            x >= *left && x < left + width && y >= *top && y < top + 2.5 && (x * 1.7).sin() > -0.2
        };
        if self.print.iter().any(printed) { 0.15 } else { 0.86 + 0.06 * (x * 0.4).sin() * (y * 0.3).cos() }
    }

    pub fn picture(&self) -> Picture {
        let (width, height) = (720_usize, 720_usize);
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let mut light = vec![0.0_f64; width * height];
        let coordinate = |at: usize, size: usize| {
            (f64::from(u32::try_from(at).unwrap()) - f64::from(u32::try_from(size).unwrap()) / 2.0) / self.dot
        };
        for (place, pixel) in light.iter_mut().enumerate() {
            let (px, py) = (coordinate(place % width, width), coordinate(place / width, height));
            let mut sum = 0.0;
            // Four looks a pixel: what falls between dots is grey, as in a camera.
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let (x, y) = (px + dx / self.dot, py + dy / self.dot);
                let (x, y) = (x * cos + y * sin, y * cos - x * sin);
                // Seen from 150 dots away, the far side is smaller.
                let depth = 1.0 - (x * self.lean.0 + y * self.lean.1) / 150.0;
                let flat = (1.0 - self.lean.0 * self.lean.0 - self.lean.1 * self.lean.1).sqrt();
                let along = (x * self.lean.0 + y * self.lean.1) * (1.0 / flat - 1.0)
                    / (self.lean.0.hypot(self.lean.1).powi(2)).max(1e-9);
                sum += self.ink((x + self.lean.0 * along) / depth, (y + self.lean.1 * along) / depth);
            }
            *pixel = sum / 4.0;
        }
        if self.shake > 0.0 {
            light = along(&light, width, height, self.shake * self.dot);
        }
        if self.blur > 0.0 {
            light = blurred(&light, width, height, self.blur * self.dot);
        }
        let mut grain = Chance::new(self.seed);
        let mut bytes = Vec::with_capacity(light.len());
        for (place, bright) in light.iter().enumerate() {
            let across = f64::from(u32::try_from(place % width).unwrap()) / 720.0;
            let shade = 1.0 - self.shadow * (1.0 / (1.0 + (-(across - 0.5) * 12.0).exp()));
            let noise: f64 = (0..4).map(|_| grain.between(-0.87, 0.87)).sum::<f64>() * self.grain;
            let value = (self.black + (self.white - self.black) * bright) * shade + noise;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            bytes.push(value.clamp(0.0, 255.0) as u8);
        }
        Picture::new(width, height, pressed(bytes, self.jpeg)).unwrap()
    }
}

/// Gaussian blur of that deviation in pixels, as two passes.
fn blurred(light: &[f64], width: usize, height: usize, deviation: f64) -> Vec<f64> {
    let weight = |offset: u32| (-f64::from(offset * offset) / (2.0 * deviation * deviation)).exp();
    let weights: Vec<f64> = (0..12).map(weight).take_while(|weight| *weight > 0.01).collect();
    let total: f64 = weights.iter().sum::<f64>() * 2.0 - 1.0;
    let pass = |from: &[f64], step: usize| -> Vec<f64> {
        let at = |place: usize| {
            let mut sum = from[place];
            for (offset, weight) in weights.iter().enumerate().skip(1) {
                let (before, after) = (place.checked_sub(offset * step), place + offset * step);
                // The edge of the picture goes on; a row may run into the next, where only the table is.
                sum += weight * (before.map_or(from[place], |at| from[at]) + from.get(after).unwrap_or(&from[place]));
            }
            sum / total
        };
        (0..width * height).map(at).collect()
    };
    pass(&pass(light, 1), width)
}

/// Blur along one direction: the hand moved while the picture was taken.
fn along(light: &[f64], width: usize, height: usize, length: f64) -> Vec<f64> {
    (0..light.len())
        .map(|place| {
            let (x, y) =
                (f64::from(u32::try_from(place % width).unwrap()), f64::from(u32::try_from(place / width).unwrap()));
            let looks = 9;
            let at = |look: i32| {
                let off = (f64::from(look) / f64::from(looks - 1) - 0.5) * length;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
                let clamp = |at: f64, size: usize| (at.round().max(0.0) as usize).min(size - 1);
                light[clamp(y + off * 0.5, height) * width + clamp(x + off * 0.87, width)]
            };
            (0..looks).map(at).sum::<f64>() / f64::from(looks)
        })
        .collect()
}

fn pressed(bytes: Vec<u8>, quality: Option<u8>) -> Vec<u8> {
    let Some(quality) = quality else { return bytes };
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality)
        .write_image(&bytes, 720, 720, image::ExtendedColorType::L8)
        .unwrap();
    let read: GrayImage = image::load_from_memory(&file).unwrap().to_luma8();
    read.into_raw()
}
