//! Procedures: who may ask, which form in which case, papers, stages, and the working-time calendar.

pub mod agency;
pub mod calendar;
pub mod catalogue;
pub mod eligibility;
pub mod filing;
pub mod flow;
pub mod paper;
pub mod procedure;
pub mod role;
pub mod search;
#[cfg(feature = "source")]
pub mod source;
pub mod units;

pub use agency::{Agencies, Agency};
pub use eligibility::{Eligibility, Verdict, VerdictKind};
pub use filing::{CheckedFiling, FiledPaper, Filing, FilledForm, check};
pub use flow::{Flow, Flows};
pub use paper::{Need, PaperKind, required_papers};
pub use procedure::{Fee, Level, Mode, Outcome, Posting, Procedure, Receives, ResultPaper, Stage};
pub use role::{OfficerId, Role};
