//! The head of a dossier: the person, the number, where it stands, and by when.

use super::super::{due_tag, state};
use crate::clock;
use ui::{Html, html};
use wire::{DeskDossier, Due};

pub fn draw(dossier: &DeskDossier) -> Html {
    let number = dossier.number.clone().unwrap_or_else(|| "Chưa có số hồ sơ".to_owned());
    let code = (!dossier.procedure_code.is_empty()).then(|| format!(" · Mã thủ tục {}", dossier.procedure_code));
    let by = |says, due: &Due, left| by(says, due, due_tag(&dossier.state, left));
    let whole = dossier.due.as_ref().map(|due| by("Hẹn trả kết quả", due, dossier.left));
    let turn = dossier.now.as_ref().and_then(|turn| Some(by("Hạn của bước này", turn.due.as_ref()?, turn.left)));
    let paused = dossier.now.as_ref().filter(|_| dossier.due.is_none());
    let paused =
        paused.map(|_| html! { <p>{due_tag(&dossier.state, dossier.left)}" Thời gian giải quyết đang tạm dừng."</p> });
    let fee = dossier.fee.as_ref().map(|fee| {
        let amount = fee.says.clone();
        match fee.paid_at {
            Some(at) => html! { <p>"Phí "{amount}": "<b>"đã nộp "{clock::moment(at)}</b></p> },
            None => html! { <p>"Phí "{amount}": "<b>"chưa nộp qua mạng"</b></p> },
        }
    });
    html! {
        <div class="dossier-head">
            <div>
                <span class="caption id">{number}</span>
                <h1>{dossier.person.clone()}</h1>
                <p>{dossier.procedure.clone()}<small>{dossier.agency.clone()}" · gửi "{clock::moment(dossier.sent_at)}{code}</small></p>
                {who(dossier)}
            </div>
            <div>
                <p class="tags"><span class="tag quiet">{state(&dossier.state)}</span></p>
                {paused}{turn}{whole}{fee}
            </div>
        </div>
    }
}

/// Whose it is and who filed it, where these are two; and who entered it at the desk.
fn who(dossier: &DeskDossier) -> Option<Html> {
    let filed = dossier.filer.as_ref().map(|filer| {
        // Whoever files for their family names no relation, and needs nobody's consent.
        let unknown = filer.consent.is_none() && !filer.relation.is_empty();
        let unknown = unknown.then_some(", chưa có sự đồng ý ghi nhận");
        let relation = if filer.relation.is_empty() { String::new() } else { format!(" ({})", filer.relation) };
        html! {
            <span>"Chủ hồ sơ: "<b>{dossier.person.clone()}</b></span>
            <span>"Người nộp: "<b>{filer.name.clone()}</b>{relation}{unknown}</span>
        }
    });
    let entered = dossier.entered.as_ref().map(|entered| {
        html! { <span>"Hình thức nộp: "<b>{entered.channel.says()}</b>", nhập tại quầy bởi "{entered.by.clone()}</span> }
    });
    (filed.is_some() || entered.is_some()).then(|| html! { <p class="filed">{filed}{entered}</p> })
}

fn by(says: &'static str, due: &Due, tag: Html) -> Html {
    html! { <div class="due"><p>{says}": "<b>{clock::due(due.at)}</b>" "{tag}</p>{ui::sum::draw(due)}</div> }
}
