//! One check, two builds: what the browser's build says of a case, word for word, and what the API's says of it.
//! `cargo xtask verdict` asks both about thousands of cases and demands the same bytes.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
pub mod cases;
#[cfg(not(target_family = "wasm"))]
pub mod random;
#[cfg(not(target_family = "wasm"))]
pub mod spoil;

use form::{Answers, Date, Form, Given, check_step};
use procedure::units::UnitsBook;
use procedure::{Agencies, Filing, Procedure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a check needs to know of the world.
#[derive(Default)]
pub struct World {
    /// Templates by id.
    pub forms: BTreeMap<String, Form>,
    /// Procedures by id.
    pub procedures: BTreeMap<String, Procedure>,
    /// The one-stop desks.
    pub agencies: Agencies,
    /// Provinces and communes.
    pub units: UnitsBook,
}

/// Something to be checked, on a day.
#[derive(Serialize, Deserialize)]
pub struct Case {
    /// The day, "2026-11-22".
    pub today: String,
    /// What is checked.
    pub ask: Ask,
}

/// What is checked.
#[derive(Serialize, Deserialize)]
pub enum Ask {
    /// One form, as a whole and one step of it.
    Form {
        /// The form's id.
        form: String,
        /// What was typed.
        answers: Answers,
    },
    /// Everything that is sent at once.
    Filing(Filing),
}

impl World {
    /// Everything the check says: what passed with every value it read, or every problem with every word of it.
    #[must_use]
    pub fn verdict(&self, case: &str) -> String {
        let case: Case = match serde_json::from_str(case) {
            Ok(case) => case,
            Err(error) => return format!("unreadable: {error}"),
        };
        let Some(today) = Date::parse(&case.today) else { return "no such day".to_owned() };
        let given = Given { today, units: &self.units };
        match &case.ask {
            Ask::Form { form, answers } => self.form(form, answers, &given),
            Ask::Filing(filing) => self.filing(filing, &given),
        }
    }

    fn form(&self, id: &str, answers: &Answers, given: &Given<'_>) -> String {
        let Some(form) = self.forms.get(id) else { return "no such form".to_owned() };
        let mut told = match form::check(form, answers, given) {
            Ok(checked) => format!("passed {checked:?}"),
            Err(problems) => format!("refused {problems:?}"),
        };
        // One of the steps: all of them would ask eight times for what one pass over the form decides.
        let step = answers.len() % form.steps.len().max(1);
        // A text takes all that is written into it.
        let _ = write!(told, "\nstep {step}: {:?}", check_step(form, step, answers, given));
        told
    }

    fn filing(&self, filing: &Filing, given: &Given<'_>) -> String {
        let Some(procedure) = self.procedures.get(&filing.procedure) else { return "no such procedure".to_owned() };
        match procedure::check(procedure, &|id| self.forms.get(id), &self.agencies, filing, given) {
            Ok(checked) => format!("passed {checked:?}"),
            Err(problems) => format!("refused {problems:?}"),
        }
    }
}
