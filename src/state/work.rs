//! The open draft with everything its pages need: procedure, forms, agencies.

use super::draft::{self, Draft};
use super::{catalogue, units};
use crate::client::Failure;
use crate::clock::today;
use form::check::Walk;
use form::scope::Values;
use form::{Answers, Form, Given, Map};
use procedure::catalogue::Stored;
use procedure::{Agencies, Filing, FilledForm, Outcome, Procedure};
use std::cell::RefCell;
use std::sync::Arc;
use ui::prelude::*;

/// The open draft. Changing `draft` keeps it on the phone.
#[derive(Clone)]
pub struct Work {
    /// The draft.
    pub draft: RwSignal<Draft>,
    /// Its procedure.
    pub procedure: Arc<Procedure>,
    /// The agencies.
    pub agencies: Arc<Agencies>,
    /// The forms of its outcome, by id, as far as they have been loaded.
    pub forms: Map<Arc<Form>>,
}

thread_local! {
    static OPEN: RefCell<Option<(Owner, Work)>> = const { RefCell::new(None) };
}

/// Opens a draft, or takes the one that is open; nothing when it is not on this phone.
///
/// # Errors
/// When a file cannot be fetched or the phone's database does not answer.
pub async fn open(key: &str) -> Result<Option<Work>, Failure> {
    let open = OPEN.with_borrow(|open| open.as_ref().map(|(_, work)| work.clone()));
    let names = catalogue::catalogue().await?;
    let mut work = match open.filter(|work| work.draft.with_untracked(|draft| draft.key == key)) {
        Some(work) => work,
        None => {
            let Some(draft) = draft::find(key).await? else { return Ok(None) };
            let begun = draft.begun_with.get(&draft.procedure);
            catalogue::begin_draft(&names, &draft.procedure, begun);
            let (procedure, version) = catalogue::procedure_of(&draft.procedure, begun).await?;
            let agencies = catalogue::agencies().await?;
            // The draft's signal outlives the page that opens it: its owner is closed with the draft.
            let owner = crate::app::lasting_owner();
            let draft = owner.with(|| RwSignal::new(draft));
            let work = Work { draft, procedure, agencies, forms: Map::new() };
            OPEN.with_borrow_mut(|open| *open = Some((owner, work.clone())));
            work.begin_with(version);
            work
        }
    };
    let ids = work.form_ids();
    let provinces = work.provinces();
    let begun = work.draft.with_untracked(|draft| draft.begun_with.clone());
    catalogue::begin_forms(&names, &ids, &begun, &provinces);
    for id in ids {
        let (form, version) = catalogue::form_of(&id, begun.get(&id)).await?;
        work.begin_with(version);
        work.forms.insert(id, form);
    }
    units::wait_for(&provinces).await;
    OPEN.with_borrow_mut(|open| {
        if let Some((_, open)) = open {
            open.forms.clone_from(&work.forms);
        }
    });
    Ok(Some(work))
}

/// The key of the open draft.
pub fn open_key() -> Option<String> {
    OPEN.with_borrow(|open| open.as_ref().map(|(_, work)| work.draft.with_untracked(|draft| draft.key.clone())))
}

/// Closes the open draft unless it has this key; tells whether none is open any more.
pub fn close_unless(key: &str) -> bool {
    OPEN.with_borrow_mut(|open| {
        let stays = open.as_ref().is_some_and(|(_, work)| work.draft.with_untracked(|draft| draft.key == key));
        if !stays && let Some((owner, _)) = open.take() {
            owner.cleanup();
        }
        !stays
    })
}

impl Work {
    /// Changes the draft and keeps it.
    pub fn change(&self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        self.draft.with_untracked(draft::save);
    }

    /// Remembers the version of a form or procedure, so that an update of the site does not change it under the answers.
    fn begin_with(&self, version: Stored) {
        if self.draft.with_untracked(|draft| draft.begun_with.get(&version.id) != Some(&version)) {
            self.change(|draft| {
                draft.begun_with.insert(version.id.clone(), version);
            });
        }
    }

    /// The draft as it is now.
    pub fn now(&self) -> Draft {
        self.draft.get_untracked()
    }

    /// The values of the guiding questions.
    pub fn case_values(&self) -> Values {
        let given = given();
        self.draft.with_untracked(|draft| Walk::through(&self.procedure.case, &draft.case, &given).values)
    }

    /// Where the case leads, once every guiding question is answered.
    pub fn outcome(&self) -> Option<&Outcome> {
        let given = given();
        let answered =
            self.draft.with_untracked(|draft| form::check(&self.procedure.case, &draft.case, &given).is_ok());
        if answered { self.procedure.outcome(&self.case_values(), given.today) } else { None }
    }

    /// The forms to fill in, by id, in order.
    pub fn form_ids(&self) -> Vec<String> {
        let Some(outcome) = self.outcome() else { return Vec::new() };
        self.procedure.forms_to_fill(outcome, &self.case_values()).map(str::to_owned).collect()
    }

    /// What is typed into a form, with what the case gives.
    pub fn answers(&self, form: &str) -> Answers {
        let typed = self.draft.with_untracked(|draft| draft.forms.get(form).cloned().unwrap_or_default());
        self.outcome().map(|outcome| self.procedure.filled(outcome, form, &typed)).unwrap_or(typed)
    }

    /// The values papers depend on: those of the case and of every form.
    pub fn values(&self) -> Values {
        let given = given();
        let mut values = self.case_values();
        for (id, form) in self.forms.iter().filter(|(id, _)| self.form_ids().iter().any(|one| one == id)) {
            let answers = self.answers(id);
            values.extend(procedure::filing::under(id, &Walk::through(form, &answers, &given).values));
        }
        values
    }

    /// Everything, as it would be sent now.
    pub fn filing(&self) -> Filing {
        let draft = self.now();
        let fingerprint = |id: &str| draft.begun_with.get(id).map(catalogue::fingerprint).unwrap_or_default();
        let forms = self.form_ids().into_iter().map(|form| FilledForm {
            fingerprint: fingerprint(&form),
            answers: self.answers(&form),
            form,
        });
        Filing {
            fingerprint: fingerprint(&draft.procedure),
            forms: forms.collect(),
            procedure: draft.procedure.clone(),
            agency: draft.agency.clone(),
            case: draft.case.clone(),
            papers: draft.papers.iter().map(draft::DraftPaper::filed).collect(),
        }
    }

    /// The provinces its addresses name.
    fn provinces(&self) -> Vec<String> {
        self.draft.with_untracked(|draft| {
            let all = draft.forms.values().chain([&draft.case]).flat_map(Answers::iter);
            all.filter(|(place, _)| place.ends_with(".province")).map(|(_, code)| code.to_owned()).collect()
        })
    }
}

/// Today and the units, for a check.
pub fn given() -> Given<'static> {
    Given { today: today(), units: &units::Loaded }
}
