import type { FlowSettings } from '@millrace/flow'

/** What the settings of a flow are called. */
export const settingLabels: Readonly<Record<keyof FlowSettings, string>> = {
  onDisconnect: 'When the client disconnects',
  timeoutSeconds: 'Time limit in seconds',
  feedbackFlow: 'Feedback flow',
  trace: 'What clients’ runs record',
  keepRuns: 'Keep the last runs',
}
