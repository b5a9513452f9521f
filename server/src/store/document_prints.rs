//! What people print by themselves, and the statements issued so.

use jiban_domain::case::VerifyCode;
use jiban_domain::{HallId, Millis, StatementId, Text};
use jiff::civil::Date;
use sqlx::{QueryBuilder, Sqlite};

use super::rows::unreadable;
use super::statements::{Statements, insert, json};
use super::{Reader, Store, StoreError};
use crate::change::{DocumentPrint, IssuedStatement};

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

pub(super) fn prints(statements: &mut Statements, prints: &[&DocumentPrint]) {
    insert(
        statements,
        "document_prints (id, request, digest, hall, kiosk, day, kind, case_id, statement, \
         person, proof, pages, came_out, state, printer, at, changed_at) ",
        prints,
        " ON CONFLICT (id) DO UPDATE SET came_out = excluded.came_out, state = excluded.state, \
         printer = excluded.printer, changed_at = excluded.changed_at",
        |mut row, print| {
            row.push_bind(print.id)
                .push_bind(print.request.as_bytes().as_slice())
                .push_bind(print.digest.as_slice())
                .push_bind(print.hall.as_str())
                .push_bind(print.kiosk.as_str())
                .push_bind(print.day.to_string())
                .push_bind(print.kind.into_str())
                .push_bind(print.case.map(|case| case.0))
                .push_bind(print.statement.as_ref().map(StatementId::as_str))
                .push_bind(print.person.as_ref().map(<[u8; 32]>::as_slice))
                .push_bind(&print.proof)
                .push_bind(print.pages)
                .push_bind(print.came_out)
                .push_bind(print.state.into_str())
                .push_bind(print.printer.into_str())
                .push_bind(print.at)
                .push_bind(print.changed_at);
        },
    );
}

/// An issued statement with its texts as JSON.
pub(super) struct StatementRow<'c> {
    pub issued: &'c IssuedStatement,
    pub document: String,
    pub issuer: String,
}

pub(super) fn statement_row(issued: &IssuedStatement) -> Result<StatementRow<'_>, StoreError> {
    Ok(StatementRow { issued, document: json(&issued.document)?, issuer: json(&issued.issuer)? })
}

pub(super) fn issued(
    statements: &mut Statements,
    issued: &IssuedStatement,
) -> Result<(), StoreError> {
    let row = statement_row(issued)?;
    insert(
        statements,
        "issued_statements (code, print, statement, document, issuer, issued_on) ",
        &[row],
        "",
        |mut values, row| {
            values
                .push_bind(row.issued.code.0.as_slice())
                .push_bind(row.issued.print)
                .push_bind(row.issued.statement.as_str())
                .push_bind(&row.document)
                .push_bind(&row.issuer)
                .push_bind(row.issued.issued_on.to_string());
        },
    );
    Ok(())
}

/// What anyone is told of a document by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifiable {
    /// The matter of a case's result; a statement has none.
    pub matter: Option<Text>,
    pub document: Text,
    pub issuer: Text,
    /// `YYYY-MM-DD`.
    pub issued_on: String,
    /// `YYYY-MM-DD`, if it was revoked.
    pub revoked_on: Option<String>,
}

/// How much was printed in a while: by kind, and whether it came out.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PrintFigure {
    pub hall: String,
    pub kind: String,
    pub statement: Option<String>,
    pub state: String,
    pub documents: i64,
    pub pages: i64,
}

impl Reader {
    /// An issued statement by its code.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn issued_statement(
        &self,
        code: VerifyCode,
    ) -> Result<Option<Verifiable>, StoreError> {
        let found: Option<(String, String, String)> = sqlx::query_as(
            "SELECT document, issuer, issued_on FROM issued_statements WHERE code = $1",
        )
        .bind(code.0.as_slice())
        .fetch_optional(&self.pool)
        .await?;
        let Some((document, issuer, issued_on)) = found else { return Ok(None) };
        let text = |json: &str| {
            serde_json::from_str(json)
                .map_err(|error| unreadable(&format!("issued_statements: {error}")))
        };
        Ok(Some(Verifiable {
            matter: None,
            document: text(&document)?,
            issuer: text(&issuer)?,
            issued_on,
            revoked_on: None,
        }))
    }

    /// What people printed by themselves, from one day to another; in these halls, or in all.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn print_figures(
        &self,
        halls: &[HallId],
        (from, to): (Date, Date),
    ) -> Result<Vec<PrintFigure>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT hall, kind, statement, state, COUNT(*) AS documents, \
             SUM(came_out) AS pages FROM document_prints WHERE day BETWEEN ",
        );
        query.push_bind(from.to_string()).push(" AND ").push_bind(to.to_string());
        if !halls.is_empty() {
            query.push(" AND hall IN (");
            let mut list = query.separated(", ");
            for hall in halls {
                list.push_bind(hall.as_str());
            }
            query.push(")");
        }
        query.push(" GROUP BY hall, kind, statement, state ORDER BY kind, hall, statement, state");
        Ok(query.build_query_as().fetch_all(&self.pool).await?)
    }
}

impl Store {
    /// Forgets whose the prints of earlier days were: they are no longer counted.
    pub(super) async fn forget_printing_persons(&mut self, now: Millis) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE document_prints SET person = NULL WHERE person IS NOT NULL AND at < $1",
        )
        .bind(now - 2 * DAY_MS)
        .execute(&mut self.writer)
        .await?;
        Ok(())
    }
}
