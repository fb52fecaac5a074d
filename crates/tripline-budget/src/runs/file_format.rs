//! The format of the files that a run publishes: JSON with a schema number.

use crate::error::Error;

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
/// The version of both formats. A reader refuses any other.
pub const SCHEMA: u32 = 1;

/// Reads a file. Reads its schema alone first, because everything else may have changed with it.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    #[derive(Deserialize)]
    struct Schema {
        schema: u64,
    }
    let Schema { schema } = serde_json::from_str(text).map_err(|error| unpublished(&error))?;
    if schema != u64::from(SCHEMA) {
        return Err(Error::Schema { found: schema, read: SCHEMA });
    }
    serde_json::from_str(text).map_err(|error| unpublished(&error))
}

fn unpublished(error: &serde_json::Error) -> Error {
    Error::Unpublished(error.to_string())
}

/// Returns a file's text. The same value always gives the same bytes.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    // Strings, numbers and maps with string keys only: there is nothing that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(value).expect("JSON holds it");
    text.push('\n');
    text
}

/// Gives a published type the reading and writing of its file.
macro_rules! published {
    ($published:ty, $file:ident) => {
        impl $published {
            #[doc = concat!("Reads the file [`", stringify!($file), "`](crate::protocol::file_names::", stringify!($file), ").")]
            ///
            /// # Errors
            ///
            /// If it has another schema, an unknown or a missing field, or is no JSON.
            pub fn from_json(text: &str) -> Result<Self, $crate::Error> {
                $crate::runs::file_format::from_json(text)
            }

            #[doc = concat!("Returns the text of the file [`", stringify!($file), "`](crate::protocol::file_names::", stringify!($file), "). The same value always gives the same bytes.")]
            #[must_use]
            pub fn to_json(&self) -> String {
                $crate::runs::file_format::to_json(self)
            }
        }
    };
}
pub(crate) use published;
