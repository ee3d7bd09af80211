import type { Plan, Run } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import type { Request } from 'express'
import type { Principal } from '../access/principal.ts'
import { idempotencyKeyOf } from '../http/idempotency-key.ts'
import { visitorInput } from '../public-access/visitor-input.ts'
import type { Visitor } from '../public-access/visitor-tokens.ts'
import type { Visitors } from '../public-access/visitors.ts'
import type { ActiveRuns, StartOptions } from './active-runs.ts'
import { expectStored } from './expect-stored.ts'
import { createKeyedStarts } from './keyed-starts.ts'
import type { StartKey } from './run-record.ts'
import type { StoredRunLog } from './stored-run-log.ts'

/** What a client of the API starts. */
export interface ClientStart extends Pick<StartOptions, 'input' | 'kind' | 'whenLeft'> {
  readonly flowId: string
  readonly principal: Principal
  /** Which call it is: with one `Idempotency-Key` only the same call is the same start. */
  readonly call: string
  /** What the client sent, where its input was made of that. */
  readonly asked?: unknown
  /** The plan of the flow; throws, before anything runs, when the flow cannot be called so. */
  readonly plan: () => Promise<Plan>
}

/** Starts a run, or with a key that came before finds the one of that start; answers its id. */
export type StartForClient = (request: Request, start: ClientStart) => Promise<string>

/** The starts of all protocols, which share their keys. */
export function createClientStarts({
  runs,
  log,
  visitors,
}: {
  readonly runs: ActiveRuns
  readonly log: StoredRunLog
  readonly visitors: Pick<Visitors, 'expectRoom'>
}): StartForClient {
  const keyed = createKeyedStarts(log)
  return async (request, asStarted) => {
    const { flowId, principal, call, plan, asked, ...start } =
      asStarted.principal.kind === 'visitor'
        ? startOfVisitor(request, { ...asStarted, principal: asStarted.principal }, visitors)
        : asStarted
    const begin = async (startKey?: StartKey): Promise<Run> =>
      runs.start(await plan(), { ...start, origin: 'client', startKey })
    const key = idempotencyKeyOf(request)
    if (key !== undefined)
      return keyed.start({ flowId, key, call, input: asked ?? start.input }, begin)
    const run = await begin()
    if (start.kind === 'background') await expectStored(log, run)
    return run.id
  }
}

/**
 * What a visitor starts: its own flow, while it is waited for, with what a visitor may say. It counts
 * when it begins, not when it is asked for again.
 */
function startOfVisitor(
  request: Request,
  start: ClientStart & { readonly principal: Visitor },
  visitors: Pick<Visitors, 'expectRoom'>,
): ClientStart {
  const { flowId, principal, kind } = start
  if (principal.flowId !== flowId || kind === 'background') {
    throw new FlowError(
      'forbidden',
      `A visitor of "${principal.flowId}" chats with that flow, and runs nothing else.`,
    )
  }
  const input = visitorInput(start.input, principal)
  const { visitorId } = principal
  const message = { flowId, visitorId, sessionId: input.sessionId, address: request.ip ?? '' }
  return {
    ...start,
    input,
    async plan() {
      const plan = await start.plan()
      await visitors.expectRoom(message)
      return plan
    },
  }
}
