import { FlowError } from '@millrace/flow'
import type { Environment } from './environment.ts'
import type { RunTarget } from './plan-for.ts'

/** An environment, or what there is: production, else the draft. */
type WantedEnvironment = Environment | 'productionElseDraft'

/**
 * Where a caller runs a flow: what it names, as far as it may, else where it belongs. Whether the flow
 * is published there is asked afterwards. Throws `forbidden`.
 */
export function environmentOf({ principal, environment: named }: RunTarget): WantedEnvironment {
  switch (principal.kind) {
    case 'operator':
      return named ?? 'development'
    case 'open':
      return named ?? 'productionElseDraft'
    case 'visitor':
    case 'nobody':
      return expectAllowed(named, 'production', 'The chat page runs')
    case 'key':
      return principal.environment === undefined
        ? (named ?? 'production')
        : expectAllowed(named, principal.environment, 'This API key is for')
  }
}

/** Whether a caller may run what is saved but not published. */
export function mayRunDrafts({ principal }: Pick<RunTarget, 'principal'>): boolean {
  switch (principal.kind) {
    case 'operator':
    case 'open':
      return true
    case 'key':
      return principal.environment === 'development'
    case 'visitor':
    case 'nobody':
      return false
  }
}

function expectAllowed(
  named: Environment | undefined,
  only: Environment,
  because: string,
): Environment {
  if (named === undefined || named === only) return only
  throw new FlowError(
    'forbidden',
    `${because} the environment "${only}" alone, and the request names "${named}". Leave out ?env=.`,
    { property: 'query.env' },
  )
}
