//! The PDF itself: the same bytes again, our fonts inside, text that can be found, nothing that runs.

use crate::world::{squeeze, world};
use lopdf::{Document, Object};

fn text(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    squeeze(&document.extract_text(&pages).unwrap())
}

#[test]
fn equal_arguments_give_equal_bytes() {
    let world = world();
    for form in world.papers() {
        let (_, answers, _) = world.good(&form.id).swap_remove(0);
        assert!(world.pdf(&form.id, Some(&answers)) == world.pdf(&form.id, Some(&answers)), "{}", form.id);
        assert!(world.pdf(&form.id, None) == world.pdf(&form.id, None), "{}", form.id);
    }
}

#[test]
fn the_text_can_be_found_in_the_finished_file() {
    let world = world();
    let (_, answers, _) = world.good("nd20-1a").into_iter().find(|(name, ..)| name == "ok-mo-coi-ca-cha-me").unwrap();
    let text = text(&world.pdf("nd20-1a", Some(&answers)));
    for said in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỜ KHAI ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI",
        answers.get("ho_ten"),
        answers.get("hoc_cu_the"),
        answers.get("nkt_so_giay_to"),
        "XÁC NHẬN CỦA ỦY BAN NHÂN DÂN CẤP XÃ",
        "Trang 2/2",
    ] {
        assert!(text.contains(&squeeze(said)), "{said}: {text}");
    }
}

#[test]
fn every_font_is_ours_and_inside() {
    let world = world();
    for form in world.papers() {
        let document = Document::load_mem(&world.pdf(&form.id, None)).unwrap();
        let mut fonts = 0;
        for object in document.objects.values() {
            let Object::Dictionary(dictionary) = object else { continue };
            if dictionary.get(b"Type").and_then(Object::as_name).ok() == Some(b"FontDescriptor") {
                let name = dictionary.get(b"FontName").unwrap().as_name().unwrap();
                assert!(String::from_utf8_lossy(name).contains("+LiberationSerif"), "{}", form.id);
                assert!(dictionary.has(b"FontFile2"), "{}", form.id);
                fonts += 1;
            }
        }
        assert!(fonts >= 2, "{}", form.id);
    }
}

#[test]
fn nothing_in_it_runs_or_calls_out() {
    let world = world();
    let bytes = world.pdf("nd20-1b", None);
    let document = Document::load_mem(&bytes).unwrap();
    let all = format!("{:?}", document.objects);
    for word in ["JavaScript", "OpenAction", "Launch", "EmbeddedFile", "URI"] {
        assert!(!all.contains(word), "{word}");
    }
    assert!(bytes.len() < 120_000, "{} bytes", bytes.len());
}
