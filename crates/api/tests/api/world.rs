//! A small world for tests: one procedure, its forms, and a service in this process with a clock of its own.

use account::{Authenticator, Citizen, CitizenId};
use api::access::CITIZEN_COOKIE;
use api::app::{App, Clock, Reach};
use api::limits::Limits;
use api::offer::Offer;
use api::oidc::Identity;
use api::payments::providers::{Momo, Providers, Vnpay};
use api::pepper::Pepper;
use api::routes::{self, officer_list::make};
use api::site::Site;
use api::source::Source;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use gateway::{Gateway, keys as known};
use http_body_util::BodyExt as _;
use payment::{momo::Partner, vietqr::Receiver, vnpay::Merchant};
use procedure::Role;
use procedure::calendar::Moment;
use receipt::Signer;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::SqliteStore;
use store::citizens::{CitizenAdded, NewCitizen, NewCitizenSession};
use store::officers::Added;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Sunday, 22 November 2026, 14:05 in Việt Nam.
pub const NOW: Moment = Moment(1_795_331_100_000);

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n\
2 0 obj<</Type /Page/Parent 1 0 R>>endobj\n3 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n\
xref\ntrailer<</Root 3 0 R>>\nstartxref\n9\n%%EOF\n";

pub fn forms_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/forms")
}

pub fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

pub fn hash(bytes: &[u8]) -> String {
    store::hex(&Sha256::digest(bytes))
}

pub fn key(number: u32) -> String {
    format!("01a2008d-7400-7fff-bfff-{number:012x}")
}

fn keys() -> (Pepper, Signer) {
    (Pepper::new(&[7; 32]), Signer::new(&[8; 32]))
}

fn told_by(clock: &Arc<AtomicI64>) -> Clock {
    let clock = Arc::clone(clock);
    Arc::new(move || Moment(clock.load(Ordering::Relaxed)))
}

/// The running service and the folder it keeps its data in.
pub struct World {
    pub app: Arc<App>,
    pub folder: TempDir,
    service: Router,
    clock: Arc<AtomicI64>,
}

/// An officer who is signed in.
#[derive(Clone)]
pub struct Signed {
    pub id: String,
    pub secret: [u8; 20],
    /// The session's cookie, `name=value`.
    pub cookie: String,
    /// The cookie of the browser, `name=value`.
    pub device: String,
}

impl Signed {
    pub fn get(&self, path: &str) -> Request<Body> {
        Request::get(path).header("cookie", &self.cookie).body(Body::empty()).unwrap()
    }

    pub fn post(&self, path: &str, key: Option<&str>, body: &Value) -> Request<Body> {
        self.with(json_request(path, key, body.to_string()))
    }

    pub fn put(&self, path: &str, body: &Value) -> Request<Body> {
        let mut request = json_request(path, None, body.to_string());
        *request.method_mut() = Method::PUT;
        self.with(request)
    }

    /// Makes any request this officer's.
    pub fn with(&self, mut request: Request<Body>) -> Request<Body> {
        request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        request.headers_mut().insert("x-req", "1".parse().unwrap());
        request
    }
}

/// A citizen who is signed in.
#[derive(Clone)]
pub struct SignedCitizen {
    pub id: CitizenId,
    /// The session's cookie, `name=value`.
    pub cookie: String,
}

impl SignedCitizen {
    pub fn get(&self, path: &str) -> Request<Body> {
        self.with(Request::get(path).body(Body::empty()).unwrap())
    }

    pub fn post(&self, path: &str, key: Option<&str>, body: &Value) -> Request<Body> {
        self.with(json_request(path, key, body.to_string()))
    }

    pub fn put(&self, path: &str, body: &Value) -> Request<Body> {
        self.as_method(Method::PUT, path, body)
    }

    /// A request with a body and any method.
    pub fn as_method(&self, method: Method, path: &str, body: &Value) -> Request<Body> {
        let mut request = json_request(path, None, body.to_string());
        *request.method_mut() = method;
        self.with(request)
    }

    /// Makes any request this citizen's.
    pub fn with(&self, mut request: Request<Body>) -> Request<Body> {
        request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        request.headers_mut().insert("x-req", "1".parse().unwrap());
        request
    }
}

