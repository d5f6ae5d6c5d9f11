//! The API as strangers meet it: in process for what it answers, as a process for what it survives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod access;
mod allowance;
mod answers;
mod counter;
mod cut;
mod desk;
mod eligibility;
mod figures;
mod flows;
mod handovers;
mod killed;
mod messages;
mod notices;
mod officers;
mod outside;
mod papers;
mod plain;
mod postings;
mod print;
mod receipt;
mod replies;
mod rubbish;
mod silent;
mod slips;
mod smtp;
mod submit;
mod supplements;
mod track;
mod uploads;
mod world;
