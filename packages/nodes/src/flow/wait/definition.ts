import { defineNode, property } from '@millrace/flow'

/** Lets time pass. */
export const waitNode = defineNode({
  type: 'flow.wait',
  version: 1,
  kind: 'action',
  title: 'Wait',
  system: 'Flow',
  category: 'control',
  icon: 'timer',
  description:
    'Waits for some time, then goes on. Other runs are not held up, and a run that is stopped stops waiting.',
  tags: ['delay', 'sleep', 'pause', 'time', 'poll'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    duration: property.number({
      label: 'Duration',
      help: 'How long, in the unit below. It counts towards the time limit of the flow.',
      required: true,
      minimum: 0,
      port: 1,
    }),
    unit: property.choice({
      label: 'Unit',
      help: 'What the duration is counted in.',
      options: { milliseconds: 'Milliseconds', seconds: 'Seconds', minutes: 'Minutes' },
      default: 'seconds',
    }),
  },
})
