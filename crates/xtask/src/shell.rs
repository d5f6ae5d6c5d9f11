//! Starting other programs and saying so: every command of xtask runs its steps through here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What every step answers: a value, or the sentence a person has to read.
pub type Outcome<T = ()> = Result<T, String>;

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Says a step, runs it, says how long it took.
pub fn step<T>(what: &str, about: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n▸ {what} ({about})");
    let start = Instant::now();
    let result = work()?;
    println!("  done in {}", spent(start.elapsed()));
    Ok(result)
}

/// A duration as people say it: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn spent(time: Duration) -> String {
    match time.as_secs() {
        0..=9 => format!("{:.1} s", time.as_secs_f32()),
        10..=99 => format!("{} s", time.as_secs()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// The cargo that started us, so that `cargo +version xtask` stays with its version.
pub fn cargo() -> Command {
    program(std::env::var("CARGO").as_deref().unwrap_or("cargo"))
}

/// Builds programs of the workspace for this machine, and answers the folder they are in.
///
/// Cargo gives a library the features that all the chosen packages ask for, the tests' own among them: were a program
/// built alone, Typst would be built once more for it than the tests have built it. So the whole workspace is chosen, and
/// one small test.
pub fn build(programs: &[&str]) -> Outcome<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--quiet", "--locked", "--workspace", "--test", "third"]);
    for name in programs {
        command.args(["--bin", name]);
    }
    run(&mut command)?;
    Ok(target().join("debug"))
}

/// A program that will run in the workspace's folder, with our tools first on its path.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    if let Some(path) = crate::tools::path() {
        command.env("PATH", path);
    }
    command
}

/// Runs a program to its end and shows what it prints.
pub fn run(command: &mut Command) -> Outcome {
    let told = told(command);
    let status = command.status().map_err(|why| format!("cannot start `{told}`: {why}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{told}` failed ({status})")) }
}

/// Runs a program to its end and returns what it printed; its errors stay visible.
pub fn read(command: &mut Command) -> Outcome<String> {
    let told = told(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|why| format!("cannot start `{told}`: {why}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(format!("`{told}` failed ({})", output.status))
    }
}

/// The same, silently: `None` when the program is missing or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

fn told(command: &Command) -> String {
    let name = Path::new(command.get_program());
    let name = name.file_name().unwrap_or(name.as_os_str());
    let words: Vec<_> = std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
