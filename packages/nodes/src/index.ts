export { readHistory } from './chat/read-history.ts'
export { chatTrigger } from './chat/trigger/definition.ts'
export type { ConnectionTest, ConnectionTestDetails } from './connection-test.ts'
export { demoConnection } from './demo/connection.ts'
export { streamingChatExample } from './examples/streaming-chat.ts'
export { ifNode } from './flow/if/definition.ts'
export { log } from './flow/log/definition.ts'
export { returnNode } from './flow/return/definition.ts'
export { setVariable } from './flow/set-variable/definition.ts'
export { yieldReturn } from './flow/yield-return/definition.ts'
export { openAiBaseUrl, openAiConnection } from './openai/connection.ts'
export {
  composeMessages,
  contextText,
  defaultPromptTemplate,
} from './openai/chat/compose-messages.ts'
export type { ModelMessage, PromptParts } from './openai/chat/compose-messages.ts'
export { chatCompletion } from './openai/chat-completion/definition.ts'
export { streamingChatCompletion } from './openai/streaming-chat-completion/definition.ts'
export { registry } from './registry.ts'
export type { ResultColumn, SqlResult, Table, TableColumn, TableName } from './sql/database.ts'
export { statementParts } from './sql/statement-parts.ts'
