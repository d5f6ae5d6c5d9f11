//! Citizens register, confirm, sign in and set new passwords: through a mail server that speaks SMTP, as a person does it.

use crate::notices::{audited, look};
use crate::world::{Answer, NOW, SignedCitizen, World, json_request};
use account::CitizenId;
use api::access::CITIZEN_COOKIE;
use gateway::smtp::Smtp;
use procedure::calendar::Moment;
use serde_json::{Value, json};

pub const PASSWORD: &str = "con bò vàng qua suối";
const REGISTER: &str = "/api/v1/citizens/register";
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

pub fn person(email: &str) -> Value {
    json!({
        "name": "Trần Thị Lan", "email": email, "next": "/drafts/01a2/check",
        "details": { "number": "000162000017", "birth": "1962-03-15", "sex": "nu" },
    })
}

/// The whole link in the newest mail to an address.
pub fn link_of(smtp: &Smtp, email: &str) -> String {
    let taken = smtp.taken();
    let mail = taken.iter().rev().find(|mail| mail.to == [email.to_owned()]).expect("a mail");
    let words = mail.words();
    let link = words.lines().find(|line| line.contains('#')).unwrap_or_else(|| panic!("{words}"));
    link.trim().to_owned()
}

pub fn token_of(smtp: &Smtp, email: &str) -> String {
    link_of(smtp, email).split_once('#').unwrap().1.to_owned()
}

/// The value of a cookie that an answer sets, as `name=value`, and all of its line.
pub fn cookie(answer: &Answer, name: &str) -> (String, String) {
    let start = format!("{name}=");
    let mut all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned());
    let line = all.find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{name}"));
    (line.split(';').next().unwrap().to_owned(), line)
}

pub fn signed(answer: &Answer) -> SignedCitizen {
    assert_eq!(answer.status, 200, "{}", answer.json());
    let id = CitizenId::read(answer.json()["id"].as_str().unwrap()).unwrap();
    SignedCitizen { id, cookie: cookie(answer, CITIZEN_COOKIE).0 }
}

/// Registers and confirms as a person does.
pub async fn registered(world: &World, smtp: &Smtp, email: &str) -> SignedCitizen {
    assert_eq!(world.post(REGISTER, &person(email)).await.status, 202);
    look(world, smtp).await;
    let token = token_of(smtp, email);
    let body = json!({ "token": token, "password": PASSWORD });
    signed(&world.post("/api/v1/citizens/confirm", &body).await)
}

pub async fn sign_in(world: &World, login: &str, password: &str) -> Answer {
    world.post("/api/v1/citizens/sign-in", &json!({ "login": login, "password": password })).await
}

/// The secrets that were put into a link or message must be in no log and no file of the data.
fn nowhere_on_the_disk(world: &World, secret: &str) {
    let mut folders = vec![world.folder.path().to_owned()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
    assert!(seen > 0);
}

#[tokio::test]
async fn a_citizen_registers_by_mail_and_signs_in() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let answer = world.post(REGISTER, &person("Lan@Example.com")).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (202, 0));
    assert_eq!(look(&world, &smtp).await, 1);
    let mail = &smtp.taken()[0];
    assert_eq!(mail.to, ["lan@example.com"]);
    let words = mail.words();
    assert!(words.contains("trong vòng 24 giờ") && !words.contains("Lan"), "{words}");
    assert_eq!(mail.subject(), "Xác nhận đăng ký tài khoản sử dụng dịch vụ công trực tuyến");
    let link = link_of(&smtp, "lan@example.com");
    let token = link.strip_prefix("https://motcua.example/account/confirm#").unwrap().to_owned();
    assert_eq!(token.len(), 64);
    nowhere_on_the_disk(&world, &token);

    // Scanners of mailboxes open what they see, and more than once.
    let opened = json!({ "token": token });
    for _ in 0..10 {
        let answer = world.post("/api/v1/citizens/confirm/open", &opened).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        let expected = json!({
            "name": "Trần Thị Lan", "email": "lan@example.com", "organisation": "", "until": NOW.0 + DAY,
        });
        assert_eq!(answer.json(), expected);
    }
    assert_eq!(sign_in(&world, "lan@example.com", PASSWORD).await.problem().0, 401, "not confirmed yet");

    let weak = world.post("/api/v1/citizens/confirm", &json!({ "token": token, "password": "TranThiLan1" })).await;
    assert_eq!(weak.problem().0, 422);
    assert_eq!(weak.json()["problems"][0]["place"], "password");
    let answer = world.post("/api/v1/citizens/confirm", &json!({ "token": token, "password": PASSWORD })).await;
    let lan = signed(&answer);
    assert_eq!(answer.json()["next"], "/drafts/01a2/check");
    assert_eq!(answer.json()["details"]["number"], "000162000017");
    let (_, line) = cookie(&answer, CITIZEN_COOKIE);
    assert!(line.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=43200"), "{line}");
    assert_eq!(world.send(lan.get("/api/v1/citizens/me")).await.json()["password"], true);

    let again = world.post("/api/v1/citizens/confirm", &json!({ "token": token, "password": PASSWORD })).await;
    assert_eq!(again.problem(), (404, "link-unknown".to_owned()), "used up");
    let answer = sign_in(&world, " LAN@example.com ", PASSWORD).await;
    let other = signed(&answer);
    assert_ne!(other.cookie, lan.cookie, "each sign-in has a session of its own");
    assert_eq!(audited(&world, "citizen-signed-in"), 2);
    assert!(world.audit().iter().all(|(_, subject, detail)| !format!("{subject} {detail}").contains("example.com")));
}

