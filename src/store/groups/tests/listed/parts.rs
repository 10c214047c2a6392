//! Members in parts: where each ends, and that together they are all.

use super::{Directory, Listing, Made, ShownRows, Window, condition, whole};
use crate::directory::group::Group;
use crate::directory::id::GroupId;
use crate::scim::Object;
use crate::store::filter::{Condition, Order};
use crate::store::groups::whole::{MemberPosition, MemberRow};
use crate::store::list::Entry as _;
use crate::store::statement::Outcome;

fn group(name: &str, members: impl IntoIterator<Item = usize>) -> Made {
    Made {
        display_name: name.to_owned(),
        external_id: None,
        description: None,
        attributes: Object::new(),
        is_active: true,
        version: 1,
        moments: (0, 0),
        members: members.into_iter().map(|number| (number, "idp")).collect(),
    }
}

/// Groups of these sizes, of people with names of so many characters.
fn of(sizes: &[usize], length: usize) -> Directory {
    let most = sizes.iter().copied().max().unwrap_or_default();
    let mut directory = Directory::new(vec![(Some("é".repeat(length)), true); most]);
    for (number, size) in sizes.iter().enumerate() {
        directory.add(group(&format!("Group {number}"), 0..*size));
    }
    directory
}

/// The size of each step of a page, and the rows as they came.
fn steps(
    directory: &Directory,
    window: Window,
    shown: ShownRows,
) -> (Vec<(usize, usize)>, Outcome) {
    let (condition, order) = (Condition::all(Group::TABLE), Order::default());
    let listing = Listing {
        condition: &condition,
        order: &order,
    };
    let mut outcome = directory.sqlite.run(&whole::page(
        &directory.admission(),
        &listing,
        window,
        shown,
    ));
    outcome.rows.remove(0);
    let mut begun = None;
    let sizes = outcome.rows.iter().map(|row| {
        let part = whole::part(row).expect("a part");
        let begins = begun.replace(part.place) != Some(part.place);
        assert_eq!(part.group.is_some(), begins);
        (part.place, part.members.len())
    });
    (sizes.collect(), outcome)
}

const FIRST: Window = Window::First { limit: 10 };

#[test]
fn a_step_holds_a_thousand_members() {
    let directory = of(&[0, 999, 1_000, 2_001], 1);
    let (steps, _) = steps(&directory, FIRST, ShownRows::First(10));
    assert_eq!(
        steps,
        [
            (0, 0),
            (1, 999),
            (2, 1_000),
            (2, 0),
            (3, 1_000),
            (3, 1_000),
            (3, 1)
        ]
    );
}

#[test]
fn only_what_is_shown_is_gone_through() {
    let directory = of(&[1, 2, 3, 4], 1);
    let of = |window, shown| steps(&directory, window, shown).0;
    let first = Window::First { limit: 3 };
    assert_eq!(of(first, ShownRows::First(2)), [(0, 1), (1, 2)]);
    assert_eq!(of(first, ShownRows::First(0)), []);
    // Those before the last, and one more: in ascending order all the same.
    let before = Window::Before {
        id: "grp_0003",
        limit: 3,
    };
    assert_eq!(of(before, ShownRows::Last(2)), [(1, 2), (2, 3)]);
    let before = Window::Before {
        id: "grp_0001",
        limit: 3,
    };
    assert_eq!(of(before, ShownRows::Last(2)), [(0, 1)]);
}

#[test]
fn a_read_is_bounded_in_bytes_and_goes_on_where_it_ended() {
    // Names are cut to 256 characters; a step of them is some 560 KB, and far below the 2 MB of a value.
    let sizes = [8_000, 3, 10_500];
    let directory = of(&sizes, 300);
    let (mut steps, outcome) = steps(&directory, FIRST, ShownRows::First(10));
    let bytes: usize = outcome.rows.iter().map(String::len).sum();
    assert!(outcome.rows.iter().all(|row| row.len() < 600_000));
    assert!((8 << 20..9 << 20).contains(&bytes), "{bytes}");
    assert!(steps.len() < 21);

    let ids: Vec<GroupId> = (0..3)
        .map(|number| GroupId::named(format!("grp_{number:04}")))
        .collect();
    let mut last = whole::part(outcome.rows.last().expect("a row")).expect("a part");
    let mut reads = 0;
    while last.next().place < ids.len() {
        let read = whole::from(&directory.admission(), &ids, &last.next());
        for row in directory.sqlite.run(&read).rows {
            last = whole::part(&row).expect("a part");
            steps.push((last.place, last.members.len()));
        }
        reads += 1;
    }
    assert_eq!(reads, 1);
    for (place, size) in sizes.into_iter().enumerate() {
        let found: usize = steps
            .iter()
            .filter(|step| step.0 == place)
            .map(|step| step.1)
            .sum();
        assert_eq!(found, size);
    }
    assert_eq!(
        last.next(),
        MemberPosition {
            place: 3,
            after: String::new()
        }
    );
}

#[test]
fn the_members_of_one_group_are_read_for_a_known_token_and_an_unknown_version() {
    let mut directory = of(&[2], 1);
    let id = GroupId::named("grp_0000");
    let found = |directory: &Directory, versions: &[i64]| {
        let read = whole::members(&directory.admission(), &id, versions);
        let rows = directory.sqlite.run(&read).rows;
        rows.iter()
            .flat_map(|row| whole::part(row).expect("a part").members)
            .collect::<Vec<_>>()
    };
    let member = |number: usize| MemberRow(format!("tea_{number:06}"), Some("é".to_owned()));
    assert_eq!(found(&directory, &[]), [member(0), member(1)]);
    assert_eq!(found(&directory, &[2, 3]), [member(0), member(1)]);
    assert_eq!(found(&directory, &[2, 1]), []);
    directory.caller.token.hash = "unknown".to_owned();
    assert_eq!(found(&directory, &[]), []);
    let rest = whole::from(&directory.admission(), &[id], &MemberPosition::default());
    assert_eq!(directory.sqlite.run(&rest).rows, Vec::<String>::new());
    let all = (Condition::all(Group::TABLE), Order::default());
    let listing = Listing {
        condition: &all.0,
        order: &all.1,
    };
    assert_eq!(
        directory.whole(&listing, FIRST, ShownRows::First(9)),
        (vec![], vec![])
    );
    assert_eq!(directory.count(&condition("members pr")), 0);
}
