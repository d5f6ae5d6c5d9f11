//! Files written as different programs write them, and files that mean harm.

use super::*;
use miniz_oxide::deflate::compress_to_vec_zlib;
use proptest::prelude::*;

fn pages(bytes: &[u8]) -> Option<u32> {
    count(FileKind::Pdf, bytes)
}

/// Two pages under a tree of two levels, and a third that a later version took out of the tree.
const PLAIN: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
2 0 obj\n<< /Type /Pages /Kids [ 3 0 R 4 0 R ] /Count 2 >>\nendobj\n\
3 0 obj\n<< /Type /Page /Parent 2 0 R /Resources << /Font << /Type /Font >> >> >>\nendobj\n\
4 0 obj\n<< /Type/Pages /Parent 2 0 R /Kids[5 0 R]/Count 1 >>\nendobj\n\
5 0 obj<</Type/Page/Parent 4 0 R>>endobj\n6 0 obj<</Type/Page/Parent 2 0 R>>endobj\n";

fn packed(objects: &[(u32, &str)], room: usize) -> Vec<u8> {
    let (mut head, mut body) = (String::new(), String::new());
    for (number, text) in objects {
        head.push_str(&format!("{number} {} ", body.len()));
        body.push_str(text);
        body.push(' ');
    }
    let text = head.clone() + &body + &" ".repeat(room);
    let data = compress_to_vec_zlib(text.as_bytes(), 6);
    let mut file = format!(
        "%PDF-1.5\n9 0 obj\n<</Type/ObjStm/N {}/First {}/Filter/FlateDecode/Length {}>>\nstream\r\n",
        objects.len(),
        head.len(),
        data.len()
    )
    .into_bytes();
    file.extend(data);
    file.extend(b"\r\nendstream\nendobj\n");
    file
}

#[test]
fn a_picture_is_one_page() {
    assert_eq!(count(FileKind::Jpeg, b""), Some(1));
}

#[test]
fn pages_are_counted_by_the_tree_and_not_by_what_lies_about() {
    assert_eq!(pages(PLAIN), Some(2));
    // A signature added at the end writes the first page anew.
    let signed = [PLAIN, b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Annots [7 0 R] >>\nendobj\n"].concat();
    assert_eq!(pages(&signed), Some(2));
    // A page added at the end is in a new version of the root.
    let longer = [PLAIN, b"2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R 6 0 R]/Count 3>> endobj\n"].concat();
    assert_eq!(pages(&longer), Some(3));
    let listed = [PLAIN, b"2 0 obj <</Type/Pages/Kids 8 0 R/Count 3>> endobj\n8 0 obj [3 0 R 6 0 R] endobj\n"].concat();
    assert_eq!(pages(&listed), Some(2));
}

#[test]
fn what_is_packed_in_streams_is_counted_too() {
    let objects = [
        (1, "<</Type/Catalog/Pages 2 0 R>>"),
        (2, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>"),
        (3, "<</Type/Page>>"),
        (4, "<</Type/Page>>"),
    ];
    assert_eq!(pages(&packed(&objects, 0)), Some(2));
    assert_eq!(pages(&[packed(&objects, 0), packed(&[(2, "<</Type/Pages/Kids[3 0 R]>>")], 0)].concat()), Some(1));
}

#[test]
fn what_unpacks_without_end_or_goes_in_circles_ends() {
    let objects =
        [(1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]>>"), (3, "<</Type/Page>>")];
    assert_eq!(pages(&packed(&objects, 0)), Some(1));
    assert_eq!(pages(&packed(&objects, MOST_UNPACKED)), None, "a bomb is not unpacked");
    assert_eq!(pages(&[PLAIN, b"4 0 obj <</Type/Pages/Kids ] [5 0 R>> endobj"].concat()), None);
    assert_eq!(
        pages(&[PLAIN, b"2 0 obj <</Type/Pages/Kids[3 0 R 77 0 R]>> endobj"].concat()),
        None,
        "a leaf is missing"
    );
    // None of these would end in a minute if each object were searched to the end of the file.
    for part in ["1 0 obj ", "1 0 obj stream endobj ", "1 0 obj<</Type/ObjStm/First 9>>stream\n"] {
        let _ = pages(part.repeat(10 * 1024 * 1024 / part.len()).as_bytes());
    }
    assert_eq!(pages(b"%PDF-1.4\n"), None);
    assert_eq!(pages(&b"1 0 obj<</Type/Page>>endobj\n".repeat(1000)), None, "without a tree nothing is known");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(noise in proptest::collection::vec(any::<u8>(), 0..300), at: usize, to: u8) {
        let _ = pages(&noise);
        let mut file = [PLAIN, &packed(&[(7, "<</Type/Page>>"), (8, "[3 0 R]")], 0)].concat();
        let at = at % file.len();
        file[at] = to;
        let _ = pages(&[&file, noise.as_slice()].concat());
    }
}
