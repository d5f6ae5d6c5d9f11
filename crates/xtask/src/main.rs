//! The project's commands, `cargo xtask <command>`: each says what it does, how long that takes, and installs what it misses.

mod bench;
mod checks;
mod forms;
mod officer;
mod offline;
mod programs;
mod serve;
mod shell;
mod simple;
mod site;
mod tools;
mod verdict;
mod weight;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  run       build the site and the server, start it with its data in ./data
  test      every check: style, lints, tests, forms, site, weight, browser journeys
  journeys  only the browser journeys, on the site as built last; arguments are files
  site      build the citizen's site into dist/, compressed
  weight    print what a first visit downloads; fail if it is over the budget
  forms     check every file in forms/ and compile it for the browser; --from FOLDER --to FOLDER for other forms
  verdict   ask the check in the browser's build and in the API's about thousands of cases: the same answers
  bench     run the benchmarks, also of a first visit to the site as built last; --only check, store, http, desk, site, peers
  setup     only install the tools (trunk, wasm-bindgen, wasm-opt, a browser for tests)
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = args.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    let outcome = match command {
        "run" => serve::run(rest),
        "test" => checks::run(),
        "journeys" => checks::journeys_command(rest),
        "site" => site::command(),
        "weight" => weight::command(),
        "verdict" => verdict::command(rest),
        "forms" => forms::command(rest),
        "bench" => bench::command(rest),
        "setup" => tools::everything(),
        "help" | "-h" | "--help" => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => Err(format!("there is no command “{other}”.\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
