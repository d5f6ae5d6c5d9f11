//! A small identity provider for tests, over real HTTP, that can misbehave. Its tokens are put together here; only signing is
//! shared with what reads them. The keys beside it are nobody's.

use api::oidc::{Identity, Provider, read};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What goes wrong at the provider.
#[derive(Clone, Debug, Default)]
pub enum Fault {
    #[default]
    None,
    /// These claims of the ID token are others.
    Claims(Value),
    /// `"alg": "none"`, and no signature.
    NoAlgorithm,
    /// HS256 with the public key's text for its secret.
    PublicKeyAsSecret,
    /// HS256 with the client's secret, which OpenID Connect would allow.
    ClientSecret,
    /// Signed by a key that it does not tell of, under the name of one that it tells of.
    OtherKey,
    /// Signed by a key that it does not tell of, whose public half stands in the token's own head.
    KeyInHead,
    /// The last sign of the signature is another one.
    Bent,
    /// Userinfo is about somebody else.
    OtherSubject,
    /// What the token endpoint answers: a status and a body.
    Token(&'static str, String),
    /// It answers after so long.
    Slow(Duration),
    /// It says of itself that it is another one.
    OtherIssuer,
}

struct Asked {
    nonce: String,
    challenge: String,
    back: String,
    person: Value,
}

#[derive(Default)]
struct Known {
    fault: Fault,
    codes: HashMap<String, Asked>,
    /// What userinfo tells, by access token.
    told: HashMap<String, Value>,
    key: Option<(&'static str, Algorithm)>,
    next: u32,
    keys_asked: u32,
}

/// A running provider.
pub struct Issuer {
    pub address: SocketAddr,
    /// Seconds since 1970 by its clock.
    now: i64,
    known: Mutex<Known>,
}

const SECRET: &str = "bí mật: của & khách";

fn key(name: &str) -> EncodingKey {
    match name {
        "one" => EncodingKey::from_ec_der(include_bytes!("issuer/ec-one.p8")),
        "two" => EncodingKey::from_ec_der(include_bytes!("issuer/ec-two.p8")),
        _ => EncodingKey::from_rsa_der(include_bytes!("issuer/rsa.pkcs1")),
    }
}

fn public(name: &str, algorithm: Algorithm) -> Value {
    let mut jwk = Jwk::from_encoding_key(&key(name), algorithm).unwrap();
    jwk.common.key_id = Some(name.to_owned());
    serde_json::to_value(jwk).unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The value of a name in a query or a form.
pub fn field(text: &str, name: &str) -> String {
    let found = form_urlencoded::parse(text.as_bytes()).find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no {name} in {text}")).1.into_owned()
}

impl Issuer {
    pub fn start(now: i64) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let known = Mutex::new(Known { key: Some(("one", Algorithm::ES256)), ..Known::default() });
        let issuer = Arc::new(Self { address: listener.local_addr().unwrap(), now, known });
        let serving = Arc::clone(&issuer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let issuer = Arc::clone(&serving);
                std::thread::spawn(move || issuer.serve(&stream));
            }
        });
        issuer
    }

