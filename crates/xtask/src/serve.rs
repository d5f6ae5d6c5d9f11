//! `cargo xtask run`: the whole product on this machine, as a citizen would meet it.

use crate::shell::{Outcome, cargo, program, run as start, step, target};
use crate::{site, tools};

const LISTEN: &str = "127.0.0.1:8080";

/// Builds site and server and serves them until it is stopped. Arguments go to `motcua serve`,
/// for example `--listen 0.0.0.0:8080`.
pub fn run(args: &[String]) -> Outcome {
    tools::for_site()?;
    site::build()?;
    let about = "about 3 minutes the first time";
    step("Building the server", about, || start(cargo().args(["build", "--release", "--locked", "--package", "api"])))?;
    let listen =
        args.iter().position(|arg| arg == "--listen").and_then(|at| args.get(at + 1)).map_or(LISTEN, String::as_str);
    println!("\nOpen http://{listen} in a browser. Data is kept in ./data. Ctrl+C stops it.\n");
    let motcua = target().join("release/motcua");
    let mut server = program(&motcua.to_string_lossy());
    server.args(["serve", "--data", "data", "--site", "dist", "--forms", "forms"]);
    if !args.iter().any(|arg| arg == "--listen") {
        server.args(["--listen", LISTEN]);
    }
    start(server.args(args))
}
