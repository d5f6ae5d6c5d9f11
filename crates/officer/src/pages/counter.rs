//! "Nhập hồ sơ tại quầy": how the paper came, then the citizens' own pages.

use crate::app;
use crate::counter::{self, Note};
use ui::prelude::*;
use ui::{Html, html};
use wire::{Channel, Me};

const TITLE: &str = "Nhập hồ sơ tại quầy";

pub fn draw(me: &Me) -> Html {
    app::title(TITLE);
    let begin = |channel: Channel| {
        let me = me.clone();
        move |_| counter::begin(&me, channel)
    };
    let here = RwSignal::new(counter::under_way(me));
    html! {
        <h1>{TITLE}</h1>
        {move || here.get().map(|note| under_way(note, here))}
        <p>"Dùng khi người dân mang giấy đến, hoặc gửi qua bưu chính. Bạn khai đúng mẫu người dân vẫn khai, quét hoặc chụp giấy tờ kèm theo. Hồ sơ ghi tên bạn là người nhập; mã tra cứu là của người dân."</p>
        <div class="ways">
            <button type="button" class="button" on:click=begin(Channel::InPerson)>"Người dân nộp trực tiếp"</button>
            <button type="button" class="button" on:click=begin(Channel::ByPost)>"Hồ sơ gửi qua bưu chính"</button>
        </div>
        <ul>
            <li>"Nơi nhận hồ sơ phải là "<b>{me.unit_name.clone()}</b>"."</li>
            <li>"Ở phần «Người nộp hồ sơ», ghi người đứng trước quầy (hoặc tên trên phong bì). Người ấy nộp thay thì chọn «Nộp hộ người khác» và ghi quan hệ."</li>
            <li>"Hồ sơ bạn nhập dở nằm trên máy này, chỉ bạn thấy: bấm một trong hai nút trên, rồi mở lại ở đầu trang."</li>
        </ul>
    }
}

/// The way back to where the officer was, and the way out.
fn under_way(note: Note, here: RwSignal<Option<Note>>) -> Html {
    let says = format!("Bạn đang nhập hồ sơ ở thẻ này: {}.", note.says.to_lowercase());
    let end = move |_| {
        counter::forget();
        here.set(None);
    };
    html! {
        <div class="warning">
            <p>{says}</p>
            <div class="row2">
                <button type="button" class="button" on:click=move |_| counter::go_on(&note)>"Nhập tiếp"</button>
                <button type="button" class="button quiet" on:click=end>"Thôi nhập"</button>
            </div>
        </div>
    }
}
