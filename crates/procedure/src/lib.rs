//! Procedures: who may ask, which form in which case, papers, stages, and the working-time calendar.

pub mod calendar;
pub mod search;
pub mod units;
