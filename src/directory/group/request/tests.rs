use super::*;
use crate::directory::fixtures::{NOW, company};
use crate::directory::group::Adopted;
use crate::directory::group::fixtures::{found, ids, linked, support};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::fold::NameKey;
use crate::scim::group::{Assigned, ExtensionChange, MemberTest, TextChange};
use crate::typed::read;
use serde_json::to_string;

fn id() -> GroupId {
    GroupId::named("grp_support")
}

fn body(members: Option<&[&str]>) -> GroupBody {
    GroupBody {
        display_name: " SUPPORT".into(),
        external_id: Some("8aa1".into()),
        description: TextChange::Keep,
        extensions: Object::new(),
        members: members.map(ids),
    }
}

/// A selection that says nothing.
fn everybody() -> Selection {
    Selection::And(Vec::new())
}

fn requests() -> Vec<Request> {
    let conditional = Preconditions::parse(Some("W/\"7\""), None);
    let change = GroupChange {
        display_name: Some("Support II".into()),
        external_id: TextChange::Clear,
        description: TextChange::Set("d".into()),
        extensions: ExtensionChange::default(),
        members: MemberChange::Delta {
            add: ids(&["tea_1"]),
            remove: ids(&["tea_2"]),
        },
        passing_members: ids(&["tea_3"]),
        to_end: 1,
        steps: Vec::new(),
        refusal: Some(ScimError::invalid_value("no")),
        must_be_members: [],
    };
    vec![
        Request::Provision(Provision::Create {
            body: body(Some(&["tea_1"])),
            new_id: id(),
        }),
        Request::Provision(Provision::Replace {
            id: id(),
            body: body(None),
            preconditions: conditional.clone(),
        }),
        Request::Provision(Provision::Update {
            id: id(),
            change: Box::new(change),
            preconditions: conditional,
        }),
        Request::Provision(Provision::patch(
            id(),
            GroupChange {
                display_name: Some("Support II".into()),
                steps: vec![
                    MemberStep::Add(ids(&["tea_1"])),
                    MemberStep::Remove(ids(&["tea_2"])),
                    MemberStep::Assign(
                        Selection::Or(vec![Selection::Not(Box::new(Selection::Test(
                            MemberTest::Among(ids(&["tea_3"])),
                        )))]),
                        Assigned {
                            id: None,
                            otherwise: Ok("tea_4".into()),
                        },
                    ),
                    MemberStep::Assign(
                        everybody(),
                        Assigned {
                            id: Some("tea_5".into()),
                            otherwise: Err(ScimError::no_target("nobody")),
                        },
                    ),
                    MemberStep::RemoveAll,
                    MemberStep::Set(ids(&["tea_6"])),
                ],
                ..GroupChange::default()
            },
            Preconditions::default(),
        )),
        Request::Provision(Provision::Remove {
            id: id(),
            preconditions: Preconditions::default(),
        }),
        Request::Administer(Administer::Create {
            new: NewGroup {
                display_name: "Support".into(),
                description: None,
                members: ids(&["tea_1", "tea_2"]),
            },
            new_id: id(),
        }),
        Request::Administer(Administer::Edit {
            id: id(),
            edit: GroupEdit {
                display_name: None,
                description: TextChange::Clear,
            },
        }),
        Request::Administer(Administer::ChangeMembers {
            id: id(),
            change: MemberChange::All(ids(&["tea_9"])),
        }),
        Request::Administer(Administer::DropUnconfirmed {
            id: id(),
            ids: Some(ids(&["tea_1"])),
        }),
        Request::Administer(Administer::Delete { id: id() }),
        Request::Administer(Administer::Restore { id: id() }),
        Request::Administer(Administer::UndoAdoption { id: id() }),
    ]
}

#[test]
fn a_request_arrives_as_it_was_sent() {
    for request in requests() {
        let sent = to_string(&request).expect("rendered");
        assert_eq!(
            read::<Request>(sent.clone()).expect("read"),
            request,
            "{sent}"
        );
    }
}

