//! Procedures: who may ask, which form in which case, papers, fees, stages, and the working-time calendar.

pub mod agency;
pub mod calendar;
pub mod catalogue;
pub mod eligibility;
pub mod fee;
pub mod filing;
pub mod flow;
pub mod id;
pub mod paper;
pub mod procedure;
pub mod role;
pub mod search;
#[cfg(feature = "source")]
pub mod service;
#[cfg(feature = "source")]
pub mod source;
pub mod units;

pub use agency::book::AgencyBook;
pub use agency::{Agencies, Agency};
pub use eligibility::{Eligibility, Verdict, VerdictKind};
pub use fee::{Exemption, Fee, FeeDue};
pub use filing::{CheckedFiling, FiledPaper, Filing, FilledForm, check};
pub use flow::{Flow, Flows};
pub use paper::{Need, PaperKind, required_papers};
pub use procedure::{Level, Meeting, Mode, Outcome, Posting, Procedure, Receives, ResultPaper, Stage};
pub use role::{OfficerId, Role};
#[cfg(feature = "source")]
pub use service::{Service, Services};
