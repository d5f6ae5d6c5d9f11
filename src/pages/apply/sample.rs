//! What a paper looks like: a drawing, fetched only when somebody opens it.

use procedure::PaperKind;
use text::Key;
use ui::{Html, fill, html, t};

/// "Xem mẫu"; nothing for a paper without a drawing.
pub fn draw(paper: &PaperKind) -> Option<Html> {
    let address = format!("/samples/{}.svg", paper.sample);
    let says = fill(Key::PapersSamplePicture, &[("name", &paper.name)]);
    (!paper.sample.is_empty()).then(|| {
        html! {
            <details>
                <summary>{t(Key::PapersSample)}</summary>
                <img class="sample" src=address alt=says loading="lazy" width="300" height="420" />
            </details>
        }
    })
}
