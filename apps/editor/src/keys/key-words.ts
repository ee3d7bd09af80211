import { environmentNames } from '../api/environments.ts'
import type { ApiKey, Policy } from '../api/keys-api.ts'
import { counted } from '../ui/counted.ts'

/** What keys may do, in words; each as short as a pill, and as a sentence. */
export const policyWords: Readonly<
  Record<Policy, { readonly label: string; readonly help: string }>
> = {
  execute: {
    label: 'Run flows',
    help: 'Starts flows, and follows and stops the runs that it started.',
  },
  mcp: {
    label: 'Use flows as tools',
    help: 'Lists and calls flows with an MCP tool trigger, at /mcp.',
  },
  configure: {
    label: 'Design',
    help: 'Reads and changes flows, connections and all runs; makes no API keys, and sends no secret elsewhere.',
  },
}

/** What a key is for, fact by fact. */
export function factsOf({ policies, flows, environment, limits }: ApiKey): readonly string[] {
  const { requestsPerMinute: requests, concurrentRuns: runs } = limits
  return [
    ...(policies.includes('configure') ? [] : [flowsText(flows)]),
    ...(environment === null ? [] : [`${environmentNames[environment]} only`]),
    ...(requests === null ? [] : [`at most ${counted(requests, 'request')} a minute`]),
    ...(runs === null ? [] : [`at most ${counted(runs, 'run')} at a time`]),
  ]
}

function flowsText(flows: readonly string[] | null): string {
  if (flows === null) return 'all flows'
  return flows.length <= 3 ? flows.join(', ') : counted(flows.length, 'flow')
}
