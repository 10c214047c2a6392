//! The whole authorisation in SQL: who is refused makes no statement read or write anything of what was asked for.
//!
//! Invariant: [`Admission::gate`] is true exactly where [`Access::authorize`] lets the caller in. Rust says why somebody
//! is refused, the statement sees to it that nothing came of it until then: not a row more is read for what exists than
//! for what does not, and nothing is kept for a caller who turns out to be none.

use crate::directory::access::{Access, Purpose};
use crate::directory::company::Rows;
use crate::directory::company::plan::{Entitlement, Plan};
use crate::directory::id::ConnectionId;
use crate::directory::time::Timestamp;
use crate::store::caller::IdentityProvider;
use crate::store::companies::{self, CompanyRow};
use crate::store::connections::{self, ConnectionRow};
use crate::store::error::StoreError;
use crate::store::filter::Bindings;
use crate::store::statement::{Outcome, Statement, side_by_side};
use crate::store::tokens::{self, TokenRow};

/// Somebody who asks for something, at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Admission<'a> {
    caller: &'a IdentityProvider,
    purpose: Purpose,
    now: Timestamp,
    /// The version of the rules under which what is remembered lets the caller in. While it is that of the company, the
    /// rest need not be read again: `rules_version` grows with whatever an access rests on.
    rules: Option<i64>,
}

/// Rows that are there for a caller who may, and for nobody else.
pub(in crate::store) struct Gate {
    /// What stands behind `FROM`: at most one row. What is read comes behind it, by CROSS JOIN, so that it is looked at
    /// last.
    pub from: String,
    pub condition: String,
}

/// What the three tables are called.
struct Names {
    company: &'static str,
    token: &'static str,
    connection: &'static str,
}

/// How the tables are joined to the company, and what has to be true of them.
struct Joined {
    tokens: String,
    /// Under which the token is looked up.
    hash: String,
    connections: String,
    may: String,
}

/// As the columns of their rows are written.
const IN_LOOK: Names = Names {
    company: "c",
    token: "t",
    connection: "n",
};

/// Beside the tables of a list, which have short names.
const BESIDE: Names = Names {
    company: "known",
    token: "known_token",
    connection: "known_connection",
};

impl<'a> Admission<'a> {
    pub(in crate::store) fn new(
        caller: &'a IdentityProvider,
        purpose: Purpose,
        now: Timestamp,
    ) -> Self {
        let lets_in = |access: &&Access| {
            access
                .authorize(caller.endpoint.as_ref(), purpose, now)
                .is_ok()
        };
        let remembered = caller.remembered.as_ref().filter(lets_in);
        Self {
            caller,
            purpose,
            now,
            rules: remembered.map(|access| access.company.rules_version),
        }
    }

