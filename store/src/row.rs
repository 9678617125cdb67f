//! Values of a row, read back into the nouns. A value that is none is reported with its table and column, and
//! never with itself: it may be somebody's mail.

use std::str::FromStr;

use caseconsult_core::domain::{address::EmailAddress, instant::Instant};
use serde::{Deserialize, de::value::StringDeserializer};

use crate::StoreError;

/// A column of a table, for the error message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column(pub(crate) &'static str, pub(crate) &'static str);

impl Column {
    /// The error that this column's value cannot be read.
    pub(crate) const fn damaged(self) -> StoreError {
        StoreError::Damaged { table: self.0, column: self.1 }
    }

    /// An id or a digest.
    pub(crate) fn read<T: FromStr>(self, text: &str) -> Result<T, StoreError> {
        text.parse().map_err(|_| self.damaged())
    }

    /// An id or a digest, where there is one.
    pub(crate) fn read_some<T: FromStr>(self, text: Option<&str>) -> Result<Option<T>, StoreError> {
        text.map(|text| self.read(text)).transpose()
    }

    /// A value of a small vocabulary, by the function that reads its stored name.
    pub(crate) fn name<T>(self, read: impl Fn(&str) -> Option<T>, text: &str) -> Result<T, StoreError> {
        read(text).ok_or_else(|| self.damaged())
    }

    /// A count; never negative.
    pub(crate) fn count<T: TryFrom<i64>>(self, number: i64) -> Result<T, StoreError> {
        T::try_from(number).map_err(|_| self.damaged())
    }

    /// A value stored as JSON.
    pub(crate) fn json<T: for<'de> Deserialize<'de>>(self, text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|_| self.damaged())
    }
}

/// An address as it was stored. It was parsed on its way in; parsing it again could refuse, under a later rule,
/// what is already part of a case.
pub(crate) fn address(text: String) -> EmailAddress {
    let text = StringDeserializer::<serde::de::value::Error>::new(text);
    EmailAddress::deserialize(text).unwrap_or_else(|_| unreachable!("a transparent string takes any string"))
}

/// An instant, where there is one.
pub(crate) fn instant(micros: Option<i64>) -> Option<Instant> {
    micros.map(Instant::from_micros)
}

/// A value as JSON for a column. Our own types always have one: their maps have text keys.
pub(crate) fn to_json<T: serde::Serialize>(value: &T, column: Column) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| column.damaged())
}
