import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionSandbox } from '@millrace/engine'
import type { Logger } from 'pino'
import { createAddressLimits } from './access/address-limits.ts'
import { openApiKeys } from './access/api-keys.ts'
import { createCountRequest } from './access/count-request.ts'
import { createPrincipalOf } from './access/create-principal-of.ts'
import { createEditorSession, sessionCookie } from './access/editor-session.ts'
import { keyRoutes } from './access/key-routes.ts'
import { createPasswordSessions } from './access/password-sessions.ts'
import { sessionRoutes } from './access/session-routes.ts'
import { createSqliteKeyStore } from './access/sqlite-key-store.ts'
import { createSqliteSessionStore } from './access/sqlite-session-store.ts'
import { createHasScrapeToken } from './access/scrape-token.ts'
import { createTokenBuckets } from './access/token-buckets.ts'
import { createBuiltInConnections } from './connections/built-in-connections.ts'
import { createConnections } from './connections/connections.ts'
import { connectionRoutes } from './connections/connection-routes.ts'
import { databaseRoutes } from './connections/database-routes.ts'
import { createChatPlans } from './chat/chat-flows.ts'
import { feedbackRoutes } from './chat/feedback-routes.ts'
import { completionRoutes } from './chat/completion-routes.ts'
import { uiMessageRoutes } from './chat/ui-message-routes.ts'
import { createSecretBox } from './connections/secret-box.ts'
import { createSqliteConnectionStore } from './connections/sqlite-connection-store.ts'
import { lockDirectory } from './data-directory/lock.ts'
import { keyFileIn } from './data-directory/secret-key.ts'
import { keepUntilWritten } from './database/keep-until-written.ts'
import { openStore } from './database/open-store.ts'
import { createReadJson } from './database/read-json.ts'
import { createFlowsToRun } from './environments/flows-to-run.ts'
import type { PlanFor, PlanIn } from './environments/plan-for.ts'
import { publicationRoutes } from './environments/publication-routes.ts'
import { createPublishedStates } from './environments/published-states.ts'
import { createSqlitePublicationStore } from './environments/sqlite-publication-store.ts'
import { seedExample } from './flows/seed-example.ts'
import { flowRoutes } from './flows/flow-routes.ts'
import { createPlans } from './flows/plans.ts'
import { createSqliteFlowStore } from './flows/sqlite-flow-store.ts'
import { flowTestRoutes } from './flow-tests/flow-test-routes.ts'
import { createTestOfRun } from './flow-tests/create-test-of-run.ts'
import { createRecordedRuns } from './flow-tests/recorded-runs.ts'
import { createSqliteFlowTestStore } from './flow-tests/sqlite-flow-test-store.ts'
import { functionRoutes } from './functions/function-routes.ts'
import { answerStarting } from './http/answer-starting.ts'
import { leaveBasePath } from './http/base-path.ts'
import { seeThroughProxies } from './http/client-of.ts'
import { createApp } from './http/create-app.ts'
import { createCrossOrigin } from './http/cross-origin.ts'
import { createHeartbeat } from './http/heartbeat.ts'
import { systemRoutes } from './http/system-routes.ts'
import { readTrustedProxies } from './http/trusted-proxies.ts'
import { closeServer, listen } from './listen.ts'
import { createLiveServer } from './live/live-server.ts'
import { mcpRoutes } from './mcp/mcp-routes.ts'
import { noteToolChanges } from './mcp/note-tool-changes.ts'
import { createToolListWatch } from './mcp/tool-list-watch.ts'
import { createTools } from './mcp/tools.ts'
import { settleKeyFile } from './key-rotation/settle-key-file.ts'
import { createMetrics } from './metrics/metrics.ts'
import { metricsRoutes } from './metrics/metrics-routes.ts'
import { createScheduler } from './schedules/create-scheduler.ts'
import { nextStarts } from './schedules/next-starts.ts'
import { scheduleRoutes } from './schedules/schedule-routes.ts'
import { createSqliteScheduleStore } from './schedules/sqlite-schedule-store.ts'
import { loadNodePackages, registryWith } from './node-packages.ts'
import { priceRoutes } from './prices/price-routes.ts'
import { createSqlitePriceStore } from './prices/sqlite-price-store.ts'
import { publicAccessRoutes } from './public-access/public-access-routes.ts'
import { createSqlitePublicAccessStore } from './public-access/sqlite-public-access-store.ts'
import { createVisitors } from './public-access/visitors.ts'
import { createActiveRuns } from './runs/active-runs.ts'
import { createReaders, scheduleByClock } from './runs/readers.ts'
import { againRoutes } from './runs/again-routes.ts'
import { createClientStarts } from './runs/client-starts.ts'
import { createRunLines } from './runs/run-lines.ts'
import { observeTogether } from './runs/run-observer.ts'
import { runExportRoutes } from './runs/run-export-routes.ts'
import { runHistoryRoutes } from './runs/run-history-routes.ts'
import { runRoutes } from './runs/run-routes.ts'
import { createStoredRunLog } from './runs/stored-run-log.ts'
import { wishedRetention } from './runs/wished-retention.ts'
import { createRuntimeLoader } from './runtime.ts'
import { hasCode } from './has-code.ts'
import { createServerLog } from './server-log.ts'
import type { ServerState } from './server-state.ts'
import { isLoopback, isReachedByOthers, type Settings } from './settings.ts'
import { StartError } from './start-error.ts'
import { createConnectionsIn } from './variables/connections-in.ts'
import { createSqliteVariableStore } from './variables/sqlite-variable-store.ts'
import { createVariableProblems } from './variables/variable-problems.ts'
import { variableRoutes } from './variables/variable-routes.ts'
import { createFindVariableUses } from './variables/variable-uses.ts'
import { createVariables } from './variables/variables.ts'

