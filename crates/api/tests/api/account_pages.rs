//! The pages of accounts: whose they are, what other sites' forms can do, and that rubbish is never our failure. That people get
//! through them is shown in a browser: tests/journeys/account.test.mjs.

use crate::world::{SignedCitizen, World};
use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;

/// Pages that need somebody who is signed in.
const OWN: [&str; 12] = [
    "/account/petitions",
    "/account",
    "/account/phone",
    "/account/details",
    "/account/security",
    "/account/papers",
    "/account/transactions",
    "/account/others",
    "/account/others/give",
    "/account/others/accept",
    "/account/others/paper",
    "/account/notices",
];
/// Where forms of such pages go.
const OWN_POSTS: [&str; 12] = [
    "/account/phone",
    "/account/notices",
    "/account/others",
    "/account/others/give",
    "/account/others/accept",
    "/account/others/paper",
    "/account/dossiers",
    "/account/details",
    "/account/security",
    "/account/papers",
    "/account/papers/leave",
    "/account/identity/remove",
];
/// Where forms go that anybody may send.
const OPEN_POSTS: [&str; 10] = [
    "/dong-y",
    "/account/register",
    "/account/sign-in",
    "/account/sign-out",
    "/account/reset",
    "/account/reset/link",
    "/account/confirm",
    "/account/email",
    "/account/providers",
    "/account/identity",
];

pub fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    request.header("sec-fetch-site", "same-origin").body(body.into()).unwrap()
}

/// As a browser sends it: without the header that scripts add.
pub fn of(citizen: &SignedCitizen, request: Request<Body>) -> Request<Body> {
    let mut request = citizen.with(request);
    request.headers_mut().remove("x-req");
    request
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_signing_in_and_back() {
    let world = World::new().await;
    for path in OWN {
        let answer = world.get(path).await;
        let to = format!("/account/sign-in?over&next={path}");
        assert_eq!((answer.status.as_u16(), answer.headers["location"].to_str().unwrap()), (303, to.as_str()));
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    for path in OWN_POSTS {
        let answer = world.send(post(path, "wish=delete&password=x")).await;
        assert_eq!(answer.headers["location"], "/account/sign-in?over&next=/account", "{path}");
    }
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let page = world.get(&format!("/account/sign-in?next={next}")).await;
        assert!(!String::from_utf8(page.body).unwrap().contains("evil"), "{next}");
    }
}

#[tokio::test]
async fn a_page_shows_its_holder_to_nobody_else_and_no_cache_keeps_it() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ <b>Minh</b>", "minh@example.com").await;
    for path in OWN {
        let page = world.send(of(&lan, lan.get(path))).await;
        assert_eq!(
            (page.status.as_u16(), page.headers["cache-control"].to_str().unwrap()),
            (200, "no-store"),
            "{path}"
        );
        assert!(!String::from_utf8(page.body).unwrap().contains("Minh"), "{path}");
    }
    let page = String::from_utf8(world.send(of(&minh, minh.get("/account"))).await.body).unwrap();
    assert!(
        page.contains("Võ &lt;b&gt;Minh&lt;/b&gt;") && !page.contains("<b>Minh"),
        "what people typed is shown as text"
    );
}

#[tokio::test]
async fn another_sites_form_changes_nothing() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    for path in OWN_POSTS.into_iter().chain(OPEN_POSTS) {
        let mut foreign = of(&lan, post(path, "wish=everywhere&name=Ai+đó"));
        foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
        assert_eq!(world.send(foreign).await.status, 403, "{path}");
    }
    assert_eq!(world.send(of(&lan, lan.get("/account"))).await.status, 200, "she is signed in still");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn rubbish_is_never_our_failure(body in "[ -~&=%\\x00-\\x1f]{0,200}", wish in "(next|back|skip|edit .{0,9}|open|finish|claim|leave|link|apart|delete|password|phone|code|email|number|digits|again|later)") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = World::new().await;
            let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
            for path in OWN_POSTS.into_iter().chain(OPEN_POSTS) {
                let text = format!("wish={wish}&{body}");
                let answer = world.send(of(&lan, post(path, text))).await;
                // Where no mail or message goes out, 503 says so.
                let status = answer.status.as_u16();
                assert!(status < 500 || status == 503, "{path} {status} {body:?}");
            }
        });
    }
}
