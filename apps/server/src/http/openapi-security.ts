import type { Caller } from '../access/caller.ts'

/** How a caller says who it is. */
export const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, or the token of a visitor, as `Authorization: Bearer <key>`.',
  },
  keyHeader: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The same key in a header of its own.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'millrace-session',
    description: 'The session of the editor; its name ends in the port of the server.',
  },
} as const

type Scheme = keyof typeof securitySchemes

const schemesOf: Readonly<Record<Caller, readonly Scheme[]>> = {
  anyone: [],
  client: ['key', 'keyHeader', 'session'],
  mcp: ['key', 'keyHeader', 'session'],
  operator: ['session', 'key', 'keyHeader'],
  metrics: ['key', 'keyHeader', 'session'],
  operatorInPerson: ['session'],
}

/** What a call of a route needs: one of these, or nothing when there are none. */
export function securityOf(caller: Caller): readonly object[] {
  return schemesOf[caller].map((scheme) => ({ [scheme]: [] }))
}

/** Who may call, in words. */
export const callerInWords: Readonly<Record<Caller, string>> = {
  anyone: 'Anyone may call it.',
  client:
    'A key with the policy `execute` may call it; nobody needs one while the server listens on loopback and has no keys.',
  mcp: 'A key with the policy `mcp` may call it, or the operator.',
  operator: 'The operator may call it, or a key with the policy `configure`.',
  metrics:
    'The token of `MILLRACE_METRICS_TOKEN` as a bearer reads it, a key with the policy `configure`, or the operator.',
  operatorInPerson: 'The operator alone may call it, and no key.',
}
