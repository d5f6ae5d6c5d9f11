//! The citizen's site: find a procedure, fill the form, attach the papers, send, follow.

mod app;
mod client;
mod clock;
mod pages;
mod photo;
mod route;
mod state;
mod task;

fn main() {
    app::start();
}
