//! Signing in with an identity provider: what a good one brings, and that a bad one, a stranger and a replay bring nothing.

use crate::issuer::{Fault, Issuer, field};
use crate::notices::look;
use crate::registering::PASSWORD;
use crate::world::{Answer, NOW, SignedCitizen, World, json_request};
use account::PasswordHash;
use account::citizen::FRESH_MS;
use account::identity::ATTEMPT_MS;
use api::access::CITIZEN_COOKIE;
use api::oidc::{BROWSER_COOKIE, Identity};
use axum::body::Body;
use axum::http::Request;
use gateway::smtp::Smtp;
use jsonwebtoken::Algorithm;
use procedure::calendar::Moment;
use serde_json::{Value, json};
use sha2::Digest as _;
use std::sync::Arc;
use std::time::Duration;

const ME: &str = "/api/v1/citizens/me";
const OWN: &str = "/api/v1/citizens/identities";
const BEGIN: &str = "/api/v1/citizens/providers/thu/begin";

fn lan() -> Value {
    json!({
        "sub": "vn-1", "name": "Trần Thị Lan", "email": "lan@example.com", "email_verified": true,
        "phone_number": "0900000123", "phone_number_verified": true,
        "personal_number": "000162000123", "birthdate": "1962-03-15", "gender": "female",
    })
}

/// A world with one provider.
async fn world() -> (World, Arc<Issuer>) {
    let issuer = Issuer::start(NOW.0 / 1000);
    let mut world = World::new().await;
    world.start_identifying(issuer.alone(), NOW);
    (world, issuer)
}

/// The value of a cookie that an answer sets.
fn set(answer: &Answer, name: &str) -> Option<String> {
    let lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let mut found = lines.filter(|line| line.starts_with(&format!("{name}=")));
    let line = found.next()?;
    assert!(line.contains("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age="), "{line}");
    assert!(found.next().is_none());
    Some(line.split(';').next().unwrap().to_owned())
}

/// A browser with its cookies.
#[derive(Clone, Default)]
struct Browser {
    browser: String,
    session: String,
}

impl Browser {
    fn with(&self, mut request: Request<Body>) -> Request<Body> {
        let cookies: Vec<&str> =
            [&self.browser, &self.session].map(String::as_str).into_iter().filter(|one| !one.is_empty()).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert("cookie", cookies.join("; ").parse().unwrap());
        }
        request.headers_mut().insert("x-req", "1".parse().unwrap());
        request
    }

    async fn send(&mut self, world: &World, request: Request<Body>) -> Answer {
        let answer = world.send(self.with(request)).await;
        if let Some(browser) = set(&answer, BROWSER_COOKIE) {
            self.browser = browser;
        }
        if let Some(session) = set(&answer, CITIZEN_COOKIE) {
            self.session = session;
        }
        answer
    }

    async fn get(&mut self, world: &World, path: &str) -> Answer {
        self.send(world, Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&mut self, world: &World, path: &str, body: &Value) -> Answer {
        self.send(world, json_request(path, None, body.to_string())).await
    }

    /// Goes to the provider's page.
    async fn begin(&mut self, world: &World, id: &str, body: &Value) -> String {
        let answer = self.post(world, &format!("/api/v1/citizens/providers/{id}/begin"), body).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        answer.json()["location"].as_str().unwrap().to_owned()
    }

    async fn back(&mut self, world: &World, id: &str, query: &str) -> Answer {
        self.get(world, &format!("/api/v1/citizens/providers/{id}/callback?{query}")).await
    }

    /// The whole way.
    async fn sign_in(&mut self, world: &World, issuer: &Issuer, person: &Value) -> Answer {
        let location = self.begin(world, "thu", &json!({ "next": "/drafts/1/check?a=b" })).await;
        let query = issuer.signed_in(&location, person);
        self.back(world, "thu", &query).await
    }
}

/// What stands behind the `#` of where an answer leads.
fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", String::from_utf8_lossy(&answer.body));
    let (path, says) = answer.headers["location"].to_str().unwrap().split_once('#').unwrap();
    assert_eq!(path, "/account");
    says.to_owned()
}

/// That an answer is a page that refuses, with a way back, and begins nothing.
fn refused(answer: &Answer, status: u16, says: &str) {
    let page = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status.as_u16(), status, "{page}");
    assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert!(page.contains(says) && page.contains("href=\"/account/sign-in\""), "{page}");
    assert_eq!(set(answer, CITIZEN_COOKIE), None);
}

