//! The officers' site: signing in, the queue, a dossier with its answers and papers, and what is done with it.
//!
//! It is a program of its own, so that the citizens' carries nothing of it. Its words are Vietnamese and stand where they are
//! shown: see `docs/decisions/0014-the-officers-site.md`.

mod acts;
mod app;
mod client;
mod clock;
mod counter;
mod digest;
mod download;
mod idle;
mod keys;
mod pages;
mod pdf;
mod places;
mod route;
mod rows;
mod session;
mod task;
mod typed;

/// A third of the bytes of the usual allocator, and as fast for a page.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start();
}
