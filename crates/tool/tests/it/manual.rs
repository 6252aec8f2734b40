use crate::helpers::Folder;

#[test]
fn every_command_has_a_page() {
    let folder = Folder::empty();
    let page = folder.run(&["man"]);
    assert!(
        page.code == Some(0) && page.out.contains(".TH kaizala-actions 1"),
        "{}",
        page.out
    );
    let lint = folder.run(&["man", "lint"]);
    assert!(
        lint.out.contains(".TH kaizala-actions-lint 1") && lint.out.contains("write\\-baseline"),
        "{}",
        lint.out
    );
    folder.run(&["man", "--output", "pages"]).expect(0, "", "");
    assert_eq!(folder.read("pages/kaizala-actions-lint.1"), lint.out);
    let unknown = folder.run(&["man", "lnit"]);
    unknown.expect(
        2,
        "",
        "kaizala-actions: no command `lnit`; did you mean `lint`?\n",
    );
}
