import { isOpenAiPath } from './openai-error.ts'
import type { Route } from './route.ts'

/** The statuses that a route can refuse a call with by what it is, beside those of its own. */
const refusals: readonly {
  readonly status: number
  readonly description: string
  readonly isOf: (route: Route) => boolean
}[] = [
  {
    status: 400,
    description: 'The request is not understood; the message says where.',
    isOf: ({ query, body, ifMatch, hasIdempotencyKey }) =>
      [query, body, ifMatch, hasIdempotencyKey].some((part) => part !== undefined),
  },
  {
    status: 401,
    description: 'No key or session, or one that is not valid.',
    isOf: ({ caller }) => caller !== 'anyone',
  },
  {
    status: 403,
    description: 'The key or session may not do this.',
    isOf: ({ caller }) => caller !== 'anyone',
  },
  {
    status: 404,
    description: 'What the path names is not there.',
    isOf: ({ path }) => path.includes(':'),
  },
  {
    status: 409,
    description: 'Something else happened before: another change, or another call with this key.',
    isOf: ({ ifMatch, hasIdempotencyKey }) =>
      ifMatch !== undefined || hasIdempotencyKey !== undefined,
  },
  {
    status: 413,
    description: 'The body is too large, or nests too deep.',
    isOf: ({ body }) => body !== undefined,
  },
  {
    status: 415,
    description: 'The body is not JSON.',
    isOf: ({ body }) => body !== undefined,
  },
  {
    status: 428,
    description: 'A change says which revision it is based on.',
    isOf: ({ ifMatch }) => ifMatch === 'required',
  },
  {
    status: 429,
    description: 'Too many calls; Retry-After says in how many seconds to try again.',
    isOf: ({ caller }) => caller === 'client',
  },
]

/** The errors of a route by status, and `default` for what its work may fail with. */
export function errorAnswersOf(route: Route): Readonly<Record<string, object>> {
  const schema = {
    $ref: `#/components/schemas/${isOpenAiPath(route.path) ? 'OpenAiError' : 'Error'}`,
  }
  const answer = (description: string) => ({
    description,
    content: { 'application/json': { schema } },
  })
  const own = refusals.filter(({ isOf }) => isOf(route))
  return {
    ...Object.fromEntries(
      own.map(({ status, description }) => [
        status,
        {
          ...answer(description),
          ...(status === 429 ? { headers: retryAfter } : {}),
        },
      ]),
    ),
    default: answer(
      route.caller === 'client'
        ? 'What went wrong, and what to do; to a visitor `internal`, where it is not their own doing.'
        : 'What went wrong, and what to do.',
    ),
  }
}

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
}
