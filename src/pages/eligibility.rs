//! "May I, and how much?" before anything is filled: a few questions on one page, and below them what the rules say.
//! The answers live as long as the page, and go nowhere.

use super::{drawing, waiting};
use crate::route::Page;
use crate::state::work::given;
use crate::state::{catalogue, units};
use form::check::Walk;
use form::kind::money::group;
use form::{Answers, Date, Problem};
use procedure::eligibility::{Amount, Per};
use procedure::{Eligibility, Verdict, VerdictKind};
use std::sync::Arc;
use text::Key;
use ui::prelude::*;
use ui::question::{focus_target, question};
use ui::{Html, html};
use ui::{Sheet, Told, error_summary, fill, t};

/// The id of the verdict, which takes the focus when it comes.
const VERDICT: &str = "verdict";

pub fn draw(id: String) -> Html {
    waiting(move || {
        let id = id.clone();
        Box::pin(async move {
            let rules = catalogue::eligibility(&id).await?;
            drawing(move || with(&id, &rules))
        })
    })
}

fn with(id: &str, rules: &Arc<Eligibility>) -> Html {
    crate::app::title(t(Key::EligibilityTitle));
    let verdict = RwSignal::new(None::<Verdict>);
    let sheet = sheet(rules);
    // A verdict on other answers than those on the page would be a wrong one.
    ui::effect(move || {
        sheet.answers.track();
        verdict.set(None);
    });
    let see = {
        let rules = rules.clone();
        move |_| match sheet.answers.with_untracked(|answers| rules.assess(answers, &given())) {
            Ok(found) => {
                sheet.problems.set(Vec::new());
                verdict.set(Some(found));
                ui::focus_soon(VERDICT);
            }
            Err(problems) => {
                sheet.problems.set(problems);
                ui::focus_soon(error_summary::ID);
            }
        }
    };
    let target = {
        let rules = rules.clone();
        move |problem: &Problem| focus_target(&rules.questions, problem)
    };
    let questions: Vec<_> =
        rules.questions.steps.iter().flat_map(|step| &step.questions).map(|one| question(one, sheet)).collect();
    let page = Page::Procedure(id.to_owned());
    let start = page.path();
    html! {
        {crate::app::back(&page)}
        {error_summary(sheet.problems, target)}
        <span class="caption">{rules.questions.title.clone()}</span>
        <h1>{t(Key::EligibilityTitle)}</h1>
        <p>{t(Key::EligibilityIntro)}</p>
        {questions}
        <button type="button" class="button" on:click=see>{t(Key::EligibilitySee)}</button>
        {move || verdict.get().map(|verdict| told(&verdict, &start))}
    }
}

/// All questions on one sheet; those that an answer opens come below it.
fn sheet(rules: &Arc<Eligibility>) -> Sheet {
    let answers = RwSignal::new(Answers::default());
    let rules = rules.clone();
    Sheet {
        answers,
        told: Memo::new(move |_| {
            let shown = answers.with(|answers| Walk::through(&rules.questions, answers, &given()).shown);
            Told { shown, kept: Answers::default() }
        }),
        problems: RwSignal::new(Vec::new()),
        units: units::names(),
        filled: RwSignal::new(String::new()),
    }
}

fn told(verdict: &Verdict, start: &str) -> Html {
    let title = match verdict.kind {
        VerdictKind::Probably => Key::EligibilityProbably,
        VerdictKind::No => Key::EligibilityNo,
        VerdictKind::Ask => Key::EligibilityAsk,
    };
    let instead = (!verdict.instead.is_empty()).then(|| html! { <p>{verdict.instead.clone()}</p> });
    let doubts: Vec<_> = verdict.doubts.iter().map(|says| html! { <li>{says.clone()}</li> }).collect();
    let doubts = (!doubts.is_empty()).then(|| html! { <ul class="bullets">{doubts}</ul> });
    let phone = (verdict.kind == VerdictKind::Ask)
        .then(|| html! { <p>{fill(Key::OutcomeAsk, &[("phone", t(Key::FramePhone))])}</p> });
    let href = start.to_owned();
    html! {
        <div class="panel" id=VERDICT tabindex="-1" role="status">
            <h2>{t(title)}</h2>
            <p>{verdict.says.clone()}</p>
            {verdict.amount.as_ref().map(amount)}
            {instead}
            {phone}
            {doubts}
            <p class="law" lang="vi">{t(Key::OutcomeLaw)}": "{verdict.law.clone()}</p>
            <p><b>{t(Key::EligibilityAdvice)}</b></p>
            <a href=href>{t(Key::FrameBack)}</a>
        </div>
    }
}

/// "500.000 đồng × 1,5 = 750.000 đồng mỗi tháng", and where the 500.000 come from.
fn amount(amount: &Amount) -> Html {
    let total = group(amount.total);
    let total = match amount.per {
        Per::Month => fill(Key::EligibilityMonth, &[("sum", &total)]),
        Per::Once => fill(Key::EligibilityOnce, &[("sum", &total)]),
    };
    let factors = factors(amount).join(" × ");
    let from = day(amount.standard_from);
    let with = [("name", amount.standard_name.as_str()), ("day", &from), ("amount", &group(amount.standard))];
    let least = amount.at_least.then(|| html! { <p>{t(Key::EligibilityAtLeast)}</p> });
    html! {
        <p><b>{factors}" = "{total}</b></p>
        {least}
        <p class="hint">{fill(Key::EligibilityStandard, &with)}</p>
        <p class="law" lang="vi">{amount.standard_law.clone()}</p>
    }
}

/// A coefficient of one is left out where other numbers stand: nobody multiplies kilometres by one.
fn factors(amount: &Amount) -> Vec<String> {
    let mut factors = vec![format!("{} đồng", group(amount.standard))];
    if amount.coefficient != 100 || amount.times.is_empty() {
        factors.push(coefficient(amount.coefficient));
    }
    factors.extend(amount.times.iter().map(|number| group(*number)));
    factors
}

/// 150 → "1,5", 2000 → "20".
fn coefficient(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole},{rest:02}").trim_end_matches('0').to_owned() }
}

fn day(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day, date.month, date.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_are_told_as_the_decree_writes_them() {
        for (hundredths, told) in [(100, "1"), (150, "1,5"), (125, "1,25"), (105, "1,05"), (2000, "20"), (50, "0,5")] {
            assert_eq!(coefficient(hundredths), told);
        }
    }

    #[test]
    fn kilometres_are_not_multiplied_by_one() {
        let mut amount = Amount {
            standard_name: String::new(),
            standard: 3000,
            standard_law: String::new(),
            standard_from: Date { year: 2021, month: 9, day: 15 },
            coefficient: 100,
            times: vec![1600, 2],
            total: 9_600_000,
            per: Per::Once,
            at_least: false,
        };
        assert_eq!(factors(&amount), ["3.000 đồng", "1.600", "2"]);
        amount.times.clear();
        assert_eq!(factors(&amount), ["3.000 đồng", "1"]);
        assert_eq!(day(amount.standard_from), "15/09/2021");
    }
}
