/** The tables of the example, on a PostgreSQL with pgvector. Vectors are as long as the embedder's. */
export function ragChatTables(dimensions: number): string {
  return `CREATE TABLE doc_chunks (
  id text PRIMARY KEY,
  title text NOT NULL,
  content text NOT NULL,
  link text NOT NULL,
  embedding vector(${dimensions}) NOT NULL
);
ALTER TABLE doc_chunks ALTER COLUMN embedding SET STORAGE PLAIN;
CREATE TABLE chat_history (
  session_id text PRIMARY KEY,
  history_json text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now()
);`
}
