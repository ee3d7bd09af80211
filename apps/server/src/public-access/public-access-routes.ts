import { FlowError } from '@millrace/flow'
import type { Response } from 'express'
import { z } from 'zod'
import type { PlanFor } from '../environments/plan-for.ts'
import type { FlowStore } from '../flows/flow-store.ts'
import { ofBody } from '../http/limits.ts'
import { requiredRevision, tagOf } from '../http/revision.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import { publicSettingsSchema } from './public-access.ts'
import type { PublicAccessStore, StoredPublicAccess } from './public-access-store.ts'
import { arrivalPath } from './told-to.ts'
import type { Visitors } from './visitors.ts'

interface Options {
  readonly store: PublicAccessStore
  readonly visitors: Visitors
  readonly flows: Pick<FlowStore, 'find'>
  /** The plan of a flow for chats. */
  readonly planFor: PlanFor
}

const accessAnswer = {
  description: 'Who may chat with the flow without a key; the revision is the ETag.',
  schema: publicSettingsSchema.extend({
    /** Whether visitors can be signed: a secret was made. */
    hasSecret: z.boolean(),
  }),
}

const arrival = z
  .strictObject({
    /** A token of this flow from before, which may have expired: who it was issued to stays the same. */
    token: z.string().max(4000).optional(),
    /** A JWT by the operator's own back end, where visitors are signed. */
    signed: z.string().max(4000).optional(),
  })
  .default({})

/** Who may chat with a flow without a key: set by the operator, used by its visitors. */
export function publicAccessRoutes(options: Options): readonly Route[] {
  const { store, visitors, flows, planFor } = options

  async function expectFlow(flowId: string): Promise<void> {
    if ((await flows.find(flowId)) !== undefined) return
    throw new FlowError('not_found', `There is no flow "${flowId}".`)
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/flows/:id/public-access',
      caller: 'operator',
      summary: 'Reads who may chat with a flow without a key.',
      answers: { 200: accessAnswer },
      async handle({ response, ...call }) {
        const flowId = paramOf(call, 'id')
        await expectFlow(flowId)
        sendAccess(response, await store.find(flowId))
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/flows/:id/public-access',
      caller: 'operator',
      ifMatch: 'required',
      summary: 'Opens a flow to the public, or closes it, over the revision in If-Match.',
      body: { schema: publicSettingsSchema, maxBytes: ofBody },
      answers: { 200: accessAnswer },
      async handle({ body, request, response, ...call }) {
        const flowId = paramOf(call, 'id')
        await expectFlow(flowId)
        const basedOn = requiredRevision(request)
        sendAccess(response, await store.save(flowId, { settings: body, basedOn }))
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/public-access/secret',
      caller: 'operator',
      summary:
        'Makes the secret by which your back end signs visitors; the last one counts no more.',
      answers: {
        201: {
          description: 'The secret, which is never shown again.',
          schema: z.object({ secret: z.string() }),
        },
      },
      async handle({ response, ...call }) {
        const flowId = paramOf(call, 'id')
        await expectFlow(flowId)
        response.status(201).json({ secret: await visitors.newSecret(flowId) })
      },
    }),

    defineRoute({
      method: 'post',
      path: arrivalPath,
      caller: 'anyone',
      isForAnyOrigin: true,
      summary: 'Lets a visitor of a public chat in: answers a token that runs this flow alone.',
      body: { schema: arrival, maxBytes: () => 16 * 1024 },
      answers: {
        200: {
          description: 'A token for an hour, and what the chat is called.',
          schema: z.object({
            token: z.string(),
            expiresAt: z.iso.datetime(),
            name: z.string(),
            /** Whether a flow takes what visitors think of its answers. */
            takesFeedback: z.boolean(),
          }),
        },
      },
      async handle({ body, request, response, ...call }) {
        const flowId = paramOf(call, 'id')
        const { token, expiresAt } = await visitors.welcome(request, { flowId, ...body })
        const principal = { kind: 'visitor', flowId, visitorId: '', user: undefined } as const
        const { plan } = await planFor(flowId, { principal })
        const { name, settings } = plan.flow
        response.json({
          token,
          expiresAt: new Date(expiresAt).toISOString(),
          name,
          takesFeedback: settings?.feedbackFlow !== undefined,
        })
      },
    }),
  ]
}

function sendAccess(response: Response, access: StoredPublicAccess): void {
  const { settings, revision, secretId } = access
  response
    .setHeader('ETag', tagOf(revision))
    .json({ ...settings, hasSecret: secretId !== undefined })
}
