import type { Flow, FlowSettings } from './flow.ts'

/** The settings that count for a flow: there need be no flow for feedback, all else has a default. */
export type SettledSettings = Required<Omit<FlowSettings, 'feedbackFlow'>> &
  Pick<FlowSettings, 'feedbackFlow'>

/** The settings of a flow with what it left out filled in. */
export function settingsOf(flow: Flow): SettledSettings {
  return {
    onDisconnect: 'grace',
    timeoutSeconds: 300,
    trace: 'summary',
    keepRuns: {},
    ...flow.settings,
  }
}
