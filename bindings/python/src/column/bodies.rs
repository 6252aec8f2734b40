//! The bodies in an array.

use arrow_array::{Array, ArrayRef, cast::AsArray as _};
use arrow_schema::DataType;

/// The body in a row, if it is not null.
pub(super) type Bodies<'a> = Box<dyn Fn(usize) -> Option<&'a [u8]> + 'a>;

/// Whether an array of this type has bodies.
pub(super) fn is_bodies(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => is_bodies(values),
        other => other.is_string() || other.is_binary() || other.is_null(),
    }
}

/// The bodies of an array of such a type; all are null in one of another.
pub(super) fn bodies(array: &ArrayRef) -> Bodies<'_> {
    macro_rules! plain {
        ($array:expr) => {{
            let array = $array;
            Box::new(move |row| array.is_valid(row).then(|| array.value(row).as_ref()))
        }};
    }
    match array.data_type() {
        DataType::Utf8 => plain!(array.as_string::<i32>()),
        DataType::LargeUtf8 => plain!(array.as_string::<i64>()),
        DataType::Utf8View => plain!(array.as_string_view()),
        DataType::Binary => plain!(array.as_binary::<i32>()),
        DataType::LargeBinary => plain!(array.as_binary::<i64>()),
        DataType::BinaryView => plain!(array.as_binary_view()),
        // Its keys point nowhere if it has no values.
        DataType::Dictionary(_, _) if !array.as_any_dictionary().values().is_empty() => {
            let dictionary = array.as_any_dictionary();
            let keys = dictionary.normalized_keys();
            let values = bodies(dictionary.values());
            Box::new(move |row| values(*keys.get(row).filter(|_| dictionary.is_valid(row))?))
        }
        _ => Box::new(|_| None),
    }
}
