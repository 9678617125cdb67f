//! A wrong configuration value, a database that is down or newer, a broken template: one clear line each, and a
//! non-zero exit.

use super::run::{COMPLETE, Folder};

/// The one line on standard error, which must hold all of `words`.
fn refused(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)], words: &[&str]) {
    let ended = folder.run_with(arguments, b"", variables);
    assert!(!ended.success, "{arguments:?} succeeded: {ended:?}");
    let lines: Vec<&str> = ended.err.lines().filter(|line| line.starts_with("caseconsult: ")).collect();
    assert_eq!(lines.len(), 1, "one line was wanted: {}", ended.err);
    for word in words {
        assert!(lines[0].contains(word), "{word:?} is missing in {:?}", lines[0]);
    }
}

#[test]
fn a_mistake_in_the_configuration_is_one_line_that_says_where() {
    let cases: [(&str, &[&str]); 8] = [
        ("[database]\nurl = 5\n", &["caseconsult.toml", "line 2"]),
        ("[databse]\n", &["caseconsult.toml", "databse"]),
        ("[database\n", &["caseconsult.toml", "line 1"]),
        ("[web]\nlisten = \"here\"\n", &["line 2", "socket address"]),
        ("[identity]\nsecret = \"short\"\naddress = \"a@b.test\"\n", &["identity.secret", "32"]),
        ("[identity]\naddress = \"nobody\"\nsecret = \"0123456789abcdef0123456789abcdef\"\n", &["identity.address"]),
        ("[identity]\naddress = \"a@b.test\"\n", &["identity.secret", "openssl rand"]),
        ("[identity]\nsecret_file = \"none\"\n", &["identity.secret_file", "none"]),
    ];
    for (text, words) in cases {
        let folder = Folder::new();
        folder.write("caseconsult.toml", text);
        refused(&folder, &["serve"], &[], words);
    }
}

#[test]
fn a_named_configuration_that_is_not_there_is_said() {
    refused(&Folder::new(), &["--config", "mine.toml", "cases"], &[], &["mine.toml"]);
}

#[test]
fn a_public_address_without_tls_in_front_is_refused() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", COMPLETE);
    refused(
        &folder,
        &["serve", "--listen", "0.0.0.0:0"],
        &[],
        &["web.listen", "web.public_url", "insecure_public_listener"],
    );
}

#[test]
fn a_plain_connection_to_another_machine_is_refused() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", COMPLETE);
    let variables =
        [("CASECONSULT__INTAKE__IMAP__HOST", "mail.service.test"), ("CASECONSULT__INTAKE__IMAP__USER", "coding")];
    // One variable alone does not make a section: the second is needed for it to be read at all.
    let ended = folder.run_with(&["poll", "--once"], b"", &variables[..1]);
    assert!(!ended.success && ended.err.contains("CASECONSULT__INTAKE__IMAP__HOST"), "{ended:?}");
    folder.write(
        "caseconsult.toml",
        format!("{COMPLETE}\n[intake.imap]\nhost = \"mail.service.test\"\nuser = \"coding\"\npassword = \"x\"\ntls = \"none\"\n"),
    );
    refused(&folder, &["poll", "--once"], &[], &["intake.imap.tls"]);
}

#[test]
fn a_database_that_cannot_be_used_is_said() {
    let folder = Folder::new();
    let url = |text: &str| folder.write("caseconsult.toml", COMPLETE.replace("sqlite:cases.db", text));
    url("mysql://x/y");
    refused(&folder, &["cases"], &[], &["sqlite:", "postgres:"]);
    url("postgres://nobody:hunter2@127.0.0.1:1/none");
    let ended = folder.run(&["cases"]);
    assert!(
        !ended.success && ended.err.contains("cannot open the database") && !ended.err.contains("hunter2"),
        "{ended:?}"
    );
    folder.write("broken.db", "this is not a database, it is a letter to the editor, and longer than a header");
    url("sqlite:broken.db");
    refused(&folder, &["cases"], &[], &["database"]);
}

#[test]
fn a_database_of_a_later_version_is_refused() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", COMPLETE);
    assert!(folder.run(&["cases"]).success);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("cases.db"));
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, 'later', TRUE, x'00', 0)",
        )
        .execute(&pool)
        .await
        .unwrap();
        pool.close().await;
    });
    refused(&folder, &["cases"], &[], &["9000", "newer program"]);
}

#[test]
fn a_broken_template_stops_the_start_and_is_named() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", format!("{COMPLETE}\n[replies]\ntemplates = \"ours\"\n"));
    for command in ["serve", "work"] {
        refused(&folder, &[command], &[], &["replies.templates", "ours"]);
    }
    folder.write("ours/reply.md.j2", "{% if %}");
    refused(&folder, &["serve"], &[], &["ours", "reply.md.j2", "line 1"]);
    folder.write("ours/reply.md.j2", "\n{{ a_name_that_no_section_has }}");
    refused(&folder, &["serve"], &[], &["ours", "reply.md.j2", "line 2", "a_name_that_no_section_has"]);
    folder.write("question.eml", "From: a@b.test\n\nIs 99213 right?\n");
    refused(&folder, &["draft", "question.eml"], &[], &["ours", "reply.md.j2"]);
    std::fs::remove_file(folder.path().join("ours/reply.md.j2")).unwrap();
    folder.write("ours/answer.txt", "");
    refused(&folder, &["serve"], &[], &["answer.txt", "answer.md.j2"]);
    let doctor = folder.run(&["doctor"]);
    assert!(doctor.out.contains("WRONG  templates") && doctor.out.contains("answer.txt"), "{doctor:?}");
}

#[test]
fn a_mistake_in_the_house_rules_stops_the_start_and_is_named() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", format!("{COMPLETE}\n[replies]\nhouse_rules = \"rules.toml\"\n"));
    refused(&folder, &["serve"], &[], &["replies.house_rules", "rules.toml"]);
    folder.write("rules.toml", "[[rule]]\nid = \"a\"\nowner = \"M. Ortiz\"\nuntill = 2027-01-01\n");
    refused(&folder, &["work"], &[], &["rules.toml", "line 4", "untill"]);
    let rule = "[[rule]]\nid = \"a\"\nowner = \"\"\nuntil = 2027-01-01\nstatement = \"x\"\nwhen.codes = [\"9-1\"]\n";
    folder.write("rules.toml", rule);
    refused(&folder, &["serve"], &[], &["rules.toml, line 3: the owner is empty", "1 more", "doctor"]);
    let doctor = folder.run(&["doctor"]);
    for line in ["line 3: the owner is empty", "line 6: \"9-1\" is no range"] {
        assert!(
            doctor.out.lines().any(|out| out.starts_with("WRONG  house rules") && out.contains(line)),
            "{doctor:?}"
        );
    }
}

#[test]
fn a_case_that_does_not_exist_is_said() {
    let folder = Folder::new();
    folder.write("caseconsult.toml", COMPLETE);
    refused(&folder, &["show", "CC-00000000"], &[], &["CC-00000000", "no such case"]);
    refused(&folder, &["show", "hello world"], &[], &["no case tag"]);
    refused(&folder, &["approve", "CC-00000000", "--by", "robin"], &[], &["robin", "user list"]);
}
