import {
  createClient,
  errorOfShape,
  FlowError,
  type Client,
  type ErrorShape,
} from '@millrace/client'

/** How somebody stands who opened a chat. */
export type Entry =
  | { readonly state: 'arriving' }
  | { readonly state: 'in'; readonly chat: ChatFacts }
  | { readonly state: 'refused'; readonly error: ErrorShape }

/** What a chat says of itself. */
export interface ChatFacts {
  readonly name: string
  /** Whether a flow takes what visitors think of its answers. */
  readonly takesFeedback: boolean
  /** The operator tries a chat that visitors do not see. */
  readonly isPreview: boolean
}

/** A visitor of a flow's chat, to whom its server issues tokens. */
export interface Visitor {
  /** Throws a `FlowError` where nobody is let in. */
  arrive(): Promise<ChatFacts>
  /** Calls the server as the visitor; once more with another token when that one expired. */
  ask<T>(call: (client: Client) => Promise<T>): Promise<T>
  /** Says what the visitor thinks of an answer. */
  rate(runId: string, rating: 'up' | 'down' | 'none'): Promise<void>
}

export interface VisitorOptions {
  /** The server's address, without a slash at its end. */
  readonly baseUrl: string
  readonly flowId: string
  /** What the page's own back end says of the visitor. */
  readonly signed: string | undefined
  readonly readToken: () => string | undefined
  readonly keepToken: (token: string) => void
  /** Whether the page is the server's own, so that the operator may try the chat before it is open. */
  readonly mayPreview: boolean
}

export function createVisitor(options: VisitorOptions): Visitor {
  const { baseUrl, flowId, signed, readToken, keepToken, mayPreview } = options
  const flowPath = `/api/flows/${encodeURIComponent(flowId)}`
  let token: string | undefined

  async function letIn(): Promise<ChatFacts> {
    const known = readToken()
    const {
      token: issued,
      name,
      takesFeedback,
    } = await send(`${baseUrl}${flowPath}/visitors`, {
      method: 'POST',
      body: {
        ...(known === undefined ? {} : { token: known }),
        ...(signed === undefined ? {} : { signed }),
      },
    })
    token = String(issued)
    keepToken(token)
    return { name: String(name), takesFeedback: takesFeedback === true, isPreview: false }
  }

  /** Does something as the visitor; once more with another token when that one expired. */
  async function asVisitor<T>(work: (token: string | undefined) => Promise<T>): Promise<T> {
    try {
      return await work(token)
    } catch (thrown) {
      const hasExpired =
        thrown instanceof FlowError && thrown.code === 'unauthorized' && token !== undefined
      if (!hasExpired) throw thrown
      await letIn()
      return work(token)
    }
  }

  return {
    async arrive() {
      try {
        return await letIn()
      } catch (refusal) {
        const isClosed = refusal instanceof FlowError && closedCodes.has(refusal.code)
        if (!mayPreview || !isClosed) throw refusal
        // Only the operator reads flows.
        const flow = await send(`${baseUrl}${flowPath}`, { method: 'GET' }).catch(() => undefined)
        if (flow === undefined) throw refusal
        return { name: String(flow['name']), takesFeedback: false, isPreview: true }
      }
    },
    ask: (call) => asVisitor((key) => call(createClient({ baseUrl, key }))),
    async rate(runId, rating) {
      const url = `${baseUrl}/api/runs/${encodeURIComponent(runId)}/feedback`
      await asVisitor((key) => send(url, { method: 'POST', body: { rating }, token: key }))
    },
  }
}

const closedCodes: ReadonlySet<string> = new Set([
  'not_found',
  'flow_not_published',
  'unauthorized',
])

interface Sent {
  readonly method: 'GET' | 'POST'
  readonly body?: unknown
  readonly token?: string | undefined
}

const answerMs = 20_000

async function send(
  url: string,
  { method, body, token }: Sent,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(answerMs),
  }).catch((cause: unknown) => {
    throw new FlowError('provider_unreachable', 'The server does not answer.', {
      retryable: true,
      cause,
    })
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!isRecord(answer)) {
    throw new FlowError('internal', 'What answered is no Millrace server.', { retryable: true })
  }
  if (response.ok) return answer
  throw errorOfShape(answer['error'])
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
