//! A job's bytes, decoded so that none can end a worker.
//!
//! apalis ends a worker at the first payload that its codec refuses, and the next worker at the same one. So our
//! codec refuses nothing: what it cannot read becomes [`Payload::Unreadable`], and the handler takes it down.

use std::convert::Infallible;

use apalis::prelude::Codec;
use caseconsult_core::domain::ids::CaseId;
use caseconsult_store::queue::CaseJob;

/// What a job asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payload {
    /// Look at this case.
    Case(CaseId),
    /// Not one of ours.
    Unreadable,
}

/// Reads `{"case_id": …}`, and takes anything else for [`Payload::Unreadable`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PayloadCodec;

impl Codec<Payload> for PayloadCodec {
    type Error = Infallible;
    type Compact = Vec<u8>;

    /// Never used: jobs are enqueued by the store, inside its transactions.
    fn encode(&self, payload: &Payload) -> Result<Vec<u8>, Infallible> {
        Ok(match payload {
            Payload::Case(case_id) => serde_json::to_vec(&CaseJob { case_id: *case_id }).unwrap_or_default(),
            Payload::Unreadable => Vec::new(),
        })
    }

    fn decode(&self, bytes: &Vec<u8>) -> Result<Payload, Infallible> {
        Ok(serde_json::from_slice::<CaseJob>(bytes).map_or(Payload::Unreadable, |job| Payload::Case(job.case_id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_decodes() {
        let id = "0192d3a4-0000-7000-8000-000000000001";
        let read = |text: &str| PayloadCodec.decode(&text.as_bytes().to_vec()).unwrap();
        assert_eq!(read(&format!("{{\"case_id\":\"{id}\",\"later\":1}}")), Payload::Case(id.parse().unwrap()));
        for text in ["", "\u{0}", "{}", "[1]", "{\"case_id\":7}", "null", "{\"case_id\":\"x\"}"] {
            assert_eq!(read(text), Payload::Unreadable, "{text:?}");
        }
    }

    #[test]
    fn what_is_encoded_is_read_back() {
        let case = Payload::Case("0192d3a4-0000-7000-8000-000000000001".parse().unwrap());
        assert_eq!(PayloadCodec.decode(&PayloadCodec.encode(&case).unwrap()).unwrap(), case);
    }
}