#[tokio::test]
async fn what_was_typed_wrong_is_told_at_its_field_and_nothing_is_mailed() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let mut wrong = person("lan@example");
    wrong["name"] = json!("Lan\r\nBcc: a@b.vn");
    wrong["details"]["number"] = json!("12");
    wrong["details"]["commune"] = json!("19351");
    wrong["details"]["organisation"] = json!({ "name": "Hộ Lan", "tax_code": "0100109107" });
    let answer = world.post(REGISTER, &wrong).await;
    assert_eq!(answer.problem(), (422, "invalid".to_owned()));
    let problems = answer.json()["problems"].as_array().unwrap().clone();
    let places: Vec<&str> = problems.iter().map(|problem| problem["place"].as_str().unwrap()).collect();
    assert_eq!(places, ["name", "email", "number", "province", "organisation.tax_code"]);
    assert!(problems.iter().all(|problem| !problem["says"].as_str().unwrap().is_empty()));
    // An address that could begin another line of the mail's head, or another recipient.
    for email in ["a@b.vn\r\nBcc: c@d.vn", "a@b.vn,c@d.vn", "a@b.vn>", "\"a b\"@c.vn", "a@b.vn\0", "<a@b.vn>"] {
        assert_eq!(world.post(REGISTER, &person(email)).await.status, 422, "{email:?}");
    }
    assert_eq!((look(&world, &smtp).await, smtp.taken().len()), (0, 0));
}

#[tokio::test]
async fn a_known_address_is_answered_as_an_unknown_one_and_its_mail_says_so() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    registered(&world, &smtp, "lan@example.com").await;
    let (rows, hashes) = (world.audit().len(), world.app.hashing.worked());
    let known = world.post(REGISTER, &person("lan@example.com")).await;
    let after_known = (world.audit().len() - rows, world.app.hashing.worked() - hashes);
    let (rows, hashes) = (world.audit().len(), world.app.hashing.worked());
    let unknown = world.post(REGISTER, &person("moi@example.com")).await;
    let after_unknown = (world.audit().len() - rows, world.app.hashing.worked() - hashes);
    assert_eq!((known, after_known), (unknown, after_unknown));
    assert_eq!(after_known, (1, 0), "one row of the audit each, no hash");
    look(&world, &smtp).await;
    let taken = smtp.taken();
    let known = taken.iter().rev().find(|mail| mail.to == ["lan@example.com"]).unwrap().words();
    assert!(known.contains("https://motcua.example/account/sign-in") && !known.contains('#'), "{known}");

    // The same of a forgotten password.
    let reset = async |login: &str| {
        let before = (world.audit().len(), world.app.hashing.worked());
        let answer = world.post("/api/v1/citizens/reset", &json!({ "login": login })).await;
        assert_eq!(answer.status, 202);
        (answer, world.audit().len() - before.0, world.app.hashing.worked() - before.1)
    };
    let known = reset("lan@example.com").await;
    assert_eq!(known, reset("la@example.com").await);
    assert_eq!(known, reset("0900 000 123").await);
    look(&world, &smtp).await;
    assert!(link_of(&smtp, "lan@example.com").starts_with("https://motcua.example/account/reset#"));
    let taken = smtp.taken();
    let stranger = taken.iter().find(|mail| mail.to == ["la@example.com"]).unwrap().words();
    assert!(stranger.contains("chưa có tài khoản") && !stranger.contains('#'), "{stranger}");

    // And of signing in: as many hashes, the same bytes.
    let tried = async |login: &str| {
        let before = (world.audit().len(), world.app.hashing.worked());
        let answer = sign_in(&world, login, "không phải mật khẩu").await;
        (answer, world.audit().len() - before.0, world.app.hashing.worked() - before.1)
    };
    let known = tried("lan@example.com").await;
    assert_eq!((known.0.problem(), known.1, known.2), ((401, "sign-in-wrong".to_owned()), 1, 1));
    for stranger in ["la@example.com", "0900000123", "", "rubbish", "@"] {
        assert_eq!(tried(stranger).await, known, "{stranger}");
    }
}

