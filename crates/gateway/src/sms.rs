//! A gateway for text messages, as eSMS is: it takes them, sends them to nobody, and shows them on a page.

use crate::http::Answer;
use crate::page::{self, escaped};
use crate::{Gateway, keys};
use serde_json::{Value, json};

/// The message was taken.
const TAKEN: &str = "100";
/// Key or secret are others.
const STRANGER: &str = "101";
/// The same `RequestId` was taken before.
const TAKEN_BEFORE: &str = "124";

/// A message that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// Its `RequestId`.
    name: String,
    /// `84900000123`.
    to: String,
    words: String,
}

/// Takes a message, as `SendMultipleMessage_V4_post_json` does.
pub(crate) fn taken(gateway: &Gateway, body: &str) -> Answer {
    let asked: Value = serde_json::from_str(body).unwrap_or_default();
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    let code = if (text("ApiKey").as_str(), text("SecretKey").as_str()) == (keys::SMS_KEY, keys::SMS_SECRET) {
        let message = Message { name: text("RequestId"), to: text("Phone"), words: text("Content") };
        let mut known = gateway.known();
        if known.messages.iter().any(|before| before.name == message.name) {
            TAKEN_BEFORE
        } else {
            known.messages.push(message);
            TAKEN
        }
    } else {
        STRANGER
    };
    Answer::json(&json!({ "CodeResult": code }))
}

/// The telephones of everybody: the newest message first.
pub(crate) fn page(messages: &[Message]) -> Answer {
    page::page("Tin nhắn để thử", &shown(messages))
}

fn shown(messages: &[Message]) -> String {
    if messages.is_empty() {
        return "<p>Chưa có tin nhắn nào. Tin đến sau vài giây; tải lại trang để xem.</p>".to_owned();
    }
    let one = |Message { to, words, .. }: &Message| {
        // As people here write it: 0900000123.
        let to = to.strip_prefix("84").map_or_else(|| to.clone(), |rest| format!("0{rest}"));
        format!("<article><p>Gửi đến: <b>{}</b></p><p>{}</p></article><hr>", escaped(&to), escaped(words))
    };
    messages.iter().rev().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_taken_once_from_who_has_the_keys_and_shown() {
        let gateway = Gateway::start("127.0.0.1:0", "http://127.0.0.1:1", || 0).expect("a port");
        let address = format!("http://{}", gateway.address);
        let post = |key: &str, name: &str| {
            let body = json!({
                "ApiKey": key, "SecretKey": keys::SMS_SECRET, "RequestId": name, "Phone": "84900000123", "Content": "<i>123456</i>",
            });
            let to = format!("{address}/MainService.svc/json/SendMultipleMessage_V4_post_json/");
            let answer = ureq::post(&to).header("content-type", "application/json").send(body.to_string());
            let said = answer.expect("an answer").body_mut().read_to_string().expect("a text");
            serde_json::from_str::<Value>(&said).expect("JSON")["CodeResult"].clone()
        };
        assert_eq!(post("another", "1"), STRANGER);
        assert_eq!(
            (post(keys::SMS_KEY, "1"), post(keys::SMS_KEY, "1"), post(keys::SMS_KEY, "2")),
            (json!(TAKEN), json!(TAKEN_BEFORE), json!(TAKEN))
        );
        let page =
            ureq::get(format!("{address}/sms")).call().expect("a page").body_mut().read_to_string().expect("a text");
        assert_eq!(page.matches("<b>0900000123</b></p><p>&lt;i&gt;123456&lt;/i&gt;</p>").count(), 2, "{page}");
    }
}
