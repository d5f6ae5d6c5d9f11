//! The program that stands aside: a draft to another phone and from one, and checking a receipt.

fn main() {
    portal::start(portal::Program::Aside, portal::aside);
}
