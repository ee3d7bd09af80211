import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { FlowError } from '@millrace/flow'
import type { AddressLimits } from '../access/address-limits.ts'
import { credentialOf } from '../access/credential.ts'
import { isOwnPage } from '../http/allowed-hosts.ts'
import { createMessageLimits, type CountedMessage } from './message-limits.ts'
import type { PublicSettings } from './public-access.ts'
import type { PublicAccessStore } from './public-access-store.ts'
import { readSignedVisitor } from './signed-visitor.ts'
import { createVisitorKeys } from './visitor-keys.ts'
import {
  createVisitorTokens,
  visitorTokenPrefix,
  type RenewableVisitor,
  type Visitor,
  type VisitorToken,
} from './visitor-tokens.ts'

/** What somebody who opens a chat shows. */
export interface Arrival {
  readonly flowId: string
  /** A token from before, which may have expired. */
  readonly token?: string | undefined
  /** What the operator's back end says of the visitor. */
  readonly signed?: string | undefined
}

/** Those who chat with published flows without a key. */
export interface Visitors {
  /** Lets somebody in. Throws `not_found`, `forbidden`, `unauthorized`, `rate_limited`. */
  welcome(request: IncomingMessage, arrival: Arrival): Promise<VisitorToken>
  /**
   * The visitor whose token a request carries; `undefined` without one. Throws `unauthorized`, and
   * `forbidden` when the flow is open no longer, or not to the page that asks.
   */
  find(request: IncomingMessage): Promise<Visitor | undefined>
  /** Counts a message. Throws `rate_limited`. */
  expectRoom(message: CountedMessage): Promise<void>
  /** Another secret for the visitors of a flow, which takes the place of the last. */
  newSecret(flowId: string): Promise<string>
}

interface Options {
  readonly store: PublicAccessStore
  /** The server's own, from which all of theirs are derived. */
  readonly secret: string
  readonly publicHosts: readonly string[]
  readonly addressLimits: AddressLimits
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** For so long a browser that comes back is the same visitor, in ms. */
const rememberedMs = 30 * 24 * 60 * 60 * 1000

export function createVisitors(options: Options): Visitors {
  const { store, secret, publicHosts, addressLimits, now } = options
  const keys = createVisitorKeys(secret)
  const tokens = createVisitorTokens(keys.ours, now)
  const limits = createMessageLimits(store, now)

  async function expectOpen(request: IncomingMessage, flowId: string): Promise<PublicSettings> {
    const { settings } = await store.find(flowId)
    // To others, a flow that is not open is none.
    if (settings.mode === 'off') throw noChat(flowId)
    const { origin } = request.headers
    if (origin === undefined || isOwnPage(request, publicHosts)) return settings
    if (settings.origins.includes(origin)) return settings
    throw new FlowError(
      'forbidden',
      `Pages of "${origin}" may not show this chat. Add the origin to the public access of the flow if they should.`,
      { details: { reason: 'origin' } },
    )
  }

  async function identify(
    { flowId, token, signed }: Arrival,
    { mode }: PublicSettings,
  ): Promise<RenewableVisitor> {
    if (mode === 'signed' && signed !== undefined) {
      const { secretId } = await store.find(flowId)
      const signedBy = keys.secretOf(flowId, secretId ?? randomUUID())
      return readSignedVisitor(signed, { flowId, secret: signedBy, now: now() })
    }
    const known = token === undefined ? undefined : await tokens.readRenewable(token)
    if (known !== undefined && belongs(known.visitor, flowId, mode)) {
      return mode === 'signed' ? known : { ...known, until: now() + rememberedMs }
    }
    if (mode === 'signed') throw needsSignature()
    return {
      visitor: { kind: 'visitor', flowId, visitorId: randomUUID(), user: undefined },
      until: now() + rememberedMs,
    }
  }

  return {
    async welcome(request, arrival) {
      addressLimits.expectRoom('visitorsPerMinute', request)
      const settings = await expectOpen(request, arrival.flowId)
      const { visitor, until } = await identify(arrival, settings)
      return tokens.issue(visitor, until)
    },
    async find(request) {
      const token = credentialOf(request)
      if (token?.startsWith(visitorTokenPrefix) !== true) return undefined
      const visitor = await tokens.read(token)
      const { mode } = await expectOpen(request, visitor.flowId)
      if (belongs(visitor, visitor.flowId, mode)) return visitor
      throw needsSignature()
    },
    async expectRoom(message) {
      const { settings } = await store.find(message.flowId)
      await limits.expectRoom(message, settings.limits)
    },
    async newSecret(flowId) {
      const secretId = randomUUID()
      await store.saveSecretId(flowId, secretId)
      return keys.secretOf(flowId, secretId)
    },
  }
}

/** Whether a visitor is one of a flow that is open in this way: signed for, or nobody in particular. */
function belongs(visitor: Visitor, flowId: string, mode: PublicSettings['mode']): boolean {
  return visitor.flowId === flowId && (visitor.user !== undefined) === (mode === 'signed')
}

function noChat(flowId: string): FlowError {
  return new FlowError(
    'not_found',
    `There is no public chat "${flowId}". Look at the address, or open the flow to the public in its Share dialog.`,
  )
}

function needsSignature(): FlowError {
  return new FlowError(
    'unauthorized',
    'This chat is for people whom its operator vouches for. Open it from the page that you are signed in to.',
    { details: { reason: 'signature' } },
  )
}