const UNTRUE: &str = "Chưa xác nhận được bạn là ai";
const OVER: &str = "Lần đăng nhập này không dùng được nữa";

#[tokio::test]
async fn the_first_sign_in_makes_an_account_and_the_next_opens_it() {
    let (world, issuer) = world().await;
    let listed = world.get("/api/v1/citizens/providers").await.json();
    assert_eq!(listed, json!({ "rows": [{ "id": "thu", "name": "Cổng thử thu" }] }));
    let mut phone = Browser::default();
    let answer = phone.sign_in(&world, &issuer, &lan()).await;
    let says = went(&answer);
    assert_eq!((field(&says, "identity").as_str(), field(&says, "next").as_str()), ("new", "/drafts/1/check?a=b"));
    let token = phone.session.split_once('=').unwrap().1.to_owned();
    assert!(!answer.headers["location"].to_str().unwrap().contains(&token), "a token stands in no address");
    let me = phone.get(&world, ME).await.json();
    assert_eq!(me["name"], "Trần Thị Lan");
    assert_eq!((me["email"].as_str(), me["phone"].as_str()), (Some("lan@example.com"), Some("0900000123")));
    assert_eq!(
        (me["details"]["number"].as_str(), me["details"]["birth"].as_str()),
        (Some("000162000123"), Some("1962-03-15"))
    );
    assert_eq!(me["details"]["sex"], "nu");

    // Another phone, and a name that was changed at the provider: the same account, and the session before ends.
    let mut again = phone.clone();
    let mut married = lan();
    married["name"] = json!("Trần Thị Lan Anh");
    married["email"] = json!("new@example.com");
    assert_eq!(field(&went(&again.sign_in(&world, &issuer, &married).await), "identity"), "signed-in");
    assert_ne!(again.session, phone.session);
    assert_eq!(again.get(&world, ME).await.json()["id"], me["id"]);
    assert_eq!(phone.get(&world, ME).await.status, 401, "the session before has ended");
    let acts: Vec<String> = world.audit().into_iter().map(|(act, ..)| act).collect();
    let ours =
        ["citizen-added", "citizen-identity-added", "citizen-signed-in", "citizen-signed-out", "citizen-signed-in"];
    assert!(acts.ends_with(&ours.map(str::to_owned)), "{acts:?}");
}

#[tokio::test]
async fn all_three_algorithms_are_taken_and_a_new_key_is_found() {
    let (world, issuer) = world().await;
    for (name, algorithm) in [("one", Algorithm::ES256), ("two", Algorithm::ES256)] {
        issuer.change_key(name, algorithm);
        let mut browser = Browser::default();
        assert_eq!(browser.sign_in(&world, &issuer, &lan()).await.status, 303, "{name}");
    }
    assert_eq!(issuer.keys_asked(), 2, "at first, and for the key that was not known");
    // Keys that are named just to make us ask are not asked for again so soon.
    issuer.change_key("rsa", Algorithm::RS256);
    refused(&Browser::default().sign_in(&world, &issuer, &lan()).await, 403, UNTRUE);
    assert_eq!(issuer.keys_asked(), 2);
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        let issuer = Issuer::start(NOW.0 / 1000);
        issuer.change_key("rsa", algorithm);
        let mut world = World::new().await;
        world.start_identifying(issuer.alone(), NOW);
        assert_eq!(Browser::default().sign_in(&world, &issuer, &lan()).await.status, 303, "{algorithm:?}");
    }
}

