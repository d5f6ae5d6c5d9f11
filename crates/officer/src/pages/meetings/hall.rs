//! What the parts of the page share: the meeting on the device, what is wrong with it, and how it is sent.

use crate::app::{app, lasting};
use crate::client::{Failure, Request};
use crate::clock::now;
use crate::meeting::{self, Kept, Row, Slip, Words};
use crate::session::{self, Session};
use crate::task::background;
use ui::prelude::*;
use wasm_bindgen::prelude::*;
use wire::{HeldMeeting, Me, Meetings};

/// Which side of the meeting is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The fields.
    Writing,
    /// Everything at once, to be sent.
    Looking,
}

/// Handles on all that; cheap to copy.
#[derive(Clone, Copy)]
pub struct Hall {
    me: StoredValue<Me>,
    /// What the API lists, or why it does not.
    pub list: RwSignal<Option<Result<Meetings, Failure>>>,
    /// The meeting on this device.
    pub kept: RwSignal<Option<Kept>>,
    /// Whether the device has kept the last change.
    pub safe: RwSignal<bool>,
    /// What is shown of it.
    pub view: RwSignal<View>,
    /// Whether it is being sent.
    pub sending: RwSignal<bool>,
    /// Why it was not received; empty when nothing is known against it.
    pub says: RwSignal<String>,
    /// What has to be mended.
    pub wrong: RwSignal<Vec<Slip>>,
    /// The meeting that was received last.
    pub came: RwSignal<Option<HeldMeeting>>,
}

impl Hall {
    /// With what this officer keeps on this device. It outlives the page, because what is being sent ends after the officer
    /// has left it.
    pub fn open(me: &Me) -> Self {
        let kept = meeting::kept(&me.id);
        let view = if kept.as_ref().is_some_and(|kept| kept.tried) { View::Looking } else { View::Writing };
        let hall = lasting(|| Self {
            me: StoredValue::new(me.clone()),
            list: RwSignal::new(None),
            kept: RwSignal::new(kept),
            safe: RwSignal::new(true),
            view: RwSignal::new(view),
            sending: RwSignal::new(false),
            says: RwSignal::new(String::new()),
            wrong: RwSignal::new(Vec::new()),
            came: RwSignal::new(None),
        });
        // What waits goes as soon as the browser says that there is a network.
        let online = Closure::<dyn FnMut()>::new(move || {
            if matches!(app().session.get_untracked(), Session::Away(_)) {
                background(session::ask());
            }
            hall.send_waiting();
        });
        let listener: js_sys::Function = online.into_js_value().unchecked_into();
        let _ = window().add_event_listener_with_callback("online", &listener);
        let listener = StoredValue::new_local(listener);
        on_cleanup(move || {
            let _ = window().remove_event_listener_with_callback("online", &listener.get_value());
        });
        hall
    }

    /// Fetches who waits for a meeting. What lies on the device needs none of it.
    pub fn load(self) {
        self.list.set(None);
        background(async move {
            let found = Request::get("/api/v1/desk/meetings").json::<Meetings>().await;
            self.list.set(Some(found));
        });
    }

    /// Takes the households along.
    pub fn begin(self) {
        let Some(Ok(list)) = self.list.get_untracked() else { return };
        let today = now().date().to_string();
        let kept = Kept {
            me: self.me.get_value(),
            key: window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default(),
            fetched_at: now().0,
            households: list.households,
            rows: Vec::new(),
            present: Vec::new(),
            words: Words { day: today, ..Words::default() },
            tried: false,
        };
        self.came.set(None);
        self.safe.set(meeting::keep(&kept));
        self.kept.set(Some(kept));
        ui::focus_soon("meeting-standing");
    }

    /// Reads the meeting, and follows it.
    pub fn with<T>(self, read: impl FnOnce(&Kept) -> T) -> Option<T> {
        self.kept.with(|kept| kept.as_ref().map(read))
    }

    /// Reads it once.
    pub fn peek<T>(self, read: impl FnOnce(&Kept) -> T) -> Option<T> {
        self.kept.with_untracked(|kept| kept.as_ref().map(read))
    }

