//! What was put into a file after it was signed. A PDF may grow: further signatures and what proves them (DSS) are no
//! change of what was signed. Everything else is.

use crate::file::{self, Field, File, dictionary, list};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// Whether something other than further signatures was put in after a field was signed.
pub fn after(file: &File<'_>, field: &Field) -> bool {
    let Some((signed, behind)) = file.revision(field) else { return true };
    if behind.iter().all(u8::is_ascii_whitespace) {
        return false;
    }
    file::document(signed).is_none_or(|before| changed(&before, &file.document))
}

fn changed(before: &Document, now: &Document) -> bool {
    let same_root = before.trailer.get(b"Root").ok() == now.trailer.get(b"Root").ok();
    let Some(known) = Known::of(before, now).filter(|_| same_root) else { return true };
    let gone = before.objects.keys().any(|id| !now.objects.contains_key(id) && !structural(before, *id));
    // Bytes behind the end that make no new revision: nobody shows them, yet nobody signed them either.
    let mut any = false;
    let wrong = now.objects.iter().filter(|(id, _)| !structural(now, **id)).any(|(id, object)| {
        match before.objects.get(id) {
            Some(was) if same(was, object) => false,
            Some(was) => {
                any = true;
                !known.may_become(*id, was, object)
            }
            None => {
                any = true;
                // A place that pointed to nothing when it was signed must not come to point to something.
                known.pointed_at.contains(id)
            }
        }
    });
    gone || wrong || !any
}

/// What of the signed revision may grow.
struct Known<'a> {
    now: &'a Document,
    catalog: ObjectId,
    info: Option<ObjectId>,
    form: Option<ObjectId>,
    fields: Vec<ObjectId>,
    lists: BTreeSet<ObjectId>,
    pointed_at: BTreeSet<ObjectId>,
}

impl<'a> Known<'a> {
    fn of(before: &Document, now: &'a Document) -> Option<Self> {
        let catalog = before.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
        let root = before.get_dictionary(catalog).ok()?;
        let reference = |above: &Dictionary, key: &[u8]| above.get(key).and_then(Object::as_reference).ok();
        let form = file::form(before);
        let mut lists: BTreeSet<ObjectId> = form.and_then(|form| reference(form, b"Fields")).into_iter().collect();
        let mut pointed_at = BTreeSet::new();
        for object in before.objects.values() {
            if let Ok(page) = object.as_dict()
                && page.has_type(b"Page")
            {
                lists.extend(reference(page, b"Annots"));
            }
            pointers(object, 0, &mut pointed_at);
        }
        Some(Self {
            now,
            catalog,
            info: reference(&before.trailer, b"Info"),
            form: reference(root, b"AcroForm"),
            fields: form.map(|form| list(before, form, b"Fields")).unwrap_or_default(),
            lists,
            pointed_at,
        })
    }

    /// Whether an object of the signed revision may have become another.
    fn may_become(&self, id: ObjectId, was: &Object, is: &Object) -> bool {
        // What is told about the file beside it, such as by which program it was written, is no part of what is shown.
        if self.info == Some(id) || (is_metadata(was) && is_metadata(is)) {
            return true;
        }
        if let (Object::Array(was), Object::Array(is)) = (was, is) {
            return self.lists.contains(&id) && self.grows(was, is);
        }
        let (Object::Dictionary(was), Object::Dictionary(is)) = (was, is) else { return false };
        if id == self.catalog {
            let rest = same_but(was, is, &[b"AcroForm", b"DSS", b"Extensions", b"Metadata", b"Version"]);
            return rest && self.form_grows(was.get(b"AcroForm").ok(), is.get(b"AcroForm").ok());
        }
        if self.form == Some(id) {
            return self.form_dictionary_grows(was, is);
        }
        if self.fields.contains(&id) {
            let empty = is_for_signing(was) && !was.has(b"V");
            return empty && self.is_signature(is) && same_but(was, is, &[b"V", b"AP", b"M"]);
        }
        was.has_type(b"Page") && same_but(was, is, &[b"Annots"]) && self.list_grows(was, is, b"Annots")
    }

    fn form_grows(&self, was: Option<&Object>, is: Option<&Object>) -> bool {
        match (was, is) {
            (None, None) => true,
            (None, Some(is)) => match self.now.dereference(is) {
                Ok((_, Object::Dictionary(is))) => self.form_dictionary_grows(&Dictionary::new(), is),
                _ => false,
            },
            (Some(Object::Dictionary(was)), Some(Object::Dictionary(is))) => self.form_dictionary_grows(was, is),
            (was, is) => was == is,
        }
    }

    fn form_dictionary_grows(&self, was: &Dictionary, is: &Dictionary) -> bool {
        same_but(was, is, &[b"Fields", b"SigFlags"]) && self.list_grows(was, is, b"Fields")
    }

    fn list_grows(&self, was: &Dictionary, is: &Dictionary, key: &[u8]) -> bool {
        match (was.get(key).ok(), is.get(key).ok()) {
            (None, None) => true,
            (None, Some(is)) => match self.now.dereference(is) {
                Ok((_, Object::Array(is))) => self.grows(&[], is),
                _ => false,
            },
            (Some(Object::Array(was)), Some(Object::Array(is))) => self.grows(was, is),
            (was, is) => was == is,
        }
    }

    /// Whether a list begins as it did, and goes on with signatures only.
    fn grows(&self, was: &[Object], is: &[Object]) -> bool {
        let Some((same, more)) = is.split_at_checked(was.len()) else { return false };
        let signed = |one: &Object| {
            one.as_reference().and_then(|id| self.now.get_dictionary(id)).is_ok_and(|field| self.is_signature(field))
        };
        same == was && more.iter().all(signed)
    }

    /// Whether a field is one that was signed, be it by a person or by a service of time.
    fn is_signature(&self, field: &Dictionary) -> bool {
        is_for_signing(field) && dictionary(self.now, field, b"V").is_some_and(|value| value.has(b"ByteRange"))
    }
}

fn is_metadata(object: &Object) -> bool {
    matches!(object, Object::Stream(stream) if stream.dict.has_type(b"Metadata"))
}

fn is_for_signing(field: &Dictionary) -> bool {
    field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig")
}

/// What a file is told by, not what it tells: tables of objects, and streams that hold objects.
fn structural(document: &Document, id: ObjectId) -> bool {
    let Ok(Object::Stream(stream)) = document.get_object(id) else { return false };
    stream.dict.has_type(b"XRef") || stream.dict.has_type(b"ObjStm")
}

/// Whether two objects say the same, wherever in the file they stand.
fn same(was: &Object, is: &Object) -> bool {
    match (was, is) {
        (Object::Stream(was), Object::Stream(is)) => was.dict == is.dict && was.content == is.content,
        _ => was == is,
    }
}

fn same_but(was: &Dictionary, is: &Dictionary, keys: &[&[u8]]) -> bool {
    let holds = |one: &Dictionary, other: &Dictionary| {
        one.iter().all(|(key, value)| keys.contains(&key.as_slice()) || other.get(key).ok() == Some(value))
    };
    holds(was, is) && holds(is, was)
}

fn pointers(object: &Object, deep: usize, found: &mut BTreeSet<ObjectId>) {
    if deep > 64 {
        return;
    }
    match object {
        Object::Reference(id) => {
            found.insert(*id);
        }
        Object::Array(all) => all.iter().for_each(|one| pointers(one, deep + 1, found)),
        Object::Dictionary(all) => all.iter().for_each(|(_, one)| pointers(one, deep + 1, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, one)| pointers(one, deep + 1, found)),
        _ => {}
    }
}
