import { FlowError } from '@millrace/flow'
import { z } from 'zod'
import { environments } from '../environments/environment.ts'
import type { FlowStore } from '../flows/flow-store.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import { startOf, type ApiKeys } from './api-keys.ts'
import type { StoredKey } from './key-store.ts'
import { policies } from './principal.ts'

interface Options {
  readonly keys: ApiKeys
  readonly flows: Pick<FlowStore, 'find'>
}

const limit = z.int().min(1).max(1_000_000).nullable()
const limits = z.strictObject({
  requestsPerMinute: limit.default(null),
  concurrentRuns: limit.default(null),
})

const wishSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  policies: z.array(z.enum(policies)).min(1),
  /** The flows that it may run; all when not given. */
  flows: z.array(z.string()).min(1).max(1000).optional(),
  /** The only environment that it runs them in; any when not given. */
  environment: z.enum(environments).optional(),
  limits: limits.default({ requestsPerMinute: null, concurrentRuns: null }),
})

const instant = z.iso.datetime()

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** How the key begins, by which people know it again. */
  start: z.string(),
  policies: z.array(z.enum(policies)),
  /** Null: all flows. */
  flows: z.array(z.string()).nullable(),
  /** Null: any. */
  environment: z.enum(environments).nullable(),
  /** Null: as much as the server lets. */
  limits: z.object({ requestsPerMinute: limit, concurrentRuns: limit }),
  createdAt: instant,
  /** Within a minute. */
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
})

/** The keys of programs, which the operator gives out. */
export function keyRoutes({ keys, flows }: Options): readonly Route[] {
  async function expectFlows(ids: readonly string[]): Promise<void> {
    for (const [index, id] of ids.entries()) {
      if ((await flows.find(id)) !== undefined) continue
      throw new FlowError('bad_request', `There is no flow "${id}". Name flows by their ids.`, {
        property: `body.flows.${index}`,
      })
    }
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/keys',
      caller: 'operatorInPerson',
      summary: 'Makes an API key; the key itself is in this answer and in no other.',
      body: { schema: wishSchema, maxBytes: ofBody },
      answers: {
        201: {
          description: 'The key. It is stored as a hash, so keep it now.',
          schema: keySchema.extend({ key: z.string() }),
        },
      },
      async handle({ body, response }) {
        const { flows: ids, environment } = body
        if (body.policies.includes('configure') && (ids ?? environment) !== undefined) {
          throw new FlowError(
            'bad_request',
            'A key with the policy configure reaches all flows in every environment. Leave out flows and environment, or the policy.',
            { property: 'body.policies' },
          )
        }
        await expectFlows(ids ?? [])
        const { key, text } = await keys.create({
          ...body,
          // What is said twice would be shown twice.
          policies: [...new Set(body.policies)],
          flows: ids === undefined ? 'all' : [...new Set(ids)],
          environment,
        })
        response.status(201).json({ ...answerOf(key), key: text })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/keys',
      caller: 'operatorInPerson',
      summary: 'Lists the API keys, the latest first, without the keys themselves.',
      answers: {
        200: { description: 'Revoked ones too.', schema: z.object({ keys: z.array(keySchema) }) },
      },
      handle({ response }) {
        response.json({ keys: keys.list().map(answerOf) })
      },
    }),

    defineRoute({
      method: 'delete',
      path: '/api/keys/:id',
      caller: 'operatorInPerson',
      summary: 'Revokes an API key: from now on it opens nothing. Runs that it started go on.',
      answers: { 204: { description: 'It is revoked, now or before.' } },
      async handle({ response, ...call }) {
        await keys.revoke(paramOf(call, 'id'))
        response.status(204).end()
      },
    }),
  ]
}

function answerOf(key: StoredKey): z.infer<typeof keySchema> {
  const instantOf = (time: number | null) => (time === null ? null : new Date(time).toISOString())
  return {
    id: key.id,
    name: key.name,
    start: startOf(key.id),
    policies: [...key.policies],
    flows: key.flows === 'all' ? null : [...key.flows],
    environment: key.environment ?? null,
    limits: key.limits,
    createdAt: new Date(key.createdAt).toISOString(),
    lastUsedAt: instantOf(key.lastUsedAt),
    revokedAt: instantOf(key.revokedAt),
  }
}
