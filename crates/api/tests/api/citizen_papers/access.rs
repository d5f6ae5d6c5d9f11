//! Who may have a paper of an account: every route as everybody, against a table written by hand; and whatever is sent.

use super::{PAPERS, claim, file, list, path, put, sent, with};
use crate::desk::office;
use crate::world::{Answer, PDF, World};
use axum::http::Method;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Who is answered what: the account's holder, another account, an officer of the commune, nobody.
const EXPECTED: &str = include_str!("access.tsv");

/// How an answer looks from outside.
fn kind(answer: &Answer) -> &'static str {
    match answer.status.as_u16() {
        401 => "sign-in",
        404 => "nothing",
        200 | 201 | 204 => "in",
        other => panic!("{other}: {:?}", answer.json()),
    }
}

#[tokio::test]
async fn every_route_answers_everybody_as_the_table_says() {
    let mut lines = vec!["method\tpath\tpaper\tholder\tother\tofficer\tnobody".to_owned()];
    for (method, tail) in [("DELETE", ""), ("GET", ""), ("PATCH", ""), ("POST", "/use")] {
        let world = World::new().await;
        let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
        let minh = world.citizen("Võ Minh", "minh@example.com").await;
        let officer = office(&world).await.one_stop;
        assert_eq!(world.send(lan.with(put(&file(1), None))).await.status, 201);
        sent(&world, Some(&lan), 2, &file(2)).await;
        let code = sent(&world, None, 3, &file(3)).await;
        claim(&world, &lan, &code).await;
        for (paper, content) in [("claimed", file(3)), ("own", file(1)), ("sent", file(2)), ("strange", file(4))] {
            let ask = || {
                let name = json!({ "name": "Giấy khác" });
                let mut request = with(method.parse().unwrap(), &format!("{}{tail}", path(&content)), &name);
                request.headers_mut().insert("x-req", "1".parse().unwrap());
                request
            };
            let before = list(&world, &lan).await;
            let mut told = Vec::new();
            for request in [minh.with(ask()), officer.with(ask()), ask()] {
                told.push(kind(&world.send(request).await));
                assert_eq!(list(&world, &lan).await, before, "{method} {paper}");
                assert_eq!(list(&world, &minh).await, Vec::<Value>::new());
            }
            let holder = kind(&world.send(lan.with(ask())).await);
            lines.push(format!("{method}\t{PAPERS}/{{sha256}}{tail}\t{paper}\t{holder}\t{}", told.join("\t")));
        }
    }
    let found = format!("{}\n", lines.join("\n"));
    if std::env::var_os("SHOW_ACCESS").is_some() {
        println!("{found}");
    }
    assert_eq!(found, EXPECTED);
}

#[tokio::test]
async fn what_is_anothers_looks_like_what_does_not_exist() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    assert_eq!(world.send(lan.with(put(PDF, None))).await.status, 201);
    for (method, tail) in [("DELETE", ""), ("GET", ""), ("PATCH", ""), ("POST", "/use")] {
        let ask = |content: &[u8]| {
            let body = json!({ "name": "Giấy khác" });
            minh.with(with(method.parse().unwrap(), &format!("{}{tail}", path(content)), &body))
        };
        assert_eq!(world.send(ask(PDF)).await, world.send(ask(b"nobody's")).await, "{method}");
    }
    // Whoever has the bytes may put them in; that tells nothing of others, and theirs is theirs.
    assert_eq!(world.send(minh.with(put(PDF, None))).await.status, 201);
    assert_eq!(world.send(minh.with(with(Method::DELETE, &path(PDF), &json!({})))).await.status, 204);
    assert_eq!(world.send(lan.get(&path(PDF))).await.body, PDF);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_is_answered(
        name in prop::collection::vec(0x20_u8..0xFF, 0..40).prop_map(|bytes| bytes.into_iter().filter(|byte| *byte != 0x7F).collect::<Vec<u8>>()),
        text in "\\PC{0,200}",
        place in "[0-9a-zA-Z]{1,70}",
        content in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let world = World::new().await;
            let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
            let mut request = put(PDF, None);
            request.headers_mut().insert("paper-name", axum::http::HeaderValue::from_bytes(&name).unwrap());
            let kept = world.send(lan.with(request)).await;
            assert!([201, 422].contains(&kept.status.as_u16()), "{kept:?}");
            assert!(world.send(lan.with(put(&content, None))).await.status.as_u16() < 500);
            let named = world.send(lan.with(with(Method::PATCH, &path(PDF), &json!({ "name": text })))).await;
            assert!([204, 404, 422].contains(&named.status.as_u16()), "{named:?}");
            for (method, tail) in [("GET", ""), ("DELETE", ""), ("PATCH", ""), ("POST", "/use")] {
                let asked = with(method.parse().unwrap(), &format!("{PAPERS}/{place}{tail}"), &json!({ "name": "x" }));
                assert_eq!(world.send(lan.with(asked)).await.status, 404, "{method} {place}");
            }
            for row in list(&world, &lan).await {
                let name = row["name"].as_str().unwrap();
                assert!((1..=150).contains(&form::text::length(name)) && !name.contains('\n'));
            }
        });
    }
}
