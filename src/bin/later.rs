//! The later program: papers, the look-over, sending, the receipt, tracking, "may I?".

fn main() {
    portal::start(portal::Program::Later, portal::later);
}
