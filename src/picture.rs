//! The picture program, in a worker of its own: photographs made small, looked at, straightened and bound there, so that
//! the page stays quick and its memory small. PDFs are only looked at, here.
//!
//! The worker is fetched when the page of papers opens and ended when it has had nothing to do for a while: memory that a
//! wasm once took is given back only with it.

use crate::state::photos::{Fault, PARTS};
use crate::task::background;
use dossier::paper::{self, FileKind, look};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use std::collections::BTreeMap;
use ui::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

/// The worker's script.
const SCRIPT: &str = "/picture-worker.js";
/// The name under which the page lists the program.
const PROGRAM: &str = "picture";
/// How long the worker waits for more to do.
const PATIENCE: core::time::Duration = core::time::Duration::from_secs(60);

/// Something that was made, to be kept and sent.
pub struct Made {
    /// Its bytes.
    pub blob: Blob,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
}

/// A photograph as it was taken in.
pub struct Taken {
    /// The photograph, small and upright, without EXIF.
    pub made: Made,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Where the paper lies, as a photograph keeps it.
    pub corners: Option<Vec<(u32, u32)>>,
}

/// Why a file is not taken, or nothing is made of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Nothing in it.
    Empty,
    /// Above the limit, and not a picture that could be made small.
    TooLarge,
    /// A picture of a kind this browser cannot read.
    Heic,
    /// Neither picture nor PDF.
    Kind,
    /// Begins well and ends badly.
    Broken,
    /// A PDF with a password.
    Locked,
    /// More pixels than a phone can hold.
    Pixels,
    /// The corners are not those of a sheet.
    Corners,
    /// The phone has no memory left.
    Memory,
    /// The phone does not keep it.
    Storage,
    /// The picture program could not be fetched, or ended.
    Program,
}

/// A picture above this is not even read: no phone makes one.
const LARGEST: f64 = 60_000_000.0;

/// What a chosen file is.
pub enum Chosen {
    /// A document, to be sent as it is.
    Document(Made),
    /// Perhaps a picture.
    Picture,
}

/// Looks at a chosen file; documents are read, pictures are left to [`take`].
pub async fn chosen(file: &File) -> Result<Chosen, Refused> {
    if file.size() < 1.0 {
        return Err(Refused::Empty);
    }
    let head = file.slice_with_i32_and_i32(0, 1024).map_err(|_| Refused::Broken)?;
    let is_document = read(&head).await?.windows(5).any(|part| part == b"%PDF-");
    if file.size() > LARGEST || (is_document && file.size() > MAX_DOCUMENT) {
        return Err(Refused::TooLarge);
    }
    if !is_document {
        return Ok(Chosen::Picture);
    }
    let bytes = read(file).await?;
    match look(&bytes) {
        Ok(looked) if looked.kind == FileKind::Pdf => {}
        // A picture with such letters in its head.
        Ok(_) => return Ok(Chosen::Picture),
        Err(fault) => return Err(refused(fault)),
    }
    let options = BlobPropertyBag::new();
    options.set_type(FileKind::Pdf.media_type());
    let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(|_| Refused::Broken)?;
    let sha256 = sha256(&bytes).await.ok_or(Refused::Broken)?;
    Ok(Chosen::Document(Made { bytes: ui::blob::size(&blob), blob, sha256 }))
}

#[expect(clippy::cast_precision_loss, reason = "ten megabytes are far below 2^53")]
const MAX_DOCUMENT: f64 = procedure::paper::MAX_BYTES as f64;

/// Takes a photograph in: small, upright, looked at.
pub async fn take(file: &File) -> Result<Taken, Refused> {
    let done = ask("take", &[("file", file)]).await?;
    let faults = [("blurred", Fault::Blurred), ("dark", Fault::Dark), ("glare", Fault::Glare)];
    let side = |name| number(&done, name).map(whole32);
    Ok(Taken {
        made: made(&done)?,
        width: side("width").ok_or(Refused::Program)?,
        height: side("height").ok_or(Refused::Program)?,
        faults: faults.into_iter().filter(|(name, _)| get(&done, name).is_truthy()).map(|(_, fault)| fault).collect(),
        corners: corners(&get(&done, "corners")),
    })
}

