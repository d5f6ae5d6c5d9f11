//! From fractions back to whole numbers, in one place: every caller has made sure that the value fits.

/// The nearest whole number, at least zero.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` stops at the ends; sides are small")]
pub(crate) fn whole(value: f32) -> u32 {
    value.round() as u32
}

/// The same as a place in a list.
pub(crate) fn place(value: f32) -> usize {
    whole(value) as usize
}

/// A brightness, held between black and white.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` stops at 0 and 255")]
pub(crate) fn tone(value: f32) -> u8 {
    (value + 0.5) as u8
}

/// A count as a number to reckon with; counts of pixels stay below 2^24 or need no last digit.
#[expect(clippy::cast_precision_loss, reason = "the last digit of a count does not matter here")]
pub(crate) fn real(count: usize) -> f32 {
    count as f32
}

/// A side in pixels as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "sides are at most 12,000")]
pub(crate) fn side(pixels: u32) -> f32 {
    pixels as f32
}
