//! A citizen's account: what strangers can do to it, and what its holder can.

use crate::messages::{self, Gateway, by_sms};
use crate::notices::look;
use crate::registering::{PASSWORD, cookie, link_of, person, registered, sign_in, signed, token_of};
use crate::world::{NOW, SignedCitizen, World, json_request, key};
use account::citizen::CODE_MS;
use api::access::CITIZEN_COOKIE;
use api::limits::Limits;
use api::notices::send_due;
use axum::http::Method;
use gateway::smtp::Smtp;
use procedure::calendar::Moment;
use proptest::prelude::*;
use serde_json::{Value, json};

const ME: &str = "/api/v1/citizens/me";
const SIGN_IN: &str = "/api/v1/citizens/sign-in";
const DEVICE: &str = "__Host-citizen-device";

async fn status(world: &World, citizen: &SignedCitizen) -> u16 {
    world.send(citizen.get(ME)).await.status.as_u16()
}

/// The field and the code of the only problem.
fn problem(answer: &crate::world::Answer) -> (String, String) {
    assert_eq!(answer.problem(), (422, "invalid".to_owned()));
    let problem = answer.json()["problems"][0].clone();
    (problem["place"].as_str().unwrap().to_owned(), problem["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_session_that_somebody_brought_or_left_is_worth_nothing() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let lan = registered(&world, &smtp, "lan@example.com").await;
    let body = json!({ "login": "lan@example.com", "password": PASSWORD });

    // A token that an attacker has planted is never taken for a session, before or after signing in.
    let planted = "0".repeat(64);
    let mut request = json_request(SIGN_IN, None, body.to_string());
    request.headers_mut().insert("cookie", format!("{CITIZEN_COOKIE}={planted}").parse().unwrap());
    let answer = world.send(request).await;
    let fresh = signed(&answer);
    assert!(!fresh.cookie.contains(&planted));
    assert_eq!(status(&world, &SignedCitizen { id: lan.id, cookie: format!("{CITIZEN_COOKIE}={planted}") }).await, 401);

    // Who signs in anew on the same browser leaves no session behind; on another one it goes on.
    let mut request = json_request(SIGN_IN, None, body.to_string());
    request.headers_mut().insert("cookie", fresh.cookie.parse().unwrap());
    let newer = signed(&world.send(request).await);
    assert_eq!(
        (status(&world, &fresh).await, status(&world, &newer).await, status(&world, &lan).await),
        (401, 200, 200)
    );

    // After signing out the token opens nothing, however it was kept.
    assert_eq!(world.send(newer.post("/api/v1/citizens/sign-out", None, &json!({}))).await.status, 204);
    assert_eq!((status(&world, &newer).await, status(&world, &lan).await), (401, 200));
    let other = signed(&sign_in(&world, "lan@example.com", PASSWORD).await);
    let answer = world.send(other.post("/api/v1/citizens/sign-out-everywhere", None, &json!({}))).await;
    assert_eq!(answer.status, 204);
    assert!(cookie(&answer, CITIZEN_COOKIE).1.contains("Max-Age=0"));
    assert_eq!((status(&world, &other).await, status(&world, &lan).await), (401, 401));
}

#[tokio::test]
async fn guessing_locks_out_guessers_and_nobody_else() {
    let limits = Limits { sign_ins_per_minute: 1e9, ..Limits::default() };
    let (world, smtp) = (World::with(limits).await, Smtp::start("127.0.0.1:0").unwrap());
    registered(&world, &smtp, "lan@example.com").await;
    let (device, line) = cookie(&sign_in(&world, "lan@example.com", PASSWORD).await, DEVICE);
    assert!(line.contains("; Secure; HttpOnly; SameSite=Strict;"), "{line}");
    for _ in 0..10 {
        assert_eq!(sign_in(&world, "lan@example.com", "sai mật khẩu").await.status, 401);
    }
    let hashes = world.app.hashing.worked();
    assert_eq!(sign_in(&world, "lan@example.com", PASSWORD).await.problem().0, 429, "from a strange browser");
    assert_eq!(world.app.hashing.worked(), hashes, "nothing is worked out for who is sent away");
    let tried = async |device: &str, password: &str| {
        let body = json!({ "login": "lan@example.com", "password": password });
        let mut request = json_request(SIGN_IN, None, body.to_string());
        request.headers_mut().insert("cookie", device.parse().unwrap());
        world.send(request).await.status.as_u16()
    };
    assert_eq!(tried(&device, PASSWORD).await, 200, "from her own");
    // Another's, a made-up one, and an officer's mean nothing.
    let forged = format!("{DEVICE}={}.{}.{}", "0".repeat(32), "0".repeat(32), "0".repeat(64));
    for other in [forged, device.replace(DEVICE, "__Host-device"), device.replace('.', ",")] {
        assert_eq!(tried(&other, PASSWORD).await, 429, "{other}");
    }
    // Guessing with her own browser has an end too.
    for _ in 0..5 {
        assert_eq!(tried(&device, "sai mật khẩu").await, 401);
    }
    assert_eq!(tried(&device, PASSWORD).await, 429);
}

#[tokio::test]
async fn one_network_tries_the_commonest_password_at_few_accounts() {
    let world = World::with(Limits { sign_ins_per_minute: 3.0, ..Limits::default() }).await;
    let mut codes = Vec::new();
    for number in 0..20 {
        codes.push(sign_in(&world, &format!("nguoi{number}@example.com"), "matkhau123").await.status.as_u16());
    }
    assert_eq!(codes[..3], [401; 3]);
    assert_eq!(codes[3..], [429; 17]);
    assert_eq!(world.app.hashing.worked(), 3);
}

#[tokio::test]
async fn details_are_changed_and_told_back() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let details = json!({ "number": "000 162 000 017", "birth": "1962", "organisation": { "name": "Hộ Lan", "tax_code": "000162000017" } });
    let answer =
        world.send(lan.put(&format!("{ME}/details"), &json!({ "name": " Trần  Lan", "details": details }))).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    let me = world.send(lan.get(ME)).await.json();
    assert_eq!(
        (&answer.json()["details"], &me["details"], &me["name"]),
        (&me["details"], &answer.json()["details"], &json!("Trần Lan"))
    );
    assert_eq!((&me["details"]["number"], &me["details"]["birth"]), (&json!("000162000017"), &json!("1962")));
    let wrong = json!({ "name": "", "details": { "sex": "x" } });
    assert_eq!(
        world.send(lan.put(&format!("{ME}/details"), &wrong)).await.json()["problems"].as_array().unwrap().len(),
        2
    );
    assert_eq!(world.send(lan.get(ME)).await.json(), me, "nothing of it was kept");
}

#[tokio::test]
async fn the_password_is_asked_once_more_before_anything_that_opens_the_account_changes() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let lan = registered(&world, &smtp, "lan@example.com").await;
    let other = signed(&sign_in(&world, "lan@example.com", PASSWORD).await);
    let wrong = "sai mật khẩu";
    for (method, path, body, place) in [
        (Method::PUT, "/password", json!({ "old": wrong, "password": "trâu trắng qua sông" }), "old"),
        (Method::PUT, "/email", json!({ "email": "moi@example.com", "password": wrong }), "password"),
        (Method::PUT, "/phone", json!({ "phone": "0900000123", "password": wrong }), "password"),
        (Method::DELETE, "", json!({ "password": wrong }), "password"),
    ] {
        let answer = world.send(lan.as_method(method, &format!("{ME}{path}"), &body)).await;
        assert_eq!(problem(&answer), (place.to_owned(), "password-wrong".to_owned()), "{path}");
    }
    // Whoever found the telephone open and guesses is stopped; the fifth try is the last.
    let change =
        |old: &str| lan.put(&format!("{ME}/password"), &json!({ "old": old, "password": "trâu trắng qua sông" }));
    assert_eq!(world.send(change(wrong)).await.status, 422);
    assert_eq!(world.send(change(PASSWORD)).await.problem().0, 429);
    assert_eq!(status(&world, &other).await, 200);
}

