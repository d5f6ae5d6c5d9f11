//! Pages bound into one PDF, in order: the JPEGs as they are, and nothing that tells when, where or with what.

use crate::kind::Frame;
use crate::numbers::side;
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref};

/// The long side of A4 in points of 1/72 inch.
const A4: f32 = 841.89;
/// A page is never bound coarser or finer than this, in pixels an inch.
const FINENESS: (f32, f32) = (150.0, 200.0);

/// Why the pages cannot be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbound {
    /// There is none.
    NoPages,
    /// The page of this number, from 0, is no JPEG in grey or colour.
    NoJpeg(usize),
}

/// Binds JPEGs into a PDF. The same pages give the same bytes.
///
/// # Errors
/// [`Unbound`] tells which page is none.
pub fn bind(pages: &[&[u8]]) -> Result<Vec<u8>, Unbound> {
    if pages.is_empty() {
        return Err(Unbound::NoPages);
    }
    let mut next = 0;
    let mut number = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree) = (number(), number());
    let places: Vec<[Ref; 3]> = pages.iter().map(|_| [number(), number(), number()]).collect();
    let mut pdf = Pdf::with_capacity(pages.iter().map(|page| page.len() + 1024).sum());
    pdf.set_version(1, 7);
    pdf.catalog(catalog).pages(tree);
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(places.iter().map(|[page, ..]| *page)).count(count);
    for (at, (jpeg, [page, picture, content])) in pages.iter().zip(places).enumerate() {
        let frame = Frame::of(jpeg).filter(|frame| matches!(frame.components, 1 | 3)).ok_or(Unbound::NoJpeg(at))?;
        let (width, height) = points(frame.width, frame.height);
        let name = Name(b"Page");
        let mut making = pdf.page(page);
        making.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
        making.resources().x_objects().pair(name, picture);
        making.finish();
        let mut image = pdf.image_xobject(picture, jpeg);
        image.filter(Filter::DctDecode);
        image.bits_per_component(8);
        image.width(i32::try_from(frame.width).unwrap_or(1));
        image.height(i32::try_from(frame.height).unwrap_or(1));
        if frame.components == 1 {
            image.color_space().device_gray();
        } else {
            image.color_space().device_rgb();
        }
        image.finish();
        let mut drawing = Content::new();
        drawing.save_state().transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(name).restore_state();
        pdf.stream(content, &drawing.finish());
    }
    Ok(pdf.finish())
}

/// The size of a page on paper, in points: that of A4 as long as its pixels are fine enough for it.
fn points(width: u32, height: u32) -> (f32, f32) {
    let fineness = (side(width.max(height)) * 72.0 / A4).clamp(FINENESS.0, FINENESS.1);
    (side(width) * 72.0 / fineness, side(height) * 72.0 / fineness)
}
