//! What a new operator types: `init`, `doctor`, `user`.

use super::run::{COMPLETE, Folder};

#[test]
fn init_writes_a_configuration_that_doctor_can_read_and_never_overwrites_one() {
    let folder = Folder::new();
    let ended = folder.run(&["init"]);
    assert!(ended.success, "{ended:?}");
    let secret = std::fs::read_to_string(folder.path().join("caseconsult-data/secret")).unwrap();
    assert_eq!(secret.trim().len(), 64);

    let doctor = folder.run(&["doctor"]);
    assert!(!doctor.success, "there is no mailbox yet: {doctor:?}");
    for line in [
        "ok     configuration",
        "ok     secret",
        "ok     database",
        "ok     templates",
        "WRONG  mailbox",
        "WRONG  delivery",
        "WRONG  identity",
    ] {
        assert!(doctor.out.lines().any(|printed| printed.starts_with(line)), "{line:?} is missing in\n{}", doctor.out);
    }

    let again = folder.run(&["init"]);
    assert!(!again.success && again.err.contains("existing file is kept"), "{again:?}");
    assert_eq!(std::fs::read_to_string(folder.path().join("caseconsult-data/secret")).unwrap(), secret);
}

#[test]
fn doctor_is_content_with_a_complete_configuration() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", COMPLETE);
    folder.write("mailbox/new/.keep", "");
    assert!(folder.run(&["user", "list"]).success);
    let doctor = folder.run(&["doctor"]);
    assert!(doctor.success, "{doctor:?}");
    assert!(doctor.out.contains("nobody may sign in yet"), "{}", doctor.out);
}

#[test]
fn people_are_added_listed_kept_out_and_let_in() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", COMPLETE);
    let add = |name: &str, password: &[u8]| {
        folder.run_with(&["user", "add", name, "--credential", "CPC", "--password-file", "-"], password, &[])
    };
    assert!(add("robin", b"three plain words\n").success);
    let twice = add("robin", b"three plain words\n");
    assert!(!twice.success && twice.err.contains("taken"), "{twice:?}");
    let short = add("sam", b"short\n");
    assert!(!short.success && short.err.contains("at least 15"), "{short:?}");

    let list = || folder.run(&["user", "list"]).out;
    assert!(list().contains("robin") && list().contains("CPC") && !list().contains("kept out"), "{}", list());
    assert!(folder.run(&["user", "disable", "robin"]).success);
    assert!(list().contains("kept out"), "{}", list());
    assert!(folder.run(&["user", "enable", "robin"]).success);
    assert!(!list().contains("kept out"), "{}", list());
    let nobody = folder.run(&["user", "disable", "sam"]);
    assert!(!nobody.success && nobody.err.contains("sam"), "{nobody:?}");
}