/// The gateway's providers, and an account.
pub fn providers(gateway: &Gateway, site: &str) -> Providers {
    let at = format!("http://{}", gateway.address);
    let merchant = Merchant { code: known::VNPAY_CODE.to_owned(), secret: known::VNPAY_SECRET.to_owned() };
    let partner = Partner {
        code: known::MOMO_CODE.to_owned(),
        access: known::MOMO_ACCESS.to_owned(),
        secret: known::MOMO_SECRET.to_owned(),
    };
    let (bank, account, holder) = ("970436".to_owned(), "1234567890".to_owned(), "KHO BAC THU".to_owned());
    Providers {
        site: site.to_owned(),
        vnpay: Some(Vnpay { merchant, pay: format!("{at}/vnpay/pay"), ask: format!("{at}/vnpay/api") }),
        momo: Some(Momo { partner, address: format!("{at}/momo") }),
        vietqr: Some(Receiver { bank, account, holder }),
        ..Providers::default()
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("not JSON: {:?}", String::from_utf8_lossy(&self.body)))
    }

    /// Status and the code of the problem.
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{self:?}");
        let json = self.json();
        assert!(!json["title"].as_str().unwrap().is_empty());
        assert_eq!(json["status"], self.status.as_u16());
        (self.status.as_u16(), json["code"].as_str().unwrap().to_owned())
    }
}

