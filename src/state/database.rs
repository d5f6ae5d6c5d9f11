//! The phone's own database (IndexedDB): drafts, papers and receipts, each write on the disk before it counts.
//!
//! Written over the browser's calls rather than a crate: the `idb` crate has no way to ask for `durability: "strict"`,
//! and since Chrome 121 a write without it may be lost with the battery.

use crate::client::Failure;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use pack::Pack;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// A store of the database.
#[derive(Clone, Copy)]
pub enum Store {
    /// Drafts by key, packed.
    Drafts,
    /// Papers by "draft/number", as blobs.
    Papers,
    /// Receipts by the draft's key, packed.
    Receipts,
    /// What is to be sent by the draft's key, as `public/outbox.js` reads it.
    Outbox,
}

impl Store {
    const ALL: [Self; 4] = [Self::Drafts, Self::Papers, Self::Receipts, Self::Outbox];

    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Papers => "papers",
            Self::Receipts => "receipts",
            Self::Outbox => "outbox",
        }
    }
}

const NAME: &str = "motcua";
const VERSION: u32 = 2;

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

#[wasm_bindgen]
extern "C" {
    /// The call with options, which web-sys does not have.
    type Transactions;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn with_options(
        this: &Transactions,
        stores: &JsValue,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Keeps a value; when this returns, it is on the disk.
pub async fn put(store: Store, key: &str, value: &JsValue) -> Result<(), Failure> {
    let transaction = write(&[store]).await?;
    refused(objects(&transaction, store)?.put_with_key(value, &key.into()))?;
    complete(&transaction).await
}

/// How drafts are written now; what another version of the site has written begins with another byte.
const FORMAT: u8 = 1;

/// A value as it is kept: the format's byte, then its packed bytes.
pub fn packed(value: &impl Pack) -> JsValue {
    let mut bytes = vec![FORMAT];
    value.write(&mut bytes);
    Uint8Array::from(bytes.as_slice()).into()
}

/// A kept value; nothing when it is not one.
pub fn unpacked<T: Pack>(kept: &JsValue) -> Option<T> {
    let bytes = kept.dyn_ref::<Uint8Array>()?.to_vec();
    let (format, bytes) = bytes.split_first()?;
    if *format == FORMAT { pack::from_bytes(bytes) } else { None }
}

/// Keeps a value unless `stands` says of what is there that it has to stay; then nothing is changed.
pub async fn put_unless(
    store: Store,
    key: &str,
    value: &JsValue,
    stands: impl Fn(&JsValue) -> bool,
) -> Result<(), Failure> {
    let transaction = write(&[store]).await?;
    let objects = objects(&transaction, store)?;
    if stands(&result(&refused(objects.get(&key.into()))?).await?) {
        return Err(Failure::Elsewhere);
    }
    refused(objects.put_with_key(value, &key.into()))?;
    complete(&transaction).await
}

/// The value under a key.
pub async fn get(store: Store, key: &str) -> Result<Option<JsValue>, Failure> {
    let transaction = refused(database().await?.transaction_with_str(store.name()))?;
    let value = result(&refused(objects(&transaction, store)?.get(&key.into()))?).await?;
    Ok((!value.is_undefined()).then_some(value))
}

/// All values of a store, in the order of their keys.
pub async fn all(store: Store) -> Result<Vec<JsValue>, Failure> {
    let transaction = refused(database().await?.transaction_with_str(store.name()))?;
    let values = result(&refused(objects(&transaction, store)?.get_all())?).await?;
    Ok(Array::from(&values).to_vec())
}

/// Takes a value away.
pub async fn remove(store: Store, key: &str) -> Result<(), Failure> {
    let transaction = write(&[store]).await?;
    refused(objects(&transaction, store)?.delete(&key.into()))?;
    complete(&transaction).await
}

/// Takes a draft and its papers away, and keeps its receipt if there is one: all of it or nothing.
pub async fn finish(draft: &str, papers: &[String], receipt: Option<&JsValue>) -> Result<(), Failure> {
    let transaction = write(&Store::ALL).await?;
    if let Some(receipt) = receipt {
        refused(objects(&transaction, Store::Receipts)?.put_with_key(receipt, &draft.into()))?;
    }
    for store in [Store::Drafts, Store::Outbox] {
        refused(objects(&transaction, store)?.delete(&draft.into()))?;
    }
    for paper in papers {
        refused(objects(&transaction, Store::Papers)?.delete(&paper.into()))?;
    }
    complete(&transaction).await
}

/// Puts a draft and its papers in place of older papers: all of it or nothing.
pub async fn replace(
    draft: &str,
    value: &JsValue,
    gone: &[String],
    papers: &[(String, &web_sys::Blob)],
) -> Result<(), Failure> {
    let transaction = write(&[Store::Drafts, Store::Papers]).await?;
    let kept = objects(&transaction, Store::Papers)?;
    for paper in gone {
        refused(kept.delete(&paper.into()))?;
    }
    for (name, blob) in papers {
        refused(kept.put_with_key(blob, &name.into()))?;
    }
    refused(objects(&transaction, Store::Drafts)?.put_with_key(value, &draft.into()))?;
    complete(&transaction).await
}

async fn write(stores: &[Store]) -> Result<IdbTransaction, Failure> {
    let names: Array = stores.iter().map(|store| JsValue::from_str(store.name())).collect();
    let options = Object::new();
    refused(Reflect::set(&options, &"durability".into(), &"strict".into()))?;
    let database = database().await?;
    let result = database.unchecked_ref::<Transactions>().with_options(&names, "readwrite", &options);
    if result.is_err() {
        // The browser may close the database behind our back; the next try opens it anew.
        OPEN.with_borrow_mut(|open| *open = None);
    }
    refused(result)
}

async fn database() -> Result<IdbDatabase, Failure> {
    if let Some(database) = OPEN.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten()).ok_or(Failure::Storage)?;
    let request: IdbOpenDbRequest = refused(factory.open_with_u32(NAME, VERSION))?;
    let making = request.clone();
    let make = Closure::once_into_js(move || {
        if let Ok(database) = making.result().map(JsCast::unchecked_into::<IdbDatabase>) {
            for store in Store::ALL {
                // A store that is there already cannot be made again; one that cannot be made shows at the first write.
                let _ = database.create_object_store(store.name());
            }
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let database: IdbDatabase = result(&request).await?.unchecked_into();
    OPEN.with_borrow_mut(|open| *open = Some(database.clone()));
    Ok(database)
}

fn objects(transaction: &IdbTransaction, store: Store) -> Result<IdbObjectStore, Failure> {
    refused(transaction.object_store(store.name()))
}

async fn result(request: &IdbRequest) -> Result<JsValue, Failure> {
    let told = request.clone();
    let promise = Promise::new(&mut |resolve, reject| {
        let told = told.clone();
        let done = Closure::once_into_js(move || {
            let value = told.result().unwrap_or(JsValue::UNDEFINED);
            // Settling a promise does not fail.
            let _ = resolve.call1(&JsValue::NULL, &value);
        });
        request.set_onsuccess(Some(done.unchecked_ref()));
        request.set_onerror(Some(&reject));
    });
    refused(JsFuture::from(promise).await)
}

async fn complete(transaction: &IdbTransaction) -> Result<(), Failure> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onerror(Some(&reject));
        transaction.set_onabort(Some(&reject));
    });
    refused(JsFuture::from(promise).await).map(|_| ())
}

fn refused<T>(result: Result<T, JsValue>) -> Result<T, Failure> {
    result.map_err(|_| Failure::Storage)
}
