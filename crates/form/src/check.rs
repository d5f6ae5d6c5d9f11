//! The one check of answers against a form. The browser and the API run this very function.

use crate::kind::{Read, Reading};
use crate::scope::Values;
use crate::{
    Answers, Code, Condition, Date, Form, Kind, Map, Problem, Question, Required, Rule, Scope, Units, Value, answers,
};

/// What the world tells a check, because the check itself knows no clock and no file.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The day in Việt Nam.
    pub today: Date,
    /// The administrative units.
    pub units: &'a dyn Units,
}

/// Answers that passed. Only [`check`] makes it.
#[derive(Clone, Debug)]
pub struct Checked {
    answers: Answers,
    values: Values,
    warnings: Vec<Problem>,
}

impl Checked {
    /// The answers to the questions that are shown, tidied, with computed values filled in.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What could be read of them.
    #[must_use]
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// What deserves a second look, and does not block.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

/// Checks all answers of a form.
///
/// # Errors
/// All problems, warnings among them, when at least one blocks.
pub fn check(form: &Form, answers: &Answers, given: &Given<'_>) -> Result<Checked, Vec<Problem>> {
    let mut walk = Walk::through(form, answers, given);
    walk.find_unknown_places();
    let problems: Vec<Problem> = walk.problems.into_iter().map(|(_, problem)| problem).collect();
    if problems.iter().any(|problem| problem.blocks) {
        Err(problems)
    } else {
        Ok(Checked { answers: walk.kept.into_iter().collect(), values: walk.values, warnings: problems })
    }
}

/// The problems of one step; conditions still look at all answers.
#[must_use]
pub fn check_step(form: &Form, step: usize, answers: &Answers, given: &Given<'_>) -> Vec<Problem> {
    Walk::through(form, answers, given)
        .problems
        .into_iter()
        .filter(|(of, _)| *of == step)
        .map(|(_, problem)| problem)
        .collect()
}

/// One pass over the form: what is shown, what could be read, what is wrong.
pub struct Walk<'a> {
    form: &'a Form,
    answers: &'a Answers,
    given: &'a Given<'a>,
    /// The values read.
    pub values: Values,
    /// The places of the questions shown; a group's rows each have theirs.
    pub shown: Map<()>,
    /// The tidy texts to keep.
    pub kept: Vec<(String, String)>,
    /// What is wrong, with the number of the step.
    pub problems: Vec<(usize, Problem)>,
}

impl<'a> Walk<'a> {
    /// Walks the form from the first question to the last: conditions look only backwards, so one pass is enough.
    #[must_use]
    pub fn through(form: &'a Form, answers: &'a Answers, given: &'a Given<'a>) -> Self {
        let mut walk = Self {
            form,
            answers,
            given,
            values: Values::new(),
            shown: Map::new(),
            kept: Vec::new(),
            problems: Vec::new(),
        };
        for (number, step) in form.steps.iter().enumerate() {
            if walk.scope().shows(step.show.as_ref()) {
                for question in &step.questions {
                    walk.visit(number, question, &question.id, &|walk| walk.scope());
                }
            }
        }
        let broken: Vec<(usize, Problem)> =
            form.questions().flat_map(|(number, question)| walk.broken_rules(number, question)).collect();
        // Rules are asked last, because they look everywhere, but their problems belong to their steps.
        for (step, problem) in broken {
            let place = walk.problems.iter().take_while(|(other, _)| *other <= step).count();
            walk.problems.insert(place, (step, problem));
        }
        walk
    }