#[tokio::test]
async fn nothing_that_a_bad_provider_says_signs_anybody_in() {
    let (world, issuer) = world().await;
    // What it is known by is known before it goes wrong.
    went(&Browser::default().sign_in(&world, &issuer, &lan()).await);
    let now = NOW.0 / 1000;
    let token = |body: &str| Fault::Token("200 OK", body.to_owned());
    let untrue = [
        Fault::Claims(json!({ "iss": "https://other.example" })),
        Fault::Claims(json!({ "aud": "other" })),
        Fault::Claims(json!({ "aud": ["mot cua", "other"] })),
        Fault::Claims(json!({ "exp": now - 61 })),
        Fault::Claims(json!({ "iat": now + 61 })),
        Fault::Claims(json!({ "nonce": "another" })),
        Fault::Claims(json!({ "nonce": null })),
        Fault::Claims(json!({ "sub": "" })),
        Fault::Claims(json!({ "sub": "s".repeat(256) })),
        Fault::Claims(json!({ "sub": "somebody else" })),
        Fault::NoAlgorithm,
        Fault::PublicKeyAsSecret,
        Fault::ClientSecret,
        Fault::OtherKey,
        Fault::KeyInHead,
        Fault::Bent,
        Fault::OtherSubject,
        token("rubbish"),
        token("{}"),
        token(r#"{"id_token":"a.b.c"}"#),
        token(r#"{"id_token":7}"#),
        Fault::Token("302 Found", String::new()),
    ];
    for fault in untrue {
        issuer.misbehave(fault.clone());
        let mut browser = Browser::default();
        let answer = browser.sign_in(&world, &issuer, &lan()).await;
        assert_eq!(answer.status, 403, "{fault:?}");
        refused(&answer, 403, UNTRUE);
        assert_eq!(browser.session, "");
        let (act, subject, why) = world.audit().pop().unwrap();
        assert_eq!((act.as_str(), subject.as_str()), ("identity-not-believed", "thu"), "{fault:?} {why}");
    }
    let silent = [
        Fault::Token("500 Internal Server Error", "{}".to_owned()),
        Fault::Token("200 OK", format!("\"{}\"", "x".repeat(3_000_000))),
        Fault::Slow(Duration::from_secs(3)),
    ];
    for fault in silent {
        let mut browser = Browser::default();
        let location = browser.begin(&world, "thu", &json!({})).await;
        let query = issuer.signed_in(&location, &lan());
        issuer.misbehave(fault);
        refused(&browser.back(&world, "thu", &query).await, 502, "Nơi xác thực chưa trả lời");
        issuer.misbehave(Fault::None);
    }
}

#[tokio::test]
async fn a_provider_that_tells_of_another_one_is_not_gone_to() {
    let (world, issuer) = world().await;
    issuer.misbehave(Fault::OtherIssuer);
    let begun = world.post("/api/v1/citizens/providers/thu/begin", &json!({})).await;
    assert_eq!(begun.problem(), (403, "identity-untrue".to_owned()));
}

#[tokio::test]
async fn a_way_back_is_gone_once_in_one_browser_within_ten_minutes() {
    let (mut world, issuer) = world().await;
    let mut browser = Browser::default();
    let location = browser.begin(&world, "thu", &json!({})).await;
    let query = issuer.signed_in(&location, &lan());
    // Somebody who has seen the address only.
    refused(&Browser::default().back(&world, "thu", &query).await, 410, OVER);
    let mut other = Browser::default();
    other.begin(&world, "thu", &json!({})).await;
    refused(&other.back(&world, "thu", &query).await, 410, OVER);
    // It did not use anything up.
    went(&browser.back(&world, "thu", &query).await);
    // A second time, with the same code and with another one.
    refused(&browser.back(&world, "thu", &query).await, 410, OVER);
    let state = field(&query, "state");
    refused(&browser.back(&world, "thu", &format!("state={state}&code=other")).await, 410, OVER);
    for bad in [String::new(), "code=1".to_owned(), format!("state={state}&state={state}&code=1")] {
        refused(&browser.back(&world, "thu", &bad).await, 410, OVER);
    }
    // The code of one way in another: it was proved by another verifier, and a used one is worth nothing.
    let mut victim = Browser::default();
    let stolen = field(&issuer.signed_in(&victim.begin(&world, "thu", &json!({})).await, &lan()), "code");
    let mut thief = Browser::default();
    let own = field(&issuer.signed_in(&thief.begin(&world, "thu", &json!({})).await, &lan()), "state");
    refused(&thief.back(&world, "thu", &format!("state={own}&code={stolen}")).await, 403, UNTRUE);
    let own = field(thief.begin(&world, "thu", &json!({})).await.split_once('?').unwrap().1, "state");
    let used = field(&query, "code");
    refused(&thief.back(&world, "thu", &format!("state={own}&code={used}")).await, 403, UNTRUE);
    // Too late.
    let mut late = Browser::default();
    let query = issuer.signed_in(&late.begin(&world, "thu", &json!({})).await, &lan());
    world.keep_budgets_until(Moment(NOW.0 + ATTEMPT_MS));
    refused(&late.back(&world, "thu", &query).await, 410, OVER);
}

#[tokio::test]
async fn two_providers_are_not_mixed_up() {
    let (one, other) = (Issuer::start(NOW.0 / 1000), Issuer::start(NOW.0 / 1000));
    let mut world = World::new().await;
    let identity = Identity { providers: vec![one.set("thu", ""), other.set("khac", "")] };
    world.start_identifying(identity, NOW);
    let mut browser = Browser::default();
    let query = one.signed_in(&browser.begin(&world, "thu", &json!({})).await, &lan());
    refused(&browser.back(&world, "khac", &query).await, 403, UNTRUE);
    refused(&browser.back(&world, "thu", &query).await, 410, OVER);
    // RFC 9207: the provider says who it is.
    for (name, status) in [(other.name(), 403), (one.name(), 303)] {
        let query = one.signed_in(&browser.begin(&world, "thu", &json!({})).await, &lan());
        let answer = browser.back(&world, "thu", &format!("{query}&iss={name}")).await;
        assert_eq!(answer.status.as_u16(), status);
    }
    // The same name at two providers are two people.
    let mut stranger = json!({ "sub": "vn-1", "name": "Võ Minh" });
    stranger["email"] = json!("lan@example.com");
    let mut second = Browser::default();
    let query = other.signed_in(&second.begin(&world, "khac", &json!({})).await, &stranger);
    let says = went(&second.back(&world, "khac", &query).await);
    assert_eq!(field(&says, "identity"), "new", "an address that was not confirmed finds nobody");
    assert_eq!(second.get(&world, ME).await.json()["email"], "");
    refused(&browser.back(&world, "nobody", "state=1&code=1").await, 404, "Ở đây không đăng nhập bằng cách này được");
}

#[tokio::test]
async fn who_turns_back_is_signed_in_to_nothing() {
    let (world, _issuer) = world().await;
    for (error, status) in [("access_denied", 303), ("server_error", 502), ("invalid_scope", 403)] {
        let mut browser = Browser::default();
        let location = browser.begin(&world, "thu", &json!({ "next": "/" })).await;
        let state = field(location.split_once('?').unwrap().1, "state");
        let answer = browser.back(&world, "thu", &format!("state={state}&error={error}")).await;
        assert_eq!((answer.status.as_u16(), browser.session.as_str()), (status, ""));
        if status == 303 {
            assert_eq!(went(&answer), "identity=cancelled&provider=thu&next=%2F");
        }
    }
}

#[tokio::test]
async fn only_a_path_of_this_site_is_led_back_to() {
    let (world, _issuer) = world().await;
    for next in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "/a\nb"] {
        let answer = world.post("/api/v1/citizens/providers/thu/begin", &json!({ "next": next })).await;
        assert_eq!(answer.problem().0, 422, "{next}");
    }
    let unknown = world.post("/api/v1/citizens/providers/khac/begin", &json!({})).await;
    assert_eq!(unknown.problem(), (404, "identity-provider-unknown".to_owned()));
}

/// Somebody whose address or number an account has already: the ticket.
async fn asked(world: &World, issuer: &Issuer, browser: &mut Browser, person: &Value) -> String {
    let says = went(&browser.sign_in(world, issuer, person).await);
    assert_eq!(field(&says, "identity"), "ask");
    assert_eq!(browser.session, "", "nobody is signed in");
    field(&says, "ticket")
}

fn ticket(ticket: &str) -> Value {
    json!({ "ticket": ticket })
}

#[tokio::test]
async fn an_account_that_is_there_is_asked_first() {
    let (world, issuer) = world().await;
    let known: SignedCitizen = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let stranger = world.citizen("Võ Minh", "minh@example.com").await;
    let mut phone = Browser::default();
    let asked = asked(&world, &issuer, &mut phone, &lan()).await;
    // Without a session; in another account; in another browser, though it is the right account.
    assert_eq!(phone.post(&world, OWN, &ticket(&asked)).await.status, 401);
    let unknown = (404, "identity-ticket-unknown".to_owned());
    let mut wrong = Browser { session: stranger.cookie.clone(), ..phone.clone() };
    assert_eq!(wrong.post(&world, OWN, &ticket(&asked)).await.problem(), unknown);
    let mut lured = Browser { session: known.cookie.clone(), ..Browser::default() };
    assert_eq!(lured.post(&world, OWN, &ticket(&asked)).await.problem(), unknown);
    assert_eq!(lured.get(&world, OWN).await.json()["rows"], json!([]), "nothing was added silently");
    // Its holder, in the browser that came back.
    phone.session.clone_from(&known.cookie);
    assert_eq!(phone.post(&world, OWN, &ticket("other")).await.problem(), unknown);
    assert_eq!(phone.post(&world, OWN, &ticket(&asked)).await.status, 204);
    assert_eq!(phone.post(&world, OWN, &ticket(&asked)).await.problem(), unknown, "a ticket is used once");
    let rows = phone.get(&world, OWN).await.json()["rows"].clone();
    assert_eq!((rows.as_array().unwrap().len(), rows[0]["name"].as_str()), (1, Some("Cổng thử thu")));
    let mut later = Browser::default();
    assert_eq!(field(&went(&later.sign_in(&world, &issuer, &lan()).await), "identity"), "signed-in");
    assert_eq!(later.get(&world, ME).await.json()["id"], known.id.to_string());
}

#[tokio::test]
async fn who_is_not_the_account_that_is_there_stands_apart() {
    let (mut world, issuer) = world().await;
    let known = world.citizen("Người Khác", "lan@example.com").await;
    let mut phone = Browser::default();
    let first = asked(&world, &issuer, &mut phone, &lan()).await;
    let apart = format!("{OWN}/apart");
    assert_eq!(Browser::default().post(&world, &apart, &ticket(&first)).await.status, 404);
    assert_eq!(phone.post(&world, &apart, &ticket(&first)).await.status, 204);
    let me = phone.get(&world, ME).await.json();
    assert_eq!(
        (me["email"].as_str(), me["phone"].as_str()),
        (Some(""), Some("0900000123")),
        "the address stays whose it is"
    );
    assert_ne!(me["id"], known.id.to_string());
    let mut unmarked = world.send(known.get(OWN)).await.json()["rows"].clone();
    assert_eq!(unmarked.as_array_mut().unwrap().len(), 0);
    // A personal number alone makes us ask as well; after ten minutes nobody waits for the answer.
    let same = json!({ "sub": "vn-2", "name": "Trần Thị Lan", "personal_number": "000162000123" });
    let mut second = Browser::default();
    let late = asked(&world, &issuer, &mut second, &same).await;
    world.keep_budgets_until(Moment(NOW.0 + ATTEMPT_MS));
    let citizen = account::CitizenId::read(me["id"].as_str().unwrap()).unwrap();
    second.session = begun(&world, citizen).await;
    assert_eq!(second.post(&world, OWN, &ticket(&late)).await.status, 404);
    assert_eq!(second.post(&world, &apart, &ticket(&late)).await.status, 404);
}

#[tokio::test]
async fn who_is_signed_in_adds_a_provider_and_takes_it_away_again() {
    let (world, issuer) = world().await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let mut phone = Browser { session: minh.cookie.clone(), ..Browser::default() };
    let nobody =
        Browser::default().post(&world, "/api/v1/citizens/providers/thu/begin", &json!({ "link": true })).await;
    assert_eq!(nobody.problem(), (401, "not-signed-in".to_owned()));
    let location = phone.begin(&world, "thu", &json!({ "link": true })).await;
    let query = issuer.signed_in(&location, &lan());
    // Whoever has the phone now is signed out: nothing is added for them.
    let mut left = Browser { session: String::new(), ..phone.clone() };
    refused(&left.back(&world, "thu", &query).await, 410, OVER);
    let location = phone.begin(&world, "thu", &json!({ "link": true })).await;
    let answer = phone.back(&world, "thu", &issuer.signed_in(&location, &lan())).await;
    assert_eq!(field(&went(&answer), "identity"), "linked");
    assert_ne!(phone.session, minh.cookie, "the session is a new one");
    // The same person at the provider cannot open two accounts.
    let other = world.citizen("Người Khác", "khac@example.com").await;
    let mut second = Browser { session: other.cookie.clone(), ..Browser::default() };
    let location = second.begin(&world, "thu", &json!({ "link": true })).await;
    let answer = second.back(&world, "thu", &issuer.signed_in(&location, &lan())).await;
    refused(&answer, 409, "đã gắn với một tài khoản Một Cửa khác");

    let id = phone.get(&world, OWN).await.json()["rows"][0]["id"].as_str().unwrap().to_owned();
    let delete = |id: &str| Request::delete(format!("{OWN}/{id}")).body(Body::empty()).unwrap();
    // Of another account, and of nobody: the same answer.
    for id in [&id, "00", &"0".repeat(32)] {
        assert_eq!(second.send(&world, delete(id)).await.problem(), (404, "identity-unknown".to_owned()));
    }
    // Without a password it is the last way in.
    assert_eq!(phone.send(&world, delete(&id)).await.problem(), (409, "last-sign-in".to_owned()));
    let mut more = lan();
    more["sub"] = json!("vn-9");
    let location = phone.begin(&world, "thu", &json!({ "link": true })).await;
    went(&phone.back(&world, "thu", &issuer.signed_in(&location, &more)).await);
    assert_eq!(phone.send(&world, delete(&id)).await.status, 204);
    let rows = phone.get(&world, OWN).await.json()["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    let last = rows[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(phone.send(&world, delete(&last)).await.status, 409);
    // Taken away, it is unknown again, and the address it tells is nobody's.
    let mut later = Browser::default();
    assert_eq!(field(&went(&later.sign_in(&world, &issuer, &lan()).await), "identity"), "new");
}

/// Somebody whose account has a password, in a browser that is signed in.
async fn with_password(world: &World) -> Browser {
    let hash = PasswordHash::of(PASSWORD, [1; 16]);
    let id = account::CitizenId([5; 16]);
    let citizen = account::Citizen {
        id,
        name: "Võ Minh".to_owned(),
        email: Some("minh@example.com".to_owned()),
        phone: None,
        details: account::citizen::Details::default(),
    };
    let new = store::citizens::NewCitizen { citizen, password: hash, now: NOW };
    world.app.store.add_citizen(new).await.unwrap();
    Browser { session: begun(world, id).await, ..Browser::default() }
}

/// The cookie of a session that begins now.
async fn begun(world: &World, citizen: account::CitizenId) -> String {
    let (token, now) = (sha2::Sha256::digest("t").into(), world.app.now());
    let session = store::citizens::NewCitizenSession { token, citizen, now };
    world.app.store.begin_citizen_session(session).await.unwrap();
    format!("{CITIZEN_COOKIE}=t")
}

/// The only problem: its place and code.
fn problem(answer: &Answer) -> (String, String) {
    assert_eq!(answer.problem(), (422, "invalid".to_owned()));
    let problem = answer.json()["problems"][0].clone();
    ["place", "code"].map(|name| problem[name].as_str().unwrap().to_owned()).into()
}

/// The letters that came to an address, by their subjects.
async fn letters(world: &World, smtp: &Smtp, email: &str) -> Vec<String> {
    look(world, smtp).await;
    smtp.taken().iter().filter(|mail| mail.to == [email.to_owned()]).map(gateway::smtp::Taken::subject).collect()
}

#[tokio::test]
async fn a_way_in_is_added_by_who_says_the_password_and_its_address_is_told() {
    let (world, issuer) = world().await;
    let smtp = Smtp::start("127.0.0.1:0").unwrap();
    let mut phone = with_password(&world).await;
    // Whoever found the telephone open adds nothing: no page of the provider is named, and nothing is written.
    let wrong = ("password".to_owned(), "password-wrong".to_owned());
    for body in [json!({ "link": true }), json!({ "link": true, "password": "sai mật khẩu" })] {
        assert_eq!(problem(&phone.post(&world, BEGIN, &body).await), wrong);
    }
    assert_eq!(world.audit().iter().filter(|(act, ..)| act == "citizen-sign-in-refused").count(), 2);
    assert_eq!(letters(&world, &smtp, "minh@example.com").await, [""; 0]);
    let location = phone.begin(&world, "thu", &json!({ "link": true, "password": PASSWORD })).await;
    let query = issuer.signed_in(&location, &lan());
    assert_eq!(letters(&world, &smtp, "minh@example.com").await, [""; 0], "nothing was added yet");
    assert_eq!(field(&went(&phone.back(&world, "thu", &query).await), "identity"), "linked");
    let added = "Tài khoản dịch vụ công trực tuyến đã thêm một cách đăng nhập";
    assert_eq!(letters(&world, &smtp, "minh@example.com").await, [added]);
    let words = smtp.taken()[0].words();
    assert!(words.contains("https://motcua.example/account/security") && !words.contains("Lan"), "{words}");

    // Signing in with it afterwards is told to nobody; taking it away is.
    let mut later = Browser::default();
    assert_eq!(field(&went(&later.sign_in(&world, &issuer, &lan()).await), "identity"), "signed-in");
    assert_eq!(letters(&world, &smtp, "minh@example.com").await, [added]);
    let id = phone.get(&world, OWN).await.json()["rows"][0]["id"].as_str().unwrap().to_owned();
    let remove = |id: &str| Request::delete(format!("{OWN}/{id}")).body(Body::empty()).unwrap();
    assert_eq!(phone.send(&world, remove(&"0".repeat(32))).await.status, 404);
    assert_eq!(phone.send(&world, remove(&id)).await.status, 204);
    let removed = "Tài khoản dịch vụ công trực tuyến đã bỏ một cách đăng nhập";
    assert_eq!(letters(&world, &smtp, "minh@example.com").await, [added, removed]);
    assert_eq!(phone.send(&world, remove(&id)).await.status, 404);
    assert_eq!(letters(&world, &smtp, "minh@example.com").await, [added, removed]);
}

#[tokio::test]
async fn guessing_the_password_to_add_a_way_in_has_an_end() {
    let (world, _issuer) = world().await;
    let mut phone = with_password(&world).await;
    let mut codes = Vec::new();
    for _ in 0..6 {
        let body = json!({ "link": true, "password": "sai mật khẩu" });
        codes.push(phone.post(&world, BEGIN, &body).await.status.as_u16());
    }
    assert_eq!(codes, [422, 422, 422, 422, 422, 429]);
    // Signing in with the provider asks for none.
    assert_eq!(phone.post(&world, BEGIN, &json!({})).await.status, 200);
}

#[tokio::test]
async fn who_has_no_password_adds_a_way_in_only_when_they_have_signed_in_just_now() {
    let (mut world, issuer) = world().await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let mut phone = Browser { session: minh.cookie.clone(), ..Browser::default() };
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS));
    assert_eq!(problem(&phone.post(&world, BEGIN, &json!({ "link": true })).await).0, "password");
    // On the page it is said where the button is, with no field that nobody could fill in.
    let body = "provider=thu&link=yes&next=/account/security";
    let post = Request::post("/account/providers").header("content-type", "application/x-www-form-urlencoded");
    let page = phone.send(&world, post.header("sec-fetch-site", "same-origin").body(Body::from(body)).unwrap()).await;
    let html = String::from_utf8(page.body.clone()).unwrap();
    assert_eq!(page.status, 422);
    assert!(
        html.contains("href=\"#identity-thu-password\"") && html.contains("id=\"identity-thu-password\""),
        "{html}"
    );
    assert!(!html.contains("type=\"password\" autocomplete=\"current-password\""), "{html}");
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS - 1));
    phone.begin(&world, "thu", &json!({ "link": true })).await;

    // Affirming a ticket asks for the same: she has signed in five minutes before it.
    world.keep_budgets_until(Moment(NOW.0 - FRESH_MS / 2));
    let known = world.citizen("Trần Thị Lan", "lan@example.com").await;
    world.keep_budgets_until(NOW);
    let mut second = Browser::default();
    let asked = asked(&world, &issuer, &mut second, &lan()).await;
    second.session.clone_from(&known.cookie);
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS / 2));
    assert_eq!(problem(&second.post(&world, OWN, &ticket(&asked)).await).0, "password");
    world.keep_budgets_until(Moment(NOW.0 + FRESH_MS / 2 - 1));
    assert_eq!(second.post(&world, OWN, &ticket(&asked)).await.status, 204);
}