#[tokio::test]
async fn of_two_links_one_wins_and_each_opens_only_what_it_is_for() {
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let confirm = |token: &str| {
        json_request("/api/v1/citizens/confirm", None, json!({ "token": token, "password": PASSWORD }).to_string())
    };
    let mut tokens = Vec::new();
    for _ in 0..2 {
        assert_eq!(world.post(REGISTER, &person("lan@example.com")).await.status, 202);
        look(&world, &smtp).await;
        tokens.push(token_of(&smtp, "lan@example.com"));
    }
    assert_ne!(tokens[0], tokens[1]);
    let (one, other) = tokio::join!(world.send(confirm(&tokens[0])), world.send(confirm(&tokens[1])));
    let mut codes = [one.status.as_u16(), other.status.as_u16()];
    codes.sort_unstable();
    assert_eq!(codes, [200, 404]);
    assert_eq!(audited(&world, "citizen-added"), 1);

    // A link of one purpose is nothing to the others' routes.
    assert_eq!(world.post("/api/v1/citizens/reset", &json!({ "login": "lan@example.com" })).await.status, 202);
    assert_eq!(world.post(REGISTER, &person("moi@example.com")).await.status, 202);
    look(&world, &smtp).await;
    let (reset, register) = (token_of(&smtp, "lan@example.com"), token_of(&smtp, "moi@example.com"));
    for (token, path) in [
        (&reset, "confirm"),
        (&reset, "confirm/open"),
        (&reset, "email/open"),
        (&reset, "email/finish"),
        (&register, "reset/open"),
        (&register, "reset/finish"),
        (&register, "email/open"),
        (&register, "email/finish"),
    ] {
        let mut body = json!({ "token": token });
        if ["confirm", "reset/finish"].contains(&path) {
            body["password"] = json!(PASSWORD);
        }
        let answer = world.post(&format!("/api/v1/citizens/{path}"), &body).await;
        assert_eq!(answer.problem(), (404, "link-unknown".to_owned()), "{path}");
    }

    // Both are over at the very millisecond, and not one before.
    let open = async |world: &World, path: &str, token: &str| {
        world.post(&format!("/api/v1/citizens/{path}"), &json!({ "token": token })).await.status.as_u16()
    };
    for (path, token, ends) in [("reset/open", &reset, 30 * MINUTE), ("confirm/open", &register, DAY)] {
        world.keep_budgets_until(Moment(NOW.0 + ends - 1));
        assert_eq!(open(&world, path, token).await, 200, "{path}");
        world.keep_budgets_until(Moment(NOW.0 + ends));
        assert_eq!(open(&world, path, token).await, 404, "{path}");
    }
    let late = world.send(confirm(&register)).await;
    assert_eq!(late.problem().0, 404);
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_is_told() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let first = registered(&world, &smtp, "lan@example.com").await;
    let second = signed(&sign_in(&world, "lan@example.com", PASSWORD).await);
    let mut tokens = Vec::new();
    for _ in 0..2 {
        assert_eq!(world.post("/api/v1/citizens/reset", &json!({ "login": "lan@example.com" })).await.status, 202);
        look(&world, &smtp).await;
        tokens.push(token_of(&smtp, "lan@example.com"));
    }
    let finish = |token: &str, password: &str| {
        json_request("/api/v1/citizens/reset/finish", None, json!({ "token": token, "password": password }).to_string())
    };
    let (one, other) = tokio::join!(
        world.send(finish(&tokens[0], "trâu trắng qua sông")),
        world.send(finish(&tokens[1], "mèo đen trên mái nhà")),
    );
    let (won, password) =
        if one.status == 200 { (&one, "trâu trắng qua sông") } else { (&other, "mèo đen trên mái nhà") };
    let mut codes = [one.status.as_u16(), other.status.as_u16()];
    codes.sort_unstable();
    assert_eq!(codes, [200, 404], "one link wins");
    let third = signed(won);
    for (session, stands) in [(&first, 401), (&second, 401), (&third, 200)] {
        assert_eq!(world.send(session.get("/api/v1/citizens/me")).await.status.as_u16(), stands);
    }
    assert_eq!(sign_in(&world, "lan@example.com", PASSWORD).await.status, 401);
    assert_eq!(sign_in(&world, "lan@example.com", password).await.status, 200);
    look(&world, &smtp).await;
    assert!(smtp.taken().last().unwrap().words().contains("vừa được đổi"));
}

