//! The page that is filled: first the agency and the guiding questions, then all forms of the case with its papers.

use crate::fields::{Drawn, Sheet, said};
use crate::frame::{Style, fill, page, t};
use crate::papers;
use crate::question::question;
use crate::typed::{CASE, Typed};
use form::check::Walk;
use form::scope::Values;
use form::{Form, Given, Kind, Problem};
use maud::{Markup, html};
use procedure::filing::under;
use procedure::units::UnitsBook;
use procedure::{Agency, Outcome, Procedure, required_papers};
use text::{Key, Words};

/// What a page is drawn from.
pub struct Filling<'a> {
    /// What is asked for.
    pub procedure: &'a Procedure,
    /// The agencies that receive it today.
    pub agencies: &'a [&'a Agency],
    /// Provinces and communes.
    pub units: &'a UnitsBook,
    /// The day in Việt Nam.
    pub today: form::Date,
    /// Everything typed.
    pub typed: &'a Typed,
    /// What is wrong with it, at the places of `procedure::check`.
    pub problems: &'a [Problem],
    /// Where the case leads, once it is known and not to be changed; its forms in order.
    pub outcome: Option<(&'a Outcome, &'a [&'a Form])>,
}

impl Filling<'_> {
    /// The whole page.
    #[must_use]
    pub fn page(&self, style: &Style) -> String {
        let drawn = Drawn::default();
        let asked = match self.outcome {
            Some((outcome, forms)) if !outcome.forms.is_empty() => self.forms(outcome, forms, &drawn),
            other => self.case(other.map(|(outcome, _)| outcome), &drawn),
        };
        let drawn = drawn.into_inner();
        let unseen = self.typed.fields().into_iter().filter(|(name, _)| !drawn.contains(name));
        // Warnings on this page have been seen when it comes back.
        let warned = Typed::warned(self.problems);
        let title = &self.procedure.short;
        let inside = html! {
            (self.summary())
            a.back href="/plain" { (t(Key::FrameBack)) }
            h1 { (title) }
            form method="post" action={ "/plain/" (self.procedure.id) } enctype="multipart/form-data" {
                // The key and the versions come before the files, which are kept as they arrive.
                @for (name, text) in unseen { input type="hidden" name=(name) value=(text); }
                @if !self.problems.is_empty() && self.problems.iter().all(|problem| !problem.blocks) {
                    input type="hidden" name="seen" value=(warned);
                }
                // The Enter key presses the first button of a form: it must be one that changes nothing.
                button hidden name="do" value="look" { (t(Key::PlainLook)) }
                (asked)
            }
        };
        page(style, title, &inside)
    }

    fn summary(&self) -> Markup {
        let blocking = self.problems.iter().filter(|problem| problem.blocks).count();
        let title = match blocking {
            0 => t(Key::ErrorsWarning).to_owned(),
            1 => t(Key::ErrorsTitleOne).to_owned(),
            count => fill(Key::ErrorsTitle, &[("count", &count.to_string())]),
        };
        html! {
            @if !self.problems.is_empty() {
                div.summary.mild[blocking == 0] #problems tabindex="-1" role="alert" aria-labelledby="problems-title" autofocus {
                    h2 #problems-title { (title) }
                    ul {
                        @for problem in self.problems.iter().filter(|problem| problem.blocks || blocking == 0) {
                            li { a href={ "#" (self.target(problem)) } { (text::problem(&Words::vietnamese(), problem)) } }
                        }
                    }
                    @if blocking == 0 { p { (t(Key::PlainWarningHint)) } }
                }
            }
        }
    }

    fn target(&self, problem: &Problem) -> String {
        let forms = self.outcome.map_or(&[] as &[&Form], |(_, forms)| forms);
        target(&self.procedure.case, forms, problem)
    }

    fn sheet<'s>(
        &'s self,
        scope: &'s str,
        walk: &'s Walk<'s>,
        answers: &'s form::Answers,
        drawn: &'s Drawn,
    ) -> Sheet<'s> {
        Sheet { scope, answers, walk, problems: self.problems, units: self.units, today: self.today, drawn }
    }

    fn given(&self) -> Given<'_> {
        Given { today: self.today, units: self.units }
    }

    fn case(&self, stops: Option<&Outcome>, drawn: &Drawn) -> Markup {
        drawn.borrow_mut().insert("agency".to_owned());
        let given = self.given();
        let walk = Walk::through(&self.procedure.case, &self.typed.case, &given);
        let sheet = self.sheet(CASE, &walk, &self.typed.case, drawn);
        let wrong: Vec<&Problem> = self.problems.iter().filter(|problem| problem.place == "agency").collect();
        html! {
            div.field.bad[!wrong.is_empty()] {
                label.label for="agency" { (t(Key::AgencyTitle)) }
                p.hint #agency-hint { (t(Key::AgencyHint)) }
                div #agency-problem { @for problem in &wrong { (said(problem)) } }
                select #agency name="agency" aria-describedby="agency-hint agency-problem"
                    aria-invalid=[(!wrong.is_empty()).then_some("true")] {
                    option value="" { (t(Key::PlainChoose)) }
                    @for agency in self.agencies {
                        option value=(agency.code) selected[agency.code == self.typed.agency] { (agency.name) }
                    }
                }
            }
            (steps(&self.procedure.case, &sheet, false))
            @if let Some(outcome) = stops {
                div.warning #outcome { b { (t(Key::OutcomeStopTitle)) } p { (outcome.says) } p.law { (outcome.law) } }
            }
            button.button name="do" value="next" { (t(Key::ApplyContinue)) }
        }
    }

    fn forms(&self, outcome: &Outcome, forms: &[&Form], drawn: &Drawn) -> Markup {
        let given = self.given();
        let agency = self.agencies.iter().find(|agency| agency.code == self.typed.agency);
        let mut values: Values = Walk::through(&self.procedure.case, &self.typed.case, &given).values;
        let mut parts = Vec::new();
        for form in forms {
            let answers = self.procedure.filled(outcome, &form.id, &self.typed.answers(&form.id));
            let walk = Walk::through(form, &answers, &given);
            parts.push(html! {
                h2 { @if !form.number.is_empty() { (form.number) " – " } (form.title) }
                (steps(form, &self.sheet(&form.id, &walk, &answers, drawn), true))
            });
            values.extend(under(&form.id, &walk.values));
        }
        let needs = required_papers(self.procedure, &values, self.today);
        html! {
            section.panel aria-labelledby="case-title" {
                h2 #case-title { (t(Key::TasksCase)) }
                p { (outcome.says) }
                @if let Some(agency) = agency { p { (t(Key::CheckAgency)) ": " b { (agency.name) } } }
                button.button.quiet name="do" value="case" { (t(Key::OutcomeChange)) }
            }
            p.hint { (t(Key::PlainLookHint)) }
            @for part in &parts { (part) }
            (papers::draw(&needs, self.typed, self.problems, drawn))
            button.button.quiet name="do" value="look" { (t(Key::PlainLook)) }
            p.hint { (t(Key::CheckSendHint)) }
            button.button #send name="do" value="send" { (t(Key::CheckSend)) }
        }
    }
}

