import { createHmac, hkdfSync } from 'node:crypto'

/** The keys of public chats, all of them derived from the server's own. */
export interface VisitorKeys {
  /** Signs what the server itself says of a visitor. */
  readonly ours: Uint8Array
  /**
   * The secret by which the operator's back end signs the visitors of a flow. It is stored nowhere:
   * another id gives another one, which takes the place of the last.
   */
  secretOf(flowId: string, secretId: string): string
}

export function createVisitorKeys(serverKey: string): VisitorKeys {
  const keyFor = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', serverKey, '', `millrace/${purpose}`, 32))
  const secrets = keyFor('visitor-secrets')
  return {
    ours: keyFor('visitor-tokens'),
    secretOf: (flowId, secretId) =>
      createHmac('sha256', secrets)
        .update(JSON.stringify([flowId, secretId]))
        .digest('base64url'),
  }
}
