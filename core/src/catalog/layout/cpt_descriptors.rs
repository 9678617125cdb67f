//! The operator's CPT descriptors in plain words: `ConsumerDescriptor`, one a code, and `ClinicianDescriptor`,
//! several a code.
//!
//! Licensed, and never part of this program. Tab- or pipe-delimited below the notice, with a header row: a concept id,
//! the code, for clinicians the descriptor's own id, and the text. The names of the columns are known from hearsay
//! only, so several are understood.

use std::{io::BufRead, ops::ControlFlow};

use super::{
    rejected::{Reason, Rejected},
    squeeze::squeeze,
    table::{self, Column, TableError},
};
use crate::{
    catalog::{
        entry::{Descriptor, TextSource},
        procedure_code::ProcedureCode,
    },
    domain::code::Code,
};

const CODE: usize = 0;
const TEXT: usize = 1;
const CONCEPT: usize = 2;
const DESCRIPTOR: usize = 3;

const CODE_NAMES: Column = Column::required(&["CPT Code", "CPT", "Code"]);
const CONCEPT_NAMES: Column = Column::optional(&["Concept Id", "CPT Concept Id", "AMA Concept Id"]);

/// The columns of the consumers' file.
pub(in crate::catalog) const CONSUMER: &[Column] = &[
    CODE_NAMES,
    Column::required(&["Consumer Friendly Descriptor", "Consumer Descriptor", "Consumer*", "Descriptor"]),
    CONCEPT_NAMES,
];

/// The columns of the clinicians' file.
pub(in crate::catalog) const CLINICIAN: &[Column] = &[
    CODE_NAMES,
    Column::required(&["Clinician Descriptor", "Clinician Descriptor Text", "Descriptor"]),
    CONCEPT_NAMES,
    Column::optional(&["Clinician Descriptor Id", "Descriptor Id"]),
];

/// For whom the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// Patients.
    Consumer,
    /// Clinicians.
    Clinician,
}

impl Reader {
    const fn columns(self) -> &'static [Column] {
        match self {
            Self::Consumer => CONSUMER,
            Self::Clinician => CLINICIAN,
        }
    }
}

/// A descriptor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The code.
    pub code: Code,
    /// The AMA's concept id, or empty.
    pub concept: String,
    /// The descriptor's own id, or empty.
    pub descriptor: String,
    /// The words, which are licensed.
    pub text: Descriptor,
}

/// Hands every descriptor to `take`, as a row or as refused, until it breaks off.
///
/// # Errors
/// [`TableError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(
    whose: Reader,
    reader: R,
    take: &mut dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()>,
) -> Result<(), TableError> {
    table::rows_of_text(reader, whose.columns(), row, take)
}

fn row(cells: &table::Row<'_>) -> Result<Row, Reason> {
    let code = ProcedureCode::cpt(cells.code(CODE)?).ok_or(Reason::NotACode)?;
    let text = squeeze(&cells.text(TEXT));
    if text.is_empty() {
        return Err(Reason::NoTitle);
    }
    Ok(Row {
        line: cells.line(),
        code,
        concept: cells.owned(CONCEPT),
        descriptor: cells.owned(DESCRIPTOR),
        text: Descriptor { text, source: TextSource::Licensed },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(whose: Reader, text: &str) -> Result<Vec<String>, TableError> {
        let mut rows = Vec::new();
        read(whose, text.as_bytes(), &mut |row| {
            rows.push(match row {
                Ok(row) => format!("{} {} {}/{} {}", row.line, row.code, row.concept, row.descriptor, row.text.text),
                Err(bad) => bad.to_string(),
            });
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn a_code_has_one_text_for_patients_and_several_for_clinicians() -> Result<(), TableError> {
        for tab in ["\t", "|"] {
            let text = format!(
                "An invented notice\nConcept Id{tab}CPT Code{tab}Consumer Friendly Descriptor\n\
                 1000{tab}00001{tab}We listen to a grumble, and  nod\n1001{tab}0002U{tab}We sigh\n"
            );
            assert_eq!(
                all(Reader::Consumer, &text)?,
                ["3 00001 1000/ We listen to a grumble, and nod", "4 0002U 1001/ We sigh"]
            );
            let text = format!(
                "Concept Id{tab}CPT Code{tab}Clinician Descriptor Id{tab}Clinician Descriptor\n\
                 1000{tab}00001{tab}7{tab}Grumble, left\n1000{tab}00001{tab}8{tab}Grumble, right\n"
            );
            assert_eq!(
                all(Reader::Clinician, &text)?,
                ["2 00001 1000/7 Grumble, left", "3 00001 1000/8 Grumble, right"]
            );
        }
        Ok(())
    }

    #[test]
    fn broken_lines_and_other_files_are_refused() -> Result<(), TableError> {
        let text = "Concept Id\tCPT Code\tConsumer Descriptor\n1\t1\tcut code\n2\tA0021\tnot CPT\n3\t00001\t\n";
        let expected = [
            "line 2: no code of this code set stands in the code's columns",
            "line 3: no code of this code set stands in the code's columns",
            "line 4: the title is missing",
        ];
        assert_eq!(all(Reader::Consumer, text)?, expected);
        assert!(all(Reader::Clinician, "Concept Id\tCPT Code\tConsumer Descriptor\n").is_err());
        assert!(all(Reader::Consumer, "").is_err());
        Ok(())
    }
}
