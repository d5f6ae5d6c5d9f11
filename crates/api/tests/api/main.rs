//! The API as strangers meet it: in process for what it answers, as a process for what it survives.

mod answers;
mod outside;
mod papers;
mod rubbish;
mod submit;
mod track;
mod world;
