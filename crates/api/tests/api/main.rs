//! The API as strangers meet it: in process for what it answers, as a process for what it survives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod absences;
mod access;
mod answers;
mod counter;
mod cut;
mod desk;
mod eligibility;
mod figures;
mod flows;
mod handovers;
mod killed;
mod meetings;
mod messages;
mod notices;
mod officers;
mod outside;
mod papers;
mod plain;
mod print;
mod receipt;
mod replies;
mod rubbish;
mod search;
mod sheet;
mod signed;
mod slips;
mod smtp;
mod submit;
mod supplements;
mod track;
mod units;
mod uploads;
mod world;
