//! Cases by the thousand: the examples beside the templates, and filings made of them, spoiled in one to six ways.

use crate::random::Random;
use crate::spoil::spoil;
use crate::{Ask, Case, World};
use form::{Answers, Date, Given, Kind};
use procedure::source::{Files, Library};
use procedure::{FiledPaper, Filing, FilledForm, Procedure};
use serde_json::Value;

/// The day of the examples.
const TODAY: &str = "2026-11-22";
/// Days at which something begins or ends: the districts, the new communes, a leap day.
const DAYS: [&str; 4] = ["2025-06-30", "2025-07-01", "2024-02-29", "2021-01-01"];

impl From<Library> for World {
    fn from(library: Library) -> Self {
        let Library { forms, procedures, agencies, units, .. } = library;
        // A browser has those of its day, and so has the API's side of a case.
        let agencies = Date::parse(TODAY).map(|today| agencies.on(today).clone()).unwrap_or_default();
        Self { forms, procedures, agencies, units }
    }
}

/// So many cases of every template and of every procedure, always the same ones.
#[must_use]
pub fn cases(world: &World, files: &Files, of_form: usize, of_procedure: usize) -> Vec<Case> {
    let mut random = Random::new(71);
    let mut cases = Vec::new();
    for (id, form) in &world.forms {
        let (examples, good) = (examples(files, id, ""), examples(files, id, "ok-"));
        for number in 0..of_form.max(examples.len()) {
            // Every example once as it is, then the good ones spoiled.
            let mut answers = examples.get(number).or_else(|| random.one(&good)).cloned().unwrap_or_default();
            if number >= examples.len() {
                // Half of them in one way only, so that much of what else is there is read and kept.
                let ways = if random.below(2) == 0 { 1 } else { 2 + random.below(5) };
                for _ in 0..ways {
                    spoil(&mut answers, form, &mut random);
                }
            }
            cases.push(Case { today: day(&mut random), ask: Ask::Form { form: id.clone(), answers } });
        }
    }
    for procedure in world.procedures.values() {
        let ways = ways(world, procedure);
        for number in 0..of_procedure {
            let filing = filing(world, files, procedure, &ways, &mut random, number >= of_procedure / 4);
            cases.push(Case { today: day(&mut random), ask: Ask::Filing(filing) });
        }
    }
    cases
}

fn day(random: &mut Random) -> String {
    let edge = random.one(&DAYS).copied().filter(|_| random.below(6) == 0);
    edge.unwrap_or(TODAY).to_owned()
}

/// The answers of a template's examples whose name starts like this, with those they are built on.
fn examples(files: &Files, form: &str, start: &str) -> Vec<Answers> {
    let folder = format!("templates/{form}/examples/");
    let names = files.keys().filter(|path| path.starts_with(&format!("{folder}{start}")));
    names.map(|path| example(files, &folder, &path[folder.len()..])).collect()
}

fn example(files: &Files, folder: &str, name: &str) -> Answers {
    let text = files.get(&format!("{folder}{name}")).map_or("{}", String::as_str);
    let read: Value = serde_json::from_str(text).unwrap_or_default();
    let mut answers = read["from"].as_str().map_or_else(Answers::default, |from| example(files, folder, from));
    for (place, text) in read["answers"].as_object().into_iter().flatten() {
        answers.set(place, text.as_str().unwrap_or_default());
    }
    answers
}

/// Every way of answering the guiding questions, which are choices.
fn ways(world: &World, procedure: &Procedure) -> Vec<Answers> {
    let today = Date::parse(TODAY).unwrap_or(procedure.in_force_from);
    let given = Given { today, units: &world.units };
    let mut open = vec![Answers::default()];
    let mut ways = Vec::new();
    while let Some(answers) = open.pop() {
        let Err(problems) = form::check(&procedure.case, &answers, &given) else {
            let led = form::check(&procedure.case, &answers, &given).ok();
            let outcome = led.as_ref().and_then(|led| procedure.outcome(led.values(), today));
            // A case that stops says little; those come of spoiling too.
            if outcome.is_some_and(|outcome| !outcome.forms.is_empty()) {
                ways.push(answers);
            }
            continue;
        };
        let place = problems.first().map_or("", |problem| problem.place.as_str());
        let values: Vec<&str> = match procedure.case.question_at(place).map(|question| &question.kind) {
            Some(Kind::Choice(choice)) => choice.options.iter().map(|option| option.value.as_str()).collect(),
            Some(Kind::YesNo(_)) => vec!["yes", "no"],
            _ => Vec::new(),
        };
        for value in values.iter().filter(|_| answers.get(place).is_empty()) {
            let mut next = answers.clone();
            next.set(place, value);
            open.push(next);
        }
    }
    ways
}