#[tokio::test]
async fn another_password_ends_all_other_sessions_and_is_told() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let lan = registered(&world, &smtp, "lan@example.com").await;
    let other = signed(&sign_in(&world, "lan@example.com", PASSWORD).await);
    assert_eq!(world.post("/api/v1/citizens/reset", &json!({ "login": "lan@example.com" })).await.status, 202);
    look(&world, &smtp).await;
    let reset = token_of(&smtp, "lan@example.com");
    let change = |password: &str| lan.put(&format!("{ME}/password"), &json!({ "old": PASSWORD, "password": password }));
    assert_eq!(problem(&world.send(change("tranthilan62")).await).0, "password", "it holds her name");
    assert_eq!(world.send(change("trâu trắng qua sông")).await.status, 204);
    assert_eq!((status(&world, &lan).await, status(&world, &other).await), (200, 401));
    let open = world.post("/api/v1/citizens/reset/open", &json!({ "token": reset })).await;
    assert_eq!(open.status, 404, "a link from before sets no password after it");
    assert_eq!(sign_in(&world, "lan@example.com", PASSWORD).await.status, 401);
    assert_eq!(sign_in(&world, "lan@example.com", "trâu trắng qua sông").await.status, 200);
    look(&world, &smtp).await;
    assert!(smtp.taken().last().unwrap().words().contains("vừa được đổi"));
}

