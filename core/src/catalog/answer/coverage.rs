//! Which coverage lists a code is on, and what they say of a procedure with a diagnosis. Also what a place of service
//! and a brand name stand for.
//!
//! A list that says nothing of a code does not say that the code is covered, nor that it is not.

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        fact::{
            brand::Brand,
            lab_ncd::{LabNcd, LabNcds, OTHERS},
            mcd::{AREAS, GroupOf, McdArea, McdAreas, McdGroup, McdGroups},
            place::Place,
        },
        layout::lab_ncd::Resolution,
        procedure_code::ProcedureCode,
        sheet::{Fact as _, Unreadable},
    },
    Desk, Told,
};
use crate::domain::code::Code;

/// What a laboratory NCD says of a procedure with a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabCoverage {
    /// The section.
    pub ncd: String,
    /// What the diagnosis means for the procedure; none where the list tells neither for it nor for all others.
    pub resolution: Option<Resolution>,
    /// Whether the diagnosis itself is listed, or is one of "all other".
    pub is_listed: bool,
}

/// An article that names both a procedure and a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticlePair {
    /// The group of the procedure.
    pub procedure: McdGroup,
    /// The group of the diagnosis, in the same version of the article. Whether the two groups belong together, their
    /// paragraphs say.
    pub diagnosis: McdGroup,
}

impl Desk {
    /// The laboratory NCDs that list a code on that day.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn lab_ncds(&self, code: &str, day: Date) -> Result<Told<'_, Vec<LabNcd>>, Unreadable> {
        self.ask(Dataset::LabNcd, code, day, |body| {
            let mut entries = LabNcds::from_body(body)?.entries;
            entries.retain(|entry| entry.holds(day));
            Ok((!entries.is_empty()).then_some(entries))
        })
    }

    /// What the laboratory NCDs that are about a procedure say of it with a diagnosis. The desk needs the sheets of
    /// both and [`OTHERS`].
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn lab_coverage(
        &self,
        procedure: ProcedureCode,
        diagnosis: &Code,
        day: Date,
    ) -> Result<Told<'_, Vec<LabCoverage>>, Unreadable> {
        let listed = self.lab_ncds(diagnosis.as_str(), day)?;
        let others = self.lab_ncds(OTHERS, day)?;
        let resolution = |told: &Told<'_, Vec<LabNcd>>, ncd: &str| {
            told.value().and_then(|entries| entries.iter().find(|entry| entry.ncd == ncd)?.resolution)
        };
        Ok(self.lab_ncds(procedure.as_str(), day)?.map(|ncds| {
            let of = |entry: LabNcd| {
                let own = resolution(&listed, &entry.ncd);
                let resolution = own.or_else(|| resolution(&others, &entry.ncd));
                LabCoverage { ncd: entry.ncd, resolution, is_listed: own.is_some() }
            };
            ncds.into_iter().map(of).collect()
        }))
    }

    /// The groups of coverage articles that a code is in.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn article_groups(&self, code: &str, day: Date) -> Result<Told<'_, Vec<McdGroup>>, Unreadable> {
        self.ask(Dataset::McdArticles, code, day, |body| Ok(Some(McdGroups::from_body(body)?.groups)))
    }

    /// The contractors and states of an article's area; none where the download did not tell. The desk needs the sheet
    /// of [`AREAS`].
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn article_area(&self, group: &McdGroup, day: Date) -> Result<Option<McdArea>, Unreadable> {
        let Some(number) = group.area else { return Ok(None) };
        let told = self.fact::<McdAreas>(Dataset::McdArticles, AREAS, day)?;
        Ok(told.value().and_then(|all| all.areas.get(usize::from(number)).cloned()))
    }

    /// The articles that name both. The desk needs the sheets of both.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn article_pairs(
        &self,
        procedure: ProcedureCode,
        diagnosis: &Code,
        day: Date,
    ) -> Result<Told<'_, Vec<ArticlePair>>, Unreadable> {
        let keys = [procedure.to_string(), diagnosis.to_string()];
        self.ask_all(Dataset::McdArticles, &keys, day, |bodies| {
            let [procedure, diagnosis] = bodies else { return Ok(None) };
            let (procedures, diagnoses) = (McdGroups::from_body(procedure)?, McdGroups::from_body(diagnosis)?);
            let mut pairs = Vec::new();
            for procedure in procedures.groups.iter().filter(|group| group.of == GroupOf::Procedures) {
                let same = |group: &&McdGroup| {
                    (group.article, group.version) == (procedure.article, procedure.version)
                        && group.of != GroupOf::Procedures
                };
                pairs.extend(
                    diagnoses
                        .groups
                        .iter()
                        .filter(same)
                        .map(|diagnosis| ArticlePair { procedure: procedure.clone(), diagnosis: diagnosis.clone() }),
                );
            }
            Ok((!pairs.is_empty()).then_some(pairs))
        })
    }

    /// What a place of service stands for.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn place(&self, code: &str, day: Date) -> Result<Told<'_, Place>, Unreadable> {
        self.fact(Dataset::PlaceOfService, code, day)
    }

    /// The substances in a drug of that brand name, in capitals.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn brand(&self, name: &str, day: Date) -> Result<Told<'_, Brand>, Unreadable> {
        self.fact(Dataset::Brands, name, day)
    }
}
