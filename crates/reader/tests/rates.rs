//! How many pictures of a card's code are read: clean, tilted, turned, blurred, dark, grainy, pressed as JPEG.
//!
//! The test draws the pictures itself: cards of invented people, dense codes, a card's print around them, and one spoiling
//! after another, from a fixed seed. Run with `--nocapture` to see the rates.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where something is wrong")]

mod scene;

use reader::{Effort, read};
use scene::{Chance, Scene};

/// How many pictures of each kind.
const PICTURES: u32 = 20;

/// Reads so many pictures of one kind; the rate in percent.
fn rate(name: &str, least: u32, spoil: impl Fn(&mut Scene, &mut Chance)) {
    let (mut good, mut glanced) = (0, 0);
    for number in 0..PICTURES {
        let mut chance = Chance::new(u64::from(number) + 1);
        let text = scene::card(&mut chance);
        let mut scene = Scene::new(&text, &mut chance);
        spoil(&mut scene, &mut chance);
        let picture = scene.picture();
        let read_as = |effort| {
            let found = read(&picture, effort);
            // A wrong text would be worse than none.
            assert!(found.is_none() || found.as_deref() == Some(text.as_str()), "{name}: another text was read");
            u32::from(found.is_some())
        };
        good += read_as(Effort::Study);
        glanced += read_as(Effort::Glance);
    }
    let percent = |count: u32| count * 100 / PICTURES;
    println!("{name:34} photo {:3} %   one picture of the camera {:3} %", percent(good), percent(glanced));
    assert!(percent(good) >= least, "{name}: {} % is below {least} %", percent(good));
}

#[test]
fn clean_codes_are_all_read() {
    rate("clean", 100, |_, _| {});
    rate("upside down, on its side", 100, |scene, chance| scene.turn = f64::from(chance.below(4)) * 90.0);
    rate("turned by any angle", 95, |scene, chance| scene.turn = chance.between(0.0, 360.0));
}

#[test]
fn tilted_codes_are_read() {
    rate("tilted 20°", 95, |scene, chance| scene.tilt(20.0, chance));
    rate("tilted 30° and turned", 90, |scene, chance| {
        scene.tilt(30.0, chance);
        scene.turn = chance.between(-25.0, 25.0);
    });
}

#[test]
fn blurred_codes_are_read() {
    rate("blurred, a third of a dot", 95, |scene, _| scene.blur = 0.33);
    rate("blurred, half a dot", 90, |scene, _| scene.blur = 0.5);
    rate("shaken by a dot", 80, |scene, chance| scene.shake = chance.between(0.6, 1.0));
}

#[test]
fn dark_codes_are_read() {
    rate("dark", 95, |scene, chance| {
        (scene.black, scene.white) = (8.0, chance.between(30.0, 50.0));
        scene.grain = 2.0;
    });
    rate("half in shadow", 95, |scene, chance| scene.shadow = chance.between(0.4, 0.7));
    rate("faint print", 95, |scene, _| (scene.black, scene.white) = (120.0, 180.0));
}

#[test]
fn poor_cameras_are_enough() {
    rate("grainy", 95, |scene, _| scene.grain = 18.0);
    rate("JPEG of quality 30", 95, |scene, _| scene.jpeg = Some(30));
    rate("small: 3 pixels a dot", 90, |scene, _| scene.dot = 3.0);
    rate("all a little", 85, |scene, chance| {
        scene.tilt(12.0, chance);
        scene.turn = chance.between(-15.0, 15.0);
        scene.blur = 0.3;
        (scene.black, scene.white) = (20.0, 110.0);
        scene.grain = 5.0;
        scene.shadow = 0.3;
        scene.jpeg = Some(60);
    });
}

#[test]
fn where_there_is_no_code_nothing_is_read() {
    let mut chance = Chance::new(7);
    let scene = Scene::without_code(&mut chance);
    assert_eq!(read(&scene.picture(), Effort::Study), None);
}
