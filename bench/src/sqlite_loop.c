/* The bound of issuing: how fast SQLite itself writes the rows of issued tickets.
 *
 *   sqlite_loop SOURCE TARGET TICKETS_PER_COMMIT
 *
 * Reads the tickets, events and requests of SOURCE into memory, then writes them
 * into the empty tables of TARGET: three rows a ticket, statements prepared once,
 * the server's own settings. Prints tickets per second.
 *
 * In C, since the workspace has no unsafe code, and sqlx hands each statement to
 * another thread, which is part of what is measured. */

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TABLES = 3 };

static const struct {
  const char *name, *select;
} tables[TABLES] = {
    {"tickets", "SELECT * FROM tickets ORDER BY id"},
    {"events", "SELECT * FROM events WHERE ticket IS NOT NULL ORDER BY id"},
    /* Request ids are random; in their order they would be written faster. */
    {"requests", "SELECT * FROM requests ORDER BY answer ->> 'id'"},
};

typedef struct {
  int type, length;
  sqlite3_int64 number;
  void *bytes;
} Value;

typedef struct {
  int columns, count;
  Value *values;
} Rows;

static void check(int result, int expected, sqlite3 *database, const char *what) {
  if (result == expected) return;
  fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(database));
  exit(1);
}

static sqlite3 *open(const char *path, int flags) {
  sqlite3 *database;
  check(sqlite3_open_v2(path, &database, flags, NULL), SQLITE_OK, database, path);
  return database;
}

static void run(sqlite3 *database, const char *sql) {
  check(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK, database, sql);
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement;
  int result = sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  check(result, SQLITE_OK, database, sql);
  return statement;
}

static void *allocate(void *memory, size_t size) {
  memory = realloc(memory, size ? size : 1);
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return memory;
}

static Value read_value(sqlite3_stmt *statement, int column) {
  Value value = {.type = sqlite3_column_type(statement, column)};
  if (value.type == SQLITE_INTEGER) value.number = sqlite3_column_int64(statement, column);
  if (value.type == SQLITE_TEXT || value.type == SQLITE_BLOB) {
    const void *bytes = sqlite3_column_blob(statement, column);
    value.length = sqlite3_column_bytes(statement, column);
    value.bytes = allocate(NULL, value.length);
    if (value.length > 0) memcpy(value.bytes, bytes, value.length);
  }
  return value;
}

static Rows read_rows(sqlite3 *database, const char *select) {
  sqlite3_stmt *statement = prepare(database, select);
  Rows rows = {.columns = sqlite3_column_count(statement)};
  int result, capacity = 0;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    if (rows.count == capacity) {
      capacity = capacity ? 2 * capacity : 1024;
      rows.values = allocate(rows.values, sizeof(Value) * capacity * rows.columns);
    }
    Value *row = rows.values + (size_t)rows.count++ * rows.columns;
    for (int column = 0; column < rows.columns; column++) row[column] = read_value(statement, column);
  }
  check(result, SQLITE_DONE, database, select);
  sqlite3_finalize(statement);
  return rows;
}

static sqlite3_stmt *prepare_insert(sqlite3 *database, const char *table, int columns) {
  char sql[256];
  int length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
  for (int column = 1; column < columns; column++)
    length += snprintf(sql + length, sizeof sql - length, ", ?");
  snprintf(sql + length, sizeof sql - length, ")");
  return prepare(database, sql);
}

static void write_row(sqlite3 *database, sqlite3_stmt *insert, const Rows *rows, int at) {
  const Value *row = rows->values + (size_t)at * rows->columns;
  for (int column = 0; column < rows->columns; column++) {
    const Value *value = row + column;
    int result = SQLITE_OK;
    switch (value->type) {
    case SQLITE_INTEGER: result = sqlite3_bind_int64(insert, column + 1, value->number); break;
    case SQLITE_TEXT:
      result = sqlite3_bind_text(insert, column + 1, value->bytes, value->length, SQLITE_STATIC);
      break;
    case SQLITE_BLOB:
      result = sqlite3_bind_blob(insert, column + 1, value->bytes, value->length, SQLITE_STATIC);
      break;
    default: result = sqlite3_bind_null(insert, column + 1);
    }
    check(result, SQLITE_OK, database, "bind");
  }
  check(sqlite3_step(insert), SQLITE_DONE, database, "insert");
  sqlite3_reset(insert);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  int per_commit = count == 4 ? atoi(arguments[3]) : 0;
  if (per_commit < 1) {
    fputs("sqlite_loop SOURCE TARGET TICKETS_PER_COMMIT\n", stderr);
    return 2;
  }
  sqlite3 *source = open(arguments[1], SQLITE_OPEN_READWRITE);
  sqlite3 *target = open(arguments[2], SQLITE_OPEN_READWRITE);
  /* As in Store::open. */
  run(target, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
              "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");
  Rows rows[TABLES];
  sqlite3_stmt *inserts[TABLES];
  for (int table = 0; table < TABLES; table++) {
    rows[table] = read_rows(source, tables[table].select);
    inserts[table] = prepare_insert(target, tables[table].name, rows[table].columns);
    if (rows[table].count != rows[0].count) {
      fprintf(stderr, "%d tickets, %d %s\n", rows[0].count, rows[table].count, tables[table].name);
      return 1;
    }
  }
  sqlite3_close(source);

  sqlite3_stmt *begin = prepare(target, "BEGIN IMMEDIATE"), *commit = prepare(target, "COMMIT");
  int tickets = rows[0].count;
  double begun = seconds();
  for (int first = 0; first < tickets; first += per_commit) {
    int end = first + per_commit < tickets ? first + per_commit : tickets;
    check(sqlite3_step(begin), SQLITE_DONE, target, "begin");
    sqlite3_reset(begin);
    for (int at = first; at < end; at++)
      for (int table = 0; table < TABLES; table++)
        write_row(target, inserts[table], &rows[table], at);
    check(sqlite3_step(commit), SQLITE_DONE, target, "commit");
    sqlite3_reset(commit);
  }
  printf("%f\n", tickets / (seconds() - begun));
  return 0;
}
