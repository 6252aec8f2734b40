//! Extended attributes of files (<https://man7.org/linux/man-pages/man7/xattr.7.html>), among them
//! access control lists.

use std::{ffi::OsStr, fs::File, io, path::Path};

use xattr::FileExt as _;

/// The access control list of a file on Linux.
const ACCESS_LIST: &str = "system.posix_acl_access";

/// Copies the attributes of one file to another, and removes those that the first does not have:
/// the folder may have given the second an access control list.
///
/// # Errors
/// If an attribute that users or programs set cannot be copied. Not every user may set labels of
/// the system; the file then keeps those of the folder.
pub(crate) fn copy(from: &Path, to: &File) -> io::Result<()> {
    let old: Vec<_> = match xattr::list_deref(from) {
        Ok(names) => names.collect(),
        // The file system does not support attributes.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
        Err(error) => return Err(error),
    };
    for name in to.list_xattr()? {
        if !old.contains(&name) && is_kept(&name) {
            to.remove_xattr(&name)?;
        }
    }
    for name in old {
        let Some(value) = xattr::get_deref(from, &name)? else {
            continue;
        };
        if to.get_xattr(&name)?.as_ref() == Some(&value) {
            continue;
        }
        match to.set_xattr(&name, &value) {
            Err(error) if is_kept(&name) => {
                let name = name.to_string_lossy();
                let message = format!("its attribute {name} cannot be kept: {error}");
                return Err(io::Error::new(error.kind(), message));
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_kept(name: &OsStr) -> bool {
    name == ACCESS_LIST
        || !["security.", "system.", "trusted."]
            .iter()
            .any(|space| name.as_encoded_bytes().starts_with(space.as_bytes()))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_copy_has_the_attributes_and_the_list_of_access_and_no_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        for path in [&from, &to] {
            fs::write(path, "").expect("a file");
        }
        if xattr::set(&from, "user.note", b"mine").is_err() {
            return; // The file system does not support attributes.
        }
        // Version 2: the owner may read and write, user 12 may read, the group and others nothing.
        let entries: [(u16, u16, u32); 5] =
            [(1, 6, !0), (2, 4, 12), (4, 0, !0), (16, 4, !0), (32, 0, !0)];
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, permissions, id) in entries {
            list.extend(tag.to_le_bytes());
            list.extend(permissions.to_le_bytes());
            list.extend(id.to_le_bytes());
        }
        let has_lists = xattr::set(&from, ACCESS_LIST, &list).is_ok();
        xattr::set(&to, "user.other", b"other").expect("it has attributes");
        let names = |path| {
            let mut names: Vec<_> = xattr::list(path).expect("a file").collect();
            names.retain(|name| is_kept(name));
            names.sort();
            names
        };
        let file = File::open(&to).expect("a file");
        copy(&from, &file).expect("it is ours");
        assert_eq!(names(&to), names(&from));
        assert_eq!(names(&to).len(), 1 + usize::from(has_lists));
        for name in names(&from) {
            assert_eq!(xattr::get(&to, &name).ok(), xattr::get(&from, &name).ok());
        }
        // In the other direction: a list that the other file does not have is removed.
        xattr::remove(&from, "user.note").expect("it is there");
        let _ = xattr::remove(&from, ACCESS_LIST);
        copy(&from, &file).expect("it is ours");
        assert_eq!(names(&to), Vec::<std::ffi::OsString>::new());
    }
}