/// The page within these corners of a photograph, turned clockwise by quarters.
pub async fn page(photo: &Blob, corners: &[(u32, u32)], turn: u8, grey: bool) -> Result<Made, Refused> {
    let share = |part: u32| JsValue::from(f64::from(part) / f64::from(PARTS));
    let corners: Array = corners.iter().flat_map(|(x, y)| [share(*x), share(*y)]).collect();
    made(&ask("page", &[("blob", photo), ("corners", &corners), ("turn", &turn.into()), ("grey", &grey.into())]).await?)
}

/// Pages as one document.
pub async fn bind(pages: &[Blob]) -> Result<Made, Refused> {
    let pages: Array = pages.iter().collect();
    made(&ask("bind", &[("pages", &pages)]).await?)
}

/// Fetches the program while the person is still photographing.
pub fn prepare() {
    background(async {
        // What cannot be fetched now is asked for again with the first photograph.
        drop(ask("ready", &[]).await);
    });
}

/// An address under which the page can show the bytes.
pub fn address(blob: &Blob) -> String {
    Url::create_object_url_with_blob(blob).unwrap_or_default()
}

/// Lets the bytes behind an address go.
pub fn forget_address(address: &str) {
    if !address.is_empty() {
        // An address that is already gone needs nothing more.
        let _ = Url::revoke_object_url(address);
    }
}

/// Whoever does the tasks, and who waits for what.
#[derive(Default)]
struct Desk {
    /// The worker, or the script of the page that answers like one.
    worker: Option<JsValue>,
    /// What to call with the answer, by the task's number.
    waiting: BTreeMap<u32, Function>,
    /// The last number given.
    last: u32,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

async fn ask(task: &str, given: &[(&str, &JsValue)]) -> Result<JsValue, Refused> {
    let worker = match DESK.with_borrow(|desk| desk.worker.clone()) {
        Some(worker) => worker,
        None => open().await.ok_or(Refused::Program)?,
    };
    let number = DESK.with_borrow_mut(|desk| {
        desk.last += 1;
        desk.last
    });
    let message = Object::new();
    let own = [("task", &task.into()), ("number", &number.into()), ("program", &program())];
    for (name, value) in own.into_iter().chain(given.iter().copied()) {
        // A new object takes everything.
        let _ = Reflect::set(&message, &name.into(), value);
    }
    let answer =
        Promise::new(&mut |resolve, _| DESK.with_borrow_mut(|desk| drop(desk.waiting.insert(number, resolve))));
    let post: Function = get(&worker, "postMessage").unchecked_into();
    post.call1(&worker, &message).map_err(|_| Refused::Program)?;
    let answer = JsFuture::from(answer).await.map_err(|_| Refused::Program)?;
    let refused = get(&answer, "refused");
    if refused.is_undefined() {
        rest_after(number);
        return Ok(get(&answer, "done"));
    }
    let refused = told(refused.as_string().as_deref());
    if matches!(refused, Refused::Program | Refused::Memory) {
        // What failed to load is not asked for again by the same worker, and what ran out of room gives it back with it.
        end();
    }
    Err(refused)
}

/// Where the program's glue and wasm are, as the page lists it.
fn program() -> JsValue {
    let listed = document().query_selector("meta[name=programs]").ok().flatten();
    let text = listed.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
    get(&js_sys::JSON::parse(&text).unwrap_or_default(), PROGRAM)
}

/// Starts the worker. Where workers have no canvas (Safari before 16.4), its script does the tasks in the page itself.
async fn open() -> Option<JsValue> {
    let worker: JsValue = if Reflect::has(&window(), &"OffscreenCanvas".into()).unwrap_or(false) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
        // A worker that cannot start, or dies, answers nobody any more.
        let died = Closure::<dyn FnMut()>::new(end);
        worker.set_onerror(Some(died.into_js_value().unchecked_ref()));
        worker.into()
    } else {
        script().await?;
        get(&window(), "pictureTasks")
    };
    let answered = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let answer = Reflect::get(&event, &"data".into()).unwrap_or_default();
        let waiting = number(&answer, "number").map(whole32);
        let resolve = waiting.and_then(|number| DESK.with_borrow_mut(|desk| desk.waiting.remove(&number)));
        if let Some(resolve) = resolve {
            // Settling a promise does not fail.
            let _ = resolve.call1(&JsValue::NULL, &answer);
        }
    });
    // Lives as long as the worker.
    let _ = Reflect::set(&worker, &"onmessage".into(), &answered.into_js_value());
    DESK.with_borrow_mut(|desk| desk.worker = Some(worker.clone()));
    Some(worker)
}

