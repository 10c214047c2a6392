//! Which index answers what: SQLite's own word for it.

use super::{Directory, Listing, Window, page, sorted_by, statements};
use crate::store::filter::{Condition, Order};

#[test]
fn show() {
    let directory = Directory::new();
    for filter in [
        "id eq \"a\"",
        "userName eq \"a\"",
        "userName sw \"a\"",
        "externalId eq \"a\"",
        "emails eq \"a\"",
        "emails sw \"a\"",
        "emails[type eq \"work\"].value eq \"a\"",
        "active eq false",
        "active eq true and title eq \"a\"",
        "displayName eq \"a\"",
        "displayName sw \"a\"",
        "meta.lastModified gt \"2026-01-01T00:00:00Z\"",
        "userName eq \"a\" or emails eq \"a\" or externalId eq \"c\" or externalId eq \"d\"",
        "title eq \"a\"",
    ] {
        for statement in statements(&directory.token, filter) {
            println!("{filter}: {:#?}", directory.sqlite.plan(&statement));
        }
        println!("{}", statements(&directory.token, filter)[0].sql);
    }
    let all = Condition::default();
    for (by, direction) in [
        ("userName", "ascending"),
        ("displayName", "ascending"),
        ("displayName", "descending"),
        ("meta.lastModified", "descending"),
        ("title", "ascending"),
        ("id", "descending"),
    ] {
        let order = sorted_by(by, direction);
        let statement = page(
            &directory.token,
            &Listing {
                condition: &all,
                order: &order,
            },
            Window::First { limit: 10 },
        );
        println!("{by} {direction}: {:#?}", directory.sqlite.plan(&statement));
    }
    let statement = page(
        &directory.token,
        &Listing {
            condition: &all,
            order: &Order::default(),
        },
        Window::First { limit: 10 },
    );
    println!("all: {:#?}", directory.sqlite.plan(&statement));
    println!("{}", statement.sql);
}
