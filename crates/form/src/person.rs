//! The people of a form: which questions belong to one person, so that an identity card can answer them together.
//!
//! The form language says it at the question: `card = { tells = "birth", of = "ho_ten" }`. The name is the person; a
//! `name` question that others point to is answered by the card too. What a card is, this crate does not know.

use crate::kind::{choice, date::Precision};
use crate::{Form, Kind};

/// What an identity card tells about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tells {
    /// Họ và tên.
    Name,
    /// Số định danh cá nhân, 12 digits.
    Number,
    /// Date or year of birth.
    Birth,
    /// "nam" or "nu".
    Sex,
    /// Nơi thường trú, as a unit of today.
    Residence,
    /// Date of issue.
    Issued,
    /// Who issued it.
    Issuer,
}

impl Tells {
    /// All of them, in the order in which people are asked.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Birth, Self::Sex, Self::Number, Self::Issued, Self::Issuer, Self::Residence];

    /// One word without blanks, for attributes of a page.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::Residence => "residence",
            Self::Issued => "issued",
            Self::Issuer => "issuer",
        }
    }

    /// Whether a question of this kind can hold it.
    #[must_use]
    pub fn fits(self, kind: &Kind) -> bool {
        let offers = |options: &[crate::Choosable], value: &str| options.iter().any(|option| option.value == value);
        match (self, kind) {
            (Self::Name, Kind::Text(text)) => text.name,
            (Self::Issuer, Kind::Text(text)) => !text.name,
            (Self::Number, Kind::PersonalId(_)) | (Self::Residence, Kind::Address(_)) => true,
            (Self::Birth | Self::Issued, Kind::Date(date)) => date.asks == Precision::Day,
            (Self::Sex, Kind::Choice(choice::Choice { options, .. })) => {
                offers(options, "nam") && offers(options, "nu")
            }
            _ => false,
        }
    }
}

/// Reads `birth=ngay_sinh sex=gioi_tinh`; words that tell nothing are left out.
pub fn told(card: &str) -> impl Iterator<Item = (Tells, &str)> {
    card.split_whitespace().filter_map(|pair| {
        let (word, id) = pair.split_once('=')?;
        Some((Tells::ALL.into_iter().find(|tells| tells.word() == word)?, id))
    })
}

/// The places of a person whose name stands at `name`, the name's own first, from the name's `card`; nothing when that is
/// empty. `nguoi_di.1.ho_ten` gives the places of that row.
#[must_use]
pub fn places(card: &str, name: &str) -> Vec<(Tells, String)> {
    let row = name.rsplit_once('.').map_or("", |(row, _)| row);
    let place = |id: &str| if row.is_empty() { id.to_owned() } else { crate::answers::join(row, id) };
    let name = (!card.is_empty()).then(|| (Tells::Name, name.to_owned()));
    name.into_iter().chain(told(card).map(|(tells, id)| (tells, place(id)))).collect()
}

impl Form {
    /// The places of the person whose name stands there; nothing when no card answers there.
    #[must_use]
    pub fn person_at(&self, name: &str) -> Vec<(Tells, String)> {
        let question = self.question_at(name).filter(|question| name.rsplit('.').next() == Some(&question.id));
        question.map(|question| places(&question.card, name)).unwrap_or_default()
    }
}

#[cfg(all(test, feature = "source"))]
mod tests {
    use crate::source::{Shelf, load};

    const HEAD: &str =
        "id = \"a\"\ntitle = \"A\"\nin_force_from = \"2021-07-01\"\n[[step]]\nid = \"s\"\ntitle = \"S\"\n";
    const GROUP: &str = "title = \"Một người\"\n\
        [[question]]\nid = \"ho_ten\"\nkind = \"name\"\nlabel = \"Tên\"\n\
        [[question]]\nid = \"sinh\"\nkind = \"date\"\nlabel = \"Sinh\"\ncard = { tells = \"birth\", of = \"ho_ten\" }\n\
        [[question]]\nid = \"so\"\nkind = \"personal_id\"\nlabel = \"Số\"\ncard = { tells = \"number\", of = \"ho_ten\" }\n";

