import type { FlowNode } from '@millrace/flow'

/** The variable that holds what a client of an example asked. */
export const chatRequest = 'chatCompletionRequest'

/** A table with the history of each session, as JSON text. */
interface HistoryTable {
  readonly system: 'postgres' | 'sqlserver'
  /** Left to choose when it is not given. */
  readonly connection?: string
  readonly table: string
  readonly sessionColumn: string
  readonly historyColumn: string
}

/** The one in the embedded database of every server. */
export const embeddedHistory: HistoryTable = {
  system: 'postgres',
  connection: 'embedded-postgres',
  table: 'chat_history',
  sessionColumn: 'session_id',
  historyColumn: 'history_json',
}

/** One in a SQL Server, whose connection is left to choose. */
export const sqlServerHistory: HistoryTable = {
  system: 'sqlserver',
  table: 'dbo.ChatHistory',
  sessionColumn: 'SessionId',
  historyColumn: 'HistoryJson',
}

const sessionId = { $ref: `${chatRequest}.sessionId` }

/**
 * Reads the stored history of a session into the variable `storedHistory`. What was saved without a
 * session belongs to nobody, and is never read.
 */
export function getHistory(history: HistoryTable): FlowNode {
  const { system, table, sessionColumn, historyColumn } = history
  return {
    id: 'getHistory',
    type: `${system}.getSingleValue`,
    title: 'Get chat history',
    properties: {
      ...connectionOf(history),
      sqlExpressionAndParameters: {
        statement: `SELECT ${historyColumn} FROM ${table} WHERE ${sessionColumn} = @SessionId AND @SessionId <> ''`,
        parameters: [{ name: 'SessionId', type: 'text', value: sessionId }],
      },
      resultVariable: 'storedHistory',
      resultType: 'text',
    },
  }
}

/** A client that sends its own history is answered from that. */
export const historyOfClientOrTable = {
  $expr: `${chatRequest}.history.size() > 0 ? ${chatRequest}.history : storedHistory`,
}

/** Stores the history with the newest question and answer, of the variable `response`. */
export function saveHistory(history: HistoryTable): FlowNode {
  const { system, table, sessionColumn, historyColumn } = history
  return {
    id: 'saveHistory',
    type: `${system}.upsertRow`,
    title: 'Save chat history',
    properties: {
      ...connectionOf(history),
      tableName: table,
      columnValueMapping: [
        { column: sessionColumn, type: 'auto', key: true, value: sessionId },
        { column: historyColumn, type: 'auto', value: { $ref: 'response.historyJson' } },
      ],
    },
  }
}

function connectionOf({ connection }: HistoryTable): { readonly connection?: string } {
  return connection === undefined ? {} : { connection }
}
