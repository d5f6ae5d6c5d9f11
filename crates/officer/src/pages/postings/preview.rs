//! What the public will see, and until when; and the button that publishes exactly this.

use super::Board;
use crate::clock;
use ui::prelude::*;
use ui::{Html, html};
use wire::PostingPreview;

pub fn draw(board: Board, preview: &PostingPreview) -> Html {
    let posting = &preview.posting;
    let rows: Vec<_> = posting
        .lines
        .iter()
        .map(|line| {
            html! {
                <tr role="row">
                    <td role="cell">{line.line.to_string()}</td>
                    <td role="cell"><b>{line.name.clone()}</b></td>
                    <td role="cell">{line.place.clone()}</td>
                </tr>
            }
        })
        .collect();
    let seen = preview.seen.clone();
    let publish = move |_| board.publish(seen.clone());
    html! {
        <section class="panel" aria-labelledby="preview-title">
            <h2 id="preview-title" tabindex="-1">"Người dân sẽ thấy đúng như sau"</h2>
            <p><b>{posting.title.clone()}</b><br />{posting.agency.clone()}</p>
            <table class="queue" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">"Số thứ tự"</th>
                        <th role="columnheader" scope="col">"Họ và tên"</th>
                        <th role="columnheader" scope="col">"Nơi ở"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
            <p>"Treo từ lúc đăng đến hết "<b>{clock::due(posting.not_after)}</b>"."</p>
            <p class="hint">{preview.why.clone()}</p>
            {ui::sum::draw(&preview.due)}
            <div class="row2">
                <button type="button" class="button" on:click=publish>
                    {move || if board.sending.get() { "Đang đăng…".to_owned() } else { "Đăng danh sách".to_owned() }}
                </button>
                <button type="button" class="button quiet" on:click=move |_| board.preview.set(None)>"Chọn lại"</button>
            </div>
        </section>
    }
}
