use crate::killing::kill_and_read;

#[test]
fn a_record_that_is_killed_has_whole_lines() {
    kill_and_read(10, 4, 20);
}
