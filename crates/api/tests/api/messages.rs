//! Notices by text message and by Zalo, to gateways that answer over real HTTP as the real ones do: what they are told and what
//! not, that nothing is sent twice, and where it goes instead.

use crate::notices::{CANARY, audited, receive, sent, waiting};
use crate::world::{NOW, World};
use api::messages::Carriers;
use api::messages::sms::Sms;
use api::messages::zalo::{Zalo, ZaloSettings};
use api::notices::send_due;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;
use procedure::calendar::Moment;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};

const SITE: &str = "https://motcua.example";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// What was posted: address, `access_token` or `secret_key`, body.
#[derive(Clone, Debug)]
pub struct Posted {
    path: String,
    token: String,
    body: String,
}

impl Posted {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What is answered.
pub enum Says {
    Json(Value),
    Status(u16),
    /// Nothing: the connection ends.
    Nothing,
}

#[derive(Default)]
pub struct Told {
    posted: Vec<Posted>,
    says: VecDeque<Says>,
}

/// A gateway. It answers what it is told to, in order; without that it says nothing at all.
#[derive(Clone)]
pub struct Gateway {
    address: String,
    told: Arc<Mutex<Told>>,
}

impl Gateway {
    pub async fn start(says: Vec<Says>) -> Self {
        let told = Arc::new(Mutex::new(Told { posted: Vec::new(), says: says.into() }));
        let service = Router::new().fallback(answer).with_state(Arc::clone(&told));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, service));
        Self { address, told }
    }

    pub fn posted(&self) -> Vec<Posted> {
        self.told.lock().unwrap().posted.clone()
    }

    fn says(&self, says: Says) {
        self.told.lock().unwrap().says.push_back(says);
    }
}

async fn serve(listener: tokio::net::TcpListener, service: Router) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let service = hyper_util::service::TowerToHyperService::new(service.clone());
        tokio::spawn(async move {
            let io = hyper_util::rt::TokioIo::new(stream);
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await;
        });
    }
}

async fn answer(State(told): State<Arc<Mutex<Told>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    let head = |name: &str| parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let token = head("access_token").or_else(|| head("secret_key")).unwrap_or_default();
    let says = {
        let mut told = told.lock().unwrap();
        told.posted.push(Posted { path: parts.uri.path().to_owned(), token, body });
        told.says.pop_front()
    };
    match says {
        Some(Says::Json(json)) => axum::Json(json).into_response(),
        Some(Says::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Says::Nothing) | None => Response::new(axum::body::Body::new(cut())),
    }
}

/// A body that breaks off before its first byte.
fn cut() -> impl http_body::Body<Data = axum::body::Bytes, Error = std::io::Error> {
    struct Cut;
    impl http_body::Body for Cut {
        type Data = axum::body::Bytes;
        type Error = std::io::Error;
        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
            std::task::Poll::Ready(Some(Err(std::io::Error::other("gone"))))
        }
    }
    Cut
}

fn sms(gateway: &Gateway) -> Sms {
    Sms::new(&gateway.address, "MOTCUA", ("key".to_owned(), "secret".to_owned()), SITE)
}

fn zalo(gateway: &Gateway, first: &str, data: &Path) -> Zalo {
    let settings = ZaloSettings {
        zalo_template: Some("7895417a7d3f9461cd2e".to_owned()),
        zalo_app: Some("4318657".to_owned()),
        zalo_address: gateway.address.clone(),
        zalo_token_address: gateway.address.clone(),
    };
    Zalo::new(&settings, ("app secret".to_owned(), first.to_owned()), SITE, data)
}

pub fn by_sms(gateway: &Gateway) -> Carriers {
    Carriers { sms: Some(sms(gateway)), ..Carriers::default() }
}

pub fn taken() -> Says {
    Says::Json(json!({ "CodeResult": "100", "CountRegenerate": 0, "SMSID": "d533459e" }))
}

fn token(access: &str, refresh: &str) -> Says {
    Says::Json(json!({ "access_token": access, "refresh_token": refresh, "expires_in": "90000" }))
}

fn zalo_taken() -> Says {
    Says::Json(json!({ "error": 0, "message": "Success", "data": { "msg_id": "96d3cdf3af150460909" } }))
}

fn zalo_says(error: i64) -> Says {
    Says::Json(json!({ "error": error, "message": "no" }))
}

/// A world with one notice that waits, by this way.
async fn waits(way: &str) -> World {
    let world = World::new().await;
    let (office, id) = sent(&world, way).await;
    receive(&world, &office, &id).await;
    assert_eq!(waiting(&world).await, 1);
    world
}

async fn look(world: &World, carriers: &Carriers) -> u32 {
    send_due(&world.app, carriers).await.unwrap()
}

fn later(ms: i64) -> Moment {
    Moment(NOW.0 + ms)
}

