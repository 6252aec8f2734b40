//! Takes columns from other libraries: <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>.
//!
//! This is the only file with `unsafe`: a capsule holds a pointer, and its name is what says of what.
#![allow(unsafe_code, reason = "the Arrow C interface is made of pointers")]

use std::{ffi::CStr, iter};

use arrow_array::{
    ArrayReader as _, ArrayRef,
    cast::AsArray as _,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi},
    ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream},
    make_array,
};
use arrow_schema::{ArrowError, DataType};
use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
    types::PyCapsule,
};

pub(super) type Arrays = Box<dyn Iterator<Item = Result<ArrayRef, ArrowError>> + Send>;

/// A column, which may be read once.
pub(super) struct Column {
    pub data_type: DataType,
    pub arrays: Arrays,
}

/// The column that an object exports, or that of the table that it exports, if that has one.
pub(super) fn column(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Column> {
    let (data_type, arrays) = if object.hasattr("__arrow_c_stream__")? {
        stream(object)?
    } else if object.hasattr("__arrow_c_array__")? {
        array(object)?
    } else {
        let found = object.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "{name} is of {found}, which has neither __arrow_c_stream__ nor __arrow_c_array__: give a column of pyarrow, polars, pandas 3 or DuckDB"
        )));
    };
    let (data_type, is_table) = single(data_type).map_err(|columns| {
        PyValueError::new_err(format!("{name} has {columns} columns: choose one"))
    })?;
    let arrays: Arrays = if is_table {
        Box::new(arrays.map(|table| Ok(table?.as_struct().column(0).clone())))
    } else {
        arrays
    };
    Ok(Column { data_type, arrays })
}

fn stream(object: &Bound<'_, PyAny>) -> PyResult<(DataType, Arrays)> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let stream: *mut FFI_ArrowArrayStream = pointer(&capsule, c"arrow_array_stream")?;
    // SAFETY: a capsule of this name points to a stream, which is moved out of it; the capsule is
    // alive until then.
    let reader = unsafe { ArrayStreamReader::from_raw(stream) };
    let reader = reader.map_err(|error| unread(&error))?;
    Ok((reader.field().data_type().clone(), Box::new(reader)))
}

fn array(object: &Bound<'_, PyAny>) -> PyResult<(DataType, Arrays)> {
    let capsules = object.call_method0("__arrow_c_array__")?;
    let schema: *mut FFI_ArrowSchema = pointer(&capsules.get_item(0)?, c"arrow_schema")?;
    let array: *mut FFI_ArrowArray = pointer(&capsules.get_item(1)?, c"arrow_array")?;
    // SAFETY: capsules of these names point to a schema and an array, which are moved out of them;
    // they belong together, and the capsules are alive until then.
    let data = unsafe {
        let schema = FFI_ArrowSchema::from_raw(schema);
        from_ffi(FFI_ArrowArray::from_raw(array), &schema)
    };
    let array = make_array(data.map_err(|error| unread(&error))?);
    let data_type = array.data_type().clone();
    Ok((data_type, Box::new(iter::once(Ok(array)))))
}

fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut T> {
    let capsule = capsule.cast::<PyCapsule>()?;
    Ok(capsule.pointer_checked(Some(name))?.cast().as_ptr())
}

/// That a column cannot be read, as an exception.
pub(super) fn unread(error: &ArrowError) -> PyErr {
    PyValueError::new_err(format!("the column cannot be read: {error}"))
}

/// The type of the only column of a table, or of what is a column itself.
fn single(data_type: DataType) -> Result<(DataType, bool), usize> {
    match data_type {
        DataType::Struct(fields) => match &fields[..] {
            [field] => Ok((field.data_type().clone(), true)),
            fields => Err(fields.len()),
        },
        other => Ok((other, false)),
    }
}
