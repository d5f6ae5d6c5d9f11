//! One officer of the list, and what can be done with their account. Each of it is asked once more before it is done.

use super::{Office, link, roles};
use crate::app::app;
use crate::client::Request;
use crate::task::background;
use ui::prelude::*;
use ui::{Html, html};
use wire::{ChangeOfficer, FirstLink, OfficerListRow};

/// What can be done with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A new link for the first sign-in.
    Link,
    /// The officer can sign in no longer.
    Lock,
    /// They can again.
    Unlock,
}

impl Deed {
    const fn says(self) -> &'static str {
        match self {
            Self::Link => "Cấp lại đường dẫn",
            Self::Lock => "Khóa",
            Self::Unlock => "Mở khóa",
        }
    }

    fn asks(self, name: &str) -> String {
        match self {
            Self::Link => format!("Cấp lại đường dẫn cho {name}?"),
            Self::Lock => format!("Khóa tài khoản của {name}?"),
            Self::Unlock => format!("Mở khóa tài khoản của {name}?"),
        }
    }

    const fn warns(self) -> &'static str {
        match self {
            Self::Link => {
                "Mật khẩu và ứng dụng tạo mã đang dùng hết hiệu lực ngay; người này đặt lại cả hai bằng đường dẫn mới."
            }
            Self::Lock => "Người này bị đăng xuất ngay và không đăng nhập được cho đến khi mở khóa.",
            Self::Unlock => "Người này đăng nhập lại được như trước.",
        }
    }
}

/// What is asked about an officer, or has been done.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    officer: String,
    stands: Stands,
}

#[derive(Clone, PartialEq, Eq)]
enum Stands {
    /// Whether it is really meant; with what went wrong before.
    Really(Deed, String),
    /// It is being done.
    Doing(Deed),
    /// A link was made.
    Link(String, i64),
}

pub fn draw(office: Office, officer: &OfficerListRow, is_me: bool) -> Html {
    let lock = if officer.enabled { Deed::Lock } else { Deed::Unlock };
    let deeds = if is_me { vec![] } else { vec![Deed::Link, lock] };
    let buttons: Vec<_> = deeds.into_iter().map(|deed| button(office, officer, deed)).collect();
    let is_me = is_me.then(|| html! { <small>"Đây là bạn"</small> });
    let (class, stands) = if officer.enabled { ("tag ok", "Đang dùng") } else { ("tag late", "Đã khóa") };
    let one = officer.clone();
    let panel = move || {
        let asked = office.asked.get().filter(|asked| asked.officer == one.id);
        asked.map(|asked| panel(office, &one, asked.stands))
    };
    html! {
        <tr role="row">
            <td role="rowheader"><b>{officer.name.clone()}</b><small>{officer.phone.clone()}</small></td>
            <td role="cell">{officer.unit_name.clone()}</td>
            <td role="cell">{roles(&officer.roles)}</td>
            <td role="cell"><span class=class>{stands}</span></td>
            <td role="cell" class="deeds">{is_me}<div class="row2">{buttons}</div>{panel}</td>
        </tr>
    }
}

fn button(office: Office, officer: &OfficerListRow, deed: Deed) -> Html {
    let id = officer.id.clone();
    let ask = move |_| {
        let doing =
            office.asked.with_untracked(|asked| asked.as_ref().is_some_and(|it| matches!(it.stands, Stands::Doing(_))));
        if !doing {
            office.asked.set(Some(Asked { officer: id.clone(), stands: Stands::Really(deed, String::new()) }));
            ui::focus_soon("really");
        }
    };
    let called = format!("{}: {}", deed.says(), officer.name);
    html! { <button type="button" class="button quiet small" aria-label=called on:click=ask>{deed.says()}</button> }
}

fn panel(office: Office, officer: &OfficerListRow, stands: Stands) -> Html {
    let close = move |_| office.asked.set(None);
    match stands {
        Stands::Really(deed, wrong) => {
            let one = officer.clone();
            let class = if deed == Deed::Unlock { "button small" } else { "button danger small" };
            html! {
                <div class="really" id="really" tabindex="-1" role="group" aria-label=deed.asks(&officer.name)>
                    <p><b>{deed.asks(&officer.name)}</b>" "{deed.warns()}</p>
                    <p class="bad-text" role="alert">{wrong}</p>
                    <div class="row2">
                        <button type="button" class=class on:click=move |_| act(office, one.clone(), deed)>{format!("Đồng ý {}", deed.says().to_lowercase())}</button>
                        <button type="button" class="button quiet small" on:click=close>"Thôi"</button>
                    </div>
                </div>
            }
        }
        Stands::Doing(deed) => html! { <p role="status">{deed.says()}"…"</p> },
        Stands::Link(address, until) => html! {
            <div class="really" id="really" tabindex="-1" role="group" aria-label="Đường dẫn mới">
                <p>"Đường dẫn mới chỉ hiện lần này. Hãy sao chép và trao tận tay."</p>
                {link::draw(&officer.name, &address, until)}
                <p><button type="button" class="link" on:click=close>"Đã trao, ẩn đi"</button></p>
            </div>
        },
    }
}

fn act(office: Office, officer: OfficerListRow, deed: Deed) {
    let set = move |officer: &OfficerListRow, stands| {
        // The officer may have left the page meanwhile.
        office.asked.try_set(Some(Asked { officer: officer.id.clone(), stands }));
    };
    set(&officer, Stands::Doing(deed));
    let path = format!("/api/v1/officers/{}", officer.id);
    background(async move {
        let done = if deed == Deed::Link {
            let made = Request::post(format!("{path}/first-link"), &()).json::<FirstLink>().await;
            made.map(|FirstLink { link, until }| set(&officer, Stands::Link(link, until)))
        } else {
            let enabled = deed == Deed::Unlock;
            let change = ChangeOfficer { unit: officer.unit.clone(), roles: officer.roles.clone(), enabled };
            Request::change(path, &change).bytes().await.map(|_| {
                office.asked.try_set(None);
                app().told.set(format!("{}: đã xong, {}", deed.says(), officer.name));
                office.load();
            })
        };
        if let Err(failure) = done {
            set(&officer, Stands::Really(deed, failure.says()));
        }
        ui::focus_soon("really");
    });
}
