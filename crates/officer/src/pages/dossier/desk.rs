//! What the parts of a dossier's page share: the dossier, what is typed, what is being sent, and how an act is done.

use crate::acts::{self, Known};
use crate::app::{app, lasting};
use crate::client::{Failure, Request};
use crate::download;
use crate::task::background;
use crate::typed::Sheet;
use ui::prelude::*;
use wire::{ActRequest, DeskDossier};

/// Handles on all that; cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    id: StoredValue<String>,
    /// The dossier, once it is there.
    pub dossier: RwSignal<Option<DeskDossier>>,
    /// Why it is not there.
    pub failure: RwSignal<Option<Failure>>,
    /// What is typed and not sent.
    pub sheet: Sheet,
    /// The act that is being sent; empty when none is.
    pub sending: RwSignal<&'static str>,
    /// What is wrong with the open act; empty when nothing is.
    pub wrong: RwSignal<String>,
    /// What has been done last.
    pub said: RwSignal<String>,
    /// How the getting of a file stands.
    pub fetched: RwSignal<String>,
}

impl Desk {
    /// A desk with nothing on it yet. It outlives the page, because what is being sent ends after the officer has left it.
    pub fn open(id: String, officer: &str) -> Self {
        let sheet = Sheet::open(officer, &id);
        lasting(|| Self {
            id: StoredValue::new(id),
            dossier: RwSignal::new(None),
            failure: RwSignal::new(None),
            sheet,
            sending: RwSignal::new(""),
            wrong: RwSignal::new(String::new()),
            said: RwSignal::new(String::new()),
            fetched: RwSignal::new(String::new()),
        })
    }

    /// An address below the dossier's own.
    pub fn path(self, rest: &str) -> String {
        format!("/api/v1/desk/dossiers/{}{rest}", self.id.get_value())
    }

    /// Draws from the dossier, and follows it.
    pub fn read<T>(self, draw: impl FnOnce(&DeskDossier) -> T) -> Option<T> {
        self.dossier.with(|dossier| dossier.as_ref().map(draw))
    }

    /// Reads the dossier once.
    pub fn peek<T>(self, read: impl FnOnce(&DeskDossier) -> T) -> Option<T> {
        self.dossier.with_untracked(|dossier| dossier.as_ref().map(read))
    }

    /// Whether an act is open now; follows the dossier.
    pub fn may(self, act: &str) -> bool {
        self.read(|dossier| dossier.acts.iter().any(|open| open == act)).unwrap_or_default()
    }

    /// Fetches the dossier as it is now.
    pub fn load(self) {
        self.failure.set(None);
        background(self.fetch());
    }

    async fn fetch(self) {
        match Request::get(self.path("")).json::<DeskDossier>().await {
            Ok(dossier) => {
                crate::app::title(&dossier.person);
                self.dossier.set(Some(dossier));
            }
            Err(failure) => self.failure.set(Some(failure)),
        }
    }

    /// Opens the panel of an act, or does it when it asks for nothing.
    pub fn begin(self, act: &'static Known) {
        self.wrong.set(String::new());
        self.said.set(String::new());
        // The key is made here and kept over retries, so that nothing is done twice.
        self.sheet.key(act.name);
        if act.about.is_empty() {
            self.send(act);
        } else {
            self.sheet.change(|typed| act.name.clone_into(&mut typed.open));
            ui::focus_soon("panel-title");
        }
    }

    /// Closes the panel; what is typed in it stays.
    pub fn close(self) {
        self.sheet.change(|typed| typed.open.clear());
        self.wrong.set(String::new());
        ui::focus_soon("acts-title");
    }

    /// Does an act; once, however often its button is pressed.
    pub fn send(self, act: &'static Known) {
        if !self.sending.get_untracked().is_empty() {
            return;
        }
        let originals = self.peek(|dossier| dossier.originals.clone()).unwrap_or_default();
        let made = match acts::made(act, self.sheet, &originals) {
            Ok(made) => made,
            Err((says, id)) => {
                self.wrong.set(says);
                return ui::focus_soon(id);
            }
        };
        let version = self.peek(|dossier| dossier.version).unwrap_or_default();
        self.wrong.set(String::new());
        self.sending.set(act.name);
        let request =
            Request::post(self.path("/acts"), &ActRequest { version, act: made }).key(self.sheet.key(act.name));
        background(async move {
            match request.json::<DeskDossier>().await {
                Ok(dossier) => {
                    self.sheet.done(act.name);
                    self.dossier.set(Some(dossier));
                    self.said.set(act.done.to_owned());
                    app().told.set(act.done.to_owned());
                    ui::focus_soon("said");
                }
                Err(failure) => self.refused(act, &failure).await,
            }
            self.sending.set("");
        });
    }

    /// Says why, keeps what is typed, and shows the dossier as it is now where that is the matter.
    async fn refused(self, act: &'static Known, failure: &Failure) {
        let says = match failure.code() {
            "dossier-changed" => {
                "Hồ sơ vừa có người khác xử lý. Trang đã tải lại nội dung mới; những gì bạn nhập vẫn còn. Hãy xem lại rồi bấm lần nữa.".to_owned()
            }
            "act-not-now" | "dossier-held" => format!("{} Trang đã tải lại nội dung mới của hồ sơ.", failure.says()),
            "key-reused" => {
                "Lần gửi trước có thể đã được ghi nhận. Trang đã tải lại hồ sơ: hãy xem lịch sử rồi mới bấm lần nữa.".to_owned()
            }
            _ => failure.says(),
        };
        // A refused act has used no key; only one that was used for something else is of no more use, nor is what went up under it.
        if failure.code() == "key-reused" {
            self.sheet.change(|typed| {
                typed.keys.remove(act.name);
                typed.words.remove(&format!("{}/sha256", act.name));
            });
        }
        if matches!(failure.code(), "dossier-changed" | "dossier-held" | "act-not-now" | "key-reused") {
            self.fetch().await;
        }
        self.wrong.set(says);
        ui::focus_soon("panel-problem");
    }

    /// Fetches a file of the dossier and gives it to the officer; one at a time.
    pub fn give(self, path: String, kind: &'static str, name: String) {
        download::give(self.fetched, path, kind, name);
    }
}
