//! From the rows of a layout to what the store keeps: entries of code lists, and sheets of everything else.
//!
//! A layout whose rows can be kept one by one hands them on as they come; one whose rows belong together by key waits
//! until all parts of the release were read. Nothing here knows a file's name or a database. Called by
//! [`super::import`].
//!
//! | file | layouts |
//! |---|---|
//! | `anesthesia` | what anesthesia is paid by |
//! | `areas` | where coverage articles hold |
//! | `code_list` | HCPCS and ICD-10 code lists, and those that an operator made |
//! | `coverage` | coverage lists |
//! | `cpt` | the operator's CPT files |
//! | `changes` | what came in the place of which diagnosis |
//! | `drugs` | brand names |
//! | `icd10cm` | the tabular list and the alphabetic index of ICD-10-CM |
//! | `ncci` | NCCI edits, unit limits and add-on codes |
//! | `fee` | the physician fee schedule |
//! | `drg` | the MS-DRG tables |
//! | `gem` | crosswalks of diagnoses |
//! | `out` | what takes entries and sheets, and counts |

mod anesthesia;
mod areas;
mod changes;
mod code_list;
mod coverage;
mod cpt;
mod drg;
mod drugs;
mod fee;
mod gem;
mod icd10cm;
mod ncci;
mod out;

use std::io::{BufRead, Cursor};

use super::{
    import::ImportError, recognise::Layout, recognise_coverage::CoverageLayout, recognise_list::ListLayout,
    release_zip::ReleaseZip,
};

pub(super) use out::Out;

/// The bytes of one file of a release.
pub(super) struct Source<'r> {
    /// Unpacked.
    pub(super) reader: &'r mut dyn BufRead,
    /// Whether they are a spreadsheet.
    pub(super) is_sheet: bool,
    /// Their layout: the files of a release may have several.
    pub(super) layout: Layout,
    /// Whether the operator said which table it is.
    pub(super) is_named: bool,
}

impl Source<'_> {
    /// All bytes of a spreadsheet, which cannot be read in one pass: it is a ZIP again.
    pub(super) fn book(self) -> Result<Cursor<Vec<u8>>, ImportError> {
        let mut book = Vec::new();
        self.reader.read_to_end(&mut book)?;
        ReleaseZip::open(Cursor::new(&book))?.check_size()?;
        Ok(Cursor::new(book))
    }
}

/// What becomes of the rows of one layout.
pub(super) trait Gather {
    /// Reads one file of the release.
    fn read(&mut self, source: Source<'_>, out: &mut Out<'_>) -> Result<(), ImportError>;

    /// Whether a release without one row is as good as any other.
    fn may_be_empty(&self) -> bool {
        false
    }

    /// Hands out what waited for the last file.
    fn finish(&mut self, _out: &mut Out<'_>) -> Result<(), ImportError> {
        Ok(())
    }
}

/// What gathers the rows of this layout.
pub(super) fn of(layout: Layout) -> Box<dyn Gather> {
    match layout {
        Layout::HcpcsText | Layout::HcpcsXlsx => Box::new(code_list::Hcpcs),
        Layout::Icd10CmOrder | Layout::Icd10PcsOrder => Box::new(code_list::Icd10 { layout }),
        Layout::NcciPtp => Box::new(ncci::Ptp::default()),
        Layout::NcciMue => Box::new(ncci::Mue),
        Layout::NcciAddOn => Box::new(ncci::AddOns::default()),
        Layout::List(list) => of_list(list),
        Layout::RelativeValues => Box::new(fee::Values::default()),
        Layout::Gpci => Box::new(fee::Indices),
        Layout::FeeAmounts => Box::new(fee::Amounts::default()),
        Layout::AnesthesiaFactors => Box::new(anesthesia::Factors),
        Layout::AnesthesiaUnits => Box::new(anesthesia::Units),
        Layout::DrgWeights => Box::new(drg::Weights),
        Layout::DrgSeverity(severity) => Box::new(drg::Complications { severity }),
        Layout::DrgExclusions => Box::new(drg::ExclusionTable::default()),
        Layout::Gem(direction) => Box::new(gem::Gem::new(direction)),
        Layout::Coverage(CoverageLayout::LabNcd) => Box::new(coverage::Lab::default()),
        Layout::Coverage(CoverageLayout::PlaceOfService) => Box::new(coverage::Places),
        Layout::Coverage(_) => Box::new(coverage::Mcd::default()),
    }
}

fn of_list(list: ListLayout) -> Box<dyn Gather> {
    match list {
        ListLayout::Icd10Addenda(_) => Box::new(changes::Addenda::default()),
        ListLayout::Icd10CmConversion => Box::new(changes::Conversions::default()),
        ListLayout::PoaExempt => Box::new(icd10cm::Exempt),
        ListLayout::CptText(_) => Box::new(cpt::Texts::default()),
        ListLayout::CptDescriptors(whose) => Box::new(cpt::Descriptors::new(whose)),
        ListLayout::CptHistory => Box::new(cpt::History::default()),
        ListLayout::HcpcsTable => Box::new(code_list::Hcpcs),
        ListLayout::Brands => Box::new(drugs::Brands::default()),
        ListLayout::Plain => Box::new(code_list::Plain),
        ListLayout::Icd10CmTabular => Box::new(icd10cm::Tabular::default()),
        ListLayout::Icd10CmIndex(_) => Box::new(icd10cm::Index::new(false)),
        ListLayout::Icd10CmIndexTable(_) => Box::new(icd10cm::Index::new(true)),
    }
}
