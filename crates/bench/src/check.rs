//! `form::check` on the largest template, with the fullest of its good examples.

use crate::Settings;
use crate::rounds::median;
use form::{Answers, Form, Given};
use procedure::calendar::Moment;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

/// Measures and prints.
pub fn run(settings: &Settings) -> Result<(), String> {
    let offer = api::offer::Offer::read(&settings.forms)?;
    let library = &offer.library;
    let largest = library.forms.values().max_by_key(|form| form.to_json().len()).ok_or("there are no forms")?;
    let (name, answers) = fullest(settings, largest)?;
    let given = Given { today: Moment(1_795_331_100_000).date(), units: &library.units };
    let passed = form::check(largest, &answers, &given).is_ok();
    let mut times = Vec::new();
    for _ in 0..settings.rounds * 100 {
        let start = Instant::now();
        let _ = black_box(form::check(black_box(largest), black_box(&answers), &given));
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    println!("form::check of {} with {name} ({} answers, passes: {passed})", largest.id, answers.len());
    println!("{:.0} µs, which is {:.0} a second on one core", median(&times), 1e6 / median(&times));
    Ok(())
}

fn fullest(settings: &Settings, form: &Form) -> Result<(String, Answers), String> {
    let folder = settings.forms.join("templates").join(&form.id).join("examples");
    let mut best = (String::from("no answers"), Answers::default());
    for entry in fs::read_dir(&folder).into_iter().flatten() {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("ok-") {
            let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
            let example: serde_json::Value = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
            let answers: Answers = serde_json::from_value(example["answers"].clone()).unwrap_or_default();
            if answers.len() > best.1.len() {
                best = (name, answers);
            }
        }
    }
    Ok(best)
}
