//! The site's programs: the first one is built by Trunk, the others here, all of them as small as they get.
//!
//! A program is a name, a package, and whether it is a binary of it or its library. Each ends as `dist/<name>-<hash>.js`
//! and `dist/<name>-<hash>_bg.wasm`, and stands in the page's `<meta name="programs">`, from which `boot.js`, workers and
//! pages learn its addresses.

use crate::shell::{self, Outcome, cargo, program, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The browser's target.
pub const TRIPLE: &str = "wasm32-unknown-unknown";

/// One program beside the first.
struct Program {
    name: &'static str,
    package: &'static str,
    /// Its binary, or its library when there is none.
    binary: Option<&'static str>,
    /// Styles of its own in `public/css/`, which `boot.js` adds to the page.
    styles: &'static [&'static str],
}

const PROGRAMS: [Program; 5] = [
    Program { name: "later", package: "portal", binary: Some("later"), styles: &["papers.css"] },
    Program { name: "aside", package: "portal", binary: Some("aside"), styles: &["papers.css"] },
    Program { name: "picture", package: "picture", binary: None, styles: &[] },
    // Reading an identity card: the rules of the panel in public/card/, and the reader for browsers without one.
    Program { name: "scan", package: "scan", binary: None, styles: &[] },
    Program { name: "reader", package: "reader", binary: None, styles: &[] },
];

/// Makes cargo build the standard library anew with the program, for size, and end it at a panic without a word: nobody
/// reads those words on a phone, and they are a tenth of its bytes. Cargo calls this unstable; the toolchain is pinned by
/// `rust-version`, and should it ever fail, the site works without it and only weighs more.
pub fn small(command: &mut Command) -> &mut Command {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none")
}

/// Builds the programs beside Trunk's into `dist`, makes all the glue small, and writes where everything is into the page.
pub fn build(dist: &Path) -> Outcome {
    let page = dist.join("index.html");
    let told = |why: std::io::Error| format!("cannot read or write {}: {why}", page.display());
    let text = fs::read_to_string(&page).map_err(told)?;
    let (before, meta, after) = trunks_meta(&text).ok_or("Trunk's page does not say where its program is")?;
    let mut listed = vec![entry(dist, "portal", attribute(meta, "data-js"), attribute(meta, "data-wasm"), None)?];
    for one in &PROGRAMS {
        let (js, wasm) = make(one, dist)?;
        listed.push(entry(dist, one.name, &js, &wasm, styles(one, dist)?.as_deref())?);
    }
    listed.push(card(dist).map_err(told)?);
    let scripts = fs::read_dir(dist).map_err(told)?.flatten().map(|file| file.path());
    // The others keep the names they call each other by: that for browsers which are too old, and the service worker.
    let modules = ["portal-", "later-", "aside-", "boot-", "first-", "simple.", "counter.", "scan-", "reader-"];
    let module = |name: &str| modules.iter().any(|start| name.starts_with(start));
    let small = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "js") && module(&named(path));
    let scripts: Vec<PathBuf> = scripts.filter(small).collect();
    run(program("esbuild")
        .args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning", "--allow-overwrite"])
        .arg(format!("--outdir={}", dist.display()))
        .args(scripts))?;
    let programs = format!("<meta name=\"programs\" content='{{{}}}'>", listed.join(","));
    fs::write(&page, [before, &programs, after].concat()).map_err(told)
}

/// Names the folder of the card's panel by what it holds, so that the phone may keep it; its line of the list.
fn card(dist: &Path) -> std::io::Result<String> {
    let folder = dist.join("card");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?.flatten().map(|file| file.path()).collect();
    files.sort();
    let all = files.iter().map(fs::read).collect::<std::io::Result<Vec<_>>>()?.concat();
    let name = format!("card-{}", hash(&all));
    fs::rename(&folder, dist.join(&name))?;
    Ok(format!("\"card\":{{\"js\":\"/{name}/panel.js\"}}"))
}

