import type { FlowStore } from '../flows/flow-store.ts'
import { readStored } from '../flows/read-document.ts'
import type { Settings } from '../settings.ts'
import type { FlowRetention, Retention } from './run-retention.ts'

const dayMs = 24 * 60 * 60 * 1000
const megabyte = 1024 * 1024

interface Wishes {
  readonly settings: Pick<Settings, 'keepRuns' | 'keepDays' | 'keepMegabytes'>
  readonly flows: Pick<FlowStore, 'containing'>
}

/** How many runs the operator keeps of all flows, and how many fewer flows want of their own. */
export async function wishedRetention({ settings, flows }: Wishes): Promise<Retention> {
  const wishing = await flows.containing('"keepRuns"')
  return {
    runs: settings.keepRuns,
    age: settings.keepDays * dayMs,
    bytes: settings.keepMegabytes * megabyte,
    flows: wishing.flatMap(({ id, text }) => wishOf(id, text)),
  }
}

/** None of a text that this version cannot read. */
function wishOf(flowId: string, text: string): readonly FlowRetention[] {
  const read = readStored(text)
  const { runs, days } = (read.status === 'flow' && read.flow.settings?.keepRuns) || {}
  if (runs === undefined && days === undefined) return []
  return [{ flowId, runs, age: days === undefined ? undefined : days * dayMs }]
}
