import type { Implementation } from '@millrace/engine'
import { provideHistoryTruncationReducer } from './chat/history-truncation-reducer/run.ts'
import { runFeedbackTrigger } from './chat/feedback-trigger/run.ts'
import { runChatTrigger } from './chat/trigger/run.ts'
import { runBreak } from './flow/break/run.ts'
import { runContinue } from './flow/continue/run.ts'
import { runForEach } from './flow/for-each/run.ts'
import { runFunction } from './flow/function/run.ts'
import { runIfElse } from './flow/if-else/run.ts'
import { runThrow } from './flow/throw/run.ts'
import { runTryCatch } from './flow/try-catch/run.ts'
import { runWait } from './flow/wait/run.ts'
import { runWhile } from './flow/while/run.ts'
import { runYieldBreak } from './flow/yield-break/run.ts'
import { runIf } from './flow/if/run.ts'
import { runLog } from './flow/log/run.ts'
import { runReturn } from './flow/return/run.ts'
import { runRunFlow } from './flow/run-flow/run.ts'
import { runSetVariable } from './flow/set-variable/run.ts'
import { runFlowTrigger } from './flow/trigger/run.ts'
import { runYieldReturn } from './flow/yield-return/run.ts'
import { runHttpRequest } from './http/request/run.ts'
import { runHttpTrigger } from './http/trigger/run.ts'
import { runChatCompletion } from './openai/chat-completion/run.ts'
import { runGenerateEmbedding } from './openai/generate-embedding/run.ts'
import { runStreamingChatCompletion } from './openai/streaming-chat-completion/run.ts'
import { provideTextEmbedder } from './openai/text-embedder/run.ts'
import { runToolTrigger } from './mcp/tool-trigger/run.ts'
import { runScheduleTrigger } from './schedule/trigger/run.ts'
import { runSplitText } from './text/split/run.ts'
import { provideTextSplitter } from './text/splitter/run.ts'
import { registry } from './registry.ts'
import { runSaveVectors } from './postgres/save-vectors/run.ts'
import { runSearchVectors } from './postgres/search-vectors/run.ts'
import { postgres } from './postgres/system.ts'
import { sqlImplementations } from './sql/sql-implementations.server.ts'
import { sqlServer } from './sqlserver/system.ts'

export { connectionKinds } from './connection-kinds.server.ts'
export type { ConnectionKind } from './connection-kinds.server.ts'
export type { ConnectionTest, ConnectionTestDetails } from './connection-test.ts'
export { startDemoModel } from './demo/demo-model.server.ts'
export type { DemoModel } from './demo/demo-model.server.ts'
export { demoModelId } from './demo/demo-models.ts'
export { wrongResult } from './flow/function/wrong-result.ts'
export { createAddressRules, parseAllowHosts } from './http/address-rules.server.ts'
export type { AllowRule } from './http/address-rules.server.ts'
export { EmbeddedPostgres } from './postgres/embedded/embedded-postgres.server.ts'
export type {
  DirectoryLock,
  EmbeddedPostgresOptions,
} from './postgres/embedded/embedded-postgres.server.ts'
export { preparedCluster } from './postgres/embedded/prepared-cluster.server.ts'
export { exchangeOf } from './exchange-of.ts'
export { secretsOf } from './without-secrets.server.ts'
export { createFunctionSandbox } from './sandbox/function-sandbox.server.ts'
export type { OwnedFunctionSandbox } from './sandbox/function-sandbox.server.ts'
export type { SqlDatabase, SqlResult, Table, TableName } from './sql/database.ts'

/** The nodes that Millrace comes with; with `connections`, this module is a node package. */
export const nodes: readonly Implementation[] = [
  runChatTrigger,
  runHttpTrigger,
  runFlowTrigger,
  runScheduleTrigger,
  runToolTrigger,
  runFeedbackTrigger,
  runStreamingChatCompletion,
  runChatCompletion,
  runYieldReturn,
  runReturn,
  runYieldBreak,
  runIf,
  runIfElse,
  runForEach,
  runWhile,
  runBreak,
  runContinue,
  runTryCatch,
  runThrow,
  runWait,
  runSetVariable,
  runFunction,
  runRunFlow,
  runLog,
  provideHistoryTruncationReducer,
  runGenerateEmbedding,
  provideTextEmbedder,
  runSplitText,
  provideTextSplitter,
  runSearchVectors,
  runSaveVectors,
  runHttpRequest,
  ...sqlImplementations(postgres),
  ...sqlImplementations(sqlServer),
]

/** The kinds of connection that Millrace comes with. */
export const connections = [...registry.connections.values()]