    pub fn name(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The provider as it is set, under this id, with lines more.
    pub fn set(&self, id: &str, more: &str) -> Provider {
        let text = format!(
            "[[provider]]\nid = '{id}'\nname = 'Cổng thử {id}'\nissuer = '{}'\nclient_id = 'mot cua'\npatience_seconds = 1\n{more}",
            self.name()
        );
        Provider::new(read(&text).unwrap().remove(0), SECRET.to_owned(), "https://motcua.example")
    }

    /// Alone.
    pub fn alone(&self) -> Identity {
        Identity { providers: vec![self.set("thu", "")] }
    }

    pub fn misbehave(&self, fault: Fault) {
        self.known.lock().unwrap().fault = fault;
    }

    /// From now on it signs with this key, and tells of no other.
    pub fn change_key(&self, name: &'static str, algorithm: Algorithm) {
        self.known.lock().unwrap().key = Some((name, algorithm));
    }

    pub fn keys_asked(&self) -> u32 {
        self.known.lock().unwrap().keys_asked
    }

    /// Somebody signs in at its page. What stands behind the `?` when they come back.
    pub fn signed_in(&self, location: &str, person: &Value) -> String {
        let (page, query) = location.split_once('?').unwrap();
        assert_eq!(page, format!("{}/authorize", self.name()));
        assert_eq!(field(query, "response_type"), "code");
        assert_eq!(field(query, "code_challenge_method"), "S256");
        assert_eq!(field(query, "client_id"), "mot cua");
        let asked = Asked {
            nonce: field(query, "nonce"),
            challenge: field(query, "code_challenge"),
            back: field(query, "redirect_uri"),
            person: person.clone(),
        };
        let mut known = self.known.lock().unwrap();
        known.next += 1;
        let code = format!("code-{}", known.next);
        known.codes.insert(code.clone(), asked);
        format!("state={}&code={code}", field(query, "state"))
    }

    fn serve(&self, stream: &TcpStream) {
        let mut reader = BufReader::new(stream);
        let (mut line, mut first, mut length, mut authorization) = (String::new(), String::new(), 0, String::new());
        while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
            if first.is_empty() {
                first.clone_from(&line);
            }
            if let Some((name, value)) = line.split_once(':') {
                match name.to_ascii_lowercase().as_str() {
                    "content-length" => length = value.trim().parse().unwrap(),
                    "authorization" => value.trim().clone_into(&mut authorization),
                    _ => {}
                }
            }
            line.clear();
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let path = first.split(' ').nth(1).unwrap_or_default();
        let (status, body) = self.answer(path, &authorization, &String::from_utf8_lossy(&body));
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        // Whoever does not wait to the end is the test's own subject.
        let _ = (&mut &*stream).write_all(head.as_bytes()).and_then(|()| (&mut &*stream).write_all(body.as_bytes()));
    }

    fn answer(&self, path: &str, authorization: &str, body: &str) -> (String, String) {
        let name = self.name();
        let fault = self.known.lock().unwrap().fault.clone();
        if let Fault::Slow(wait) = fault {
            std::thread::sleep(wait);
        }
        let ok = |value: Value| ("200 OK".to_owned(), value.to_string());
        match path {
            "/.well-known/openid-configuration" => ok(json!({
                "issuer": if matches!(fault, Fault::OtherIssuer) { "https://other.example" } else { &name },
                "authorization_endpoint": format!("{name}/authorize"),
                "token_endpoint": format!("{name}/token"),
                "userinfo_endpoint": format!("{name}/userinfo"),
                "jwks_uri": format!("{name}/keys"),
            })),
            "/keys" => {
                let mut known = self.known.lock().unwrap();
                known.keys_asked += 1;
                let (name, algorithm) = known.key.unwrap();
                // A kind of key that nobody knows stands beside it.
                ok(json!({ "keys": [{ "kty": "NEW", "kid": "new", "x": 1 }, public(name, algorithm)] }))
            }
            "/token" => match &fault {
                Fault::Token(status, body) => ((*status).to_owned(), body.clone()),
                _ => self
                    .tokens(authorization, body, &fault)
                    .map_or_else(|why| ("400 Bad Request".to_owned(), json!({ "error": why }).to_string()), ok),
            },
            "/userinfo" => {
                let mut told = self.known.lock().unwrap().told[authorization.strip_prefix("Bearer ").unwrap()].clone();
                if matches!(fault, Fault::OtherSubject) {
                    told["sub"] = json!("somebody else");
                }
                ok(told)
            }
            _ => ("404 Not Found".to_owned(), String::new()),
        }
    }

    /// Changes a code into tokens, once, for whoever can show that it is theirs.
    fn tokens(&self, authorization: &str, body: &str, fault: &Fault) -> Result<Value, &'static str> {
        let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let client = STANDARD.encode(format!("{}:{}", written("mot cua"), written(SECRET)));
        if authorization != format!("Basic {client}") {
            return Err("invalid_client");
        }
        let mut known = self.known.lock().unwrap();
        let asked = known.codes.remove(&field(body, "code")).ok_or("invalid_grant")?;
        let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(field(body, "code_verifier")));
        if proof != asked.challenge || field(body, "redirect_uri") != asked.back {
            return Err("invalid_grant");
        }
        let mut claims = json!({
            "iss": self.name(), "aud": "mot cua", "sub": asked.person["sub"], "nonce": asked.nonce,
            "iat": self.now, "exp": self.now + 300,
        });
        if let Fault::Claims(others) = fault {
            for (name, value) in others.as_object().unwrap() {
                claims[name] = value.clone();
            }
        }
        let access = format!("access-{}", known.next);
        known.told.insert(access.clone(), asked.person);
        let (name, algorithm) = known.key.unwrap();
        Ok(json!({ "access_token": access, "token_type": "Bearer", "id_token": sign(&claims, name, algorithm, fault) }))
    }
}

fn sign(claims: &Value, name: &str, algorithm: Algorithm, fault: &Fault) -> String {
    let mut head = Header::new(algorithm);
    head.kid = Some(name.to_owned());
    let with = |head: &Header, key: &EncodingKey| encode(head, claims, key).unwrap();
    match fault {
        Fault::NoAlgorithm => format!("{}.{}.", part(&json!({ "alg": "none", "kid": name })), part(claims)),
        Fault::PublicKeyAsSecret | Fault::ClientSecret => {
            head.alg = Algorithm::HS256;
            let secret = match fault {
                Fault::ClientSecret => SECRET.to_owned(),
                _ => public(name, algorithm).to_string(),
            };
            with(&head, &EncodingKey::from_secret(secret.as_bytes()).unwrap())
        }
        Fault::OtherKey => with(&head, &key("two")),
        Fault::KeyInHead => {
            head.jwk = Some(Jwk::from_encoding_key(&key("two"), algorithm).unwrap());
            with(&head, &key("two"))
        }
        Fault::Bent => {
            let mut whole = with(&head, &key(name));
            // The middle of the signature: of the last sign some bits say nothing.
            let at = whole.len() - 40;
            let other = if &whole[at..=at] == "A" { "B" } else { "A" };
            whole.replace_range(at..=at, other);
            whole
        }
        _ => with(&head, &key(name)),
    }
}