#[tokio::test]
async fn another_address_counts_once_it_is_confirmed_and_the_old_one_is_told() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let lan = registered(&world, &smtp, "lan@example.com").await;
    registered(&world, &smtp, "minh@example.com").await;
    let change = |email: &str| lan.put(&format!("{ME}/email"), &json!({ "email": email, "password": PASSWORD }));
    let fresh = world.send(change("Moi@example.com")).await;
    let taken = world.send(change("minh@example.com")).await;
    assert_eq!((&fresh, fresh.status.as_u16()), (&taken, 202), "who has an address is told to nobody but its mailbox");
    assert_eq!(problem(&world.send(change("LAN@example.com")).await).0, "email");
    assert_eq!(look(&world, &smtp).await, 4);
    let to = |address: &str| smtp.taken().iter().filter(|mail| mail.to == [address.to_owned()]).count();
    assert_eq!((to("lan@example.com"), to("moi@example.com"), to("minh@example.com")), (3, 1, 2));
    let link = link_of(&smtp, "moi@example.com");
    let token = link.strip_prefix("https://motcua.example/account/email#").unwrap();
    for _ in 0..10 {
        let opened = world.post("/api/v1/citizens/email/open", &json!({ "token": token })).await;
        assert_eq!(opened.json()["email"], "moi@example.com");
    }
    assert_eq!(world.send(lan.get(ME)).await.json()["email"], "lan@example.com");
    let finish = || json_request("/api/v1/citizens/email/finish", None, json!({ "token": token }).to_string());
    let (one, other) = tokio::join!(world.send(finish()), world.send(finish()));
    let mut codes = [one.status.as_u16(), other.status.as_u16()];
    codes.sort_unstable();
    assert_eq!(codes, [204, 404]);
    assert_eq!(world.send(lan.get(ME)).await.json()["email"], "moi@example.com");
    assert_eq!(sign_in(&world, "lan@example.com", PASSWORD).await.status, 401);
    assert_eq!(sign_in(&world, "moi@example.com", PASSWORD).await.status, 200);
    look(&world, &smtp).await;
    let last = smtp.taken().last().unwrap().clone();
    assert!(last.to == ["lan@example.com"] && last.words().contains("một địa chỉ khác"), "{}", last.words());

    // Two accounts ask for one address: whoever confirms first has it, the other's link is worth nothing.
    let minh = signed(&sign_in(&world, "minh@example.com", PASSWORD).await);
    let mut tokens = Vec::new();
    for citizen in [&lan, &minh] {
        let body = json!({ "email": "chung@example.com", "password": PASSWORD });
        assert_eq!(world.send(citizen.put(&format!("{ME}/email"), &body)).await.status, 202);
        look(&world, &smtp).await;
        tokens.push(token_of(&smtp, "chung@example.com"));
    }
    for (token, status) in tokens.iter().zip([204, 404]) {
        let answer = world.post("/api/v1/citizens/email/finish", &json!({ "token": token })).await;
        assert_eq!(answer.status.as_u16(), status);
    }
}

