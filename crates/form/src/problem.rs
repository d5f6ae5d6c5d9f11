//! What is wrong with an answer or a filing, where, and whether it stops the person. Never words: those live in `text`.

/// One thing to mend, or to look at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place of the answer: `ngay_sinh`, `con.0.ho_ten`.
    pub place: String,
    /// What is wrong.
    pub code: Code,
    /// What the sentence needs: the limit, the other question's label.
    pub arg: String,
    /// The label of the question, as the person reads it.
    pub label: String,
    /// False for a warning that lets the person go on.
    pub blocks: bool,
    /// The sentence, when the form itself brings one.
    pub says: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What is wrong. The texts are stable: they stand in examples, in the API's answers and in the text files.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $name,)*
            /// A rule written in the form, by its id.
            Rule(String),
        }
        impl Code {
            /// The stable text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { $(Self::$name => $text,)* Self::Rule(id) => id }
            }
            /// Every code but the rules of forms.
            pub const ALL: &[Code] = &[$(Self::$name,)*];
        }
    };
}

codes! {
    /// Nothing typed.
    Required = "required",
    /// Nothing chosen.
    RequiredChoice = "required-choice",
    /// A sign that must not stand in a text.
    ForbiddenSign = "forbidden-sign",
    /// Fewer characters than `arg`.
    TooShort = "too-short",
    /// More characters than `arg`.
    TooLong = "too-long",
    /// Not a person's name.
    NotAName = "not-a-name",
    /// Not a whole number.
    NotANumber = "not-a-number",
    /// Less than `arg`.
    NumberTooSmall = "number-too-small",
    /// More than `arg`.
    NumberTooLarge = "number-too-large",
    /// Not an amount in đồng.
    NotMoney = "not-money",
    /// Day, month or year is missing.
    DateIncomplete = "date-incomplete",
    /// No such day.
    DateNotReal = "date-not-real",
    /// Before `arg`.
    DateTooEarly = "date-too-early",
    /// After `arg`.
    DateTooLate = "date-too-late",
    /// None of the offered answers.
    NotAnOption = "not-an-option",
    /// Neither 9 nor 12 digits.
    IdLength = "id-length",
    /// The same number as another person's.
    IdSame = "id-same",
    /// The birth year in the number differs from the date of birth.
    IdBirth = "id-birth",
    /// The sex in the number differs from the answer.
    IdSex = "id-sex",
    /// Not a Vietnamese telephone number.
    NotAPhone = "not-a-phone",
    /// Not an e-mail address.
    NotAnEmail = "not-an-email",
    /// Province, commune or the rest is missing.
    AddressIncomplete = "address-incomplete",
    /// No such commune in that province today.
    AddressUnknown = "address-unknown",
    /// Fewer rows than `arg`.
    RowsTooFew = "rows-too-few",
    /// More rows than `arg`.
    RowsTooMany = "rows-too-many",
    /// The declaration is not ticked.
    NotDeclared = "not-declared",
    /// No question has this place: the site never sends it.
    UnknownPlace = "unknown-place",
    /// The agency does not receive this procedure.
    AgencyUnknown = "agency-unknown",
    /// The procedure is another one, or not in force on the day.
    NotInForce = "not-in-force",
    /// The case leads to no form.
    CaseStops = "case-stops",
    /// Other forms than the case leads to; `arg` names those.
    FormsDiffer = "forms-differ",
    /// A required paper is not there.
    PaperMissing = "paper-missing",
    /// A paper this case does not ask for.
    PaperUnknown = "paper-unknown",
    /// More than `arg` files of one paper.
    PaperTooMany = "paper-too-many",
    /// A file with nothing in it.
    PaperEmpty = "paper-empty",
    /// A file above the limit.
    PaperTooLarge = "paper-too-large",
    /// All files together above the limit.
    PapersTooLarge = "papers-too-large",
    /// Neither a picture nor a PDF, or a name that cannot be one.
    PaperKind = "paper-kind",
    /// The same file twice.
    PaperTwice = "paper-twice",
}
