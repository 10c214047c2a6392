//! Which index answers what: SQLite's own word for it.

use super::{
    COLUMNS, Directory, Listing, ShownRows, Window, condition, count, page, sorted_by, whole,
};
use crate::directory::group::Group;
use crate::directory::id::GroupId;
use crate::store::filter::{Condition, Order};
use crate::store::groups::whole::MemberPosition;
use crate::store::list::Entry as _;
use crate::store::statement::Statement;

const BY_ID: &str = "SEARCH g USING PRIMARY KEY (company_id=? AND id=?)";

/// How tables are reached: the index and how much of it. Nothing is gone through from end to end.
fn access(directory: &Directory, statement: &Statement) -> Vec<String> {
    let plan = directory.sqlite.plan(statement);
    let scanned = ["SCAN g", "SCAN o", "SCAN m", "SCAN u"];
    assert!(
        !plan
            .iter()
            .any(|step| scanned.iter().any(|scan| step.starts_with(scan))),
        "{plan:#?}"
    );
    let reached = ["SEARCH g ", "SEARCH o ", "SEARCH m ", "SEARCH u "];
    plan.into_iter()
        .filter(|step| reached.iter().any(|reached| step.starts_with(reached)))
        .map(|step| step.replace("COVERING ", ""))
        .collect()
}

#[test]
fn each_indexed_attribute_is_answered_by_its_index() {
    let directory = Directory::new(Vec::new());
    let of_members = [
        "SEARCH m USING PRIMARY KEY (company_id=? AND group_id=?)",
        "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)",
    ];
    for (filter, expected) in [
        ("id eq \"a\"", vec![BY_ID]),
        (
            "displayName eq \"a\"",
            vec!["SEARCH g USING INDEX groups_name (company_id=? AND display_name_folded=?)"],
        ),
        (
            "displayName sw \"a\"",
            vec![
                "SEARCH g USING INDEX groups_name (company_id=? AND display_name_folded>? AND display_name_folded<?)",
            ],
        ),
        (
            "externalId eq \"a\"",
            vec!["SEARCH g USING INDEX groups_external_id (company_id=? AND external_id=?)"],
        ),
        (
            "members.value eq \"a\"",
            vec![
                "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)",
                "SEARCH o USING INDEX memberships_of_teammate (company_id=? AND teammate_id=?)",
                BY_ID,
            ],
        ),
        (
            "members[value eq \"a\"]",
            vec![
                "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)",
                "SEARCH o USING INDEX memberships_of_teammate (company_id=? AND teammate_id=?)",
                BY_ID,
                "SEARCH m USING PRIMARY KEY (company_id=? AND group_id=? AND teammate_id=?)",
                "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)",
            ],
        ),
        (
            "displayName eq \"a\" or externalId eq \"b\" or id eq \"c\" or members eq \"d\"",
            vec![
                BY_ID,
                "SEARCH o USING PRIMARY KEY (company_id=? AND id=?)",
                "SEARCH o USING INDEX groups_name (company_id=? AND display_name_folded=?)",
                "SEARCH o USING INDEX groups_external_id (company_id=? AND external_id=?)",
                "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)",
                "SEARCH o USING INDEX memberships_of_teammate (company_id=? AND teammate_id=?)",
                "SEARCH m USING PRIMARY KEY (company_id=? AND group_id=? AND teammate_id=?)",
                "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)",
            ],
        ),
        (
            "members.display eq \"a\"",
            [
                vec!["SEARCH g USING PRIMARY KEY (company_id=?)"],
                of_members.to_vec(),
            ]
            .concat(),
        ),
    ] {
        let condition = condition(filter);
        assert_eq!(
            access(&directory, &count(&directory.admission(), &condition)),
            expected,
            "{filter}"
        );
    }
}

#[test]
fn a_page_walks_its_index_and_each_group_its_members() {
    let directory = Directory::new(Vec::new());
    let all = Condition::all(Group::TABLE);
    let of_group = [
        BY_ID,
        "SEARCH m USING PRIMARY KEY (company_id=? AND group_id=? AND teammate_id>?)",
        "SEARCH u USING PRIMARY KEY (company_id=? AND id=?)",
    ];
    for (order, window, keys) in [
        (
            Order::default(),
            Window::First { limit: 10 },
            "SEARCH g USING INDEX groups_listed (company_id=?)",
        ),
        (
            Order::default(),
            Window::After { id: "a", limit: 10 },
            "SEARCH g USING INDEX groups_listed (company_id=? AND id>?)",
        ),
        (
            sorted_by("displayName", "descending"),
            Window::First { limit: 10 },
            "SEARCH g USING INDEX groups_name (company_id=?)",
        ),
    ] {
        let listing = Listing {
            condition: &all,
            order: &order,
        };
        let bare = page(&directory.admission(), &listing, window, COLUMNS);
        assert_eq!(access(&directory, &bare), [keys, BY_ID]);
        assert!(!sorts(&directory, &bare));
        let whole = whole::page(
            &directory.admission(),
            &listing,
            window,
            ShownRows::First(10),
        );
        assert_eq!(
            access(&directory, &whole),
            [&[keys], &of_group[..]].concat()
        );
        assert!(!sorts(&directory, &whole));
    }
    let ids = [GroupId::named("a")];
    let on = whole::from(&directory.admission(), &ids, &MemberPosition::default());
    assert_eq!(access(&directory, &on), of_group);
    let members = whole::members(&directory.admission(), &ids[0], &[]);
    assert_eq!(access(&directory, &members), of_group[1..]);
}

fn sorts(directory: &Directory, statement: &Statement) -> bool {
    let plan = directory.sqlite.plan(statement);
    plan.iter().any(|step| step.contains("TEMP B-TREE"))
}
