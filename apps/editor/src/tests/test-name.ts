import { isRecord } from '@millrace/flow'

/** A name is read in one line. */
const longestName = 60

/** What a test of a run is called at first: the question that was asked, if one was. */
export function testName(input: unknown, flowName = 'Run'): string {
  const prompt = isRecord(input) && typeof input['prompt'] === 'string' ? input['prompt'] : ''
  const line = prompt.replaceAll(/\s+/g, ' ').trim()
  if (line === '') return flowName
  return line.length > longestName ? `${line.slice(0, longestName).trimEnd()}…` : line
}
