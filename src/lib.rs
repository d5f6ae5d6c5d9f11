//! The citizen's site: find a procedure, fill the form, attach the papers, send, follow.
//!
//! It is two programs made of this library. The first one is all that a person downloads up to the first form; the later
//! one comes when it is needed. See `docs/decisions/0004-a-second-program.md`.

mod app;
mod cipher;
mod client;
mod clock;
mod pages;
mod picture;
mod route;
mod state;
mod task;

/// A third of the bytes of the usual allocator, and as fast for a page.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

pub use app::start;
pub use pages::{aside, first, later};
pub use route::Program;
