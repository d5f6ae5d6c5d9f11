//! The tools written in Rust: the wasm target, trunk, wasm-bindgen, and the libraries in `Cargo.lock`.

use crate::programs;
use crate::shell::{self, Outcome, ask, cargo, program, run, step};

const WASM: &str = "wasm32-unknown-unknown";

/// The newest trunk that Rust 1.95 builds; 0.22 asks for 1.96.1.
const TRUNK: &str = "0.21.14";

/// Rust's standard library for the browser.
pub fn target() -> Outcome {
    let sysroot = shell::read(program("rustc").args(["--print", "sysroot"]))?;
    let library = format!("{sysroot}/lib/rustlib/{WASM}");
    if std::path::Path::new(&library).exists() {
        return Ok(());
    }
    let what = format!("Adding the target {WASM} to Rust");
    step(&what, "some seconds, once", || {
        run(program("rustup").args(["target", "add", WASM]))
            .map_err(|error| format!("{error}\nRust has no target {WASM}, and rustup could not add it."))
    })
}

/// The standard library's own sources: the site builds it anew, for size.
pub fn sources() -> Outcome {
    let sysroot = shell::read(program("rustc").args(["--print", "sysroot"]))?;
    if std::path::Path::new(&format!("{sysroot}/lib/rustlib/src/rust/library/Cargo.lock")).exists() {
        return Ok(());
    }
    step("Adding the sources of Rust's standard library", "some seconds, once", || {
        run(program("rustup").args(["component", "add", "rust-src"]))
            .map_err(|error| format!("{error}\nRust's sources are missing, and rustup could not add them."))
    })
}

/// Trunk, which builds the page.
pub fn trunk() -> Outcome {
    install("trunk", "trunk", TRUNK, &["--locked", "--no-default-features"])
}

/// wasm-bindgen's program, in exactly the version of the library. Not `--locked`: its own lock file names a version
/// of a library that has been withdrawn.
pub fn wasm_bindgen() -> Outcome {
    match locked_version("wasm-bindgen")? {
        Some(version) => install("wasm-bindgen-cli", "wasm-bindgen", &version, &[]),
        None => Ok(()),
    }
}

/// Every library of the lock file, because trunk will build without the network; and those of the standard library, which
/// the site builds anew. Cargo brings the latter only for the target it is asked for.
pub fn libraries() -> Outcome {
    let fetch = |small: bool| {
        let mut command = cargo();
        command.args(["fetch", "--locked"]);
        if small {
            programs::small(command.args(["--target", WASM]));
        }
        command
    };
    if [false, true].into_iter().all(|small| ask(fetch(small).arg("--offline")).is_some()) {
        return Ok(());
    }
    step("Downloading the libraries in Cargo.lock", "about 1 minute, once", || {
        run(&mut fetch(false))?;
        run(&mut fetch(true))
    })
}

fn install(package: &str, binary: &str, version: &str, extra: &[&str]) -> Outcome {
    // `trunk --version` answers "trunk 0.21.14", wasm-bindgen "wasm-bindgen 0.2.130".
    let there =
        ask(program(binary).arg("--version")).is_some_and(|says| says.split_whitespace().nth(1) == Some(version));
    if there {
        return Ok(());
    }
    let folder = super::folder();
    let what = format!("Installing {package} {version} into {}", folder.display());
    step(&what, "about 4 minutes, once", || {
        let mut command = cargo();
        command
            // Hardly optimised: that takes a quarter of the time, and neither of them works for long.
            .args(["install", package, "--version", version, "--force", "--quiet", "--debug"])
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .args(extra)
            .arg("--root")
            .arg(&folder)
            // Beside the project's own target folder, so that neither rebuilds the other.
            .env("CARGO_TARGET_DIR", folder.join("build"));
        run(&mut command)?;
        // What was built on the way is some gigabytes and not needed again.
        let _ = std::fs::remove_dir_all(folder.join("build"));
        Ok(())
    })
}

/// The version of a library in `Cargo.lock`, or `None` if nothing uses it.
fn locked_version(library: &str) -> Outcome<Option<String>> {
    let text = std::fs::read_to_string(shell::root().join("Cargo.lock"))
        .map_err(|why| format!("cannot read Cargo.lock: {why}"))?;
    Ok(version_in(&text, library))
}

fn version_in(lock: &str, library: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("\nname = \"{library}\"\n"))?;
    let line = after.lines().next()?;
    Some(line.strip_prefix("version = ")?.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "web-sys"), None);
    }
}
