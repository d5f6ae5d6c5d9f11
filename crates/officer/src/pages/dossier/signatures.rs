//! The digital signatures of a paper or of the result: an icon, the verdict in a sentence, who, when and by whose word.

use crate::clock;
use ui::{Html, html};
use wire::{DeskPaper, PaperSignature};

/// Below a paper of the list: its signatures, or that there is none and the original will be compared.
pub fn of_paper(paper: &DeskPaper) -> Html {
    if paper.signatures.is_empty() {
        return html! { <p class="signature">"Không có chữ ký số: đối chiếu bản chính khi trả kết quả."</p> };
    }
    let rows: Vec<_> = paper.signatures.iter().map(one).collect();
    html! { <div class="signatures">{rows}</div> }
}

/// Below the result: nothing keeps an unsigned one from being handed over, since results on paper exist; but it is said.
pub fn of_result(signatures: &[PaperSignature]) -> Html {
    let rows: Vec<_> = signatures.iter().map(one).collect();
    let says = if signatures.is_empty() {
        "Tệp kết quả không có chữ ký số. Chỉ trả khi đã có bản giấy được ký, đóng dấu."
    } else if signatures.iter().all(|one| one.verdict == "valid") {
        return html! { <div class="signatures">{rows}</div> };
    } else {
        "Chữ ký số của tệp kết quả chưa chắc chắn. Xem lại tệp, hoặc trả bản giấy được ký, đóng dấu."
    };
    html! { <div class="warning"><p><b>{says}</b></p>{rows}</div> }
}

fn one(signature: &PaperSignature) -> Html {
    let (class, icon) = match signature.verdict.as_str() {
        "valid" => ("signature valid-text", "✓"),
        "untrusted" | "expired" => ("signature", "?"),
        _ => ("signature bad-text", "✗"),
    };
    let who = [&signature.signer, &signature.organisation, &signature.number];
    let who = who.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ");
    let who = if who.is_empty() { "Không rõ người ký".to_owned() } else { who };
    let when = match (signature.at, signature.stamped) {
        (Some(at), true) => format!("Ký {} (có dấu thời gian).", clock::moment(at)),
        (Some(at), false) => format!("Ký {}, theo máy người ký.", clock::moment(at)),
        (None, _) => "Không rõ lúc ký.".to_owned(),
    };
    let issuer = (!signature.issuer.is_empty()).then(|| format!(" Chứng thư của {}.", signature.issuer));
    html! {
        <p class=class>
            <span aria-hidden="true">{icon}" "</span><b>{who}</b>". "{signature.says.clone()}
            <small>{when}{issuer}</small>
        </p>
    }
}
