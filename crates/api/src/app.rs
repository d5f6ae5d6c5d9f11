//! What every handler has at hand: the store, the offer, the clock, the key of codes, and the limits.

use crate::limits::{Limits, Room};
use crate::number::NumberPattern;
use crate::offer::Offer;
use crate::payments::providers::Providers;
use crate::pepper::Pepper;
use crate::printer::Printer;
use crate::rate::{Budget, Rate};
use crate::signatures::Signatures;
use crate::source::Source;
use crate::tries::{Hashing, People, Tries};
use crate::turns::Turns;
use pdf_signature::Roots;
use procedure::Agencies;
use procedure::calendar::Moment;
use receipt::Signer;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{Hash, Store};
use tokio::sync::Notify;

/// Shared by all requests.
pub type Shared = Arc<App>;

/// The running application.
pub struct App {
    /// Where things are kept.
    pub store: Arc<dyn Store>,
    /// What may be filed.
    pub offer: Offer,
    /// Prints papers.
    pub printer: Printer,
    /// Looks at papers' digital signatures.
    pub signatures: Signatures,
    /// The key under which lookup codes are hashed.
    pub pepper: Pepper,
    /// Signs receipts.
    pub signer: Signer,
    /// What time it is; tests bring their own.
    pub clock: Clock,
    /// The limits as configured.
    pub limits: Limits,
    /// Requests by source.
    pub requests: Budget<Source>,
    /// Bytes of papers by source.
    pub uploads: Budget<Source>,
    /// Drafts handed over, by source.
    pub handovers: Budget<Source>,
    /// Objections to public lists, by source.
    pub objections: Budget<Source>,
    /// Codes that were not found, by source.
    pub misses: Budget<Source>,
    /// Codes that were not found, of everybody together.
    pub all_misses: Budget<()>,
    /// Places for requests being worked on.
    pub room: Room,
    /// Officers' tries to sign in.
    pub officer_tries: Tries,
    /// Citizens' tries to sign in.
    pub citizen_tries: Tries,
    /// Letters about accounts that were asked for, by source.
    pub letters: Budget<Source>,
    /// The same by address: nobody's mailbox is to be filled.
    pub letters_to: Budget<String>,
    /// Digits tried beside a lookup code, by its hash.
    pub digit_tries: Budget<Hash>,
    /// Where password hashes are worked out.
    pub hashing: Hashing,
    /// How citizens can be reached here.
    pub reach: Reach,
    /// Told when something waits in the outbox that somebody waits for.
    pub post: Notify,
    /// How official numbers are written.
    pub number_pattern: NumberPattern,
    /// The site's address as citizens know it, without a slash at its end; empty when it is not known.
    pub public_address: String,
    /// Through whom fees are paid.
    pub providers: Providers,
    /// Who adds to which upload.
    pub turns: Turns,
    /// How many of the last dossiers were filed by each procedure, and when that was counted.
    pub filed: Filed,
}

/// Digits may be tried five times at once for each code, then once in twelve minutes: two years for half of them.
const DIGIT_TRIES: Rate = Rate { burst: 5.0, per_second: 1.0 / 720.0 };

/// Counts by procedure, as of a moment.
pub type Filed = Mutex<Option<(Moment, Vec<(String, u64)>)>>;

/// Letters to one address: five at once, then one every ten minutes.
const LETTERS_TO: Rate = Rate { burst: 5.0, per_second: 1.0 / 600.0 };

/// How citizens can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// A mail server is set.
    pub mail: bool,
    /// A gateway for text messages is set.
    pub sms: bool,
}

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

impl App {
    /// An application with fresh budgets.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        offer: Offer,
        (pepper, signer): (Pepper, Signer),
        clock: Clock,
        limits: Limits,
    ) -> Self {
        Self {
            store,
            printer: Printer::new(&offer.library, &limits),
            signatures: Signatures::new(Roots::default()),
            offer,
            pepper,
            signer,
            clock,
            requests: Budget::new(limits.requests()),
            uploads: Budget::new(limits.uploads()),
            handovers: Budget::new(limits.handovers()),
            objections: Budget::new(limits.objections()),
            misses: Budget::new(limits.misses()),
            all_misses: Budget::new(limits.all_misses()),
            officer_tries: Tries::new(People::Officers, limits.sign_ins()),
            citizen_tries: Tries::new(People::Citizens, limits.sign_ins()),
            letters: Budget::new(limits.letters()),
            letters_to: Budget::new(LETTERS_TO),
            digit_tries: Budget::new(DIGIT_TRIES),
            hashing: Hashing::default(),
            reach: Reach::default(),
            post: Notify::new(),
            number_pattern: NumberPattern::default(),
            public_address: String::new(),
            providers: Providers::default(),
            room: Room::new(&limits),
            turns: Turns::default(),
            filed: Filed::default(),
            limits,
        }
    }

    /// The agencies of today.
    #[must_use]
    pub fn agencies(&self) -> &Agencies {
        self.offer.library.agencies.on(self.now().date())
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        (self.clock)()
    }
}

/// The machine's clock.
#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    })
}
