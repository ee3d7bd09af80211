import type { RerunReason } from '@millrace/flow'

/** Why a node runs again before the one that is run from. */
export const rerunReasons = {
  failed: 'it failed in that run',
  notEnded: 'it had not ended when that run did',
  notReached: 'that run had not come to it',
  notRecorded: 'what it gave was not recorded',
  changed: 'it has been changed since',
  usesRerun: 'it uses what another node gives anew',
  ownsBlock: 'it runs the block in which the node is',
} as const satisfies Readonly<Record<RerunReason, string>>
