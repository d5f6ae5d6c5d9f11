//! The way of a dossier: the stages it goes through, and what has happened, the newest first.

use crate::clock;
use ui::{Html, html};
use wire::{DeskDossier, DeskEvent, DeskStage, Standing};

pub fn stages(dossier: &DeskDossier) -> Html {
    let rows: Vec<_> = dossier.stages.iter().map(stage).collect();
    html! { <h2 id="stages-title">"Các bước"</h2><ol class="steps">{rows}</ol> }
}

fn stage(stage: &DeskStage) -> Html {
    let (class, says) = match stage.standing {
        Standing::Past => ("past", "đã xong"),
        Standing::Now => ("now", "đang làm"),
        Standing::Ahead => ("", "chưa tới"),
    };
    let time = match stage.quarter_days {
        0 => String::new(),
        quarters => format!(" · {} ngày làm việc", text::amount::days(quarters.into())),
    };
    html! {
        <li class=class>
            <b>{stage.name.clone()}<span class="unseen">" – "{says}</span></b>
            <small>{stage.role.clone()}" · "{stage.unit.clone()}{time}</small>
        </li>
    }
}

pub fn events(dossier: &DeskDossier) -> Html {
    let rows: Vec<_> = dossier.history.iter().map(event).collect();
    html! { <h2 id="history-title">"Lịch sử"</h2><ol class="list history">{rows}</ol> }
}

fn event(event: &DeskEvent) -> Html {
    let by = event.by.clone().map(|name| format!(" · {name}"));
    let note = (!event.note.is_empty()).then(|| html! { <p class="note">{event.note.clone()}</p> });
    html! { <li><b>{event.says.clone()}</b><small>{clock::moment(event.at)}{by}</small>{note}</li> }
}