#[tokio::test]
async fn a_telephone_number_is_confirmed_by_six_digits_at_any_hour() {
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let lan = registered(&world, &smtp, "lan@example.com").await;
    // 23:05 in Việt Nam: no notice goes to a telephone, but she has asked for this.
    let night = Moment(NOW.0 + 9 * 3_600_000);
    world.keep_budgets_until(night);
    let lan_now = signed(&sign_in(&world, "lan@example.com", PASSWORD).await);
    assert_ne!(lan.cookie, lan_now.cookie);
    let lan = lan_now;
    let gateway = Gateway::start((0..9).map(|_| messages::taken()).collect()).await;
    let ask = |phone: &str| lan.put(&format!("{ME}/phone"), &json!({ "phone": phone, "password": PASSWORD }));
    let confirm = |code: &str| lan.post(&format!("{ME}/phone/confirm"), None, &json!({ "code": code }));
    assert_eq!(problem(&world.send(ask("0233 3000 000")).await), ("phone".to_owned(), "not-a-phone".to_owned()));
    assert_eq!(problem(&world.send(confirm("123456")).await).0, "code", "none was asked for");
    assert_eq!(world.send(ask("+84 900 000 123")).await.status, 202);
    assert_eq!(send_due(&world.app, &by_sms(&gateway)).await.unwrap(), 1);
    let message = gateway.posted()[0].json();
    let words = message["Content"].as_str().unwrap();
    let code = words[..6].to_owned();
    assert!(code.bytes().all(|byte| byte.is_ascii_digit()) && message["Phone"] == "84900000123", "{message}");
    assert_eq!(world.send(lan.get(ME)).await.json()["phone"], "");

    // Five tries, the right one too late.
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(problem(&world.send(confirm(wrong)).await).0, "code");
    }
    assert_eq!(problem(&world.send(confirm(&code)).await).0, "code", "its tries are over");

    // A new message has new digits and new tries; ten minutes later they are over to the millisecond.
    assert_eq!(world.send(ask("0900000123")).await.status, 202);
    assert_eq!(send_due(&world.app, &by_sms(&gateway)).await.unwrap(), 1);
    let second = gateway.posted()[1].json()["Content"].as_str().unwrap()[..6].to_owned();
    assert_ne!(second, code);
    assert_eq!(problem(&world.send(confirm(&code)).await).0, "code", "the first message's digits");
    world.keep_budgets_until(Moment(night.0 + CODE_MS));
    assert_eq!(problem(&world.send(confirm(&second)).await).0, "code");
    world.keep_budgets_until(Moment(night.0 + CODE_MS - 1));
    // Pressed twice at once: the number is confirmed once, and nobody is told that it is another's.
    let spaced = format!("{} {}", &second[..3], &second[3..]);
    let (one, other) = tokio::join!(world.send(confirm(&spaced)), world.send(confirm(&spaced)));
    let (answer, other) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!((answer.status.as_u16(), answer.json()["phone"].clone()), (200, json!("0900000123")));
    assert_eq!(problem(&other).0, "code");
    assert_eq!(problem(&world.send(confirm(&second)).await).0, "code", "used up");
    assert_eq!(sign_in(&world, "0900 000 123", PASSWORD).await.status, 200);
    look(&world, &smtp).await;
    assert!(smtp.taken().last().unwrap().words().contains("vừa thêm một số điện thoại"));

    // A number that another account has cannot be had twice, also where both have its digits.
    let minh = registered(&world, &smtp, "minh@example.com").await;
    let body = json!({ "phone": "0900000123", "password": PASSWORD });
    assert_eq!(world.send(minh.put(&format!("{ME}/phone"), &body)).await.status, 202);
    assert_eq!(send_due(&world.app, &by_sms(&gateway)).await.unwrap(), 1);
    let third = gateway.posted()[2].json()["Content"].as_str().unwrap()[..6].to_owned();
    let answer = world.send(minh.post(&format!("{ME}/phone/confirm"), None, &json!({ "code": third }))).await;
    assert_eq!(problem(&answer).0, "phone");
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_of_the_person() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let lan = registered(&world, &smtp, "lan@example.com").await;
    assert_eq!(world.post("/api/v1/citizens/reset", &json!({ "login": "lan@example.com" })).await.status, 202);
    look(&world, &smtp).await;
    let reset = token_of(&smtp, "lan@example.com");
    let answer = world.send(lan.post("/api/v1/dossiers", Some(&key(1)), &world.filing())).await;
    let code = answer.json()["code"].clone();
    let answer = world.send(lan.as_method(Method::DELETE, ME, &json!({ "password": PASSWORD }))).await;
    assert_eq!(answer.status, 204, "{}", answer.json());
    assert_eq!(world.post("/api/v1/track", &json!({ "code": code })).await.status, 200, "what was sent stays");
    assert!(cookie(&answer, CITIZEN_COOKIE).1.contains("Max-Age=0"));
    assert_eq!(status(&world, &lan).await, 401);
    assert_eq!(sign_in(&world, "lan@example.com", PASSWORD).await.status, 401);
    assert_eq!(world.post("/api/v1/citizens/reset/open", &json!({ "token": reset })).await.status, 404);
    assert_eq!(look(&world, &smtp).await, 1);
    assert!(smtp.taken().last().unwrap().words().contains("đã được xóa"));
    assert!(world.app.store.citizen(lan.id).await.unwrap().is_none());
    let rows = world.audit();
    assert!(rows.iter().any(|(act, subject, _)| act == "citizen-deleted" && *subject == lan.id.to_string()));
    assert!(rows.iter().all(|row| !format!("{row:?}").contains("Lan") && !format!("{row:?}").contains("example.com")));
    assert_ne!(registered(&world, &smtp, "lan@example.com").await.id, lan.id, "the address is free again");
}

