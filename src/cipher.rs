//! The browser's own cryptography (WebCrypto), for drafts on their way to another phone: AES-256-GCM, HKDF and PBKDF2.
//!
//! Nothing here is written by us: each function is one or two calls, and answers nothing where the browser refuses.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// Rounds of PBKDF2: see `docs/decisions/0011-handing-a-draft-over.md`.
const ROUNDS: u32 = 600_000;
/// Bytes of a nonce of AES-GCM.
const NONCE: usize = 12;

/// Bytes nobody can guess.
pub fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// Another secret out of a secret of 32 random bytes, by what it is for (HKDF-SHA-256, RFC 5869, without salt).
pub async fn derive(secret: &[u8; 32], purpose: &str) -> Option<[u8; 32]> {
    let empty = Uint8Array::new_with_length(0);
    let rule = rule("HKDF", &[("hash", &"SHA-256".into()), ("salt", &empty), ("info", &text(purpose))]);
    bits(&rule, &key(secret, "HKDF", "deriveBits").await?).await
}

/// 32 bytes out of a short secret, slowly (PBKDF2-HMAC-SHA-256, RFC 8018).
pub async fn stretch(secret: &str, salt: &str) -> Option<[u8; 32]> {
    let rounds = ROUNDS.into();
    let rule = rule("PBKDF2", &[("hash", &"SHA-256".into()), ("salt", &text(salt)), ("iterations", &rounds)]);
    bits(&rule, &key(secret.as_bytes(), "PBKDF2", "deriveBits").await?).await
}

/// Encrypts; `about` is not in the answer, but decrypting needs the same. A random nonce stands before the ciphertext.
pub async fn encrypt(secret: &[u8; 32], about: &str, plain: &[u8]) -> Option<Vec<u8>> {
    let nonce: [u8; NONCE] = random()?;
    let key = key(secret, "AES-GCM", "encrypt").await?;
    let promise = subtle()?.encrypt_with_object_and_u8_array(&gcm(&nonce, about), &key, plain).ok()?;
    Some([nonce.as_slice(), &answer(promise).await?].concat())
}

/// Decrypts what [`encrypt`] made; nothing when anything of it was changed.
pub async fn decrypt(secret: &[u8; 32], about: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let key = key(secret, "AES-GCM", "decrypt").await?;
    answer(subtle()?.decrypt_with_object_and_u8_array(&gcm(nonce, about), &key, sealed).ok()?).await
}

/// SHA-256.
pub async fn sha256(bytes: &[u8]) -> Option<[u8; 32]> {
    answer(subtle()?.digest_with_str_and_u8_array("SHA-256", bytes).ok()?).await?.try_into().ok()
}

fn subtle() -> Option<SubtleCrypto> {
    Some(web_sys::window()?.crypto().ok()?.subtle())
}

fn gcm(nonce: &[u8], about: &str) -> Object {
    rule("AES-GCM", &[("iv", &Uint8Array::from(nonce)), ("additionalData", &text(about))])
}

fn rule(name: &str, parts: &[(&str, &JsValue)]) -> Object {
    let rule = Object::new();
    for (part, value) in [("name", &JsValue::from_str(name))].iter().chain(parts) {
        // A fresh object takes every property.
        let _ = Reflect::set(&rule, &(*part).into(), value);
    }
    rule
}

fn text(text: &str) -> Uint8Array {
    Uint8Array::from(text.as_bytes())
}

async fn key(bytes: &[u8], rule: &str, usage: &str) -> Option<CryptoKey> {
    let usages = Array::of1(&usage.into());
    let promise = subtle()?.import_key_with_str("raw", &Uint8Array::from(bytes), rule, false, &usages).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn bits(rule: &Object, key: &CryptoKey) -> Option<[u8; 32]> {
    answer(subtle()?.derive_bits_with_object(rule, key, 256).ok()?).await?.try_into().ok()
}

async fn answer(promise: js_sys::Promise) -> Option<Vec<u8>> {
    Some(Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec())
}
