//! The thin JSON API and the server around it. Handlers load, call the domain, keep and answer; they have no rules.

pub mod app;
pub mod error;
mod headers;
pub mod json;
mod key;
pub mod limits;
pub mod offer;
pub mod pepper;
pub mod printer;
mod qr;
pub mod rate;
pub mod routes;
pub mod secret;
pub mod serve;
pub mod site;
pub mod source;
mod turns;
mod tus;
