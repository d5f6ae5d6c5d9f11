//! `cargo xtask run`: the whole product on this machine, as a citizen would meet it.

use crate::shell::{Outcome, cargo, program, run as start, step, target};
use crate::{site, tools};

/// What `motcua serve` is told unless the caller says otherwise.
const DEFAULTS: [(&str, &str); 4] =
    [("--data", "data"), ("--site", "dist"), ("--forms", "forms"), ("--listen", "127.0.0.1:8080")];

/// Builds site and server and serves them until it is stopped. Arguments go to `motcua serve`,
/// for example `--listen 0.0.0.0:8080`.
pub fn run(args: &[String]) -> Outcome {
    tools::for_site()?;
    site::build()?;
    step("Building the server", "about 7 minutes the first time", || {
        start(cargo().args(["build", "--release", "--locked", "--package", "api"]))
    })?;
    let mut server = program(&target().join("release/motcua").to_string_lossy());
    server.arg("serve").args(args);
    for (name, value) in DEFAULTS {
        let given = args.iter().position(|arg| arg == name);
        let value = given.and_then(|at| args.get(at + 1)).map_or(value, String::as_str);
        if given.is_none() {
            server.args([name, value]);
        }
        match name {
            "--data" => println!("\nData is kept in {value}."),
            "--listen" => println!("Open http://{value} in a browser. Ctrl+C stops the server.\n"),
            _ => {}
        }
    }
    start(&mut server)
}