#[test]
fn a_request_tells_what_has_to_be_known_for_it() {
    let known = Group {
        before_adoption: Some(Adopted {
            display_name: "Helpers".into(),
            external_id: None,
            description: None,
            attributes: Object::new(),
        }),
        ..linked()
    };
    let told: Vec<_> = requests()
        .iter()
        .map(|request| {
            (
                request.target().is_some(),
                request.wanted_name(None),
                request.wanted_name(Some(&known)),
                Vec::from_iter(request.named().into_owned()).join(" "),
                request.is_conditional(),
            )
        })
        .collect();
    let told: Vec<_> = told
        .iter()
        .map(|(target, name, known_name, named, conditional)| {
            (
                *target,
                name.as_ref().map(NameKey::folded),
                known_name.as_ref().map(NameKey::folded),
                named.as_str(),
                *conditional,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (false, Some("support"), Some("support"), "tea_1", false),
            (true, Some("support"), Some("support"), "", true),
            (
                true,
                Some("support ii"),
                Some("support ii"),
                "tea_1 tea_3",
                true
            ),
            (
                true,
                Some("support ii"),
                Some("support ii"),
                "tea_1 tea_4 tea_6",
                true
            ),
            (true, None, None, "", false),
            (
                false,
                Some("support"),
                Some("support"),
                "tea_1 tea_2",
                false
            ),
            (true, None, None, "", false),
            (true, None, None, "tea_9", false),
            (true, None, None, "", false),
            (true, None, None, "", false),
            (true, None, Some("support"), "", false),
            (true, None, Some("helpers"), "", false),
        ]
    );
}

#[test]
fn a_request_is_decided_under_the_companys_settings() {
    let mut settings = company().settings;
    let delete = Request::Administer(Administer::Delete { id: id() });
    settings.group_sync_enabled = true;
    assert!(matches!(
        delete.decide(&settings, &found(linked()), NOW),
        Err(Refusal::GroupIsIdpManaged { .. })
    ));
    assert!(matches!(
        delete.decide(&settings, &found(support()), NOW),
        Ok(Decision::Change(_))
    ));
}

#[test]
fn an_id_without_end_is_refused_wherever_it_stands() {
    let longest = "x".repeat(200);
    let endless = "x".repeat(201);
    let of = |id: &str| {
        let one = || ids(&[id]);
        let update = |change| {
            let preconditions = Preconditions::default();
            Request::Provision(Provision::patch(self::id(), change, preconditions))
        };
        let members = |change| {
            update(GroupChange {
                members: change,
                ..GroupChange::default()
            })
        };
        vec![
            members(MemberChange::All(one())),
            members(MemberChange::Delta {
                add: one(),
                remove: BTreeSet::new(),
            }),
            members(MemberChange::Delta {
                add: BTreeSet::new(),
                remove: one(),
            }),
            update(GroupChange {
                steps: vec![
                    MemberStep::RemoveSelected(everybody()),
                    MemberStep::Remove(one()),
                ],
                ..GroupChange::default()
            }),
            update(GroupChange {
                steps: vec![
                    MemberStep::Add(one()),
                    MemberStep::RemoveSelected(everybody()),
                ],
                ..GroupChange::default()
            }),
            update(GroupChange {
                passing_members: one(),
                ..GroupChange::default()
            }),
            Request::Administer(Administer::DropUnconfirmed {
                id: self::id(),
                ids: Some(one()),
            }),
        ]
    };
    for request in of(&longest) {
        assert_eq!(request.refuse_excess(), Ok(()), "{request:?}");
    }
    for request in of(&endless) {
        let refusal = request.refuse_excess().expect_err("no id is that long");
        assert!(matches!(refusal, Refusal::UnknownMembers { .. }));
        assert!(refusal.to_string().len() < 1_000);
    }
}

#[test]
fn a_request_brings_so_many_members_and_no_more() {
    let of = |count: usize| {
        Request::Administer(Administer::ChangeMembers {
            id: id(),
            change: MemberChange::All((0..count).map(|number| format!("tea_{number}")).collect()),
        })
    };
    assert_eq!(of(200_000).refuse_excess(), Ok(()));
    assert_eq!(
        of(200_001).refuse_excess(),
        Err(Refusal::Scim(ScimError::invalid_value(
            "200001 members are named; one request takes at most 200000. Add or remove them in several \
             requests; nothing was changed."
        )))
    );
}

#[test]
fn ids_that_take_more_than_five_lists_are_refused() {
    let of = |id: &str, count: usize| {
        let padded = |number| format!("{id}{number:0>8}");
        Request::Administer(Administer::ChangeMembers {
            id: self::id(),
            change: MemberChange::All((0..count).map(padded).collect()),
        })
    };
    assert_eq!(
        of("tea_0123456789abcdefgh", 200_000).refuse_excess(),
        Ok(())
    );
    for (id, count) in [("x".repeat(180), 50_000), ("\u{1}".repeat(180), 9_000)] {
        let refusal = of(&id, count)
            .refuse_excess()
            .expect_err("too much for five lists");
        assert!(
            refusal
                .to_string()
                .contains("The ids of the members have 9"),
            "{refusal}"
        );
    }
}

#[test]
fn a_text_is_measured_as_json_has_it() {
    for text in ["tea_1", "", "a\"b\\c", "\u{1}\n\u{7f}", "é👩\u{200d}🚀"] {
        let json = serde_json::to_string(text).expect("a text");
        assert!(bytes_in_json(text) >= json.len(), "{json}");
        if !text.contains(char::is_control) {
            assert_eq!(bytes_in_json(text), json.len());
        }
    }
}
