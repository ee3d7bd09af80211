import type { SqlWords } from '../../sql/testing/sql-under-test.server.ts'

/** How PostgreSQL writes what the contract of all systems needs. */
export const postgresWords: SqlWords = {
  createPeople: 'CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int, note text)',
  createVisits: 'CREATE TABLE visits (person int, day text, hits int DEFAULT 0)',
  drop: (table) => `DROP TABLE IF EXISTS ${table}`,
  numbers: (count) => `SELECT n FROM generate_series(1, ${count}) AS n`,
  longText: (length) => `SELECT repeat('x', ${length})`,
  sleep: (seconds) => `SELECT pg_sleep(${seconds})`,
  mistakeInLine2: 'SELECT name\nFORM people',
}
