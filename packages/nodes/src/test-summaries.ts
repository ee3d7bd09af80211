import type { ErrorCode, FlowError } from '@millrace/flow'

/** How a kind of connection names what is wrong: by the reason of an error, else by its code. */
interface Summaries {
  readonly reasons: Readonly<Record<string, string>>
  readonly codes: Partial<Readonly<Record<ErrorCode, string>>>
}

/** Makes what says, in a few words that fit a title, why the test of a connection failed. */
export function testSummaries(own: Summaries): (error: FlowError) => string {
  const reasons = new Map(Object.entries({ ...common.reasons, ...own.reasons }))
  const codes: Summaries['codes'] = { ...common.codes, ...own.codes }
  return ({ code, details }) =>
    reasons.get(String(details?.['reason'])) ?? codes[code] ?? 'It does not work'
}

/** What any server can be met by. */
const common = {
  reasons: {
    nothing_listens: 'Nothing listens there',
    unknown_name: 'The name is not known',
    certificate: 'Its certificate is not trusted',
  },
  codes: {
    address_refused: 'This address is not allowed',
    timeout: 'It did not answer in time',
  },
} as const satisfies Summaries