#[tokio::test]
async fn a_links_address_is_the_configured_one_whatever_a_request_claims() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    for (header, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-original-url", "https://evil.example/"),
    ] {
        let mut request = json_request(REGISTER, None, person("lan@example.com").to_string());
        request.headers_mut().insert(header, value.parse().unwrap());
        assert_eq!(world.send(request).await.status, 202);
        look(&world, &smtp).await;
        let whole = smtp.taken().last().unwrap().clone();
        assert!(!format!("{} {}", whole.whole, whole.words()).contains("evil"), "{header}");
        assert!(link_of(&smtp, "lan@example.com").starts_with("https://motcua.example/account/confirm#"));
    }
}

#[tokio::test]
async fn a_link_leads_back_only_to_this_site() {
    let (world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    for (number, next) in
        ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/a\nb"]
            .into_iter()
            .enumerate()
    {
        let email = format!("lan{number}@example.com");
        let mut body = person(&email);
        body["next"] = json!(next);
        assert_eq!(world.post(REGISTER, &body).await.status, 202);
        look(&world, &smtp).await;
        let body = json!({ "token": token_of(&smtp, &email), "password": PASSWORD });
        let answer = world.post("/api/v1/citizens/confirm", &body).await;
        assert_eq!((answer.status.as_u16(), answer.json()["next"].clone()), (200, json!("")), "{next}");
    }
}

#[tokio::test]
async fn where_no_mail_is_sent_it_is_said_and_nothing_is_pretended() {
    let world = World::unreachable().await;
    let reset = json!({ "login": "lan@example.com" });
    for (path, body) in [(REGISTER, person("lan@example.com")), ("/api/v1/citizens/reset", reset)] {
        assert_eq!(world.post(path, &body).await.problem(), (503, "mail-not-set".to_owned()), "{path}");
    }
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let phone = lan.put("/api/v1/citizens/me/phone", &json!({ "phone": "0900000123", "password": "" }));
    assert_eq!(world.send(phone).await.problem(), (503, "sms-not-set".to_owned()));
    assert_eq!(world.send(lan.get("/api/v1/citizens/me")).await.json()["sms"], false);
}

#[tokio::test]
async fn nobodys_mailbox_is_filled_and_a_link_that_is_over_is_not_mailed() {
    let (mut world, smtp) = (World::new().await, Smtp::start("127.0.0.1:0").unwrap());
    let codes = async |world: &World, count: usize| {
        let mut codes = Vec::new();
        for _ in 0..count {
            codes.push(world.post(REGISTER, &person("lan@example.com")).await.status.as_u16());
        }
        codes
    };
    assert_eq!(codes(&world, 6).await, [202, 202, 202, 202, 202, 429]);
    world.keep_budgets_until(Moment(NOW.0 + DAY));
    assert_eq!((look(&world, &smtp).await, smtp.taken().len()), (0, 0));
    assert_eq!(audited(&world, "notice-given-up"), 5);
}
