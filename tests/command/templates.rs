//! `templates`: the built-in ones to start from, and a folder of one's own tried before the service starts.

use super::run::{COMPLETE, Folder};

#[test]
fn what_is_exported_passes_the_check_and_is_never_overwritten() {
    let folder = Folder::new();
    assert!(folder.run(&["templates", "export", "ours", "answer.md.j2"]).success);
    folder.write("ours/answer.md.j2", "{% include \"codes.md.j2\" %}");
    let all = folder.run(&["templates", "export", "ours"]);
    assert!(all.success, "{all:?}");
    assert!(all.out.contains("kept   ours/answer.md.j2") && all.out.contains("wrote  ours/reply.md.j2"), "{}", all.out);
    let kept = std::fs::read_to_string(folder.path().join("ours/answer.md.j2")).unwrap();
    assert_eq!(kept, "{% include \"codes.md.j2\" %}");
    std::fs::remove_file(folder.path().join("ours/answer.md.j2")).unwrap();
    assert!(folder.run(&["templates", "export", "ours", "answer.md.j2"]).success);

    let check = folder.run(&["templates", "check", "ours"]);
    assert!(check.success, "{check:?}");
    assert_eq!(check.out.lines().filter(|line| line.starts_with("ok     ours/")).count(), 13, "{}", check.out);

    let unknown = folder.run(&["templates", "export", "ours", "anwser.md.j2"]);
    assert!(!unknown.success && unknown.err.contains("answer.md.j2"), "{unknown:?}");
}

#[test]
fn each_broken_template_is_one_line_with_file_line_and_reason() {
    let folder = Folder::new();
    folder.write("ours/why.md.j2", "## Why\n{% for line in answer.why %}\n- {{ lines }}\n{% endfor %}");
    folder.write("ours/edits.md.j2", "fine\n\n{% if edits %}");
    folder.write("ours/codes.md.j2", "nothing");
    folder.write("ours/denied.md.j2", "{% for line in answer.denied %}\n- {{ line }}\n{% endfor %}");
    folder.write("ours/denyed.md.j2", "");
    let check = folder.run(&["templates", "check", "ours"]);
    assert!(!check.success, "{check:?}");
    let line = |name: &str| check.out.lines().find(|line| line.contains(&format!("ours/{name}"))).unwrap();
    for (name, words) in [
        ("why.md.j2", &["WRONG", "line 3", "\"lines\"", "at: - {{ lines }}"][..]),
        ("edits.md.j2", &["WRONG", "line 3", "syntax error"]),
        ("codes.md.j2", &["WRONG", "does not show"]),
        ("denied.md.j2", &["ok "]),
        ("denyed.md.j2", &["WRONG", "the names are reply.md.j2, case_line.md.j2"]),
    ] {
        assert!(words.iter().all(|word| line(name).contains(word)), "{words:?} in {}", line(name));
    }
    assert_eq!(check.out.lines().filter(|line| line.ends_with("(built in)")).count(), 9, "{}", check.out);
}

#[test]
fn without_a_folder_the_configured_one_is_tried_and_listed() {
    let folder = Folder::new();
    assert!(folder.run(&["templates", "check"]).success, "the built-in ones need no configuration");
    folder.write("caseconsult.toml", format!("{COMPLETE}\n[replies]\ntemplates = \"ours\"\n"));
    folder.write("ours/case_line.md.j2", "North office, {{ case }}.\n");
    let check = folder.run(&["templates", "check"]);
    assert!(check.success && check.out.contains("ok     ours/case_line.md.j2"), "{check:?}");
    let list = folder.run(&["templates", "list"]).out;
    let line = |name: &str| list.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line("case_line.md.j2").contains("yours") && line("answer.md.j2").contains("built in"), "{list}");

    folder.write("question.eml", "From: a@b.test\n\nIs 99213 right?\n");
    let draft = folder.run(&["draft", "question.eml"]);
    assert!(draft.success && draft.out.starts_with("North office, CC-"), "{draft:?}");
}