impl World {
    pub async fn new() -> Self {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), limits, NOW, Providers::default()).await
    }

    /// A world with a gateway in which fees are paid: both speak real HTTP to one another, and have the same clock.
    pub async fn paying() -> (Self, Arc<Gateway>) {
        let clock = Arc::new(AtomicI64::new(NOW.0));
        let told = Arc::clone(&clock);
        let gateway = Gateway::start("127.0.0.1:0", "", move || told.load(Ordering::Relaxed)).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = format!("http://{}", listener.local_addr().unwrap());
        gateway.call_at(&site);
        let limits = Limits { requests_per_second: 1e9, ..Limits::default() };
        let folder = tempfile::tempdir().unwrap();
        let world = Self::told_by(folder, limits, clock, providers(&gateway, &site), &forms_folder()).await;
        let from = axum::Extension(Source::of("198.51.100.1".parse().unwrap()));
        let service = world.service.clone().layer(from);
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        (world, gateway)
    }

    /// A world with the forms that citizens get.
    pub async fn real() -> Self {
        Self::with_real(|_| {}).await
    }

    /// A world in which neither mail nor text messages are sent.
    pub async fn unreachable() -> Self {
        Self::reaching(Reach::default()).await
    }

    /// A world in which citizens can be reached so.
    pub async fn reaching(reach: Reach) -> Self {
        let mut world = Self::new().await;
        let (store, offer) = (Arc::clone(&world.app.store), Offer::read(&forms_folder()).unwrap());
        let mut app = App::new(store, offer, keys(), told_by(&world.clock), Limits::default());
        app.reach = reach;
        world.app = Arc::new(app);
        world.service = routes::service(Arc::clone(&world.app), Site::new(&world.folder.path().join("site")), true);
        world
    }

    /// The same with other limits.
    pub async fn with_real(set: impl FnOnce(&mut Limits)) -> Self {
        let mut limits = Limits::default();
        set(&mut limits);
        let forms = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../forms");
        Self::of_forms(tempfile::tempdir().unwrap(), limits, NOW, &forms).await
    }

    /// A world of the forms in a folder.
    pub async fn of(forms: &TempDir) -> Self {
        Self::of_forms(tempfile::tempdir().unwrap(), Limits::default(), NOW, forms.path()).await
    }

    /// A world over the data that another one, or a process, has left.
    pub async fn over(folder: TempDir, now: Moment) -> Self {
        Self::in_folder(folder, Limits::default(), now, Providers::default()).await
    }

    /// A world over the data that a process has left, in which fees are paid through this gateway.
    pub async fn paying_over(folder: TempDir, now: Moment, gateway: &Gateway) -> Self {
        Self::in_folder(folder, Limits::default(), now, providers(gateway, "http://127.0.0.1:1")).await
    }

    /// Ends the world, and leaves its data to another.
    pub fn let_go(self) -> TempDir {
        self.folder
    }

    async fn in_folder(folder: TempDir, limits: Limits, now: Moment, providers: Providers) -> Self {
        Self::told_by(folder, limits, Arc::new(AtomicI64::new(now.0)), providers, &forms_folder()).await
    }

    async fn of_forms(folder: TempDir, limits: Limits, now: Moment, forms: &Path) -> Self {
        Self::told_by(folder, limits, Arc::new(AtomicI64::new(now.0)), Providers::default(), forms).await
    }

    async fn told_by(
        folder: TempDir,
        limits: Limits,
        clock: Arc<AtomicI64>,
        providers: Providers,
        forms: &Path,
    ) -> Self {
        let now = Moment(clock.load(Ordering::Relaxed));
        let site = folder.path().join("site");
        std::fs::create_dir_all(&site).unwrap();
        std::fs::write(site.join("index.html"), "<!doctype html><title>Một Cửa</title>").unwrap();
        std::fs::create_dir_all(site.join("officer")).unwrap();
        std::fs::write(site.join("officer/index.html"), "<!doctype html><title>Cán bộ</title>").unwrap();
        std::fs::write(site.join("portal-0123456789abcdef_bg.wasm"), b"\0asm").unwrap();
        std::fs::write(site.join("portal-0123456789abcdef_bg.wasm.br"), b"small").unwrap();
        let store = SqliteStore::open(&folder.path().join("data"), Box::new(|says| panic!("{says}"))).unwrap();
        let offer = Offer::read(forms).unwrap();
        let mut app = App::new(Arc::new(store), offer, keys(), told_by(&clock), limits);
        app.providers = providers;
        app.reach = Reach { mail: true, sms: true };
        let app = Arc::new(app);
        app.store.keep_receipt_key(app.signer.public(), now).await.unwrap();
        app.offer.keep(&*app.store, now).await.unwrap();
        let service = routes::service(Arc::clone(&app), Site::new(&site), true);
        Self { app, folder, service, clock }
    }

    /// Starts the service anew at another time, over the same store.
    pub fn start_anew(&mut self, now: Moment) {
        self.start_with(Offer::read(&forms_folder()).unwrap(), now);
    }

    /// The same, with changes written at the end of the file of agencies.
    pub fn start_with_changes(&mut self, changes: &str, now: Moment) {
        let forms = tempfile::tempdir().unwrap();
        copy(&forms_folder(), forms.path());
        let path = forms.path().join("units/agencies.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}\n{changes}")).unwrap();
        self.start_with(Offer::read(forms.path()).unwrap(), now);
    }

    fn start_with(&mut self, offer: Offer, now: Moment) {
        let store = Arc::clone(&self.app.store);
        let limits = self.app.limits.clone();
        self.clock = Arc::new(AtomicI64::new(now.0));
        self.app = Arc::new(App::new(store, offer, keys(), told_by(&self.clock), limits));
        self.service = routes::service(Arc::clone(&self.app), Site::new(&self.folder.path().join("site")), true);
    }

    /// Starts the service anew at another time, believing the root of the signed files that tests use.
    pub fn start_trusting(&mut self, now: Moment) {
        let (store, offer) = (Arc::clone(&self.app.store), Offer::read(&forms_folder()).unwrap());
        self.clock = Arc::new(AtomicI64::new(now.0));
        let mut app = App::new(store, offer, keys(), told_by(&self.clock), self.app.limits.clone());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pdf-signature/tests/files/roots");
        let roots = api::signatures::roots(&folder).unwrap();
        app.signatures = api::signatures::Signatures::new(roots);
        self.app = Arc::new(app);
        self.service = routes::service(Arc::clone(&self.app), Site::new(&self.folder.path().join("site")), true);
    }

    /// Starts the service anew with these identity providers.
    pub fn start_identifying(&mut self, identity: Identity, now: Moment) {
        let (store, offer) = (Arc::clone(&self.app.store), Offer::read(&forms_folder()).unwrap());
        self.clock = Arc::new(AtomicI64::new(now.0));
        let mut app = App::new(store, offer, keys(), told_by(&self.clock), self.app.limits.clone());
        app.identity = identity;
        self.app = Arc::new(app);
        self.service = routes::service(Arc::clone(&self.app), Site::new(&self.folder.path().join("site")), true);
    }

    /// Makes an officer, and gives the token of their first link and the secret of their authenticator.
    pub async fn new_officer(&self, name: &str, phone: &str, unit: &str, roles: &[Role]) -> (String, [u8; 20]) {
        let (new, token) = make(name, phone, unit, roles, self.app.now()).unwrap();
        let secret = new.secret;
        assert_eq!(self.app.store.add_officers(vec![new], None, self.app.now()).await.unwrap(), [Added::New]);
        (token, secret)
    }

    /// An officer who has used their first link.
    pub async fn officer(&self, name: &str, phone: &str, unit: &str, roles: &[Role]) -> Signed {
        let (token, secret) = self.new_officer(name, phone, unit, roles).await;
        let code = Authenticator::new(&secret).code(self.app.now());
        let body = json!({ "token": token, "password": "con bò vàng qua suối", "code": code });
        let answer = self.post("/api/v1/officers/first/finish", &body).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        let mut cookies = answer.headers.get_all("set-cookie").iter();
        let mut next = || cookies.next().unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
        let (cookie, device) = (next(), next());
        Signed { id: answer.json()["id"].as_str().unwrap().to_owned(), secret, cookie, device }
    }

    /// A citizen with an account, signed in: their name, and an address made of it by the caller.
    pub async fn citizen(&self, name: &str, email: &str) -> SignedCitizen {
        let id = CitizenId(Sha256::digest(email)[..16].try_into().unwrap());
        let details = account::citizen::Details::default();
        let citizen = Citizen { id, name: name.to_owned(), email: Some(email.to_owned()), phone: None, details };
        let now = self.app.now();
        let added = self.app.store.add_citizen(NewCitizen { citizen, password: None, now }).await.unwrap();
        assert_eq!(added, CitizenAdded::New);
        let token = store::hex(&Sha256::digest(format!("token of {email}")));
        let session = NewCitizenSession { token: Sha256::digest(&token).into(), citizen: id, now };
        self.app.store.begin_citizen_session(session).await.unwrap();
        SignedCitizen { id, cookie: format!("{CITIZEN_COOKIE}={token}") }
    }

    /// Moves the clock on without starting anew: what was tried stays tried.
    pub fn keep_budgets_until(&mut self, now: Moment) {
        self.clock.store(now.0, Ordering::Relaxed);
    }

    /// Act, subject and detail of every row of the audit.
    pub fn audit(&self) -> Vec<(String, String, String)> {
        let told = |rows: &mut dyn Iterator<Item = store::audit::Row>, _: &[store::Hash]| {
            rows.map(|row| (row.act, row.subject, row.detail)).collect()
        };
        store::with_audit(&self.folder.path().join("data"), told).unwrap()
    }

    /// Sends a request from 203.0.113.7.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from("203.0.113.7", request).await
    }

    pub async fn send_from(&self, address: &str, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Source::of(address.parse().unwrap()));
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(json_request(path, None, body.to_string())).await
    }

    pub async fn submit(&self, key: &str, body: &Value) -> Answer {
        self.send(json_request("/api/v1/dossiers", Some(key), body.to_string())).await
    }

    pub async fn put_paper(&self, key: &str, name: &str, content: &[u8]) -> Answer {
        let request = Request::builder().method(Method::PUT).uri(format!("/api/v1/papers/{name}"));
        self.send(request.header("idempotency-key", key).body(Body::from(content.to_vec())).unwrap()).await
    }

    /// A filing the site could send.
    pub fn filing(&self) -> Value {
        let library = &self.app.offer.library;
        filing(&library.procedures["thu"].fingerprint(), |id| library.forms[id].fingerprint())
    }

    /// The same with one paper.
    pub fn filing_with_paper(&self) -> Value {
        self.filing_with(PDF)
    }

    /// The same with one paper of these bytes.
    pub fn filing_with(&self, content: &[u8]) -> Value {
        let mut filing = self.filing();
        filing["case"]["co_giay"] = json!("yes");
        filing["papers"] = json!([{
            "paper": "giay-thu", "sha256": hash(content), "name": "giấy thử.pdf",
            "kind": "application/pdf", "bytes": content.len(),
        }]);
        filing
    }
}

pub fn filing(procedure: &str, form: impl Fn(&str) -> String) -> Value {
    json!({
        "procedure": "thu", "fingerprint": procedure, "agency": "19351",
        "case": { "co_giay": "no" },
        "forms": [
            { "form": "thu", "fingerprint": form("thu"), "answers": {
                "ho_ten": "Nguyễn Thị Lộc Vừng",
                "ngay_sinh.day": "2", "ngay_sinh.month": "9", "ngay_sinh.year": "1950",
                "noi_o.province": "44", "noi_o.commune": "19351", "noi_o.detail": "thôn Thử",
            } },
            { "form": "nguoi-nop", "fingerprint": form("nguoi-nop"), "answers": { "dien_thoai": "0900000123" } },
        ],
        "papers": [],
    })
}

pub fn json_request(path: &str, key: Option<&str>, body: String) -> Request<Body> {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    request.body(Body::from(body)).unwrap()
}