    pub fn caller(&self) -> &'a IdentityProvider {
        self.caller
    }

    /// For a statement that names the company `?1`, as its first parameter.
    pub(in crate::store) fn gate(&self, bindings: &mut Bindings) -> Gate {
        let Names { company, token, .. } = BESIDE;
        let Joined {
            tokens,
            hash,
            connections,
            may,
        } = self.joined(&BESIDE, bindings);
        // Of a token that nobody knows not even the company is read.
        if self.rules.is_none() {
            return Gate {
                from: format!("tokens {token} CROSS JOIN companies {company} {connections}"),
                condition: format!(
                    "{token}.company_id = ?1 AND {token}.hash = {hash} AND {company}.id = ?1 AND {may}"
                ),
            };
        }
        Gate {
            from: format!("companies {company} {tokens} {connections}"),
            condition: format!("{company}.id = ?1 AND {may}"),
        }
    }

    /// The authentication, which is a row of its own, what is read in any case, and what is read of it only for a caller
    /// who may: each finds one row or none. To be taken apart by [`crate::store::statement::taken_apart`].
    pub fn look(&self, in_any_case: &[Statement], reads: &[Statement]) -> Statement {
        let mut bindings = Bindings::default();
        let Joined {
            tokens,
            connections,
            may,
            ..
        } = self.joined(&IN_LOOK, &mut bindings);
        let is_remembered = self.rules.map_or_else(
            || "FALSE".to_owned(),
            |rules| format!("c.rules_version = {}", bindings.name(rules)),
        );
        let access = format!(
            "json_array(c.active_teammates, c.listed_teammates, c.active_admins, c.teammate_rows, c.group_rows, c.kept_bytes, \
             iif(t.hash IS NULL OR c.erased_at IS NOT NULL, NULL, \
             json_array({}, {}, iif(n.id IS NULL, NULL, {}))), {is_remembered}, ({may}) IS TRUE)",
            companies::COLUMNS,
            tokens::COLUMNS,
            connections::COLUMNS,
        );
        let mut statement = bindings.into_statement(String::new());
        let mut texts = vec![access];
        if !in_any_case.is_empty() {
            texts.push(side_by_side(in_any_case, &mut statement.bindings));
        }
        if !reads.is_empty() {
            let reads = side_by_side(reads, &mut statement.bindings);
            texts.push(format!("iif({may}, {reads}, '')"));
        }
        statement.sql = format!(
            "SELECT coalesce((SELECT {} FROM companies c {tokens} {connections} WHERE c.id = ?1), '') AS row",
            texts.join(" || char(30) || ")
        )
        .into();
        statement
    }

    /// The access that a look found.
    pub(in crate::store) fn found(&self, outcome: &Outcome) -> Result<Option<Access>, StoreError> {
        type Anew = (CompanyRow, TokenRow, Option<ConnectionRow>);
        type Row = (u64, u64, u64, u64, u64, u64, Option<Anew>, u8, u8);
        let Some(row) = outcome.decode_first::<Row>()? else {
            return Ok(None);
        };
        let (
            active_teammates,
            listed_teammates,
            active_admins,
            teammates,
            groups,
            kept_bytes,
            anew,
            is_remembered,
            may,
        ) = row;
        let access = match anew {
            Some((company, token, connection)) => Some(Access {
                company: company.into(),
                token: token.into(),
                connection: connection.map(Into::into),
            }),
            None => self
                .caller
                .remembered
                .clone()
                .filter(|_| is_remembered == 1),
        };
        let Some(mut access) = access else {
            return Ok(None);
        };
        // These change with every teammate, and so are never remembered.
        access.company.active_teammates = active_teammates;
        access.company.listed_teammates = listed_teammates;
        access.company.active_admins = active_admins;
        access.company.rows = Rows { teammates, groups };
        access.company.kept_bytes = kept_bytes;
        // Should the two ever differ: who had nothing read has not been let in.
        let is_let_in = access
            .authorize(self.caller.endpoint.as_ref(), self.purpose, self.now)
            .is_ok();
        Ok(Some(access).filter(|_| may == 1 || !is_let_in))
    }

    /// A token that need not be read again is not looked up, nor is a connection where there is no token: `NULL` is
    /// nobody's key.
    fn joined(&self, names: &Names, bindings: &mut Bindings) -> Joined {
        let Names {
            company,
            token,
            connection,
        } = names;
        let id = bindings.name(self.caller.token.company_id.as_str());
        let mut hash = bindings.name(self.caller.token.hash.as_str());
        let endpoint = self.caller.endpoint.as_ref().map(ConnectionId::as_str);
        let endpoint = endpoint.map(|endpoint| bindings.name(endpoint));
        let mut may = self.anew(names, endpoint.as_deref(), bindings);
        if let Some(rules) = self.rules {
            let rules = bindings.name(rules);
            hash = format!("iif({company}.rules_version = {rules}, NULL, {hash})");
            may = format!("({company}.rules_version = {rules} OR ({may}))");
        }
        let connection_id = endpoint.map_or_else(
            || format!("{token}.connection_id"),
            |endpoint| format!("iif({token}.hash IS NULL, NULL, {endpoint})"),
        );
        Joined {
            tokens: format!(
                "LEFT JOIN tokens {token} ON {token}.company_id = {id} AND {token}.hash = {hash}"
            ),
            hash,
            connections: format!(
                "LEFT JOIN connections {connection} ON {connection}.company_id = {id} \
                 AND {connection}.id = {connection_id}"
            ),
            may,
        }
    }

    /// What [`Access::authorize`] says, in its order. The lists are JSON as they are written here, of fixed words.
    fn anew(&self, names: &Names, endpoint: Option<&str>, bindings: &mut Bindings) -> String {
        let Names {
            company,
            token,
            connection,
        } = names;
        let now = bindings.name(self.now.0);
        let lists = |list: &str, word: &str| format!("instr({list}, '\"{word}\"') > 0");
        let entitled = |to: Entitlement| {
            let plans = Plan::ALL.into_iter().filter(|plan| plan.includes(to));
            let plans: Vec<String> = plans.map(|plan| format!("'{}'", plan.as_str())).collect();
            let granted = lists(&format!("{company}.entitlements"), to.as_str());
            format!("({company}.plan IN ({}) OR {granted})", plans.join(", "))
        };
        let mut conditions = vec![
            format!("{token}.hash IS NOT NULL"),
            format!("{company}.erased_at IS NULL"),
            format!("{token}.revoked_at IS NULL"),
            format!("({token}.expires_at IS NULL OR {token}.expires_at > {now})"),
        ];
        if let Some(endpoint) = endpoint {
            conditions.push(format!(
                "{connection}.id IS NOT NULL AND coalesce({token}.connection_id, {endpoint}) = {endpoint}"
            ));
        }
        conditions.push(entitled(Entitlement::Scim));
        conditions.push(format!("coalesce({connection}.paused, 0) = 0"));
        let scopes = self.purpose.scopes().iter();
        let scopes: Vec<String> = scopes
            .map(|scope| lists(&format!("{token}.scopes"), scope.as_str()))
            .collect();
        conditions.push(format!("({})", scopes.join(" OR ")));
        conditions.extend(self.purpose.entitlement().map(entitled));
        if self.purpose.needs_group_sync() {
            conditions.push(format!("{company}.group_sync_enabled <> 0"));
        }
        conditions.join(" AND ")
    }
}
