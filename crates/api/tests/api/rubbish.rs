//! Whatever is sent, the answer is never a failure of ours.

use crate::world::{PDF, World, hash, json_request, key};
use api::limits::Limits;
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use base64::Engine as _;
use proptest::prelude::*;
use serde_json::{Value, json};

fn generous() -> Limits {
    Limits { requests_per_second: 1e9, misses_per_minute: 1e9, all_misses_per_second: 1e9, ..Limits::default() }
}

/// Any JSON value that is not too large.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        "[0-9a-f]{64}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-z_.0-9]{0,12}", inner, 0..6).prop_map(|map| json!(map)),
        ]
    })
}

/// The places of a filing that a stranger may fill with anything.
const PLACES: [&str; 16] = [
    "/procedure",
    "/fingerprint",
    "/agency",
    "/case",
    "/case/co_giay",
    "/forms",
    "/forms/0",
    "/forms/0/form",
    "/forms/0/answers",
    "/forms/0/answers/ho_ten",
    "/forms/0/answers/ngay_sinh.year",
    "/forms/0/answers/noi_o.commune",
    "/papers",
    "/papers/0/sha256",
    "/papers/0/name",
    "/papers/0/bytes",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_filing_with_anything_anywhere_is_answered(
        changes in prop::collection::vec((0..PLACES.len(), any_json()), 1..8),
        text in "\\PC{0,60}",
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let world = World::with(generous()).await;
            for (number, (place, value)) in (0..).zip(changes) {
                for value in [value, Value::from(text.as_str())] {
                    let mut filing = world.filing_with_paper();
                    if let Some(old) = filing.pointer_mut(PLACES[place]) {
                        *old = value;
                    }
                    let answer = world.submit(&key(number), &filing).await;
                    assert!(answer.status.as_u16() < 500, "{filing} {answer:?}");
                    if answer.status != 201 {
                        answer.problem();
                    }
                }
            }
            let answer = world.post("/api/v1/track", &json!({ "code": text })).await;
            assert_eq!(answer.status, 404);
            for path in ["/api/v1/track", "/api/v1/dossiers"] {
                let answer = world.send(json_request(path, Some(&key(1)), text.clone())).await;
                assert!(answer.status.is_client_error());
                answer.problem();
            }
        });
    }

    #[test]
    fn an_upload_with_anything_in_its_headers_is_answered(
        tries in prop::collection::vec((0..METHODS.len(), 0..HEADERS.len(), any_header(), "\\PC{0,40}"), 1..16),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let world = World::with(generous()).await;
            let draft = key(1);
            let told = format!("sha256 {}", base64::engine::general_purpose::STANDARD.encode(hash(PDF)));
            let good = |method: &str, path: &str| {
                let request = Request::builder().method(method).uri(path).header("tus-resumable", "1.0.0");
                let request = request.header("idempotency-key", &draft).header("upload-length", PDF.len());
                let request = request.header("upload-metadata", &told).header("upload-offset", "0");
                request.header("content-type", "application/offset+octet-stream")
            };
            let announced = world.send(good("POST", "/api/v1/uploads").body(Body::empty()).unwrap()).await;
            let path = announced.headers["location"].to_str().unwrap().to_owned();
            for (method, header, value, body) in tries {
                for path in [path.as_str(), "/api/v1/uploads"] {
                    let mut request = good(METHODS[method], path).body(Body::from(body.clone())).unwrap();
                    request.headers_mut().insert(HEADERS[header], value.clone());
                    let answer = world.send(request).await;
                    assert!(answer.status.as_u16() < 500, "{path} {answer:?}");
                    if !answer.status.is_success() && METHODS[method] != "HEAD" && value != "HEAD" {
                        answer.problem();
                    }
                }
            }
        });
    }
}

const METHODS: [&str; 6] = ["POST", "PATCH", "HEAD", "DELETE", "OPTIONS", "PUT"];
const HEADERS: [&str; 8] = [
    "tus-resumable",
    "upload-length",
    "upload-offset",
    "upload-metadata",
    "upload-checksum",
    "content-type",
    "idempotency-key",
    "x-http-method-override",
];

/// Any bytes that may stand in a header, and some that are nearly right.
fn any_header() -> impl Strategy<Value = HeaderValue> {
    let nearly = "(sha1|sha256|name|)[ ,]{0,2}[A-Za-z0-9+/=]{0,48}|[0-9]{0,22}|[A-Z]{3,7}".prop_map(String::into_bytes);
    prop_oneof![nearly, prop::collection::vec(prop_oneof![0x20..=0x7e_u8, 0x80..=0xff_u8], 0..40)]
        .prop_map(|bytes| HeaderValue::from_bytes(&bytes).unwrap())
}
