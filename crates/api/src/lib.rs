//! The thin JSON API and the server around it. Handlers load, call the domain, keep and answer; they have no rules.

pub mod access;
pub mod app;
pub mod audit;
pub mod error;
mod headers;
pub mod json;
mod key;
pub mod limits;
pub mod mail;
pub mod notices;
pub mod number;
pub mod offer;
pub mod officers;
pub mod pepper;
pub mod printer;
mod qr;
pub mod rate;
pub mod routes;
pub mod secret;
pub mod serve;
mod sign_in;
pub mod site;
pub mod slips;
pub mod source;
mod turns;
mod tus;
pub mod work;