    fn scope(&self) -> Scope<'_> {
        Scope::new(&self.values, self.given.today)
    }

    fn rows(&self, group: &str) -> usize {
        match self.values.get(group) {
            Some(Value::Rows(rows)) => *rows,
            _ => 0,
        }
    }

    fn visit(
        &mut self,
        step: usize,
        question: &Question,
        place: &str,
        scope_of: &dyn for<'w> Fn(&'w Self) -> Scope<'w>,
    ) {
        if !scope_of(self).shows(question.show.as_ref()) {
            return;
        }
        self.shown.insert(place.to_owned(), ());
        let form = self.form;
        let label_of = |name: &str| label_of(form, name);
        let scope = scope_of(self);
        let required = question.required.holds(&scope);
        let reading = Reading {
            answers: self.answers,
            place,
            label: &question.label,
            scope,
            given: self.given,
            label_of: &label_of,
        };
        let read = question.kind.read(&reading);
        let missing = (required && read.is_empty()).then(|| reading.problem(question.kind.missing(), ""));
        self.keep(step, place, read);
        self.problems.extend(missing.map(|problem| (step, problem)));
        if let Kind::Repeat(group) = &question.kind {
            for row in 0..self.rows(place) {
                for inner in &group.questions {
                    self.visit(step, inner, &row_place(place, row, &inner.id), &|walk| walk.scope().row(place, row));
                }
            }
        }
    }

    fn keep(&mut self, step: usize, place: &str, read: Read) {
        if let Some(Value::Choices(ticked)) = &read.value {
            self.kept.extend(ticked.iter().map(|value| (answers::join(place, value), "yes".to_owned())));
        }
        for (part, text) in read.kept {
            let key = if part.is_empty() { place.to_owned() } else { answers::join(place, part) };
            self.kept.push((key, text));
        }
        if let Some(value) = read.value {
            self.values.insert(place.to_owned(), value);
        }
        self.problems.extend(read.problems.into_iter().map(|problem| (step, problem)));
    }

    fn broken_rules(&self, step: usize, question: &Question) -> Vec<(usize, Problem)> {
        let mut broken = Vec::new();
        let mut look = |question: &Question, place: &str, scope: &Scope<'_>| {
            if self.shown.contains(place) {
                let rules = question.rules.iter().filter(|rule| rule.is_broken(scope));
                broken.extend(rules.map(|rule| (step, rule.problem(question, place))));
            }
        };
        look(question, &question.id, &self.scope());
        if let Kind::Repeat(group) = &question.kind {
            for row in 0..self.rows(&question.id) {
                let scope = self.scope().row(&question.id, row);
                for inner in &group.questions {
                    look(inner, &row_place(&question.id, row, &inner.id), &scope);
                }
            }
        }
        broken
    }

    /// A place that no question has is never sent by the site; taking it silently would let anything in.
    fn find_unknown_places(&mut self) {
        for (place, _) in self.answers.iter() {
            if !is_place(self.form, place) {
                let problem = Problem {
                    place: place.chars().take(100).collect(),
                    code: Code::UnknownPlace,
                    arg: String::new(),
                    label: String::new(),
                    blocks: true,
                    says: String::new(),
                };
                self.problems.push((0, problem));
            }
        }
    }
}

impl Scope<'_> {
    /// Whether something with this condition is shown: only when it surely holds.
    #[must_use]
    pub fn shows(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| condition.holds(self) == Some(true))
    }
}

impl Required {
    /// Whether an answer must be there.
    #[must_use]
    pub fn holds(&self, scope: &Scope<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::When(condition) => condition.holds(scope) == Some(true),
        }
    }
}

impl Rule {
    fn is_broken(&self, scope: &Scope<'_>) -> bool {
        scope.shows(self.when.as_ref()) && self.holds.holds(scope) == Some(false)
    }

    fn problem(&self, question: &Question, place: &str) -> Problem {
        Problem {
            place: place.to_owned(),
            code: Code::Rule(self.id.clone()),
            arg: String::new(),
            label: question.label.clone(),
            blocks: !self.warns,
            says: self.says.clone(),
        }
    }
}

/// `con.0.ho_ten`.
#[must_use]
pub fn row_place(group: &str, row: usize, id: &str) -> String {
    format!("{group}.{row}.{id}")
}

fn label_of(form: &Form, name: &str) -> String {
    form.questions()
        .flat_map(|(_, question)| {
            let inner = match &question.kind {
                Kind::Repeat(group) => group.questions.as_slice(),
                _ => &[],
            };
            core::iter::once(question).chain(inner.iter().map(|inner| &**inner))
        })
        .find(|question| question.id == name)
        .map_or_else(|| name.to_owned(), |question| question.label.clone())
}

/// Whether the form has a question, shown or not, whose answer can stand at this place.
fn is_place(form: &Form, place: &str) -> bool {
    let (id, rest) = place.split_once('.').unwrap_or((place, ""));
    let Some((_, question)) = form.questions().find(|(_, question)| question.id == id) else {
        return false;
    };
    let Kind::Repeat(group) = &question.kind else {
        return question.kind.has_part(rest);
    };
    if rest.is_empty() {
        return true;
    }
    let Some((row, inner)) = rest.split_once('.') else {
        return false;
    };
    let (inner, part) = inner.split_once('.').unwrap_or((inner, ""));
    let real_row = row.parse::<usize>().is_ok_and(|number| number < answers::MOST_ROWS && number.to_string() == row);
    real_row && group.questions.iter().any(|question| question.id == inner && question.kind.has_part(part))
}
