//! The form language: questions, conditions and answers, and the one `check` that the browser and the API both run.
//!
//! This crate knows no clock, randomness, file, network or framework. Today's date and the administrative units
//! come in through [`Given`]; the words of problems live in the `text` crate.

pub mod answers;
pub mod check;
pub mod condition;
pub mod date;
pub mod form;
pub mod kind;
pub mod map;
pub mod operand;
pub mod person;
pub mod problem;
pub mod scope;
#[cfg(feature = "source")]
pub mod source;
pub mod summary;
pub mod text;
pub mod units;

pub use answers::Answers;
pub use check::{Checked, Given, check, check_step};
pub use condition::Condition;
pub use date::Date;
pub use form::{Choosable, Form, Question, Required, Rule, Step};
pub use kind::Kind;
pub use map::Map;
pub use operand::Operand;
pub use person::Tells;
pub use problem::{Code, Problem};
pub use scope::{Scope, Value};
pub use units::{Known, Units};
