import { createRegistry, type Registry } from '@millrace/flow'
import { historyTruncationReducer } from './chat/history-truncation-reducer/definition.ts'
import { feedbackTrigger } from './chat/feedback-trigger/definition.ts'
import { chatTrigger } from './chat/trigger/definition.ts'
import { demoConnection } from './demo/connection.ts'
import { breakNode } from './flow/break/definition.ts'
import { continueNode } from './flow/continue/definition.ts'
import { forEach } from './flow/for-each/definition.ts'
import { functionNode } from './flow/function/definition.ts'
import { ifElse } from './flow/if-else/definition.ts'
import { throwNode } from './flow/throw/definition.ts'
import { tryCatch } from './flow/try-catch/definition.ts'
import { waitNode } from './flow/wait/definition.ts'
import { whileNode } from './flow/while/definition.ts'
import { yieldBreak } from './flow/yield-break/definition.ts'
import { ifNode } from './flow/if/definition.ts'
import { log } from './flow/log/definition.ts'
import { runFlowNode } from './flow/run-flow/definition.ts'
import { returnNode } from './flow/return/definition.ts'
import { setVariable } from './flow/set-variable/definition.ts'
import { flowTrigger } from './flow/trigger/definition.ts'
import { yieldReturn } from './flow/yield-return/definition.ts'
import { httpConnection } from './http/connection.ts'
import { httpRequest } from './http/request/definition.ts'
import { httpTrigger } from './http/trigger/definition.ts'
import { chatCompletion } from './openai/chat-completion/definition.ts'
import { openAiConnection } from './openai/connection.ts'
import { generateEmbedding } from './openai/generate-embedding/definition.ts'
import { textEmbedder } from './openai/text-embedder/definition.ts'
import { postgresConnection } from './postgres/connection.ts'
import { embeddedPostgresConnection } from './postgres/embedded-connection.ts'
import { saveVectors } from './postgres/save-vectors/definition.ts'
import { searchVectors } from './postgres/search-vectors/definition.ts'
import { postgres } from './postgres/system.ts'
import { sqlNodes } from './sql/sql-nodes.ts'
import { sqlServerConnection } from './sqlserver/connection.ts'
import { sqlServer } from './sqlserver/system.ts'
import { toolTrigger } from './mcp/tool-trigger/definition.ts'
import { scheduleTrigger } from './schedule/trigger/definition.ts'
import { splitText } from './text/split/definition.ts'
import { textSplitter } from './text/splitter/definition.ts'
import { streamingChatCompletion } from './openai/streaming-chat-completion/definition.ts'

/** All nodes and connections that Millrace comes with, in the order of the palette. */
export const registry: Registry = createRegistry({
  nodes: [
    chatTrigger,
    httpTrigger,
    flowTrigger,
    scheduleTrigger,
    toolTrigger,
    feedbackTrigger,
    streamingChatCompletion,
    chatCompletion,
    yieldReturn,
    returnNode,
    yieldBreak,
    ifNode,
    ifElse,
    forEach,
    whileNode,
    breakNode,
    continueNode,
    tryCatch,
    throwNode,
    waitNode,
    setVariable,
    functionNode,
    runFlowNode,
    log,
    historyTruncationReducer,
    generateEmbedding,
    textEmbedder,
    splitText,
    textSplitter,
    searchVectors,
    saveVectors,
    httpRequest,
    ...sqlNodes(postgres),
    ...sqlNodes(sqlServer),
  ],
  connections: [
    openAiConnection,
    demoConnection,
    postgresConnection,
    embeddedPostgresConnection,
    sqlServerConnection,
    httpConnection,
  ],
})
