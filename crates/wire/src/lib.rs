//! The JSON the API speaks. Types here are made from the domain's and hold nothing else; moments are milliseconds since
//! 1970 in UTC, hashes lower-case hexadecimal.
//!
//! One thing passes through as it is: [`SubmitRequest`] is a [`procedure::Filing`], whose JSON is the public language.

mod absence;
mod act;
mod catalogue;
mod citizen;
mod consent;
mod desk;
mod due;
mod eligibility;
mod enter;
mod figures;
mod handover;
mod identity;
mod meeting;
mod mine;
mod officer;
mod parcel;
mod payment;
mod petition;
mod posting;
mod print;
mod problem;
mod rating;
mod receipt;
mod reply;
#[cfg(feature = "openapi")]
pub mod schema;
mod service;
mod supplement;
mod timeline;

pub use self::receipt::{Receipt, ReceiptKey, ReceiptKeys, ReceivedPaper};
pub use absence::{Absence, AbsenceChoice, AbsenceList, NewAbsence};
pub use act::{Act, ActRequest, Compared, Supplement, SupplementItem};
pub use catalogue::{Catalogue, CatalogueAgency, CatalogueForm, CatalogueProcedure, Health, KeptPaper};
pub use citizen::{
    AskReset, ChangeDetails, ChangeEmail, ChangePassword, ChangePhone, CitizenDetails, CitizenLinkOpened, CitizenMe,
    CitizenOrganisation, CitizenSignIn, ClaimDossier, Confirm, ConfirmPhone, DeleteAccount, FinishReset, MyDossier,
    MyDossiers, MyPaper, MyPapers, OpenLink, Register,
};
pub use consent::{ConsentCode, FiledDossiers, FiledForOther, MyConsent, MyConsents, OfferConsent, RecordConsent};
pub use desk::{
    DeskAnswer, DeskConsent, DeskDossier, DeskEntered, DeskEvent, DeskFee, DeskFiler, DeskForm, DeskOriginal,
    DeskPaper, DeskResult, DeskSection, DeskStage, DeskTurn, DeskUnsent, Found, InPlaceOf, PaperSignature, Queue,
    QueueCounts, QueueRow,
};
pub use due::{Due, DueDay, Promises, Why};
pub use eligibility::{Amount, EligibilityRequest, PayPeriod, Verdict, VerdictWord};
pub use enter::{Channel, EnterRequest};
pub use figures::{Figures, FiguresRow, OfficerFigures, OfficerFiguresRow};
pub use handover::{HandoverBegun, HandoverOpened, HandoverStanding, NewHandover, OpenHandover};
pub use identity::{
    AffirmIdentity, BeginIdentity, CitizenIdentity, Identities, IdentityBegun, IdentityOutcome, IdentityProvider,
    IdentityProviders, IdentityTicket,
};
pub use meeting::{
    DeskMeeting, HeldMeeting, MeetingArea, MeetingDiscussed, MeetingHousehold, MeetingOutcome, MeetingPresent,
    MeetingRequest, MeetingVote, Meetings,
};
pub use mine::{MyNotice, MyNotices, MyTransaction, MyTransactions, NameMyPaper, NoticeDossier, SeeNotices};
pub use officer::{
    AddedOfficer, BadOfficerRow, ChangeOfficer, Colleague, FinishFirst, FirstLink, FirstSignIn, Me, OfficerList,
    OfficerListRow, OfficerSheet, OfficersAdded, OpenFirst, RoleName, SignIn,
};
pub use parcel::{DeskParcel, ParcelRequest, ParcelRow, ParcelStep, Parcels};
pub use payment::{
    BadLine, BeginPayment, DeskPayment, DeskPayments, FeeStanding, GiveBack, OrderStanding, PaidBack, RefundRequest,
    StatementLine, StatementRead, ToPay, Transfer, VnpayReply,
};
pub use petition::{
    DeskPetition, DeskPetitionEvent, DeskPetitionRow, DeskPetitions, MyPetition, MyPetitions, NewPetition, PetitionAct,
    PetitionActRequest, PetitionCounts, PetitionField, PetitionFigures, PetitionFiguresRow, PetitionPhoto,
    PetitionStanding, PetitionStep, PetitionTaken, PetitionUnit, PublishedPetition, PublishedPetitions,
};
pub use posting::{
    DeskObjection, DeskPosting, DeskPostings, NewPosting, PostingHead, PostingPick, PostingPreview, PostingProcedure,
    PostingReady, Postings, PublicLine, PublicPosting,
};
pub use print::PrintRequest;
pub use problem::{FieldProblem, Problem};
pub use rating::{
    GiveRating, PublicFigures, PublicFiguresRow, Rated, RatedAspect, RatingFigures, RatingOpened, RatingRow,
    RatingWords,
};
pub use reply::{Reply, ReplyResult, ReplySaid};
pub use service::{ListedService, ServiceField, Services};
pub use supplement::{ByCode, MarkedForm, MarkedPaper, MendedForm, SendSupplement, SupplementOpened};
pub use timeline::{Entry, FeeWord, Left, Standing, Timeline, TrackRequest};

/// The body of `POST /api/v1/dossiers`.
pub type SubmitRequest = procedure::Filing;