/// Builds one program and answers the addresses of its glue and its wasm.
fn make(one: &Program, dist: &Path) -> Outcome<(String, String)> {
    let mut build = cargo();
    build.args(["build", "--locked", "--profile", "site", "--target", TRIPLE, "--package", one.package]);
    match one.binary {
        Some(binary) => build.args(["--bin", binary]),
        None => build.arg("--lib"),
    };
    run(small(&mut build))?;
    let built = shell::target().join(TRIPLE).join("site").join(format!("{}.wasm", one.binary.unwrap_or(one.package)));
    let out = shell::target().join("programs");
    run(program("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-name", one.name, "--out-dir"])
        .arg(&out)
        .arg(built))?;
    let bound = out.join(format!("{}_bg.wasm", one.name));
    run(program("wasm-opt").args(["-Oz", "--strip-debug", "--strip-producers"]).arg(&bound).arg("-o").arg(&bound))?;
    let told = |why: std::io::Error| format!("cannot keep the program {}: {why}", one.name);
    let hash = hash(&fs::read(&bound).map_err(told)?);
    let (js, wasm) = (format!("/{}-{hash}.js", one.name), format!("/{}-{hash}_bg.wasm", one.name));
    fs::copy(out.join(format!("{}.js", one.name)), dist.join(&js[1..])).map_err(told)?;
    fs::copy(&bound, dist.join(&wasm[1..])).map_err(told)?;
    Ok((js, wasm))
}

/// Keeps the styles of a program as one small file, and answers its address.
fn styles(one: &Program, dist: &Path) -> Outcome<Option<String>> {
    if one.styles.is_empty() {
        return Ok(None);
    }
    let folder = shell::root().join("public/css");
    let joined = shell::target().join("programs").join(format!("{}.css", one.name));
    let told = |why: std::io::Error| format!("cannot keep the styles of {}: {why}", one.name);
    let all: Result<Vec<String>, _> = one.styles.iter().map(|name| fs::read_to_string(folder.join(name))).collect();
    fs::write(&joined, all.map_err(told)?.concat()).map_err(told)?;
    run(program("esbuild")
        .args(["--minify", "--log-level=warning", "--allow-overwrite"])
        .arg(format!("--outfile={}", joined.display()))
        .arg(&joined))?;
    let address = format!("/{}-{}.css", one.name, hash(&fs::read(&joined).map_err(told)?));
    fs::copy(&joined, dist.join(&address[1..])).map_err(told)?;
    Ok(Some(address))
}

/// One line of the list: addresses, and the bytes of the wasm before compression, by which a page shows how far it is.
fn entry(dist: &Path, name: &str, js: &str, wasm: &str, css: Option<&str>) -> Outcome<String> {
    let size = fs::metadata(dist.join(wasm.trim_start_matches('/')));
    let bytes = size.map_err(|why| format!("the program {name} is not in {}: {why}", dist.display()))?.len();
    let css = css.map(|css| format!(",\"css\":\"{css}\"")).unwrap_or_default();
    Ok(format!("\"{name}\":{{\"js\":\"{js}\",\"wasm\":\"{wasm}\",\"bytes\":{bytes}{css}}}"))
}

fn named(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The page before the element that says where the first program is, the element, and the page after it.
fn trunks_meta(page: &str) -> Option<(&str, &str, &str)> {
    // Its minifier puts attributes in an order of its own.
    let start = page[..page.find("data-js=")?].rfind('<')?;
    let end = start + page[start..].find('>')? + 1;
    Some((&page[..start], &page[start..end], &page[end..]))
}

/// The value of an attribute, with or without quotes: the minifier takes them away where it can.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let value = tag.split_once(&format!("{name}=")).map_or("", |(_, rest)| rest);
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => value.split([' ', '>']).next().unwrap_or_default(),
    }
}

/// Sixteen hexadecimal digits that tell one content from another (FNV-1a): a name for caches, no proof of anything.
pub fn hash(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_program_is_found_in_trunks_page() {
        for page in [
            "<head><meta name=\"program\" data-js=\"/portal-1.js\" data-wasm=\"/portal-1_bg.wasm\"></head>",
            "<head><meta data-js=/portal-1.js data-wasm=/portal-1_bg.wasm name=program></head>",
        ] {
            let (before, meta, after) = trunks_meta(page).unwrap();
            assert_eq!((before, after), ("<head>", "</head>"));
            assert_eq!(attribute(meta, "data-js"), "/portal-1.js");
            assert_eq!(attribute(meta, "data-wasm"), "/portal-1_bg.wasm");
        }
        assert!(trunks_meta("<head></head>").is_none());
    }

    #[test]
    fn another_content_has_another_name() {
        assert_eq!(hash(b""), "cbf29ce484222325");
        assert_ne!(hash(b"a"), hash(b"b"));
    }
}
