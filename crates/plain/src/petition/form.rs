//! Writing: the form, with all that was typed and what is wrong with it.

use super::{Key, Markup, Style, back, described, html, key_of, page, summary, t, text_field, wrong_of};
use procedure::Agency;
use wire::PetitionField;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// The key under which it is taken once.
    pub key: String,
    /// Id of the field.
    pub field: String,
    /// Code of the unit; empty for "I do not know".
    pub unit: String,
    /// The text.
    pub says: String,
    /// Who writes.
    pub name: String,
    /// How to reach them.
    pub contact: String,
    /// Whether the answer may be published.
    pub may_publish: bool,
    /// Photographs that have arrived.
    pub photos: Vec<Photo>,
}

/// A photograph that has arrived, to be sent along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Media type.
    pub kind: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its file's name.
    pub name: String,
}

impl Photo {
    /// As the page carries it.
    #[must_use]
    pub fn write(&self) -> String {
        format!("{} {} {} {}", self.sha256, self.kind, self.bytes, self.name)
    }

    /// What a page carried; nothing when it is not that.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, ' ');
        let (sha256, kind) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        let bytes = parts.next()?.parse().ok()?;
        let name = parts.next()?.chars().filter(|sign| !sign.is_control()).take(150).collect();
        Some(Self { sha256, kind, bytes, name })
    }
}

/// The form. What is wrong is told by the places and codes of faults.
#[must_use]
pub fn write(
    style: &Style,
    agencies: &[Agency],
    fields: &[PetitionField],
    typed: &Writing,
    faults: &[(&'static str, &'static str)],
) -> String {
    let wrong: Vec<(&'static str, Key)> = faults.iter().map(|(place, code)| (*place, key_of(code))).collect();
    let says = |place: &str| wrong_of(&wrong, place);
    let invalid = |place: &str| says(place).map(|_| "true");
    let field = html! {
        select #field name="field" aria-describedby=[described("field", false, says("field"))] aria-invalid=[invalid("field")] {
            option value="" { (t(Key::PlainChoose)) }
            @for one in fields { option value=(one.id) selected[one.id == typed.field] { (one.name) } }
        }
    };
    let unit = html! {
        select #unit name="unit" aria-describedby=[described("unit", true, says("unit"))] aria-invalid=[invalid("unit")] {
            option value="" { (t(Key::PetitionUnitUnknown)) }
            @for one in agencies { option value=(one.code) selected[one.code == typed.unit] { (one.name) } }
        }
    };
    let inside = html! {
        (back())
        h1 { (t(Key::PetitionWrite)) }
        (summary(&wrong))
        form method="post" action="/phan-anh/gui" enctype="multipart/form-data" novalidate {
            input type="hidden" name="key" value=(typed.key);
            (text_field("field", Key::PetitionField, None, says("field"), &field))
            (text_field("unit", Key::PetitionUnit, Some(Key::PetitionUnitHint), says("unit"), &unit))
            (text_field("says", Key::PetitionSays, Some(Key::PetitionSaysHint), says("says"), &html! {
                // The first line break inside a text area is not part of its text.
                textarea #says name="says" rows="7" aria-describedby=[described("says", true, says("says"))]
                    aria-invalid=[invalid("says")] { "\n" (typed.says) }
            }))
            (photos(&typed.photos, says("photos")))
            h2 { (t(Key::PetitionYou)) }
            p { (t(Key::PetitionWhoReads)) }
            (text_field("name", Key::PetitionName, None, says("name"), &html! {
                input #name type="text" name="name" autocomplete="name" value=(typed.name)
                    aria-describedby=[described("name", false, says("name"))] aria-invalid=[invalid("name")];
            }))
            (text_field("contact", Key::PetitionContact, Some(Key::PetitionContactHint), says("contact"), &html! {
                input #contact type="text" name="contact" autocomplete="tel" value=(typed.contact)
                    aria-describedby=[described("contact", true, says("contact"))] aria-invalid=[invalid("contact")];
            }))
            label.choice for="may_publish" {
                input #may_publish type="checkbox" name="may_publish" value="yes" checked[typed.may_publish];
                span { (t(Key::PetitionMayPublish)) small { (t(Key::PetitionMayPublishHint)) } }
            }
            button.button { (t(Key::PetitionSend)) }
        }
    };
    page(style, t(Key::PetitionWrite), &inside)
}

fn photos(arrived: &[Photo], wrong: Option<&str>) -> Markup {
    html! {
        div.field.bad[wrong.is_some()] {
            label.label for="photos" { (t(Key::PetitionPhotos)) }
            p.hint #photos-hint { (t(Key::PetitionPhotosHint)) }
            @if let Some(wrong) = wrong { div #photos-problem { p.bad-text { (wrong) } } }
            @for (number, photo) in arrived.iter().enumerate() {
                @let id = format!("kept-{number}");
                label.choice for=(id) {
                    input type="checkbox" id=(id) name="kept" value=(photo.write()) checked;
                    span { (photo.name) small { (t(Key::PlainArrived)) } }
                }
            }
            input #photos type="file" name="photos" multiple accept="image/jpeg,image/png"
                aria-describedby=[described("photos", true, wrong)] aria-invalid=[wrong.map(|_| "true")];
        }
    }
}
