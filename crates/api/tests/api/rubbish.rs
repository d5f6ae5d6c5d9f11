//! Whatever is sent, the answer is never a failure of ours.

use crate::world::{World, json_request, key};
use api::limits::Limits;
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
}
