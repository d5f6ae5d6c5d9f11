//! `cargo xtask forms`: every file in `forms/` is read and verified, the examples beside each template are run,
//! and what the browser and editors need is written.

use crate::shell::{self, Outcome, build, program, root, run, step};
use crate::simple;
use form::{Date, Given};
use procedure::calendar::Moment;
use procedure::source::{Files, Library, browser, eligibility, examples, post, services, written};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The kinds of files that say something; the rest of the folder is for people.
const READ: [&str; 4] = ["toml", "json", "tsv", "typ"];

/// How long it takes to print them.
const PRINTING: &str = "20 seconds, several minutes the first time";

/// `cargo xtask forms`: checks, writes the schemas, and compiles into `target/forms` so that a mistake there shows too.
///
/// With `--from FOLDER --to FOLDER` another folder of forms is checked and compiled: an office tries its own that way.
pub fn command(args: &[String]) -> Outcome {
    match args {
        [] => {}
        [from_flag, from, to_flag, to] if from_flag == "--from" && to_flag == "--to" => {
            let (from, to) = (PathBuf::from(from), PathBuf::from(to));
            step("Checking the forms", "1 second", || check_files(&from))?;
            step("Printing the papers", PRINTING, || check_prints(&from))?;
            return step("Compiling the forms", "1 second", || compile_from(&from, &to));
        }
        _ => return Err("forms takes nothing, or --from FOLDER --to FOLDER".to_owned()),
    }
    step("Checking forms/", "1 second", || check_files(&ours()))?;
    step("Printing the papers of forms/", PRINTING, || check_prints(&ours()))?;
    step("Writing forms/schema/", "nothing", || {
        for (name, text) in schemas() {
            write(&root().join("forms/schema").join(name), text.as_bytes())?;
        }
        Ok(())
    })?;
    let out = shell::target().join("forms");
    step("Compiling forms/", "1 second", || compile(&out))
}

/// What `cargo xtask test` asks: the files, their examples, and whether the schemas in the repository are today's. That
/// they print is among the tests of the crate `pdf`, which are built by then.
pub fn check() -> Outcome {
    check_files(&ours())?;
    for (name, text) in schemas() {
        let kept = fs::read_to_string(root().join("forms/schema").join(name));
        if kept.ok().as_deref() != Some(&text) {
            return Err(format!(
                "forms/schema/{name} is not what the types say today: run `cargo xtask forms` and commit it"
            ));
        }
    }
    Ok(())
}

/// Writes what the browser reads into `out`: small binary files, in every language there is, and the site's own words.
pub fn compile(out: &Path) -> Outcome {
    compile_from(&ours(), out)
}

fn compile_from(forms: &Path, out: &Path) -> Outcome {
    let files = read(forms)?;
    let library = load(&files)?;
    let written = browser::write(&library, &files, today())?;
    for (path, bytes) in &written.files {
        write(&out.join(path), bytes)?;
    }
    for language in text::languages() {
        let words = text::bytes(language).ok_or_else(|| format!("there are no words of {language}"))?;
        write(&out.join(format!("texts.{language}.bin")), &words)?;
    }
    for form in library.forms.values() {
        let given = Given { today: form.in_force_from, units: &library.units };
        for (number, step) in form.steps.iter().enumerate() {
            let path = out.join("first").join(&form.id).join(format!("{}.html", step.id));
            write(&path, plain::skeleton(form, number, &given).as_bytes())?;
        }
    }
    for (language, words) in simple::words() {
        write(&out.join(format!("simple.{language}.json")), words.as_bytes())?;
    }
    for (language, missing) in written.missing.iter().filter(|(_, missing)| !missing.is_empty()) {
        println!("  forms/texts/{language}.toml lacks {} texts, shown in Vietnamese:", missing.len());
        for text in missing.iter().take(5) {
            println!("    {text}");
        }
    }
    Ok(())
}

/// The day in Việt Nam as of which the browser's files are written; a build that is to be made again byte by byte sets
/// `SOURCE_DATE_EPOCH` (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn today() -> Date {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let ms = set.unwrap_or_else(now).saturating_mul(1000);
    Moment(i64::try_from(ms).unwrap_or(i64::MAX)).date()
}

/// A mistake is told with its file and line.
fn check_files(forms: &Path) -> Outcome {
    let files = read(forms)?;
    let library = load(&files)?;
    samples(&library)?;
    let (mut ran, mut failures) = examples::run(&library, &files);
    let (more, failed) = eligibility::examples::run(&library, &files);
    ran += more;
    failures.extend(failed);
    if !failures.is_empty() {
        return Err(format!("{} of {ran} examples:\n{}", failures.len(), failures.join("\n")));
    }
    let (forms, procedures) = (library.forms.len(), library.procedures.len());
    let services = library.services.services.len();
    println!("  {forms} templates, {procedures} procedures, {services} services, {ran} examples: all right");
    Ok(())
}

/// Every template is printed blank and with each example. Another program does it: Typst takes minutes to build, and
/// most commands of this one have no use for it.
fn check_prints(forms: &Path) -> Outcome {
    let forms = std::path::absolute(forms).map_err(|why| format!("cannot find {}: {why}", forms.display()))?;
    let pdf = build(&["pdf"])?.join("pdf");
    run(program(&pdf.to_string_lossy()).arg(forms))
}

/// Most bytes of a drawing of a paper: it is looked at on a poor line.
const SAMPLE_BYTES: u64 = 4096;

/// The site has the drawing that a paper names, and it is small.
fn samples(library: &Library) -> Outcome {
    let folder = root().join("public/samples");
    let mut wrong = Vec::new();
    for (id, procedure) in &library.procedures {
        for sample in procedure.papers.iter().map(|paper| &paper.sample).filter(|sample| !sample.is_empty()) {
            match fs::metadata(folder.join(format!("{sample}.svg"))) {
                Ok(file) if file.len() <= SAMPLE_BYTES => {}
                Ok(file) => {
                    wrong.push(format!("public/samples/{sample}.svg has {} bytes, not {SAMPLE_BYTES}", file.len()));
                }
                Err(_) => wrong.push(format!("{id} names public/samples/{sample}.svg, which is not there")),
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn load(files: &Files) -> Outcome<Library> {
    Library::load(files).map_err(|errors| format!("mistakes in forms/:\n{errors}"))
}

/// JSON Schemas, from which an editor completes and explains what is written in these files.
fn schemas() -> [(&'static str, String); 6] {
    let told = |schema: &serde_json::Value| format!("{schema:#}\n");
    [
        ("form.json", told(&form::source::schema())),
        ("procedure.json", told(&written::schema())),
        ("eligibility.json", told(&eligibility::schema())),
        ("post.json", told(&post::schema())),
        ("service.json", told(&services::schema())),
        ("standard.json", told(&eligibility::standard_schema())),
    ]
}

/// The project's own forms.
fn ours() -> PathBuf {
    root().join("forms")
}

fn read(forms: &Path) -> Outcome<Files> {
    let mut files = Files::new();
    collect(forms, forms, &mut files).map_err(|why| format!("cannot read {}: {why}", forms.display()))?;
    Ok(files)
}

fn collect(forms: &Path, folder: &Path, files: &mut Files) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(forms, &path, files)?;
        } else if path.extension().is_some_and(|kind| READ.iter().any(|read| kind == *read)) {
            let name = path.strip_prefix(forms).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    let parent = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(parent).and_then(|()| fs::write(path, bytes));
    written.map_err(|why| format!("cannot write {}: {why}", path.display()))
}