#[tokio::test]
async fn a_text_message_is_posted_once_and_says_nothing_of_whom_or_what() {
    let (world, gateway) = (waits("sms").await, Gateway::start(vec![taken()]).await);
    assert_eq!(look(&world, &by_sms(&gateway)).await, 1);
    assert_eq!((waiting(&world).await, audited(&world, "notice-sent")), (0, 1));
    let posted = gateway.posted();
    assert_eq!((posted.len(), posted[0].path.as_str()), (1, "/MainService.svc/json/SendMultipleMessage_V4_post_json/"));
    let message = posted[0].json();
    assert_eq!(message["Content"], "Ho so H50.193.51-261122-0001 co cap nhat. Xem tai https://motcua.example/track");
    assert_eq!(
        (&message["Phone"], &message["SmsType"], &message["IsUnicode"]),
        (&json!("84900000123"), &json!("2"), &json!("0"))
    );
    assert_eq!(
        (&message["ApiKey"], &message["SecretKey"], &message["Brandname"]),
        (&json!("key"), &json!("secret"), &json!("MOTCUA"))
    );
    assert_eq!(message["RequestId"].as_str().unwrap().len(), 32);
    for word in [CANARY, "thu", "mai tang", "Chim"] {
        assert!(!posted[0].body.contains(word), "{word}: {}", posted[0].body);
    }
    assert_eq!(look(&world, &by_sms(&gateway)).await, 0);
    assert_eq!(gateway.posted().len(), 1);
}

#[tokio::test]
async fn a_text_message_that_nobody_answered_for_is_posted_again_under_its_name() {
    let (mut world, gateway) = (waits("sms").await, Gateway::start(vec![Says::Nothing, Says::Status(502)]).await);
    let carriers = by_sms(&gateway);
    assert_eq!(look(&world, &carriers).await, 0);
    world.keep_budgets_until(later(2 * MINUTE));
    assert_eq!(look(&world, &carriers).await, 0);
    // It had been taken the first time.
    gateway.says(Says::Json(json!({ "CodeResult": "124", "ErrorMessage": "Request exist 1", "SendStatus": "5" })));
    world.keep_budgets_until(later(6 * MINUTE));
    assert_eq!(look(&world, &carriers).await, 1);
    let names: Vec<Value> = gateway.posted().iter().map(|posted| posted.json()["RequestId"].clone()).collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|name| *name == names[0]));
    assert_eq!((audited(&world, "notice-sent"), waiting(&world).await), (1, 0));
}

#[tokio::test]
async fn a_name_that_the_gateway_has_forgotten_is_not_used_again() {
    let (mut world, gateway) = (waits("sms").await, Gateway::start(vec![Says::Nothing]).await);
    assert_eq!(look(&world, &by_sms(&gateway)).await, 0);
    world.keep_budgets_until(later(25 * HOUR));
    assert_eq!(look(&world, &by_sms(&gateway)).await, 0);
    assert_eq!((gateway.posted().len(), waiting(&world).await), (1, 0));
    assert_eq!(audited(&world, "notice-unknown"), 1);
}

#[tokio::test]
async fn a_refusal_is_tried_again_and_a_number_that_is_none_is_not() {
    let no_money = || Says::Json(json!({ "CodeResult": "103", "ErrorMessage": "not enough balance" }));
    let (mut world, gateway) = (waits("sms").await, Gateway::start(vec![no_money(), taken()]).await);
    assert_eq!(look(&world, &by_sms(&gateway)).await, 0);
    // Refused for good reasons, it went nowhere: it may go out a day later too.
    world.keep_budgets_until(later(25 * HOUR));
    assert_eq!(look(&world, &by_sms(&gateway)).await, 1);

    let none = Says::Json(json!({ "CodeResult": "108", "ErrorMessage": "phone" }));
    let (world, gateway) = (waits("sms").await, Gateway::start(vec![none]).await);
    assert_eq!(look(&world, &by_sms(&gateway)).await, 0);
    assert_eq!((waiting(&world).await, audited(&world, "notice-given-up")), (0, 1));
}

#[tokio::test]
async fn at_night_phones_are_left_in_peace_and_without_a_gateway_nothing_is_lost() {
    let (mut world, gateway) = (waits("sms").await, Gateway::start(vec![taken()]).await);
    assert_eq!(look(&world, &Carriers::default()).await, 0);
    let gone = Gateway { address: "http://127.0.0.1:9".to_owned(), told: Arc::default() };
    assert_eq!(look(&world, &by_sms(&gone)).await, 0);
    // 14:05 and nine hours are 23:05; seven more are 6:05.
    world.keep_budgets_until(later(9 * HOUR));
    assert_eq!((look(&world, &by_sms(&gateway)).await, gateway.posted().len()), (0, 0));
    world.keep_budgets_until(later(16 * HOUR));
    assert_eq!(look(&world, &by_sms(&gateway)).await, 1);
}

