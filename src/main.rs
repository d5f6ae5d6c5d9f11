//! The first program: find a procedure, answer the guiding questions, fill the form.

fn main() {
    portal::start(portal::Program::First, portal::first);
}
