//! The citizen's site.
fn main() {}