#[tokio::test]
async fn who_has_no_password_must_have_signed_in_just_now() {
    let mut world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let change = || lan.put(&format!("{ME}/password"), &json!({ "old": "", "password": PASSWORD }));
    world.keep_budgets_until(Moment(NOW.0 + 10 * 60_000));
    assert_eq!(problem(&world.send(change()).await).0, "old");
    world.keep_budgets_until(Moment(NOW.0 + 10 * 60_000 - 1));
    assert_eq!(world.send(change()).await.status, 204);
    assert_eq!(sign_in(&world, "lan@example.com", PASSWORD).await.status, 200);
}

/// The routes of accounts that anybody may come to; every other is closed to who is not signed in.
const OPEN_ELSEWHERE: [&str; 4] = ["providers", "providers/{id}/begin", "providers/{id}/callback", "identities/apart"];

const OPEN: [&str; 9] = [
    "register",
    "confirm/open",
    "confirm",
    "sign-in",
    "reset",
    "reset/open",
    "reset/finish",
    "email/open",
    "email/finish",
];

#[tokio::test]
async fn every_route_of_an_account_asks_for_a_session_and_for_our_own_header() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let document = world.get("/api/v1/openapi.json").await.json();
    let mut closed = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let Some(name) = path.strip_prefix("/api/v1/citizens/") else { continue };
        for method in methods.as_object().unwrap().keys() {
            let method = Method::try_from(method.to_uppercase().as_str()).unwrap();
            let path = &path.replace("{id}", "0").replace("{sha256}", "0");
            let mut request = json_request(path, None, "{}".to_owned());
            *request.method_mut() = method.clone();
            // An identity provider's routes are tried in a file of their own.
            if OPEN_ELSEWHERE.contains(&name) {
                continue;
            }
            if OPEN.contains(&name) {
                let status = world.send(request).await.status.as_u16();
                assert_eq!((status, &method), (400, &Method::POST), "{method} {path}: an empty body has nothing in it");
                continue;
            }
            closed += 1;
            let safe = method.is_safe();
            let unmarked = world.send(request).await.status.as_u16();
            assert_eq!(unmarked, if safe { 401 } else { 403 }, "{method} {path} without our header");
            let mut stranger = lan.as_method(method.clone(), path, &json!({}));
            stranger.headers_mut().remove("cookie");
            assert_eq!(world.send(stranger).await.status, 401, "{method} {path} without a session");
            let mut forged = lan.as_method(method.clone(), path, &json!({}));
            forged.headers_mut().remove("x-req");
            let status = world.send(forged).await.status.as_u16();
            assert!(safe || status == 403, "{method} {path} from another site's form: {status}");
        }
    }
    assert!(closed >= 9, "{closed}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,30}".prop_map(Value::from),
        "[ -~\\x00\\r\\n@.]{0,30}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{0,8}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

const FIELDS: [&str; 12] = [
    "/name",
    "/email",
    "/next",
    "/details",
    "/details/number",
    "/details/birth",
    "/details/sex",
    "/details/province",
    "/details/commune",
    "/details/detail",
    "/details/organisation",
    "/details/organisation/tax_code",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rubbish_is_answered_and_never_mailed(
        changes in prop::collection::vec((0..FIELDS.len(), any_json()), 1..8), text in "\\PC{0,60}",
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let limits = Limits { requests_per_second: 1e9, letters_per_hour: 1e9, misses_per_minute: 1e9, ..Limits::default() };
            let (world, smtp) = (World::with(limits).await, Smtp::start("127.0.0.1:0").unwrap());
            let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
            for (place, value) in changes {
                let mut body = person("moi@example.com");
                body["details"]["organisation"] = json!({ "name": "Hộ Lan", "tax_code": "0100109106" });
                *body.pointer_mut(FIELDS[place]).unwrap_or(&mut Value::Null) = value.clone();
                let answer = world.post("/api/v1/citizens/register", &body).await;
                assert!(answer.status.as_u16() < 500, "{body} {answer:?}");
                let details = json!({ "name": body["name"], "details": body["details"] });
                let answer = world.send(lan.put(&format!("{ME}/details"), &details)).await;
                assert!(answer.status.as_u16() < 500, "{details} {answer:?}");
                for name in OPEN {
                    for body in [value.clone(), json!({ "token": value, "password": text, "login": text })] {
                        let answer = world.post(&format!("/api/v1/citizens/{name}"), &body).await;
                        assert!(answer.status.as_u16() < 500, "{name} {body} {answer:?}");
                    }
                    for body in [json!({ "token": text }), json!({ "login": text })] {
                        let answer = world.post(&format!("/api/v1/citizens/{name}"), &body).await;
                        assert!(answer.status.as_u16() < 500, "{name} {body} {answer:?}");
                    }
                }
            }
            look(&world, &smtp).await;
            for mail in smtp.taken() {
                assert_eq!((mail.to.len(), mail.whole.matches("\r\nTo: ").count()), (1, 1), "{}", mail.whole);
                assert!(!mail.whole.contains("\r\nBcc") && !mail.words().contains("Lan"), "{}", mail.whole);
            }
        });
    }
}
