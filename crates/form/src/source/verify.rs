//! What a form must keep beyond its grammar: names that exist, stand before what looks at them, and are told once.

use crate::person::told;
use crate::{Form, Kind, Question, Required, Tells};
use std::collections::BTreeSet;
use std::sync::Arc;

/// `lines` holds the line of every question in order. The error is a line and a sentence.
pub(super) fn verify(form: &mut Form, lines: &[usize]) -> Result<(), (usize, String)> {
    if !is_name(&form.id, '-') {
        return Err((1, format!("the form's id \"{}\" must be lower-case letters, digits and hyphens", form.id)));
    }
    let all: BTreeSet<String> = form.questions().map(|(_, question)| question.id.clone()).collect();
    let mut seen = BTreeSet::new();
    // Once a group was asked, whatever counts its rows may name the questions of a row.
    let mut rows: BTreeSet<String> = BTreeSet::new();
    let mut steps = BTreeSet::new();
    let mut line = lines.iter().copied();
    for step in &mut form.steps {
        let first = lines.get(seen.len()).copied().unwrap_or(1);
        if !is_name(&step.id, '-') || !steps.insert(step.id.clone()) {
            return Err((
                first,
                format!("the step id \"{}\" must be new, of lower-case letters, digits and hyphens", step.id),
            ));
        }
        if let Some(show) = &mut step.show {
            let mut stray = None;
            show.visit(&mut |name| note(&seen, name, &mut stray));
            if let Some(name) = stray {
                return Err((first, format!("step \"{}\" looks at \"{name}\", which is not asked before it", step.id)));
            }
        }
        for question in step.questions.iter_mut().map(Arc::make_mut) {
            let line = line.next().unwrap_or(1);
            let known = match question.kind {
                Kind::Repeat(_) => seen.clone(),
                _ => seen.union(&rows).cloned().collect(),
            };
            verify_question(question, &known, &all).map_err(|says| (line, says))?;
            if let Kind::Repeat(group) = &question.kind {
                rows.extend(group.questions.iter().map(|question| question.id.clone()));
            }
            if !seen.insert(question.id.clone()) {
                return Err((line, format!("\"{}\" is asked twice", question.id)));
            }
        }
    }
    let mut line = lines.iter().copied();
    let mut asked: Vec<(&mut Question, usize)> = Vec::new();
    for question in form.steps.iter_mut().flat_map(|step| step.questions.iter_mut().map(Arc::make_mut)) {
        let line = line.next().unwrap_or(1);
        if let Kind::Repeat(group) = &mut question.kind {
            gather_people(
                &mut group.questions.iter_mut().map(|inner| (Arc::make_mut(inner), line)).collect::<Vec<_>>(),
            )?;
        }
        asked.push((question, line));
    }
    gather_people(&mut asked)
}

/// Gives each name what its card answers. What a card answers must be able to hold it, stand among the same questions as
/// the name, and be told once.
fn gather_people(asked: &mut [(&mut Question, usize)]) -> Result<(), (usize, String)> {
    for place in 0..asked.len() {
        let (question, line) = &mut asked[place];
        // A name stands before what it is given, so its own is taken before anything is put there.
        let card = core::mem::take(&mut question.card);
        let Some((tells, of)) = told(&card).next() else { continue };
        let (id, line, word) = (question.id.clone(), *line, tells.word());
        if !tells.fits(&question.kind) {
            return Err((line, format!("\"{id}\" cannot hold the {word} that a card tells")));
        }
        let holder = asked.iter_mut().find(|(holder, _)| holder.id == of && Tells::Name.fits(&holder.kind));
        let Some((holder, _)) = holder else {
            let says = format!("\"{id}\" is told by the card of \"{of}\", which is no `name` among the same questions");
            return Err((line, says));
        };
        if told(&holder.card).any(|(told, _)| told == tells) {
            return Err((line, format!("\"{id}\": the {word} of \"{of}\" is told twice")));
        }
        let gap = if holder.card.is_empty() { "" } else { " " };
        holder.card = [&holder.card, gap, word, "=", &id].concat();
    }
    Ok(())
}