/// A filing of one of the ways, with an example for each form and a file for each paper; spoiled or not.
fn filing(
    world: &World,
    files: &Files,
    procedure: &Procedure,
    ways: &[Answers],
    random: &mut Random,
    spoiled: bool,
) -> Filing {
    let today = Date::parse(TODAY).unwrap_or(procedure.in_force_from);
    let given = Given { today, units: &world.units };
    let mut case = random.one(ways).cloned().unwrap_or_default();
    if !procedure.handwritten.is_empty() && random.below(4) == 0 {
        case.set(&procedure.handwritten, "yes");
    }
    let checked = form::check(&procedure.case, &case, &given).ok();
    let led = checked.as_ref().and_then(|led| Some((procedure.outcome(led.values(), today)?, led.values())));
    let mut forms = Vec::new();
    for id in led.iter().flat_map(|(outcome, values)| procedure.forms_to_fill(outcome, values)) {
        let answers = random.one(&examples(files, id, "ok-")).cloned().unwrap_or_default();
        forms.push(FilledForm { form: id.to_owned(), fingerprint: "f".repeat(64), answers });
    }
    let desks: Vec<_> = world.agencies.receiving(procedure, today).collect();
    let agency = random.one(&desks).map_or("", |desk| desk.code.as_str());
    let mut filing = Filing {
        procedure: procedure.id.clone(),
        fingerprint: "p".repeat(64),
        agency: agency.to_owned(),
        case: case.clone(),
        forms,
        papers: Vec::new(),
    };
    // The check itself says which papers this case needs.
    for problem in procedure::check(procedure, &|id| world.forms.get(id), &world.agencies, &filing, &given)
        .err()
        .into_iter()
        .flatten()
    {
        filing.papers.extend(problem.place.strip_prefix("papers/").map(|id| FiledPaper {
            name: "IMG_2031.jpg".to_owned(),
            kind: "image/jpeg".to_owned(),
            bytes: 300_000,
            ..file(id, random)
        }));
    }
    if !spoiled {
        return filing;
    }
    match random.below(8) {
        0 => filing.agency = "99999".to_owned(),
        1 => {
            spoil(&mut case, &procedure.case, random);
            filing.case = case;
        }
        2 => filing.papers.push(file("khong-co", random)),
        3 => filing.forms.reverse(),
        4 => filing.forms.truncate(1),
        5 => {
            for paper in &procedure.papers {
                filing.papers.extend((0..random.below(4)).map(|_| file(&paper.id, random)));
            }
        }
        _ => {
            for filled in &mut filing.forms {
                if let Some(form) = world.forms.get(&filled.form) {
                    spoil(&mut filled.answers, form, random);
                }
            }
        }
    }
    filing
}

fn file(paper: &str, random: &mut Random) -> FiledPaper {
    let names = ["IMG_2031.jpg", "quét.pdf", "../x", "", "a\u{202e}gpj.exe", "ảnh 1.jpg"];
    let kinds = ["image/jpeg", "image/jpeg", "application/pdf", "image/svg+xml"];
    let sizes = [1, 300_000, 300_000, 0, 10 * 1024 * 1024, 10 * 1024 * 1024 + 1, 4_294_967_296, u64::MAX];
    let text = |of: &[&str], random: &mut Random| random.one(of).map_or_else(String::new, |text| (*text).to_owned());
    FiledPaper {
        paper: paper.to_owned(),
        sha256: format!("{:016x}", random.next()).repeat(4),
        name: text(&names, random),
        kind: text(&kinds, random),
        bytes: random.one(&sizes).copied().unwrap_or(1),
    }
}