#[tokio::test]
async fn affirming_asks_for_the_password_and_is_told_whichever_way_it_goes() {
    let (world, issuer) = world().await;
    let smtp = Smtp::start("127.0.0.1:0").unwrap();
    let session = with_password(&world).await.session;
    let person = |subject: &str| {
        let mut person = lan();
        (person["sub"], person["email"]) = (json!(subject), json!("minh@example.com"));
        person
    };
    // By the API, with the session that is there.
    let mut phone = Browser::default();
    let first = asked(&world, &issuer, &mut phone, &person("vn-1")).await;
    phone.session.clone_from(&session);
    for password in ["", "sai mật khẩu"] {
        let body = json!({ "ticket": first, "password": password });
        assert_eq!(problem(&phone.post(&world, OWN, &body).await).0, "password");
    }
    assert_eq!(letters(&world, &smtp, "minh@example.com").await, [""; 0]);
    let body = json!({ "ticket": first, "password": PASSWORD });
    assert_eq!(phone.post(&world, OWN, &body).await.status, 204);
    assert_eq!(letters(&world, &smtp, "minh@example.com").await.len(), 1);
    // By the page, which signs in.
    let mut phone = Browser::default();
    let second = asked(&world, &issuer, &mut phone, &person("vn-2")).await;
    let fields = [("ticket", &second[..]), ("wish", "link"), ("login", "minh@example.com"), ("password", PASSWORD)];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let post = Request::post("/account/identity").header("content-type", "application/x-www-form-urlencoded");
    let page = phone.send(&world, post.header("sec-fetch-site", "same-origin").body(Body::from(body)).unwrap()).await;
    assert_eq!(page.status, 303, "{}", String::from_utf8_lossy(&page.body));
    assert_eq!(letters(&world, &smtp, "minh@example.com").await.len(), 2);
    assert_eq!(phone.get(&world, OWN).await.json()["rows"].as_array().unwrap().len(), 2);
    // An account of one's own is nobody's change.
    let mut stranger = Browser::default();
    let third = asked(&world, &issuer, &mut stranger, &person("vn-3")).await;
    assert_eq!(stranger.post(&world, &format!("{OWN}/apart"), &ticket(&third)).await.status, 204);
    assert_eq!(letters(&world, &smtp, "minh@example.com").await.len(), 2);
}

