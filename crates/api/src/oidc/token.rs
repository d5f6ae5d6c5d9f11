//! What an ID token has to be so that it is believed (OpenID Connect Core §3.1.3.7, RFC 8725).

use super::Denied;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use procedure::calendar::Moment;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Seconds that a provider's clock may differ from ours.
const LEEWAY: f64 = 60.0;
/// Seconds since it was issued after which a token is old, whatever it says of its end.
const OLD: f64 = 600.0;
/// The fewest bytes of an RSA key: 2048 bits.
const LEAST_MODULUS: usize = 256;

/// What a token must be about.
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
    /// The levels that are taken; any when there is none.
    pub acr: &'a [String],
    pub algorithms: &'a [Algorithm],
    pub now: Moment,
}

/// Which key signed a token, as its head says.
pub(super) struct Head {
    pub algorithm: Algorithm,
    pub key: Option<String>,
}

/// Reads the head. `none` and whatever else has no name here is no algorithm at all.
pub(super) fn head(token: &str, expected: &Expected<'_>) -> Result<Head, Denied> {
    let head = decode_header(token).map_err(|_| Denied::Untrue("the token cannot be read"))?;
    if !expected.algorithms.contains(&head.alg) {
        return Err(Denied::Untrue("the token's algorithm is not taken"));
    }
    if head.crit.is_some() {
        return Err(Denied::Untrue("the token asks for what is not known here"));
    }
    Ok(Head { algorithm: head.alg, key: head.kid })
}

/// The one key that the head means. Keys that the head carries itself, or points to, are not looked at.
pub(super) fn find<'a>(head: &Head, keys: &'a [Jwk]) -> Option<&'a Jwk> {
    let mut fitting = keys.iter().filter(|key| head.key.is_none() || key.common.key_id == head.key);
    let mut fitting = fitting.by_ref().filter(|key| fits(key, head.algorithm));
    match (fitting.next(), fitting.next()) {
        (Some(key), None) => Some(key),
        _ => None,
    }
}

/// Whether a key is one for this algorithm, and is meant for signatures.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let common = &key.common;
    let kind = match &key.algorithm {
        AlgorithmParameters::RSA(rsa) => {
            let long = URL_SAFE_NO_PAD.decode(&rsa.n).is_ok_and(|modulus| modulus.len() >= LEAST_MODULUS);
            long && matches!(algorithm, Algorithm::RS256 | Algorithm::PS256)
        }
        AlgorithmParameters::EllipticCurve(curve) => {
            curve.curve == EllipticCurve::P256 && algorithm == Algorithm::ES256
        }
        _ => false,
    };
    let named = match algorithm {
        Algorithm::RS256 => KeyAlgorithm::RS256,
        Algorithm::PS256 => KeyAlgorithm::PS256,
        _ => KeyAlgorithm::ES256,
    };
    let meant = common.key_algorithm.is_none_or(|meant| meant == named);
    kind && meant && matches!(common.public_key_use, None | Some(PublicKeyUse::Signature))
}

/// The claims of a token that this key has signed.
pub(super) fn signed(token: &str, head: &Head, key: &Jwk) -> Result<Value, Denied> {
    let key = DecodingKey::from_jwk(key).map_err(|_| Denied::Untrue("the key cannot be read"))?;
    // The signature alone: what the claims must be is said below, by our clock.
    let mut only = Validation::new(head.algorithm);
    (only.validate_exp, only.validate_aud) = (false, false);
    only.required_spec_claims.clear();
    let read = decode::<Value>(token, &key, &only).map_err(|_| Denied::Untrue("the signature is wrong"))?;
    Ok(read.claims)
}

