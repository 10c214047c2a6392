use super::*;
use crate::store::list::ShownRows;

fn slice(found: &[(Option<Key>, &str)], next: Option<&str>) -> Slice {
    Slice {
        found: found
            .iter()
            .map(|(key, id)| (key.clone(), (*id).to_owned()))
            .collect(),
        next: next.map(str::to_owned),
    }
}

fn found(window: Window<'_>, is_sorted: bool, is_descending: bool) -> Found<'_> {
    Found {
        window,
        is_descending,
        is_sorted,
        kept: Vec::new(),
        total: 0,
    }
}

#[test]
fn a_page_is_kept_and_the_rest_is_counted() {
    for (window, expected) in [
        (Window::First { limit: 2 }, vec!["a", "b"]),
        (
            Window::Offset {
                offset: 1,
                limit: 2,
            },
            vec!["b", "c"],
        ),
        (
            Window::Offset {
                offset: 9,
                limit: 2,
            },
            vec![],
        ),
        (Window::After { id: "b", limit: 2 }, vec!["c", "d"]),
        (Window::Before { id: "d", limit: 2 }, vec!["b", "c"]),
        (Window::First { limit: 0 }, vec![]),
    ] {
        let mut found = found(window, false, false);
        assert_eq!(
            found.add(slice(&[(None, "a"), (None, "b")], Some("b"))),
            Ok(())
        );
        assert_eq!(found.add(slice(&[(None, "c"), (None, "d")], None)), Ok(()));
        assert_eq!(found.total(), 4);
        assert_eq!(found.into_page(), expected, "{window:?}");
    }
}

#[test]
fn an_order_is_that_of_sqlite() {
    let text = |text: &str| Some(Key::Text(text.to_owned()));
    let rows = [
        (text("b"), "1"),
        (None, "2"),
        (Some(Key::Number(10.0)), "3"),
        (text("a"), "5"),
        (text("a"), "4"),
        (Some(Key::Number(2.5)), "6"),
    ];
    let in_order = |is_descending| {
        let mut found = found(Window::First { limit: 9 }, true, is_descending);
        assert_eq!(found.add(slice(&rows, None)), Ok(()));
        found.into_page()
    };
    assert_eq!(in_order(false), ["6", "3", "4", "5", "1", "2"]);
    assert_eq!(in_order(true), ["2", "1", "5", "4", "3", "6"]);
    let mut page = found(
        Window::Offset {
            offset: 1,
            limit: 2,
        },
        true,
        false,
    );
    assert_eq!(page.add(slice(&rows, None)), Ok(()));
    assert_eq!(page.into_page(), ["3", "4"]);
    assert_eq!(ShownRows::First(1).range(2), 0..1);
}

#[test]
fn more_than_can_be_held_is_not_sorted() {
    let many: Vec<(Option<Key>, &str)> = vec![(None, "a"); MOST_SORTED];
    let mut found = found(Window::First { limit: 1 }, true, false);
    assert_eq!(found.add(slice(&many, Some("a"))), Ok(()));
    assert_eq!(found.add(slice(&[(None, "b")], None)), Err(TooManyToSort));
}
