//! The pages of a PDF that is nothing but photographs: the citizens' site binds papers so, and so do most scanners.
//!
//! The desk's policy loads no plug-in, so a browser cannot show a PDF inside the page. A JPEG lies in a PDF as it is, and can
//! be shown as a picture. Any other PDF is opened outside.

/// The JPEGs in a PDF, in order, when there is one for each of its pages; nothing otherwise.
pub fn photographs(pdf: &[u8], pages: Option<u32>) -> Option<Vec<&[u8]>> {
    let count = usize::try_from(pages?).ok()?;
    let mut found = Vec::new();
    let mut rest = pdf;
    while let Some(start) = place(rest, b"stream") {
        let body = rest.get(start + b"stream".len()..)?;
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let end = place(body, b"endstream")?;
        let stream = body.get(..end)?;
        if stream.starts_with(&[0xff, 0xd8, 0xff]) {
            found.push(stream);
        }
        rest = body.get(end + b"endstream".len()..)?;
    }
    (count > 0 && found.len() == count).then_some(found)
}

fn place(inside: &[u8], what: &[u8]) -> Option<usize> {
    inside.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 0xff, 0xd9];

    fn pdf(streams: &[&[u8]]) -> Vec<u8> {
        let mut all = b"%PDF-1.7\n".to_vec();
        for stream in streams {
            all.extend(b"1 0 obj\n<< /Filter /DCTDecode >>\nstream\n");
            all.extend(*stream);
            all.extend(b"\nendstream\nendobj\n");
        }
        all
    }

    #[test]
    fn one_photograph_a_page_is_found_in_order() {
        let found = pdf(&[JPEG, b"q 1 0 0 1 0 0 cm Q", JPEG]);
        let found = photographs(&found, Some(2)).unwrap();
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|jpeg| jpeg.starts_with(JPEG)));
    }

    #[test]
    fn any_other_pdf_is_left_to_be_opened() {
        for (streams, pages) in [(vec![JPEG], Some(2)), (vec![], Some(1)), (vec![JPEG], None), (vec![], Some(0))] {
            assert!(photographs(&pdf(&streams), pages).is_none());
        }
    }
}