#[tokio::test]
async fn with_a_password_the_only_provider_can_go() {
    let (world, issuer) = world().await;
    let mut phone = with_password(&world).await;
    let location = phone.begin(&world, "thu", &json!({ "link": true, "password": PASSWORD })).await;
    went(&phone.back(&world, "thu", &issuer.signed_in(&location, &lan())).await);
    let id = phone.get(&world, OWN).await.json()["rows"][0]["id"].as_str().unwrap().to_owned();
    let delete = Request::delete(format!("{OWN}/{id}")).body(Body::empty()).unwrap();
    assert_eq!(phone.send(&world, delete).await.status, 204);
}

#[tokio::test]
async fn a_provider_without_discovery_with_claims_of_its_own() {
    let issuer = Issuer::start(NOW.0 / 1000);
    let name = issuer.name();
    let more = format!(
        "discovery = false\nauthorization_endpoint = '{name}/authorize'\ntoken_endpoint = '{name}/token'\n\
         userinfo_endpoint = '{name}/userinfo'\njwks_uri = '{name}/keys'\nacr_values = 'LoA2 LoA1'\nacr = ['LoA2']\n\
         confirmed = true\n[provider.claims]\nname = '/who/fullName'\nnumber = 'SoDinhDanh'\nbirth = 'ngaySinh'\nphone = 'sdt'\n"
    );
    let mut world = World::new().await;
    world.start_identifying(Identity { providers: vec![issuer.set("thu", &more)] }, NOW);
    let person = json!({
        "sub": "7", "who": { "fullName": "Hồ Thị Dung" }, "SoDinhDanh": "000162000456", "ngaySinh": "15/03/1962", "sdt": "84900000456",
    });
    // The token does not say how sure it is.
    refused(&Browser::default().sign_in(&world, &issuer, &person).await, 403, UNTRUE);
    issuer.misbehave(Fault::Claims(json!({ "acr": "LoA2" })));
    let mut phone = Browser::default();
    let location = phone.begin(&world, "thu", &json!({})).await;
    assert_eq!(field(location.split_once('?').unwrap().1, "acr_values"), "LoA2 LoA1");
    assert_eq!(
        field(location.split_once('?').unwrap().1, "redirect_uri"),
        "https://motcua.example/api/v1/citizens/providers/thu/callback"
    );
    went(&phone.back(&world, "thu", &issuer.signed_in(&location, &person)).await);
    let me = phone.get(&world, ME).await.json();
    assert_eq!((me["name"].as_str(), me["phone"].as_str()), (Some("Hồ Thị Dung"), Some("0900000456")));
    assert_eq!(
        (me["details"]["number"].as_str(), me["details"]["birth"].as_str()),
        (Some("000162000456"), Some("1962-03-15"))
    );
}
