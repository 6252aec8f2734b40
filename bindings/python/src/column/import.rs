//! Takes columns from other libraries: <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>.
//!
//! This is the only file with `unsafe`: a capsule holds a pointer, and its name is what says of what.
#![allow(unsafe_code, reason = "the Arrow C interface is made of pointers")]

use std::{ffi::CStr, iter};

use arrow_array::{
    Array as _, ArrayReader as _, ArrayRef,
    cast::AsArray as _,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi},
    ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream},
    make_array,
};
use arrow_schema::{ArrowError, DataType};
use pyo3::{
    exceptions::{PyKeyboardInterrupt, PyStopIteration, PyTypeError, PyValueError},
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
    let (data_type, arrays) = if object.hasattr("read_next_batch")? {
        batches(object)?
    } else if object.hasattr("__arrow_c_stream__")? {
        stream(object)?
    } else if object.hasattr("__arrow_c_array__")? {
        let array = array(object)?;
        (
            array.data_type().clone(),
            Box::new(iter::once(Ok(array))) as Arrays,
        )
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

/// From a reader, such as pyarrow's. It has a C stream, too, but that turns an exception into a text,
/// also a `KeyboardInterrupt`.
fn batches(reader: &Bound<'_, PyAny>) -> PyResult<(DataType, Arrays)> {
    let capsule = reader.getattr("schema")?;
    let capsule = capsule.call_method0("__arrow_c_schema__")?;
    let schema: *mut FFI_ArrowSchema = pointer(&capsule, c"arrow_schema")?;
    // SAFETY: a capsule of this name points to a schema, which is moved out of it; the capsule is
    // alive until then.
    let schema = unsafe { FFI_ArrowSchema::from_raw(schema) };
    let data_type = DataType::try_from(&schema).map_err(unread)?;
    let reader = reader.clone().unbind();
    let next = move || {
        Python::attach(|py| {
            let batch = match reader.bind(py).call_method0("read_next_batch") {
                Err(error) if error.is_instance_of::<PyStopIteration>(py) => return None,
                batch => batch.and_then(|batch| array(&batch)),
            };
            Some(batch.map_err(|error| ArrowError::ExternalError(Box::new(error))))
        })
    };
    Ok((data_type, Box::new(iter::from_fn(next))))
}

fn stream(object: &Bound<'_, PyAny>) -> PyResult<(DataType, Arrays)> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let stream: *mut FFI_ArrowArrayStream = pointer(&capsule, c"arrow_array_stream")?;
    // SAFETY: a capsule of this name points to a stream, which is moved out of it; the capsule is
    // alive until then.
    let reader = unsafe { ArrayStreamReader::from_raw(stream) };
    let reader = reader.map_err(unread)?;
    Ok((reader.field().data_type().clone(), Box::new(reader)))
}

fn array(object: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let capsules = object.call_method0("__arrow_c_array__")?;
    let schema: *mut FFI_ArrowSchema = pointer(&capsules.get_item(0)?, c"arrow_schema")?;
    let array: *mut FFI_ArrowArray = pointer(&capsules.get_item(1)?, c"arrow_array")?;
    // SAFETY: capsules of these names point to a schema and an array, which are moved out of them;
    // they belong together, and the capsules are alive until then.
    let data = unsafe {
        let schema = FFI_ArrowSchema::from_raw(schema);
        from_ffi(FFI_ArrowArray::from_raw(array), &schema)
    };
    Ok(make_array(data.map_err(unread)?))
}

fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut T> {
    let capsule = capsule.cast::<PyCapsule>()?;
    Ok(capsule.pointer_checked(Some(name))?.cast().as_ptr())
}

/// That a column cannot be read, as an exception: that of a reader, if there is one.
pub(super) fn unread(error: ArrowError) -> PyErr {
    let error = match error {
        ArrowError::ExternalError(error) => match error.downcast::<PyErr>() {
            Ok(raised) => return *raised,
            Err(error) => ArrowError::ExternalError(error),
        },
        error => error,
    };
    let text = format!("the column cannot be read: {error}");
    // Of an exception, pyarrow shows the traceback, whose last line has the name.
    let last = text.lines().next_back().unwrap_or_default();
    if last.split(':').next() == Some("KeyboardInterrupt") {
        return PyKeyboardInterrupt::new_err(text);
    }
    PyValueError::new_err(text)
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
