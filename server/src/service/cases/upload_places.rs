//! Places for uploads: who may send a file now, so that nobody takes the places of others.

use std::time::Duration;

use jiban_domain::case::{Case, CaseRefusal};
use jiban_domain::{CaseId, DraftId, Refusal, Token};

use super::HallService;
use crate::limits::{ClientAddress, Limits, Place, Places};

/// The places for uploads: each body is in memory until it is complete. Strangers have
/// places of their own, and whoever is signed in has others.
#[derive(Debug)]
pub struct UploadPlaces {
    phones: Places<()>,
    cases: Places<CaseId>,
    drafts: Places<DraftId>,
    addresses: Places<ClientAddress>,
    counters: Places<()>,
    /// How long to wait for one: uploads take some seconds each.
    patience: Duration,
}

impl UploadPlaces {
    pub fn new(limits: &Limits) -> Self {
        let all = limits.most(limits.uploads);
        let kept = (all / 4).max(1);
        Self {
            phones: Places::new((all - kept).max(1)),
            cases: Places::new(limits.most(limits.uploads_per_case)),
            drafts: Places::new(limits.most(limits.uploads_per_case)),
            addresses: Places::new(limits.most(limits.uploads_per_address)),
            counters: Places::new(kept),
            patience: limits.patience(),
        }
    }
}

/// A place to supply a material of a case, which is free again when this is dropped.
#[derive(Debug)]
pub struct SupplyPlace {
    pub(super) case: Case,
    _places: (Place<CaseId>, Place<ClientAddress>, Place<()>),
}

/// Places to send files for a draft.
#[derive(Debug)]
pub struct DraftPlaces {
    /// That of an address is none for a helper, who is known.
    _places: (Place<DraftId>, Option<Place<ClientAddress>>, Place<()>),
}

impl HallService {
    /// A place for somebody at a counter to send a file.
    ///
    /// # Errors
    /// [`Refusal::Busy`].
    pub(super) async fn counter_place(&self) -> Result<Place<()>, Refusal> {
        let places = &self.upload_places;
        let place = places.counters.take((), places.patience).await;
        place.ok_or(Refusal::Busy { seconds: 5 })
    }

    /// A place for a phone to supply a material. Nothing of its body is read before it has
    /// one.
    ///
    /// # Errors
    /// The token is unknown, nothing is missing that a phone may supply, or
    /// [`Refusal::Busy`].
    pub async fn place_to_supply(
        &self,
        token: Token,
        client: ClientAddress,
    ) -> Result<SupplyPlace, Refusal> {
        let case = self.lacking(token).await?;
        let places = &self.upload_places;
        let busy = || Refusal::Busy { seconds: 10 };
        // Who sends much waits for the own uploads first, without a place that others need.
        let of_case = places.cases.take(case.id, places.patience).await.ok_or_else(busy)?;
        let of_address = places.addresses.take(client, places.patience).await.ok_or_else(busy)?;
        let of_all = places.phones.take((), places.patience).await.ok_or_else(busy)?;
        // Another phone may have supplied it meanwhile.
        let case = self.lacking(token).await?;
        Ok(SupplyPlace { case, _places: (of_case, of_address, of_all) })
    }

    /// Places to send files for a draft: by its applicant, or by a helper beside them.
    ///
    /// # Errors
    /// [`Refusal::Busy`].
    pub(in crate::service) async fn places_of_draft(
        &self,
        draft: DraftId,
        by_helper: bool,
        client: ClientAddress,
    ) -> Result<DraftPlaces, Refusal> {
        let places = &self.upload_places;
        let busy = || Refusal::Busy { seconds: 10 };
        let of_draft = places.drafts.take(draft, places.patience).await.ok_or_else(busy)?;
        let (of_address, of_all) = if by_helper {
            (None, self.counter_place().await?)
        } else {
            let own = places.addresses.take(client, places.patience).await.ok_or_else(busy)?;
            (Some(own), places.phones.take((), places.patience).await.ok_or_else(busy)?)
        };
        Ok(DraftPlaces { _places: (of_draft, of_address, of_all) })
    }

    /// The case of a token, if it lacks something, or takes more of what a phone sent: files that nobody asked for would fill the
    /// disk.
    async fn lacking(&self, token: Token) -> Result<Case, Refusal> {
        let case = self.case_of_token(token).await?;
        let takes = |material| case.wants_by_phone(material) || case.takes_more_by_phone(material);
        if !case.materials.iter().any(takes) {
            return Err(CaseRefusal::NothingMissing.into());
        }
        Ok(case)
    }
}
