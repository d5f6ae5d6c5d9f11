//! The browser's side: the same compiled files, read by the same calls, in the build the site is made with.

use crate::World;
use wasm_bindgen::prelude::*;

/// A world that is filled file by file, as a page fetches them.
#[wasm_bindgen]
#[derive(Default)]
pub struct Browser(World);

#[wasm_bindgen]
impl Browser {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the file at this path below `data/`; files it does not need are passed over.
    ///
    /// # Errors
    /// When the bytes are not such a file.
    pub fn read(&mut self, path: &str, bytes: &[u8]) -> Result<(), JsError> {
        let world = &mut self.0;
        let name = path.rsplit('/').next().unwrap_or(path);
        if path.starts_with("agencies-") {
            world.agencies = read(bytes)?;
        } else if path.starts_with("forms/") {
            let (_, form): (String, form::Form) = read(bytes)?;
            world.forms.insert(form.id.clone(), form);
        } else if path.starts_with("procedures/") {
            let (_, procedure): (String, procedure::Procedure) = read(bytes)?;
            world.procedures.insert(procedure.id.clone(), procedure);
        } else if path.starts_with("units/provinces") {
            world.units = procedure::units::UnitsBook::from_bytes(bytes).ok_or_else(unreadable)?;
        } else if let Some((province, _)) = name.split_once('-').filter(|_| path.starts_with("units/")) {
            world.units.load(province, bytes).ok_or_else(unreadable)?;
        }
        Ok(())
    }

    /// What the check says of a case.
    #[must_use]
    pub fn verdict(&self, case: &str) -> String {
        self.0.verdict(case)
    }
}

fn read<T: pack::Pack>(bytes: &[u8]) -> Result<T, JsError> {
    pack::from_bytes(bytes).ok_or_else(unreadable)
}

fn unreadable() -> JsError {
    JsError::new("the bytes are not such a file")
}
