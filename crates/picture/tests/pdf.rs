//! Bound pages read back by another library than the one that wrote them.

#![allow(clippy::expect_used, clippy::unwrap_used)] // In a test a panic is the answer.

use dossier::paper::{FileKind, look, pages};
use lopdf::{Dictionary, Document, Object};
use picture::pdf::{Unbound, bind};

/// A JPEG as far as its frame, with bytes of its own in place of a scan: binding never decodes.
fn jpeg(width: u16, height: u16, components: u8, scan: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 8 + 3 * components, 8];
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.push(components);
    bytes.extend((0..components).flat_map(|part| [part, 0x11, 0]));
    bytes.extend([0xFF, 0xDA, 0, 2]);
    bytes.extend(scan);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

fn number(object: &Object) -> f32 {
    object.as_float().expect("a number")
}

/// What a reader finds on each page: its size in points, its picture's dictionary and bytes.
fn read(pdf: &[u8]) -> Vec<([f32; 2], Dictionary, Vec<u8>)> {
    let document = Document::load_mem(pdf).expect("a PDF");
    let page = |id: lopdf::ObjectId| {
        let page = document.get_dictionary(id).expect("a page");
        let media: Vec<f32> =
            page.get(b"MediaBox").and_then(Object::as_array).expect("a size").iter().map(number).collect();
        let resources = page.get(b"Resources").and_then(Object::as_dict).expect("resources");
        let pictures = resources.get(b"XObject").and_then(Object::as_dict).expect("pictures");
        let picture = pictures.get(b"Page").and_then(Object::as_reference).expect("a picture");
        let stream = document.get_object(picture).and_then(Object::as_stream).expect("a stream");
        ([media[2], media[3]], stream.dict.clone(), stream.content.clone())
    };
    document.get_pages().into_values().map(page).collect()
}

#[test]
fn every_page_is_there_in_order_and_untouched() {
    let pages = [
        jpeg(1414, 2000, 3, b"first"),
        jpeg(2000, 1414, 3, b"second, lying"),
        jpeg(620, 877, 1, b"third, grey and coarse"),
        jpeg(1414, 2000, 3, b"fourth"),
    ];
    let pdf = bind(&pages.each_ref().map(Vec::as_slice)).expect("bound");
    let found = read(&pdf);
    assert_eq!(found.iter().map(|(_, _, bytes)| bytes.clone()).collect::<Vec<_>>(), pages);
    // A4 where the pixels reach for it; a coarse page becomes smaller, never coarser than 150 to the inch.
    let sizes = [[595.2, 841.89], [841.89, 595.2], [297.6, 420.96], [595.2, 841.89]];
    for ((size, dict, _), expected) in found.iter().zip(sizes) {
        assert!(size.iter().zip(expected).all(|(got, wanted)| (got - wanted).abs() < 0.5), "{size:?} {expected:?}");
        assert_eq!(dict.get(b"Filter").and_then(Object::as_name).unwrap(), b"DCTDecode");
    }
    let space = |page: usize| found[page].1.get(b"ColorSpace").and_then(Object::as_name).unwrap();
    assert_eq!((space(0), space(2)), (&b"DeviceRGB"[..], &b"DeviceGray"[..]));
}

#[test]
fn it_says_nothing_but_its_pages_and_always_the_same() {
    let page = jpeg(1414, 2000, 3, b"page");
    let pdf = bind(&[&page, &page]).unwrap();
    assert_eq!(pdf, bind(&[&page, &page]).unwrap());
    let document = Document::load_mem(&pdf).unwrap();
    for name in [&b"Info"[..], b"ID", b"Encrypt"] {
        assert!(!document.trailer.has(name), "{}", String::from_utf8_lossy(name));
    }
    let catalog = document.catalog().unwrap();
    let names: Vec<_> = catalog.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect();
    assert_eq!(names, ["Type", "Pages"], "no metadata, no script, no file in it");
    let overhead = pdf.len() - 2 * page.len();
    assert!(overhead < 2_500, "{overhead} bytes beside the pages");
}

#[test]
fn the_api_takes_what_is_bound() {
    let page = jpeg(1414, 2000, 3, b"page");
    for count in [1, 2, 20] {
        let pdf = bind(&vec![page.as_slice(); count]).unwrap();
        let kind = look(&pdf).expect("taken").kind;
        assert_eq!((kind, pages::count(kind, &pdf)), (FileKind::Pdf, u32::try_from(count).ok()));
    }
}

#[test]
fn what_is_no_page_is_told() {
    let page = jpeg(10, 10, 3, b"");
    let inks = jpeg(10, 10, 4, b"");
    assert_eq!(bind(&[]), Err(Unbound::NoPages));
    assert_eq!(bind(&[&page, b"\x89PNG\r\n"]), Err(Unbound::NoJpeg(1)));
    assert_eq!(bind(&[&inks]), Err(Unbound::NoJpeg(0)), "four inks are of a printer, not of a camera");
}
