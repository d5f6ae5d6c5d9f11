//! Files made by hand, good and bad, against the one function that looks at them.

use super::*;
use proptest::prelude::*;

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xC0, 0, 11, 8];
    file.extend(height.to_be_bytes());
    file.extend(width.to_be_bytes());
    file.extend([1, 1, 0x11, 0, 0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]);
    file
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend([8, 2, 0, 0, 0, 1, 2, 3, 4]);
    file.extend(b"\0\0\0\x02IDAT\x01\x02crc!\0\0\0\0IENDcrc!");
    file
}

fn webp(chunk: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(12 + body.len()).unwrap();
    let mut file = b"RIFF".to_vec();
    file.extend(size.to_le_bytes());
    file.extend(b"WEBP");
    file.extend(chunk);
    file.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    file.extend(body);
    file
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n2 0 obj<</Type /Page/Parent 1 0 R>>endobj\nxref\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

#[test]
fn good_files_are_known_by_their_content() {
    let picture = |kind, w, h| Ok(Looked { kind, pixels: Some((w, h)) });
    for (file, expected) in [
        (jpeg(2000, 1500), picture(FileKind::Jpeg, 2000, 1500)),
        (png(300, 200), picture(FileKind::Png, 300, 200)),
        (webp(b"VP8X", &[0, 0, 0, 0, 0x0F, 0, 0, 0x07, 0, 0]), picture(FileKind::Webp, 16, 8)),
        (webp(b"VP8L", &[0x2F, 0x0F, 0xC0, 0x01, 0, 0]), picture(FileKind::Webp, 16, 8)),
        (webp(b"VP8 ", &[0, 0, 0, 0x9D, 1, 0x2A, 16, 0, 8, 0]), picture(FileKind::Webp, 16, 8)),
        (PDF.to_vec(), Ok(Looked { kind: FileKind::Pdf, pixels: None })),
    ] {
        assert_eq!(look(&file), expected);
    }
}

#[test]
fn bad_files_are_refused_with_their_reason() {
    let cut = |mut file: Vec<u8>, by: usize| {
        file.truncate(file.len() - by);
        file
    };
    let locked = [&PDF[..PDF.len() - 20], b"/Encrypt 5 0 R>>\nstartxref\n9\n%%EOF"].concat();
    for (file, expected) in [
        (vec![], Fault::Empty),
        (vec![0; 10 * 1024 * 1024 + 1], Fault::TooLarge),
        (b"<html><script>alert(1)</script>".to_vec(), Fault::OtherKind),
        (b"GIF89a".to_vec(), Fault::OtherKind),
        (b"PK\x03\x04".to_vec(), Fault::OtherKind),
        (cut(jpeg(20, 20), 1), Fault::Broken),
        (cut(png(20, 20), 4), Fault::Broken),
        (cut(webp(b"VP8X", &[0; 10]), 1), Fault::Broken),
        (webp(b"EVIL", &[0; 10]), Fault::Broken),
        (PDF[..PDF.len() - 30].to_vec(), Fault::Broken),
        (jpeg(0, 20), Fault::Broken),
        (png(60_000, 60_000), Fault::TooManyPixels),
        (jpeg(12_001, 1), Fault::TooManyPixels),
        (png(10_000, 5_001), Fault::TooManyPixels),
        (locked, Fault::Locked),
    ] {
        assert_eq!(look(&file).err(), Some(expected), "{:?}", &file[..file.len().min(40)]);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(start in 0usize..5, noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        let heads: [&[u8]; 5] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8X", b"%PDF-1.4"];
        let _ = look(&[heads[start], &noise].concat());
    }

    #[test]
    fn a_good_file_with_one_byte_changed_never_panics(at: usize, to: u8) {
        for mut file in [jpeg(20, 20), png(20, 20), webp(b"VP8L", &[0x2F, 1, 2, 3, 4, 5]), PDF.to_vec()] {
            let at = at % file.len();
            file[at] = to;
            let _ = look(&file);
        }
    }
}
