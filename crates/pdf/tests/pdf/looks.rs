//! Every template blank and filled, as pictures beside the ones that were looked at and kept.
//!
//! `MOTCUA_KEEP_LOOKS=1 cargo test -p pdf looks` keeps today's; look at them before committing.

use crate::desk;
use crate::labels::labels;
use crate::minutes::minutes;
use crate::world::{NOW, World, facts, root, world};
use form::Answers;
use pdf::Printed;
use std::fs;
use std::path::{Path, PathBuf};
use typst_layout::Page;
use typst_render::{RenderOptions, render};

/// Pixels of a point: small letters can still be told apart, and a page is some 25 KB.
const SCALE: f64 = 0.8;
/// How far a pixel's grey may be off, of 255, before it counts as another: dotted lines are faint.
const FAINT: u8 = 16;
/// How many pixels of a page may be others: less than a missing word, more than a rounded edge.
const FEW: usize = 12;

struct Picture {
    width: u32,
    grey: Vec<u8>,
}

#[test]
fn every_template_looks_as_it_did_when_somebody_looked() {
    let world = world();
    let mut wrong = Vec::new();
    for form in world.papers() {
        let (_, answers, _) = world.good(&form.id).swap_remove(0);
        compare(world, &form.id, "blank", None, &mut wrong);
        compare(world, &form.id, "filled", Some(&answers), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn compare(world: &World, id: &str, name: &str, answers: Option<&Answers>, wrong: &mut Vec<String>) {
    let printed = world.press.print(world.form(id), answers, &world.given(NOW.date()), &facts()).unwrap();
    compare_pages(&printed, &format!("{id}-{name}"), wrong);
}

#[test]
fn every_paper_of_the_desk_looks_as_it_did_when_somebody_looked() {
    let mut wrong = Vec::new();
    let mut pictures = Vec::new();
    let minutes = ("bien-ban-hop-dan", minutes(29, 3));
    for (name, slip) in desk::all().into_iter().chain([minutes, ("nhan-buu-dien", labels(9))]) {
        let printed = world().press.print_slip(&slip, &desk::facts()).unwrap();
        compare_pages(&printed, name, &mut wrong);
        pictures.push(draw(&printed.document.pages()[0]));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (number, one) in pictures.iter().enumerate() {
        for other in &pictures[..number] {
            assert!(differing(one, other) > FEW);
        }
    }
}

fn compare_pages(printed: &Printed, paper: &str, wrong: &mut Vec<String>) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/looks");
    let pages = printed.document.pages();
    let next = kept.join(format!("{paper}-{}.png", pages.len() + 1));
    if next.exists() {
        wrong.push(format!("{paper} has {} pages, and had more", pages.len()));
    }
    for (number, page) in pages.iter().enumerate() {
        let file = format!("{paper}-{}.png", number + 1);
        let picture = draw(page);
        if std::env::var_os("MOTCUA_KEEP_LOOKS").is_some() {
            write(&kept.join(&file), &picture);
            continue;
        }
        let same = fs::read(kept.join(&file)).is_ok_and(|bytes| differing(&read(&bytes), &picture) <= FEW);
        if !same {
            let now = root().join("target/looks").join(&file);
            write(&now, &picture);
            wrong.push(format!("tests/looks/{file} looks otherwise now: {}", now.display()));
        }
    }
}

fn draw(page: &Page) -> Picture {
    let options = RenderOptions { pixel_per_pt: SCALE.into(), ..RenderOptions::default() };
    let pixmap = render(page, &options);
    let grey = pixmap.pixels().iter().map(|pixel| {
        let sum = u16::from(pixel.red()) + u16::from(pixel.green()) + u16::from(pixel.blue());
        u8::try_from(sum / 3).unwrap()
    });
    Picture { width: pixmap.width(), grey: grey.collect() }
}

/// How many pixels differ visibly; all of them when the pages have other sizes.
fn differing(one: &Picture, other: &Picture) -> usize {
    if one.width != other.width || one.grey.len() != other.grey.len() {
        return usize::MAX;
    }
    one.grey.iter().zip(&other.grey).filter(|(one, other)| one.abs_diff(**other) > FAINT).count()
}

fn read(bytes: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut grey).unwrap();
    Picture { width: info.width, grey }
}

fn write(path: &PathBuf, picture: &Picture) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let height = u32::try_from(picture.grey.len()).unwrap() / picture.width;
    let mut encoder = png::Encoder::new(fs::File::create(path).unwrap(), picture.width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&picture.grey).unwrap();
}

#[test]
fn a_missing_word_is_seen() {
    let world = world();
    let mut answers = Answers::default();
    let before = draw(&world.print("qd24-01", Some(&answers)).document.pages()[0]);
    assert_eq!(differing(&before, &before), 0);
    answers.set("ly_do", "Ốm");
    let after = draw(&world.print("qd24-01", Some(&answers)).document.pages()[0]);
    assert!(differing(&before, &after) > FEW);
}
