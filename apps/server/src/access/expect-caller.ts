import { FlowError } from '@millrace/flow'
import type { Caller } from './caller.ts'
import type { KeyPrincipal, Policy, Principal } from './principal.ts'

/** Throws `forbidden` unless a principal is who a route is for. */
export function expectCaller(principal: Principal, caller: Caller): void {
  switch (principal.kind) {
    case 'operator':
      return
    case 'key':
      return expectPolicy(principal, caller)
    case 'visitor':
      if (caller === 'client') return
      throw new FlowError(
        'forbidden',
        'A visitor of a chat page runs its flow and nothing else. Sign in, or send an API key.',
      )
    case 'open':
    case 'nobody':
      return
  }
}

/** By the caller: the policies of which a key needs one; none at all is for the operator in person. */
const policiesFor: Readonly<Record<Caller, readonly Policy[]>> = {
  anyone: ['execute', 'configure', 'mcp'],
  client: ['execute', 'configure'],
  mcp: ['mcp'],
  operator: ['configure'],
  metrics: ['configure'],
  operatorInPerson: [],
}

function expectPolicy({ policies }: KeyPrincipal, caller: Caller): void {
  const wanted = policiesFor[caller]
  if (wanted.some((policy) => policies.includes(policy))) return
  if (policies.length === 0) {
    throw new FlowError(
      'forbidden',
      'What the API key may do cannot be read any more. Revoke it, and create another one.',
    )
  }
  throw new FlowError(
    'forbidden',
    wanted.length === 0
      ? 'No API key may do this, only the operator. Sign in to the editor.'
      : `The API key has the ${policies.length === 1 ? 'policy' : 'policies'} ${policies.join(', ')}, and this needs ${wanted[0]}. Use a key that has it.`,
  )
}
