//! What `procedures/<id>.toml` must keep: outcomes and papers that name what exists, stages at which somebody acts.

use crate::procedure::FILER_FORM;
use crate::{PaperKind, Procedure, Role, Stage};
use form::{Condition, Form, Kind, Required};
use std::collections::BTreeMap;

/// At every stage somebody acts, and somebody whose work that is; a meeting is held between reception and the result.
fn stages(stages: &[Stage]) -> Result<(), String> {
    let never = [Role::DeskHead, Role::Supervisor, Role::Administrator];
    if stages.is_empty() {
        return Err("a procedure has at least one stage".to_owned());
    }
    for (number, stage) in stages.iter().enumerate() {
        if let Some(meeting) = stage.meeting {
            if !(1..=100).contains(&meeting.share) {
                return Err(format!("at stage \"{}\" the share of the meeting is 1 to 100", stage.id));
            }
            // Before reception nothing is discussed, and after the last stage nothing goes on.
            if number == 0 || number + 1 == stages.len() {
                return Err(format!("stage \"{}\" is the first or the last: no meeting is held there", stage.id));
            }
        }
        match stage.acts.iter().find(|role| never.contains(role)) {
            None if stage.acts.is_empty() => return Err(format!("at stage \"{}\" nobody acts", stage.id)),
            None => {}
            Some(role) => return Err(format!("at stage \"{}\" no {} acts", stage.id, role.name())),
        }
    }
    Ok(())
}

/// Whichever way it goes, it takes the time that citizens are told, and is posted where the procedure says.
fn flows(procedure: &Procedure) -> Result<(), String> {
    for flow in &procedure.flows.0 {
        stages(&flow.stages).map_err(|says| format!("flow \"{}\": {says}", flow.id))?;
        let days: u32 = flow.stages.iter().map(|stage| u32::from(stage.quarter_days)).sum();
        if days != procedure.quarter_days() {
            let promised = procedure.quarter_days();
            return Err(format!("flow \"{}\" takes {days} quarter-days, the procedure promises {promised}", flow.id));
        }
        if let Some(stage) = flow.stages.iter().find(|stage| stage.unit == flow.without) {
            return Err(format!("stage \"{}\" of flow \"{}\" is at the level it is without", stage.id, flow.id));
        }
        if let Some(posting) = &procedure.posting
            && !flow.stages.iter().any(|stage| stage.id == posting.stage)
        {
            return Err(format!("flow \"{}\" has no stage \"{}\" to post in", flow.id, posting.stage));
        }
    }
    Ok(())
}

/// Who may bring the templates on paper is asked for that paper.
fn by_hand(procedure: &Procedure) -> Result<(), String> {
    let name = &procedure.handwritten;
    if name.is_empty() {
        return Ok(());
    }
    let question = procedure.case.question_at(name);
    if !question.is_some_and(|question| question.given && matches!(question.kind, Kind::YesNo(_))) {
        return Err(format!("handwritten = \"{name}\" names no given yes-or-no question of the case"));
    }
    let asked = |paper: &&PaperKind| procedure.is_by_hand(paper) && paper.required == Required::Always;
    match procedure.papers.iter().find(asked) {
        Some(_) => Ok(()),
        None => Err(format!("no paper is asked for by show = {{ eq = [\"{name}\", \"yes\"] }} alone")),
    }
}

/// Outcomes, papers, stages and flows name what exists; a mistake comes with its line.
pub(super) fn verify(
    procedure: &Procedure,
    outcome_lines: &[usize],
    paper_lines: &[usize],
    forms: &BTreeMap<String, Form>,
) -> Result<(), (usize, String)> {
    by_hand(procedure).map_err(|says| (1, says))?;
    stages(&procedure.stages).map_err(|says| (1, says))?;
    flows(procedure).map_err(|says| (1, says))?;
    for (outcome, line) in procedure.outcomes.iter().zip(outcome_lines) {
        let mut stray = None;
        if let Some(mut when) = outcome.when.clone() {
            when.visit(&mut |name| {
                if !asks(&procedure.case, name) {
                    stray = Some(format!(
                        "the outcome \"{}\" looks at \"{name}\", which no guiding question asks",
                        outcome.id
                    ));
                }
            });
        }
        for form in procedure.forms_of(outcome).filter(|form| !forms.contains_key(*form)) {
            let hint = if form == FILER_FORM { " (every dossier has it)" } else { "" };
            stray = Some(format!("there is no template \"{form}\"{hint}"));
        }
        for (form, answers) in outcome.given.iter() {
            let known = forms.get(form).filter(|_| outcome.forms.iter().any(|id| id == form));
            for (place, _) in answers.iter() {
                if !known.and_then(|form| form.question_at(place)).is_some_and(|question| question.given) {
                    stray = Some(format!("\"{form}\" has no given question \"{place}\""));
                }
            }
        }
        if let Some(says) = stray {
            return Err((*line, says));
        }
    }
    for (paper, line) in procedure.papers.iter().zip(paper_lines) {
        // It becomes the name of a file.
        if !paper.sample.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            return Err((*line, format!("the sample \"{}\" is not lower-case letters, digits, dashes", paper.sample)));
        }
        let required = match &paper.required {
            Required::When(condition) => Some(condition),
            Required::Always | Required::Never => None,
        };
        for condition in paper.show.iter().chain(required) {
            if let Some(name) = stray(condition, procedure, forms) {
                return Err((*line, format!("the paper \"{}\" looks at \"{name}\", which nothing asks", paper.id)));
            }
        }
    }
    Ok(())
}

/// The first name in a condition that neither a guiding question nor, as `form/question`, a template asks.
pub(super) fn stray(condition: &Condition, procedure: &Procedure, forms: &BTreeMap<String, Form>) -> Option<String> {
    let (mut stray, mut in_form) = (None, false);
    condition.clone().visit(&mut |name| {
        let asked = match name.split_once('/') {
            Some((form, question)) => {
                in_form = true;
                forms.get(form).is_some_and(|form| asks(form, question))
            }
            // Inside `count`, names are those of the group's rows.
            None => in_form || asks(&procedure.case, name),
        };
        if !asked && stray.is_none() {
            stray = Some(name.clone());
        }
    });
    stray
}

fn asks(form: &Form, name: &str) -> bool {
    form.questions().any(|(_, question)| question.id == name)
}