/** A server that answers. */
export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string
  /** The flow to try it with; `undefined` where it was deleted, or never was. */
  readonly exampleId: string | undefined
  /** Drains: starts no more runs, lets those that run go on for a while, stores everything, ends. */
  close(): Promise<void>
}

export interface ServerOptions {
  readonly logger?: Logger
  /** The built editor; beside this package when not given. */
  readonly editorDirectory?: string | undefined
  /** The built chat page and widget; beside this package when not given. */
  readonly chatDirectory?: string | undefined
  /** Opens the log of runs; the one in the data directory when not given. */
  readonly openRunLog?: typeof createStoredRunLog
}

const heartbeatMs = 15_000

/**
 * Starts a server and resolves when it is ready. It listens first and answers 503 until its stores
 * are open. Throws a `StartError` when something that the operator can change keeps it from starting.
 */
export async function startServer(
  settings: Settings,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const logger = options.logger ?? createServerLog(settings.logLevel)
  /** How to undo what was done so far, the latest first. */
  const undo: (() => unknown)[] = []
  async function close(): Promise<void> {
    for (const step of undo.splice(0)) {
      try {
        await step()
      } catch (error) {
        // The next steps matter all the more: the lock is the last of them.
        logger.error({ err: error }, 'a part of the server did not close')
      }
    }
  }
  try {
    return { ...(await start(settings, { ...options, logger, undo })), close }
  } catch (error) {
    await close()
    throw fileCodes.some((code) => hasCode(error, code))
      ? unusable(settings.dataDirectory, error)
      : error
  }
}

