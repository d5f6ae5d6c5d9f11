//! The papers as people get them: what is on them, how they look, and what is told about a wrong print file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod bytes;
mod desk;
mod labels;
mod looks;
mod minutes;
mod mistakes;
mod slips;
mod world;