/// `below` a heading of the form's own.
fn steps(form: &Form, sheet: &Sheet<'_>, below: bool) -> Markup {
    let asks = |step: &form::Step| step.questions.iter().any(|one| !one.given && sheet.walk.shown.contains(&one.id));
    html! {
        @for step in form.steps.iter().filter(|step| asks(step)) {
            section {
                @if below { h3 { (step.title) } } @else { h2 { (step.title) } }
                @if !step.legal.is_empty() { p.law { (step.legal) } }
                @if !step.intro.is_empty() { p { (step.intro) } }
                @for one in &step.questions { (question(one, sheet, &one.id)) }
            }
        }
    }
}

/// The id of the field that a problem leads to.
#[must_use]
pub fn target(case: &Form, forms: &[&Form], problem: &Problem) -> String {
    let Some((scope, place)) = problem.place.split_once('/') else {
        return if problem.place == "agency" { "agency" } else { "main" }.to_owned();
    };
    let form = if scope == CASE { Some(case) } else { forms.iter().find(|form| form.id == scope).copied() };
    let part = match form.and_then(|form| form.question_at(place)) {
        None => "",
        Some(question) => match (&question.kind, problem.arg.as_str()) {
            (Kind::Address(_), "commune") => "commune",
            (Kind::Address(_), "detail") => "detail",
            _ => question.kind.first_part(),
        },
    };
    if part.is_empty() { problem.place.clone() } else { form::answers::join(&problem.place, part) }
}