/// Whether the claims are about this very sign-in.
pub(super) fn check(claims: &Value, access_token: &str, expected: &Expected<'_>) -> Result<(), Denied> {
    let text = |name: &str| claims[name].as_str();
    let hold = |good: bool, why| if good { Ok(()) } else { Err(Denied::Untrue(why)) };
    hold(text("iss") == Some(expected.issuer), "another issuer")?;
    let audience: Vec<&str> = match &claims["aud"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    hold(audience.contains(&expected.client), "another audience")?;
    let party = &claims["azp"];
    hold(party.as_str() == Some(expected.client) || (party.is_null() && audience.len() == 1), "another party")?;
    hold(text("nonce") == Some(expected.nonce), "another nonce")?;
    let time = |name: &str| claims[name].as_f64().filter(|time| time.is_finite());
    // Seconds of this century are far below what a float tells exactly.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit into 53 bits")]
    let now = expected.now.0 as f64 / 1000.0;
    hold(time("exp").is_some_and(|end| now < end + LEEWAY), "expired")?;
    let issued = time("iat").ok_or(Denied::Untrue("no time of issue"))?;
    hold(issued <= now + LEEWAY, "issued in the future")?;
    hold(now < issued + OLD + LEEWAY, "issued long ago")?;
    hold(claims["nbf"].is_null() || time("nbf").is_some_and(|begin| begin <= now + LEEWAY), "not yet good")?;
    let level = expected.acr.is_empty() || expected.acr.iter().any(|taken| text("acr") == Some(taken));
    hold(level, "not sure enough of the person")?;
    // RS256, PS256 and ES256 all go with SHA-256 (§3.1.3.6).
    let half = URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token)[..16]);
    hold(claims["at_hash"].is_null() || text("at_hash") == Some(&half), "another access token")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_795_331_100;

    fn checked(change: &Value) -> Result<(), Denied> {
        let mut claims = json!({
            "iss": "https://id.example", "aud": "motcua", "sub": "1", "nonce": "n", "exp": NOW + 300, "iat": NOW,
        });
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let expected = Expected {
            issuer: "https://id.example",
            client: "motcua",
            nonce: "n",
            acr: &["LoA2".to_owned()][..usize::from(change["acr"].is_string())],
            algorithms: &[],
            now: Moment(NOW * 1000),
        };
        check(&claims, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", &expected)
    }

    #[test]
    fn claims_are_believed_only_where_all_of_them_are_right() {
        let good = [
            json!({}),
            json!({ "aud": ["motcua"] }),
            json!({ "aud": ["other", "motcua"], "azp": "motcua" }),
            json!({ "exp": NOW - 59 }),
            json!({ "iat": NOW + 60 }),
            json!({ "acr": "LoA2" }),
            // The example of OpenID Connect Core, appendix A.3.
            json!({ "at_hash": "77QmUPtjPfzWtF2AnpK9RQ" }),
        ];
        for change in good {
            assert_eq!(checked(&change), Ok(()), "{change}");
        }
        for (change, why) in [
            (json!({ "iss": "https://id.example/" }), "another issuer"),
            (json!({ "iss": ["https://id.example"] }), "another issuer"),
            (json!({ "aud": "other" }), "another audience"),
            (json!({ "aud": [] }), "another audience"),
            (json!({ "aud": ["other", "motcua"] }), "another party"),
            (json!({ "azp": "other" }), "another party"),
            (json!({ "nonce": "m" }), "another nonce"),
            (json!({ "nonce": null }), "another nonce"),
            (json!({ "exp": NOW - 60 }), "expired"),
            (json!({ "exp": "never" }), "expired"),
            (json!({ "iat": null }), "no time of issue"),
            (json!({ "iat": NOW + 61 }), "issued in the future"),
            (json!({ "iat": NOW - 660, "exp": NOW + 9_000_000 }), "issued long ago"),
            (json!({ "nbf": NOW + 61 }), "not yet good"),
            (json!({ "acr": "LoA1" }), "not sure enough of the person"),
            (json!({ "at_hash": "77QmUPtjPfzWtF2AnpK9RR" }), "another access token"),
        ] {
            assert_eq!(checked(&change), Err(Denied::Untrue(why)), "{change}");
        }
    }
}
