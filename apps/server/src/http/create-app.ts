import { FlowError, toFlowError } from '@millrace/flow'
import compression from 'compression'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { CountRequest } from '../access/count-request.ts'
import type { PrincipalOf } from '../access/principal.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { expectHostName } from './allowed-hosts.ts'
import { serveChat, type ChatFiles } from './chat-files.ts'
import { expectCredential, type CrossOrigin } from './cross-origin.ts'
import { serveEditor } from './editor-files.ts'
import { sendError } from './error-answer.ts'
import type { LimitsOfRequests } from './limits.ts'
import { parseChecked } from './parse-checked.ts'
import { readBody } from './read-body.ts'
import { logAnswer } from './request-line.ts'
import type { Call, Route } from './route.ts'

interface AppOptions {
  readonly routes: readonly Route[]
  readonly principalOf: PrincipalOf
  readonly countRequest: CountRequest
  readonly metrics: Pick<Metrics, 'answered' | 'refused'>
  readonly limits: LimitsOfRequests
  readonly publicHosts: readonly string[]
  readonly basePath: string
  readonly logger: Logger
  /** The built editor; a page says how to build it when it is not there. */
  readonly editorDirectory: string
  readonly chat: Omit<ChatFiles, 'basePath'>
  readonly crossOrigin: CrossOrigin
  /** What the editor's page brings along, so that its requests are known; none where one signs in. */
  readonly pageCookie: string | undefined
}

/** The HTTP side of the server: the route table, the checks before it, the editor's files after it. */
export function createApp(options: AppOptions): Express {
  const { routes, principalOf, countRequest, publicHosts, logger, crossOrigin, metrics } = options
  const { editorDirectory, pageCookie, chat, basePath, limits } = options
  const app = express()
  app.disable('x-powered-by')
  // The revision of a flow is its tag; a tag of Express's own would cost a hash of every answer.
  app.disable('etag')
  app.use((request, response, next) => {
    const startedAt = performance.now()
    response.once('close', () => {
      metrics.answered(response.statusCode)
      logAnswer(logger, { request, response, ms: Math.round(performance.now() - startedAt) })
    })
    next()
  })
  app.use(helmet(headers))
  app.use((request, _response, next) => {
    expectHostName(request, publicHosts)
    next()
  })
  for (const route of routes) {
    // What clients run is streamed, or small, and its bytes leave when they are written.
    const before = route.caller === 'client' ? [] : [packJson]
    app[route.method](route.path, ...before, async (request, response) => {
      const isForeign = await crossOrigin.admit(route, request, response)
      const principal = await principalOf(request, route.caller)
      if (isForeign) expectCredential(principal, route)
      countRequest(principal)
      await call(route, { principal, request, response, limits })
    })
  }
  for (const [path, those] of Map.groupBy(routes, (route) => route.path)) {
    app.options(path, async (request, response) => {
      await crossOrigin.admitPreflight(those, request, response)
      response.setHeader('Allow', methodsOf(those).join(', ')).status(204).end()
    })
    app.all(path, (request, response) => {
      const allowed = methodsOf(those).join(', ')
      response.setHeader('Allow', allowed)
      throw new FlowError(
        'method_not_allowed',
        `${pathOf(request)} cannot be called with ${request.method}. Call it with ${allowed}.`,
      )
    })
  }
  app.use(['/api', '/v1'], (request) => {
    throw new FlowError(
      'not_found',
      `There is no ${request.method} ${pathOf(request)}. GET /openapi.json lists what there is.`,
    )
  })
  app.use(serveChat({ ...chat, basePath }))
  app.use(serveEditor(editorDirectory, { pageCookie, basePath }))
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const refusal = toFlowError(requestError(error))
    metrics.refused(refusal)
    sendError(response, refusal, logger)
  })
  return app
}

/** Packs the designer's answers of 1 KiB or more; anything but JSON is left as it is. */
const packJson = compression({
  filter: (_request, response) =>
    String(response.getHeader('Content-Type')).startsWith('application/json'),
})

async function call(
  route: Route,
  {
    principal,
    request,
    response,
    limits,
  }: Pick<Call<unknown, unknown>, 'principal' | 'request' | 'response'> &
    Pick<AppOptions, 'limits'>,
): Promise<void> {
  // What is asked again must be answered again; a route that knows better says so.
  response.setHeader('Cache-Control', 'no-store')
  const query = route.query && parseChecked(route.query, request.query, 'query')
  const body = route.body && (await readBody(request, response, { rule: route.body, limits }))
  // A named part of a path is one text; only wildcards, which no route has, are lists.
  const params = request.params as Readonly<Record<string, string>>
  await route.handle({ params, query, body, principal, request, response })
}

/** As it was asked for, without its query. */
function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0] ?? ''
}

function methodsOf(routes: readonly Route[]): readonly string[] {
  return routes.flatMap(({ method }) =>
    method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  )
}

/** Express's own errors are the caller's: a path that cannot be decoded, a range beyond a file. */
function requestError(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  if (error instanceof FlowError || !(status >= 400 && status < 500)) return error
  return new FlowError(
    'bad_request',
    status === 400
      ? 'The address of the request cannot be read.'
      : 'A range or a condition in the headers of the request cannot be met. Ask without it.',
    { cause: error },
  )
}

/** Strict, but the editor's libraries set styles from scripts, and inline styles run nothing. */
const headers: Parameters<typeof helmet>[0] = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // The server speaks HTTP on loopback; a promise of HTTPS would lock browsers out of it.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
}
