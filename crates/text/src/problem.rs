//! The sentence for every problem: what is wrong and how to mend it.

use crate::{Key, Words};
use form::{Code, Problem};

/// The sentence for a problem.
#[must_use]
pub fn problem(words: &Words, problem: &Problem) -> String {
    if !problem.says.is_empty() {
        return problem.says.clone();
    }
    sentence(words, &problem.code, &problem.label, &problem.arg)
}

/// The sentence for a code, the question's label, and what the code tells beside it.
#[must_use]
pub fn sentence(words: &Words, code: &Code, label: &str, arg: &str) -> String {
    let key = match code {
        Code::Required => Key::ProblemRequired,
        Code::RequiredChoice => Key::ProblemRequiredChoice,
        Code::ForbiddenSign => Key::ProblemForbiddenSign,
        Code::TooShort => Key::ProblemTooShort,
        Code::TooLong => Key::ProblemTooLong,
        Code::NotAName => Key::ProblemNotAName,
        Code::NotANumber => Key::ProblemNotANumber,
        Code::NumberTooSmall => Key::ProblemNumberTooSmall,
        Code::NumberTooLarge => Key::ProblemNumberTooLarge,
        Code::NotMoney => Key::ProblemNotMoney,
        Code::DateIncomplete => match arg {
            "year" => Key::ProblemDateNeedsYear,
            "month" => Key::ProblemDateNeedsMonth,
            _ => Key::ProblemDateIncomplete,
        },
        Code::DateNotReal => Key::ProblemDateNotReal,
        Code::DateTooEarly => Key::ProblemDateTooEarly,
        Code::DateTooLate => Key::ProblemDateTooLate,
        Code::NotAnOption => Key::ProblemNotAnOption,
        Code::IdLength => Key::ProblemIdLength,
        Code::IdSame => Key::ProblemIdSame,
        Code::IdBirth => Key::ProblemIdBirth,
        Code::IdSex => match arg {
            "nam" => Key::ProblemIdSexMale,
            _ => Key::ProblemIdSexFemale,
        },
        Code::NotAPhone => Key::ProblemNotAPhone,
        Code::NotAnEmail => Key::ProblemNotAnEmail,
        Code::AddressIncomplete => match arg {
            "province" => Key::ProblemAddressProvince,
            "commune" => Key::ProblemAddressCommune,
            _ => Key::ProblemAddressDetail,
        },
        Code::AddressUnknown => Key::ProblemAddressUnknown,
        Code::RowsTooFew => Key::ProblemRowsTooFew,
        Code::RowsTooMany => Key::ProblemRowsTooMany,
        Code::NotDeclared => Key::ProblemNotDeclared,
        Code::UnknownPlace => Key::ProblemUnknownPlace,
        Code::AgencyUnknown => Key::ProblemAgencyUnknown,
        Code::NotInForce => Key::ProblemNotInForce,
        Code::CaseStops => Key::ProblemCaseStops,
        Code::FormsDiffer => Key::ProblemFormsDiffer,
        Code::PaperMissing => Key::ProblemPaperMissing,
        Code::PaperUnknown => Key::ProblemPaperUnknown,
        Code::PaperTooMany => Key::ProblemPaperTooMany,
        Code::PaperEmpty => Key::ProblemPaperEmpty,
        Code::PaperTooLarge => Key::ProblemPaperTooLarge,
        Code::PapersTooLarge => Key::ProblemPapersTooLarge,
        Code::PaperKind => Key::ProblemPaperKind,
        Code::PaperTwice => Key::ProblemPaperTwice,
        Code::Rule(_) => Key::ProblemRule,
    };
    words.fill(key, &[("label", label), ("arg", arg)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_sentence_without_gaps() {
        let words = Words::vietnamese();
        for code in Code::ALL {
            for arg in ["3", "year", "month", "day", "province", "commune", "detail", "nam", "nu"] {
                let says = sentence(&words, code, "Ngày sinh", arg);
                assert!(says.len() > 10 && !says.contains('{'), "{}: {says}", code.as_str());
            }
        }
    }
}