fn verify_question(question: &mut Question, before: &BTreeSet<String>, all: &BTreeSet<String>) -> Result<(), String> {
    let id = question.id.clone();
    if !is_name(&id, '_') || id == "today" {
        return Err(format!("\"{id}\" must be lower-case letters, digits and underscores"));
    }
    look(question, &id, before, all, &BTreeSet::new())?;
    if let Kind::Repeat(group) = &mut question.kind {
        let inner: BTreeSet<String> = group.questions.iter().map(|question| question.id.clone()).collect();
        let mut seen = before.clone();
        for question in group.questions.iter_mut().map(Arc::make_mut) {
            let id = question.id.clone();
            if matches!(question.kind, Kind::Repeat(_)) {
                return Err(format!("\"{id}\": a group cannot stand in a group"));
            }
            if !is_name(&id, '_') || all.contains(&id) || !seen.insert(id.clone()) {
                return Err(format!(
                    "\"{id}\" in the group must be a new name of lower-case letters, digits and underscores"
                ));
            }
            let mut before = seen.clone();
            before.remove(&id);
            look(question, &id, &before, all, &inner)?;
        }
    }
    Ok(())
}

/// Rules may look anywhere; everything else only at what stands before.
fn look(
    question: &mut Question,
    id: &str,
    before: &BTreeSet<String>,
    all: &BTreeSet<String>,
    row: &BTreeSet<String>,
) -> Result<(), String> {
    let mut stray = None;
    question.kind.visit(&mut |name| note(before, name, &mut stray));
    if let Required::When(condition) = &mut question.required {
        condition.visit(&mut |name| note(before, name, &mut stray));
    }
    if let Some(show) = &mut question.show {
        show.visit(&mut |name| note(before, name, &mut stray));
    }
    for (_, of) in told(&question.card) {
        note(before, of, &mut stray);
    }
    if let Some(name) = stray {
        return Err(format!("\"{id}\" looks at \"{name}\", which is not asked before it"));
    }
    // A group's rule may count its own rows, so names of rows are fine wherever the group is.
    let inner: BTreeSet<String> = match &question.kind {
        Kind::Repeat(group) => group.questions.iter().map(|question| question.id.clone()).collect(),
        _ => BTreeSet::new(),
    };
    let mut stray = None;
    question.visit_rules(&mut |name| {
        if !all.contains(name) && !before.contains(name) && !row.contains(name) && !inner.contains(name) {
            stray = Some(name.clone());
        }
    });
    match stray {
        Some(name) => Err(format!("a rule of \"{id}\" looks at \"{name}\", which the form does not ask")),
        None => Ok(()),
    }
}

fn note(known: &BTreeSet<String>, name: &str, stray: &mut Option<String>) {
    if !known.contains(name) {
        *stray = Some(name.to_owned());
    }
}

fn is_name(text: &str, joint: char) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_lowercase())
        && text.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == joint)
}

#[cfg(test)]
mod tests {
    use crate::answers::MOST_ROWS;
    use crate::source::{Shelf, load};

    #[test]
    fn what_counts_rows_may_name_the_questions_of_a_row_once_the_group_was_asked() {
        let head = "id = \"a\"\ntitle = \"A\"\nin_force_from = \"2021-07-01\"\n[[step]]\nid = \"s\"\ntitle = \"S\"\n";
        let group = "[[step.question]]\nid = \"con\"\nkind = \"repeat\"\nlabel = \"Con\"\n\
                     [[step.question.question]]\nid = \"hoc\"\nkind = \"yes_no\"\nlabel = \"Học\"\n";
        let count = "[[step.question]]\nid = \"so\"\nkind = \"computed\"\nlabel = \"Số\"\n\
                     of = { count = \"con\", where = { eq = [\"hoc\", \"yes\"] } }\n";
        assert!(load("a", &[head, group, count].concat(), &Shelf::default()).is_ok());
        assert!(load("a", &[head, count, group].concat(), &Shelf::default()).is_err());
    }

    #[test]
    fn a_group_may_not_have_more_rows_than_are_ever_read() {
        let form = |max: usize| {
            format!(
                "id = \"a\"\ntitle = \"A\"\nin_force_from = \"2021-07-01\"\n[[step]]\nid = \"s\"\ntitle = \"S\"\n\
                 [[step.question]]\nid = \"con\"\nkind = \"repeat\"\nlabel = \"Con\"\nmax = {max}\n\
                 [[step.question.question]]\nid = \"hoc\"\nkind = \"yes_no\"\nlabel = \"Học\"\n"
            )
        };
        assert!(load("a", &form(MOST_ROWS), &Shelf::default()).is_ok());
        assert!(load("a", &form(MOST_ROWS + 1), &Shelf::default()).is_err());
    }
}