    /// Changes it, and keeps it on the device.
    pub fn change(self, change: impl FnOnce(&mut Kept)) {
        self.kept.update(|kept| {
            if let Some(kept) = kept {
                change(kept);
                self.safe.set(meeting::keep(kept));
            }
        });
    }

    /// Changes a row.
    pub fn change_row(self, dossier: &str, change: impl FnOnce(&mut Row)) {
        self.change(|kept| {
            if let Some(row) = kept.rows.iter_mut().find(|row| row.dossier == dossier) {
                change(row);
            }
        });
    }

    /// What is wrong at a place; follows it.
    pub fn wrong_at(self, place: &str) -> String {
        self.wrong.with(|all| all.iter().find(|(_, at)| at == place).map(|(says, _)| says.clone()).unwrap_or_default())
    }

    /// Shows it whole, when nothing has to be mended.
    pub fn look(self) {
        let wrong = self.peek(|kept| kept.wrong(now())).unwrap_or_default();
        self.says.set(String::new());
        if wrong.is_empty() {
            self.wrong.set(Vec::new());
            self.view.set(View::Looking);
            ui::focus_soon("look-title");
        } else {
            self.wrong.set(wrong);
            ui::focus_soon("meeting-problems");
        }
    }

    /// Back to the fields. What may have arrived keeps its key, so that it is never kept twice.
    pub fn write(self) {
        self.change(|kept| kept.tried = false);
        self.view.set(View::Writing);
        ui::focus_soon("meeting-standing");
    }

    /// Takes the meeting from the device without sending it.
    pub fn forget(self) {
        meeting::forget(&self.me.get_value().id);
        self.wrong.set(Vec::new());
        self.view.set(View::Writing);
        self.kept.set(None);
        self.load();
    }

    /// Sends what was to be sent when there was no network.
    pub fn send_waiting(self) {
        if self.peek(|kept| kept.tried).unwrap_or_default() {
            self.send();
        }
    }

    /// Sends it; once, however often its button is pressed.
    pub fn send(self) {
        if self.sending.get_untracked() {
            return;
        }
        let Some(Ok(request)) = self.peek(Kept::request) else { return self.look() };
        let key = self.peek(|kept| kept.key.clone()).unwrap_or_default();
        self.says.set(String::new());
        self.sending.set(true);
        background(async move {
            match Request::post("/api/v1/desk/meetings", &request).key(key).json::<HeldMeeting>().await {
                Ok(held) => {
                    meeting::forget(&self.me.get_value().id);
                    self.kept.set(None);
                    self.view.set(View::Writing);
                    app().told.set("Đã nhận biên bản họp dân".to_owned());
                    self.came.set(Some(held));
                    if matches!(app().session.get_untracked(), Session::Away(_)) {
                        session::ask().await;
                    }
                    self.load();
                    ui::focus_soon("came");
                }
                Err(failure) => self.refused(&failure),
            }
            self.sending.set(false);
        });
    }

    /// Says why, and loses nothing.
    fn refused(self, failure: &Failure) {
        let fields = match failure {
            Failure::Told(problem) => {
                problem.problems.iter().map(|field| (field.says.clone(), field.place.clone())).collect()
            }
            _ => Vec::new(),
        };
        self.change(|kept| kept.tried = *failure == Failure::Network);
        if *failure == Failure::Network {
            self.says.set("Chưa gửi được: không có mạng hoặc máy chủ không trả lời. Biên bản vẫn nằm trên máy này và tự gửi khi có mạng trong lúc trang đang mở.".to_owned());
        } else if failure.code() == "key-reused" {
            self.says.set("Máy chủ đã nhận biên bản này ở lần gửi trước, trước khi bạn sửa. Hãy xem ở “Các cuộc họp đã lưu”, rồi xóa bản trên máy này.".to_owned());
            self.load();
        } else if fields.is_empty() {
            self.says.set(failure.says());
        } else {
            self.wrong.set(fields);
            self.view.set(View::Writing);
            return ui::focus_soon("meeting-problems");
        }
        ui::focus_soon("look-problem");
    }
}
