import type { Run } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import type { Request } from 'express'
import { expectMayRun, starterOf } from '../access/own-runs.ts'
import type { Principal } from '../access/principal.ts'
import type { Environment } from '../environments/environment.ts'
import type { PlannedFlow } from '../environments/plan-for.ts'
import { networkOf } from '../http/client-of.ts'
import { traceContextOf } from '../http/trace-context.ts'
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
  /** The flow that the principal named and may run, where that one leads to the one that runs. */
  readonly through?: string
  readonly principal: Principal
  /** Which call it is: with one `Idempotency-Key` only the same call is the same start. */
  readonly call: string
  /** The environment that it names, if any. */
  readonly env?: Environment | undefined
  /** What the client sent, where its input was made of that. */
  readonly asked?: unknown
  /** The flow as the client runs it; throws, before anything runs, when it cannot be called so. */
  readonly plan: () => Promise<PlannedFlow>
}

/**
 * Starts a run, or with a key that came before finds the one of that start; answers its id. Throws
 * `forbidden` where the principal may not run the flow.
 */
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
  return async (request, asAsked) => {
    expectMayRun(asAsked.principal, asAsked.through ?? asAsked.flowId)
    const asMade =
      asAsked.principal.kind === 'visitor'
        ? startOfVisitor(request, { ...asAsked, principal: asAsked.principal }, visitors)
        : asAsked
    const { flowId, through: _, principal, call: name, env, plan, asked, ...start } = asMade
    const starter = starterOf(principal)
    // A visitor, whom nobody knows, could write into traces of others.
    const traceContext = principal.kind === 'visitor' ? undefined : traceContextOf(request)
    async function begin(startKey?: StartKey): Promise<Run> {
      const { plan: found, environment } = await plan()
      return runs.start(found, {
        ...start,
        environment,
        origin: 'client',
        starter,
        startKey,
        traceContext,
      })
    }
    const call = env === undefined ? name : `${name} in ${env}`
    const key = idempotencyKeyOf(request)
    if (key !== undefined) {
      const startedBy = starter?.id ?? null
      return keyed.start({ flowId, startedBy, key, call, input: asked ?? start.input }, begin)
    }
    const run = await begin()
    if (start.kind === 'background') await expectStored(log, run)
    return run.id
  }
}

/**
 * What a visitor starts: a run that is waited for, with what a visitor may say; or what the server makes
 * of a run of its, in the background. It counts when it begins, not when it is asked for again.
 */
function startOfVisitor(
  request: Request,
  start: ClientStart & { readonly principal: Visitor },
  visitors: Pick<Visitors, 'expectRoom'>,
): ClientStart {
  const { flowId, through, principal } = start
  const counted = (sessionId: string) => async () => {
    const plan = await start.plan()
    const { visitorId } = principal
    const network = networkOf(request)
    await visitors.expectRoom({ flowId: through ?? flowId, visitorId, sessionId, network })
    return plan
  }
  if (through !== undefined) return { ...start, plan: counted(start.call) }
  if (start.kind === 'background') {
    throw new FlowError(
      'forbidden',
      `A visitor of "${flowId}" chats with it and waits for the answer. Send an API key to let it run in the background.`,
    )
  }
  const input = visitorInput(start.input, principal)
  return { ...start, input, plan: counted(input.sessionId) }
}