    #[test]
    fn a_person_may_be_spread_over_uses_steps_and_rows() {
        let text = [
            HEAD,
            "[[step.question]]\nuse = \"person\"\nprefix = \"a_\"\nonly = [\"ho_ten\"]\n",
            "[[step.question]]\nuse = \"person\"\nprefix = \"b_\"\n",
            "[[step.question]]\nid = \"con\"\nkind = \"repeat\"\nlabel = \"Con\"\n",
            "[[step.question.question]]\nuse = \"person\"\nprefix = \"con_\"\n",
            "[[step]]\nid = \"t\"\ntitle = \"T\"\n",
            "[[step.question]]\nuse = \"person\"\nprefix = \"a_\"\nonly = [\"so\"]\n",
            "[[step.question]]\nid = \"o\"\nkind = \"address\"\nlabel = \"Ở\"\ncard = { tells = \"residence\", of = \"a_ho_ten\" }\n",
        ];
        let mut shelf = Shelf::default();
        shelf.add_group("person", "person.toml", GROUP).unwrap();
        let form = load("a", &text.concat(), &shelf).unwrap();
        let at = |name: &str| -> Vec<String> {
            form.person_at(name).iter().map(|(tells, place)| format!("{}:{place}", tells.word())).collect()
        };
        assert_eq!(at("a_ho_ten"), ["name:a_ho_ten", "number:a_so", "residence:o"]);
        assert_eq!(at("b_ho_ten"), ["name:b_ho_ten", "birth:b_sinh", "number:b_so"]);
        assert_eq!(at("con.2.con_ho_ten"), ["name:con.2.con_ho_ten", "birth:con.2.con_sinh", "number:con.2.con_so"]);
        for stranger in ["o", "con", "con.1", "con.1.x", "", ".", "x.y.z"] {
            assert_eq!(at(stranger), [""; 0], "{stranger}");
        }
    }

    #[test]
    fn what_a_card_cannot_answer_is_refused_with_its_line() {
        let name = "[[step.question]]\nid = \"ho_ten\"\nkind = \"name\"\nlabel = \"Tên\"\n";
        for (question, says) in [
            ("kind = \"text\"\nlabel = \"X\"\ncard = { tells = \"birth\", of = \"ho_ten\" }", "cannot hold"),
            ("kind = \"year\"\nlabel = \"X\"\ncard = { tells = \"birth\", of = \"ho_ten\" }", "cannot hold"),
            (
                "kind = \"choice\"\nlabel = \"X\"\noptions = [{ value = \"a\", label = \"A\" }]\n\
                 card = { tells = \"sex\", of = \"ho_ten\" }",
                "cannot hold",
            ),
            ("kind = \"address\"\nlabel = \"X\"\ncard = { tells = \"residence\", of = \"x\" }", "looks at \"x\""),
            ("kind = \"address\"\nlabel = \"X\"\ncard = { tells = \"residence\", of = \"ai\" }", "not asked before"),
            ("kind = \"address\"\nlabel = \"X\"\ncard = { tells = \"residence\", of = \"cu\" }", "no `name`"),
            ("kind = \"address\"\nlabel = \"X\"\ncard = { tells = \"home\", of = \"ho_ten\" }", "home"),
            (
                "kind = \"personal_id\"\nlabel = \"X\"\ncard = { tells = \"number\", of = \"ho_ten\" }\n\
              [[step.question]]\nid = \"y\"\nkind = \"personal_id\"\nlabel = \"Y\"\n\
              card = { tells = \"number\", of = \"ho_ten\" }",
                "twice",
            ),
        ] {
            let other = "[[step.question]]\nid = \"cu\"\nkind = \"text\"\nlabel = \"Cũ\"\n";
            let text = [HEAD, name, other, "[[step.question]]\nid = \"x\"\n", question, "\n"].concat();
            let error = load("a", &text, &Shelf::default()).unwrap_err();
            assert!(error.says.contains(says), "{question}: {error}");
            assert!(error.line > 14, "{question}: {error}");
        }
    }
}
