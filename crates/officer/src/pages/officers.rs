//! "Cán bộ": the officers whom an administrator manages, and making new ones.

mod adding;
mod link;
mod row;

use crate::app;
use crate::client::{Failure, Request};
use crate::task::background;
use procedure::Role;
use row::Asked;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::{Me, OfficerListRow};

const TITLE: &str = "Cán bộ";
/// A page shows so many officers; the search finds the others.
const MOST: usize = 100;

/// What the parts of the page share; cheap to copy.
#[derive(Clone, Copy)]
struct Office {
    /// The officers, or why they are not there.
    all: RwSignal<Option<Result<Vec<OfficerListRow>, Failure>>>,
    /// What is asked or has been done at one of them.
    asked: RwSignal<Option<Asked>>,
}

impl Office {
    /// Fetches the list. What is shown stays until the new one is there.
    fn load(self) {
        background(async move {
            let found = Request::get("/api/v1/officers").json::<Vec<OfficerListRow>>().await;
            // The officer may have gone elsewhere meanwhile.
            self.all.try_set(Some(found));
        });
    }
}

pub fn draw(me: &Me) -> Html {
    app::title(TITLE);
    let office = Office { all: RwSignal::new(None), asked: RwSignal::new(None) };
    let sought = RwSignal::new(String::new());
    office.load();
    let me = me.id.clone();
    let list = move || match office.all.get() {
        None => super::loading(),
        Some(Err(failure)) if failure.status() == 404 => {
            html! { <p>"Vai trò của bạn không quản lý cán bộ. Cần thêm hay sửa thì nhờ người quản trị của đơn vị."</p> }
        }
        Some(Err(failure)) => super::failed(&failure, move |_| {
            office.all.set(None);
            office.load();
        }),
        Some(Ok(all)) => {
            let me = me.clone();
            html! {
                {search(sought)}
                {move || table(office, &all, &sought.get(), &me)}
            }
        }
    };
    html! { <h1>{TITLE}</h1>{adding::draw(office)}<h2>"Danh sách cán bộ"</h2>{list} }
}

fn search(sought: RwSignal<String>) -> Html {
    html! {
        <div class="filter">
            <label for="sought">"Tìm theo tên, số điện thoại hoặc đơn vị"</label>
            <input type="search" id="sought" autocomplete="off" prop:value=sought.get_untracked() on:input=move |event| sought.set(typed(&event)) />
        </div>
    }
}

fn table(office: Office, all: &[OfficerListRow], sought: &str, me: &str) -> Html {
    let sought = sought.trim().to_lowercase();
    let fits = |row: &&OfficerListRow| {
        let OfficerListRow { name, phone, unit_name, .. } = row;
        [name, phone, unit_name].iter().any(|text| text.to_lowercase().contains(&sought))
    };
    let found: Vec<_> = all.iter().filter(fits).collect();
    let says = match (found.len(), all.len()) {
        (0, _) => "Không có ai khớp với những chữ này.".to_owned(),
        (shown, all) if shown > MOST => {
            format!("{all} cán bộ; đang hiện {MOST} người đầu, hãy tìm để thấy người khác.")
        }
        (shown, all) if shown < all => format!("{shown} trong {all} cán bộ"),
        (_, all) => format!("{all} cán bộ"),
    };
    let rows: Vec<_> = found.into_iter().take(MOST).map(|one| row::draw(office, one, one.id == me)).collect();
    let table = (!rows.is_empty()).then(|| {
        // Roles are written out, because a table drawn as cards on a phone would lose them.
        html! {
            <table class="people" role="table" aria-label=TITLE>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">"Họ tên, điện thoại"</th>
                        <th role="columnheader" scope="col">"Đơn vị"</th>
                        <th role="columnheader" scope="col">"Vai trò"</th>
                        <th role="columnheader" scope="col">"Tài khoản"</th>
                        <th role="columnheader" scope="col">"Việc làm"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
    });
    html! { <p class="hint" role="status">{says}</p>{table} }
}

/// Roles as people call them.
fn roles(names: &[String]) -> String {
    let says = |name: &String| Role::of_name(name).map_or_else(|| name.clone(), |role| role.says().to_owned());
    names.iter().map(says).collect::<Vec<_>>().join(", ")
}