/// Loads the worker's script into the page.
async fn script() -> Option<()> {
    let script = document().create_element("script").ok()?;
    script.set_attribute("type", "module").ok()?;
    script.set_attribute("src", SCRIPT).ok()?;
    let loaded = Promise::new(&mut |resolve, reject| {
        let listen = |name, call: &Function| script.add_event_listener_with_callback(name, call);
        // Without the listeners nothing is ever answered, and the person chooses the file anew.
        let _ = listen("load", &resolve).and_then(|()| listen("error", &reject));
    });
    document().head()?.append_child(&script).ok()?;
    JsFuture::from(loaded).await.ok().map(|_| ())
}

/// Ends the worker; who waits is told that it did.
fn end() {
    let (worker, waiting) = DESK.with_borrow_mut(|desk| (desk.worker.take(), core::mem::take(&mut desk.waiting)));
    if let Some(worker) = worker.and_then(|worker| worker.dyn_into::<Worker>().ok()) {
        worker.terminate();
    }
    let answer = Object::new();
    let _ = Reflect::set(&answer, &"refused".into(), &"failed".into());
    for resolve in waiting.into_values() {
        // Settling a promise does not fail.
        let _ = resolve.call1(&JsValue::NULL, &answer);
    }
}

/// Ends the worker when nothing was asked of it since this task.
fn rest_after(number: u32) {
    set_timeout(
        move || {
            if DESK.with_borrow(|desk| desk.last == number) {
                end();
            }
        },
        PATIENCE,
    );
}

fn told(code: Option<&str>) -> Refused {
    match code {
        Some("heic") => Refused::Heic,
        Some("kind") => Refused::Kind,
        Some("broken") => Refused::Broken,
        Some("pixels") => Refused::Pixels,
        Some("corners") => Refused::Corners,
        Some("memory") => Refused::Memory,
        _ => Refused::Program,
    }
}

fn refused(fault: paper::Fault) -> Refused {
    match fault {
        paper::Fault::Empty => Refused::Empty,
        paper::Fault::TooLarge => Refused::TooLarge,
        paper::Fault::OtherKind => Refused::Kind,
        paper::Fault::Broken => Refused::Broken,
        paper::Fault::TooManyPixels => Refused::Pixels,
        paper::Fault::Locked => Refused::Locked,
    }
}

fn made(done: &JsValue) -> Result<Made, Refused> {
    let blob: Blob = get(done, "blob").dyn_into().map_err(|_| Refused::Program)?;
    let sha256 = get(done, "sha256").as_string().ok_or(Refused::Program)?;
    Ok(Made { bytes: ui::blob::size(&blob), blob, sha256 })
}

/// Eight shares as four corners.
fn corners(value: &JsValue) -> Option<Vec<(u32, u32)>> {
    let shares: Vec<f64> = value.dyn_ref::<Array>()?.iter().filter_map(|share| share.as_f64()).collect();
    let part = |share: f64| whole32((share.clamp(0.0, 1.0) * f64::from(PARTS)).round());
    let corners = shares.chunks_exact(2).map(|corner| (part(corner[0]), part(corner[1]))).collect::<Vec<_>>();
    (corners.len() == 4).then_some(corners)
}

fn get(from: &JsValue, name: &str) -> JsValue {
    Reflect::get(from, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn number(from: &JsValue, name: &str) -> Option<f64> {
    get(from, name).as_f64()
}

async fn read(blob: &Blob) -> Result<Vec<u8>, Refused> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| Refused::Broken)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn sha256(bytes: &[u8]) -> Option<String> {
    let subtle = window().crypto().ok()?.subtle();
    let promise = subtle.digest_with_str_and_u8_array("SHA-256", bytes).ok()?;
    let hash = Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec();
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers and sides are whole and small")]
fn whole32(number: f64) -> u32 {
    number as u32
}
