//! Who applies, as a paper of the desk names them: told from the answers by kind, because every procedure asks them by
//! other names.

use super::Told;
use crate::work::{self, Filer, beside};
use form::{Answers, Form, Kind, Question};
use pdf::slip::Applicant;
use procedure::procedure::FILER_FORM;

/// The questions of the filer's form.
const PHONE: &str = "dien_thoai";
const EMAIL: &str = "email";
const WAY: &str = "cach_nhan";

impl Told<'_> {
    /// The owner is the person by whom the queue names the dossier; telephone and e-mail are those of who filed it.
    pub(super) fn applicant(&self) -> Applicant {
        let owner = self.work.kept.person.clone();
        let filer = work::filer(&self.work.kept.dossier.filing, &owner);
        let own = |kind: fn(&Kind) -> bool| self.beside(&owner, kind);
        Applicant {
            filer: filer.map(named).unwrap_or_default(),
            address: own(|kind| matches!(kind, Kind::Address(_))),
            phone: self.filer(PHONE),
            email: self.filer(EMAIL),
            masked_id: masked(&own(|kind| matches!(kind, Kind::PersonalId(_)))),
            wish: self.desk.procedure.name.clone(),
            owner,
        }
    }

    /// How the result is fetched, in the words that were chosen.
    pub(super) fn collect(&self) -> String {
        self.filer(WAY)
    }

    pub(super) fn forms_of(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id).map(|form| &**form)
    }

    pub(super) fn shown(&self, question: &Question, answers: &Answers) -> String {
        question.kind.show(answers, &question.id, &self.app.offer.library.units)
    }

    /// An answer of the filer's form, as people read it.
    fn filer(&self, id: &str) -> String {
        let filed = &self.work.kept.dossier.filing.forms;
        let Some(filled) = filed.iter().find(|filled| filled.form == FILER_FORM) else { return String::new() };
        let question = self.forms_of(FILER_FORM).and_then(|form| form.question_at(id));
        question.map(|question| self.shown(question, &filled.answers)).unwrap_or_default()
    }

    /// The first answer of a kind in the step in which the owner's name stands. An answer of another step may be another
    /// person's, and a paper with a stranger's address is worse than one with a dotted line.
    pub(super) fn beside(&self, owner: &str, kind: fn(&Kind) -> bool) -> String {
        let found = beside(&self.work.kept.dossier.filing, self.forms, owner, |form, name| {
            let (step, _) = form.questions().find(|(_, question)| question.id == name.id)?;
            let (_, found) = form.questions().find(|(at, question)| *at == step && kind(&question.kind))?;
            Some(found)
        });
        found.map(|(answers, question)| self.shown(question, answers)).unwrap_or_default()
    }
}

/// "Trần Văn Thử (Trưởng thôn)"
fn named(filer: Filer) -> String {
    let Filer { name, relation } = filer;
    if relation.is_empty() { name } else { format!("{name} ({relation})") }
}

/// A personal number with its middle hidden: enough for its owner to know it, too little for anybody else.
fn masked(number: &str) -> String {
    let signs: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let hidden = |place: usize| place >= 3 && place + 4 < signs.len();
    signs.iter().enumerate().map(|(place, sign)| if hidden(place) { '•' } else { *sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_middle_of_a_number_is_hidden() {
        for (number, shown) in [("000 123 456 789", "000•••••6789"), ("000123456", "000••3456"), ("", "")]
        {
            assert_eq!(masked(number), shown);
        }
    }
}
