//! Other ways in which a procedure's stages run: the same questions, forms and papers, worked on by other units.
//!
//! Districts ended on 30 June 2025 (Luật Tổ chức chính quyền địa phương 72/2025/QH15): where a commune stands right below
//! its province it decides what the district decided. Which way a dossier goes is told by where and when it was sent, so
//! that one under way keeps its way and both run side by side.

use crate::{Agencies, Agency, Level, Procedure, Stage};
use form::Date;
use pack::{Pack, Reader};
use serde::{Deserialize, Serialize};

/// One other way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// A name for tests and for whoever edits the file.
    pub id: String,
    /// What it rests on.
    pub law: String,
    /// For dossiers sent on this day or later; always, when nothing is said.
    pub from: Option<Date>,
    /// The last day; open, when nothing is said.
    pub until: Option<Date>,
    /// For agencies that are not of this level and stand below none.
    pub without: Level,
    /// Its stages, in place of the procedure's.
    pub stages: Vec<Stage>,
}

/// All of them, in the order of the file: the first that holds is taken. Browsers are told none, for what is worked on how
/// the API says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flows(pub Vec<Flow>);

impl Flows {
    /// Whether there is only the procedure's own way. Then the text of the procedure does not name them, and its
    /// fingerprint is what it was before there were any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Pack for Flows {
    fn write(&self, _: &mut Vec<u8>) {}
    fn read(_: &mut Reader<'_>) -> Self {
        Self::default()
    }
}

impl Flow {
    fn holds(&self, agency: &Agency, agencies: &Agencies, on: Date) -> bool {
        let dated = self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until);
        dated && agencies.above(agency).all(|unit| unit.level != self.without)
    }
}

impl Procedure {
    /// Which of the other ways a dossier goes that was sent to this agency on this day: its number from 0 on; none when it goes
    /// the procedure's own.
    #[must_use]
    pub fn way(&self, agency: &Agency, agencies: &Agencies, sent_on: Date) -> Option<usize> {
        self.flows.0.iter().position(|flow| flow.holds(agency, agencies, sent_on))
    }

    /// The procedure as it runs by one of its other ways.
    #[must_use]
    pub fn by_way(&self, way: usize) -> Self {
        let stages = self.flows.0.get(way).map_or_else(|| self.stages.clone(), |flow| flow.stages.clone());
        Self { stages, ..self.clone() }
    }
}