#[tokio::test]
async fn a_zalo_message_goes_by_a_template_with_a_token_that_is_kept_before_it_is_used() {
    let world = waits("zalo").await;
    let gateway = Gateway::start(vec![token("access 1", "refresh 2"), zalo_taken()]).await;
    let data = tempfile::tempdir().unwrap();
    let carriers = Carriers { zalo: Some(zalo(&gateway, "refresh 1", data.path())), ..Carriers::default() };
    assert_eq!(look(&world, &carriers).await, 1);
    let posted = gateway.posted();
    assert_eq!((posted[0].path.as_str(), posted[0].token.as_str()), ("/v4/oa/access_token", "app secret"));
    assert_eq!(posted[0].body, "refresh_token=refresh+1&app_id=4318657&grant_type=refresh_token");
    assert_eq!((posted[1].path.as_str(), posted[1].token.as_str()), ("/message/template", "access 1"));
    let message = posted[1].json();
    assert_eq!((&message["phone"], &message["template_id"]), (&json!("84900000123"), &json!("7895417a7d3f9461cd2e")));
    assert_eq!(
        message["template_data"],
        json!({ "ho_so": "H50.193.51-261122-0001", "xem_tai": "https://motcua.example/track" })
    );
    assert!(message["tracking_id"].as_str().is_some_and(|name| name.len() == 32));
    assert!(!posted[1].body.contains(CANARY));

    // Another process goes on with what was kept, and does not use the first token again.
    let (world, again) = (waits("zalo").await, Gateway::start(vec![zalo_taken()]).await);
    let carriers = Carriers { zalo: Some(zalo(&again, "refresh 1", data.path())), ..Carriers::default() };
    assert_eq!(look(&world, &carriers).await, 1);
    assert_eq!(again.posted()[0].token, "access 1");
    // A token that the operator gives anew begins anew.
    let (world, anew) = (waits("zalo").await, Gateway::start(vec![token("access 9", "refresh 9"), zalo_taken()]).await);
    let carriers = Carriers { zalo: Some(zalo(&anew, "other refresh", data.path())), ..Carriers::default() };
    assert_eq!(look(&world, &carriers).await, 1);
    assert!(anew.posted()[0].body.starts_with("refresh_token=other+refresh&"));
}

#[tokio::test]
async fn a_token_that_has_ended_is_renewed_once() {
    let (world, data) = (waits("zalo").await, tempfile::tempdir().unwrap());
    let says = vec![token("old", "refresh 2"), zalo_says(-124), token("new", "refresh 3"), zalo_taken()];
    let gateway = Gateway::start(says).await;
    let carriers = Carriers { zalo: Some(zalo(&gateway, "refresh 1", data.path())), ..Carriers::default() };
    assert_eq!(look(&world, &carriers).await, 1);
    let tokens: Vec<String> = gateway.posted().into_iter().map(|posted| posted.token).collect();
    assert_eq!(tokens, ["app secret", "old", "app secret", "new"]);
    assert!(gateway.posted()[2].body.starts_with("refresh_token=refresh+2&"));
}

#[tokio::test]
async fn a_zalo_message_that_nobody_answered_for_is_never_sent_again() {
    for lost in [Says::Nothing, Says::Status(503)] {
        let (mut world, data) = (waits("zalo").await, tempfile::tempdir().unwrap());
        let gateway = Gateway::start(vec![token("access", "refresh"), lost]).await;
        let carriers = Carriers { zalo: Some(zalo(&gateway, "first", data.path())), ..Carriers::default() };
        assert_eq!(look(&world, &carriers).await, 0);
        world.keep_budgets_until(later(HOUR));
        assert_eq!(look(&world, &carriers).await, 0);
        assert_eq!((gateway.posted().len(), waiting(&world).await), (2, 0));
        assert_eq!(audited(&world, "notice-unknown"), 1);
    }
}

#[tokio::test]
async fn whoever_is_not_reached_by_zalo_gets_a_text_message() {
    for error in [-108, -118, -119] {
        let (mut world, data) = (waits("zalo").await, tempfile::tempdir().unwrap());
        let gateway = Gateway::start(vec![token("access", "refresh"), zalo_says(error), taken()]).await;
        let zalo = Some(zalo(&gateway, "first", data.path()));
        let carriers = Carriers { zalo, sms: Some(sms(&gateway)), ..Carriers::default() };
        assert_eq!(look(&world, &carriers).await, 0);
        world.keep_budgets_until(later(2 * MINUTE));
        assert_eq!(look(&world, &carriers).await, 1, "{error}");
        assert_eq!(gateway.posted()[2].json()["Phone"], "84900000123");
    }
    // Where Zalo is not set up, it goes by text message from the start.
    let (world, gateway) = (waits("zalo").await, Gateway::start(vec![taken()]).await);
    assert_eq!(look(&world, &by_sms(&gateway)).await, 1);
    // Without text messages it ends there.
    let (world, data) = (waits("zalo").await, tempfile::tempdir().unwrap());
    let gateway = Gateway::start(vec![token("access", "refresh"), zalo_says(-118)]).await;
    let carriers = Carriers { zalo: Some(zalo(&gateway, "first", data.path())), ..Carriers::default() };
    assert_eq!(look(&world, &carriers).await, 0);
    assert_eq!((waiting(&world).await, audited(&world, "notice-given-up")), (0, 1));
}