async function start(
  settings: Settings,
  {
    logger,
    undo,
    openRunLog = createStoredRunLog,
    ...options
  }: ServerOptions & { logger: Logger; undo: (() => unknown)[] },
): Promise<Pick<RunningServer, 'url' | 'exampleId'>> {
  const state: ServerState = { status: 'starting' }
  const packages = await loadNodePackages(settings.nodePackages, process.cwd())
  const registry = registryWith(packages)
  const directory = openDirectory(settings.dataDirectory)
  const lock = lockDirectory(directory)
  undo.unshift(() => lock.release())

  let answer: RequestListener = answerStarting
  const trusts = readTrustedProxies(settings.trustedProxies)
  const { basePath } = settings
  const enter = (request: IncomingMessage) => {
    seeThroughProxies(request, trusts)
    leaveBasePath(request, basePath)
  }
  const server = createServer((request, response) => {
    enter(request)
    // Whoever keeps connections open finds the next server by a new one.
    if (state.status === 'draining') response.setHeader('Connection', 'close')
    answer(request, response)
  })
  const url = await listen(server, settings)
  undo.unshift(() => closeServer(server))

  const store = await openStore(directory)
  const { database } = store
  const readJson = createReadJson((row) => logger.error(row, 'a row of the store is damaged'))
  undo.unshift(() => database.destroy())
  const metrics = createMetrics({
    directory,
    activeRuns: () => runs.inProgress().length,
    sockets: () => live.count(),
    limits: {
      ...settings.limits,
      keptRuns: settings.keepRuns,
      keptDays: settings.keepDays,
      keptMegabytes: settings.keepMegabytes,
      keptRevisions: settings.keepRevisions,
      keptRevisionMegabytes: settings.keepRevisionMegabytes,
    },
  })
  const { tracesUrl } = settings
  // Whoever sets nothing loads nothing of it.
  const traces =
    tracesUrl === undefined
      ? undefined
      : (await import('./traces/open-traces.ts')).openTraces(tracesUrl)
  undo.unshift(() => traces?.close())
  const flows = createSqliteFlowStore({
    database,
    now: Date.now,
    mostKept: {
      revisions: settings.keepRevisions,
      bytes: settings.keepRevisionMegabytes * 1024 * 1024,
    },
  })
  const log = await openRunLog({
    directory,
    now: Date.now,
    readJson,
    onLoss(error) {
      metrics.lost()
      logger.error({ err: error }, 'events of runs could not be stored')
    },
    onUpkeepFailure: (error) => logger.error({ err: error }, 'the upkeep of run logs failed'),
    onInterrupted: (count) => logger.warn({ count }, 'ended runs that nobody wrote any more'),
    schedule: scheduleByClock,
    retention: () => wishedRetention({ settings, flows }),
  })
  undo.unshift(() => log.close())

  await settleKeyFile(directory, database)
  const secret = settings.secretKey ?? keyFileIn(directory)
  const builtIn = createBuiltInConnections({
    load: async () => (await runtime.load()).nodes,
    directory,
  })
  undo.unshift(builtIn.close)
  const box = createSecretBox(secret)
  const connections = createConnections({
    store: createSqliteConnectionStore({ database, now: Date.now, readJson }),
    box,
    definitions: registry.connections,
    openBuiltIn: builtIn.open,
  })
  const variables = createVariables({
    store: createSqliteVariableStore({ database, readJson }),
    box,
  })
  const connectionsIn = createConnectionsIn({
    open: connections.open,
    variables,
    definitions: registry.connections,
  })
  const runtime = createRuntimeLoader({
    allowHosts: settings.allowHosts,
    allowLoopback: !isReachedByOthers(settings),
    isOurs: builtIn.listensAt,
    openConnection: (id) => connectionsIn.open(id, 'development'),
    limits: settings.limits,
  })
  undo.unshift(runtime.close)
  // Only to find a mistake in it now; otherwise the first run loads what runs need.
  if (settings.allowHosts !== '') await runtime.load()

  const functions: Pick<FunctionSandbox, 'check'> = {
    check: async (code) => (await runtime.load()).services.functions.check(code),
  }
  const exampleId = await seedExample(flows)
  const loadPackages = async () => [(await runtime.load()).nodes, ...packages]
  const plans = createPlans({
    registry,
    loadPackages,
    functions,
    connectionKinds: connections.kinds,
  })
  const publications = createSqlitePublicationStore({ database, now: Date.now })
  const flowsToRun = createFlowsToRun({
    flows: { ...flows, find: keepUntilWritten(store, flows.find) },
    publications: { ...publications, find: keepUntilWritten(store, publications.find) },
  })
  const planFor: PlanFor = async (flowId, target) => {
    const flow = await flowsToRun.find(flowId, target)
    return { plan: await plans.of(flow), environment: flow.environment }
  }
  const planIn: PlanIn = async (flowId, environment) =>
    plans.of(await flowsToRun.findIn(flowId, environment))
  const publishedStates = createPublishedStates({ flows, publications, registry })

  const keys = await openApiKeys({
    store: createSqliteKeyStore({ database, readJson }),
    now: Date.now,
    onFailure: (error) => logger.error({ err: error }, 'the use of an API key could not be kept'),
  })
  const buckets = createTokenBuckets(Date.now)
  const countRequest = createCountRequest(buckets)
  const addressLimits = createAddressLimits(buckets, settings.limits)
  const { operatorPassword: password } = settings
  const cookie = sessionCookie({ port: Number(new URL(url).port), basePath })
  const passwordSessions =
    password === undefined
      ? undefined
      : createPasswordSessions({
          password,
          cookie,
          store: createSqliteSessionStore(database),
          addressLimits,
          now: Date.now,
        })
  const editorSession = createEditorSession({ secret, cookie })
  const publicHosts = namesOf(settings)
  const publicAccess = createSqlitePublicAccessStore({ database, now: Date.now, readJson })
  const visitors = createVisitors({
    store: publicAccess,
    secret,
    publicHosts,
    addressLimits,
    now: Date.now,
  })
  const principalOf = createPrincipalOf({
    keys,
    visitors,
    sessions: passwordSessions ?? editorSession,
    publicHosts,
    hasScrapeToken: createHasScrapeToken(settings.metricsToken),
    hasPassword: password !== undefined,
  })

  const tests = createSqliteFlowTestStore({ database, now: Date.now })
  const recorded = createRecordedRuns()
  const readers = createReaders(scheduleByClock)
  const heartbeat = createHeartbeat(heartbeatMs)
  const runs = createActiveRuns({
    log,
    readers,
    runtime,
    recorded,
    registry,
    openConnection: connectionsIn.open,
    planIn,
    observe: observeTogether([
      metrics.observeRun,
      createRunLines(logger),
      ...(traces === undefined ? [] : [traces.observeRun]),
    ]),
    ...(traces === undefined ? {} : { traceHeaders: traces.traceHeaders }),
    limits: settings.limits,
    onDefect: (err, site) => logger.error({ err, ...site }, 'a node failed by a defect'),
  })
  const testOfRun = createTestOfRun({ recorded, log, find: runs.find, registry, runtime })
  const sending = { log, readers, heartbeat, logger }
  const startForClient = createClientStarts({ runs, log, visitors })
  const chatPlanFor = createChatPlans(planFor)
  const schedules = {
    flowsToRun,
    // Whoever can reach a server without a password is the operator: there what is saved runs.
    target:
      password === undefined
        ? { principal: { kind: 'open' } }
        : { principal: { kind: 'operator' }, environment: 'production' },
    store: createSqliteScheduleStore({ database, readJson }),
    now: Date.now,
  } satisfies Partial<Parameters<typeof createScheduler>[0]>
  const tools = createTools({ flowsToRun, plans, planFor, registry })
  const toolWatch = createToolListWatch({
    tools,
    principalOf,
    schedule: scheduleByClock,
    onFailure: (err) => logger.error({ err }, 'a client of MCP could not be told of its tools'),
  })
  keys.onRevoke(toolWatch.noteChange)
  const noted = noteToolChanges({ flows, publications, connections }, toolWatch.noteChange)
  const routes = [
    // A request is held against one after another, so what streams stands first.
    ...runRoutes({ runs, log, sending, startForClient, planFor, planIn }),
    ...completionRoutes({ flowsToRun, sending, startForClient, planFor: chatPlanFor }),
    ...uiMessageRoutes({ runs, sending, startForClient, planFor: chatPlanFor }),
    ...flowRoutes({
      store: noted.flows,
      tests,
      registry,
      connectionKinds: connections.kinds,
      log,
      functions,
      publishedStates,
      nextStarts: () => nextStarts(schedules),
    }),
    ...publicationRoutes({
      flows,
      publications: noted.publications,
      publishedStates,
      plans,
      variableProblems: createVariableProblems({ registry, connections, connectionsIn }),
    }),
    ...flowTestRoutes({ tests, flows, testOfRun, runtime, loadPackages, registry }),
    ...connectionRoutes({
      connections: noted.connections,
      connectionsIn,
      runtime,
      flows,
      registry,
    }),
    ...databaseRoutes({ connections, connectionsIn, runtime }),
    ...variableRoutes({
      variables,
      findUses: createFindVariableUses({ connections, definitions: registry.connections }),
    }),
    ...functionRoutes({ runtime }),
    ...keyRoutes({ keys, flows }),
    ...sessionRoutes(passwordSessions),
    ...priceRoutes(createSqlitePriceStore({ database, now: Date.now, readJson })),
    ...publicAccessRoutes({ store: publicAccess, visitors, flows, planFor: chatPlanFor }),
    ...feedbackRoutes({ runs, log, startForClient, planIn }),
    ...scheduleRoutes(schedules),
    ...mcpRoutes({
      tools,
      calls: { runs, log, readers, logger },
      watch: toolWatch,
      now: Date.now,
    }),
    ...againRoutes({ runs, log, registry, planIn, planOfText: plans.of }),
    ...metricsRoutes(metrics),
    ...runHistoryRoutes({ find: runs.find, log, settings }),
    ...runExportRoutes({ find: runs.find, log }),
  ]
  answer = createApp({
    routes: [...systemRoutes({ state, registry, routes, basePath }), ...routes],
    principalOf,
    countRequest,
    metrics,
    limits: settings.limits,
    publicHosts,
    basePath,
    logger,
    editorDirectory: options.editorDirectory ?? builtEditor,
    pageCookie: password === undefined ? editorSession.cookie : undefined,
    chat: {
      directory: options.chatDirectory ?? builtChat,
      framersOf: async (flowId) => {
        const { mode, origins } = (await publicAccess.find(flowId)).settings
        return mode === 'off' ? [] : origins
      },
    },
    crossOrigin: createCrossOrigin({ listsOrigin: publicAccess.listsOrigin, publicHosts }),
  })
  server.on('upgrade', enter)
  const live = createLiveServer({
    server,
    principalOf,
    keys,
    publicHosts,
    heartbeat,
    live: {
      registry,
      runs,
      log,
      readers,
      planFor,
      planOfText: plans.of,
      countRequest,
      limits: settings.limits,
      logger,
      onRefused: metrics.refused,
    },
  })
  // Before the stores close, so that no request meets a closed one.
  undo.unshift(() => closeServer(server))
  undo.unshift(() => live.close())
  const scheduler = createScheduler({
    ...schedules,
    plans,
    runs,
    log,
    timer: scheduleByClock,
    onFailure: (err, flowId) => logger.warn({ err, flowId }, 'the clock could not start a flow'),
  })
  undo.unshift(async () => {
    state.status = 'draining'
    toolWatch.close()
    await scheduler.close()
    await runs.drain(settings.drainSeconds * 1000)
  })
  state.status = 'ready'
  return { url, exampleId }
}

/** The same place beside the sources and beside the bundle. */
const builtEditor = fileURLToPath(new URL('../../editor/dist', import.meta.url))
const builtChat = fileURLToPath(new URL('../../chat/dist', import.meta.url))

/** The names besides loopback's under which this server is reached; an address of its own is one. */
function namesOf({ host, publicHosts }: Settings): readonly string[] {
  if (isLoopback(host) || host === '0.0.0.0' || host === '::') return publicHosts
  return [...publicHosts, host.includes(':') ? `[${host}]` : host]
}

/** What files and the database say when a disk is full or damaged, or may not be written. */
const fileCodes = ['ERR_SQLITE_ERROR', 'ENOSPC', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EDQUOT']

function unusable(dataDirectory: string, error: unknown): StartError {
  return new StartError(
    `The data directory "${resolve(dataDirectory)}" cannot be used: ${reasonOf(error)}. Look at its disk, its rights and its files, or set MILLRACE_DATA_DIR to another directory.`,
  )
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function openDirectory(path: string): string {
  const directory = resolve(path)
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return directory
  } catch (error) {
    throw new StartError(
      `The data directory "${directory}" cannot be made (${reasonOf(error)}). Set MILLRACE_DATA_DIR to another one.`,
    )
  }
}
