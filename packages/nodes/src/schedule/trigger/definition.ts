import { defineNode, property } from '@millrace/flow'

/** Starts a flow by the clock. */
export const scheduleTrigger = defineNode({
  type: 'schedule.trigger',
  version: 1,
  kind: 'trigger',
  title: 'Schedule trigger',
  system: 'Schedule',
  category: 'trigger',
  icon: 'calendar-clock',
  description:
    'Starts the flow by the clock, in the background. A time at which the server is down, or the run before still goes on, is skipped.',
  tags: ['cron', 'timer', 'start', 'clock', 'job', 'daily', 'hourly', 'recurring'],
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    schedule: property.schedule({
      label: 'Schedule',
      help: 'When the flow starts: a cron expression of minute, hour, day, month and weekday, and the time zone of the clock that counts. What is published to production runs; without a password for the operator also what is only saved.',
      required: true,
    }),
    defaultData: property.json({
      label: 'Data',
      help: 'A JSON object that the flow starts with each time, also in the designer; scheduledAt, the time that the run was due, is added to it.',
      placeholder: '{ "days": 7 }',
    }),
    outputVariable: property.variableName({
      label: 'Output variable name',
      help: 'The variable that holds the data, with the time that the run was due as scheduledAt: text as in 2027-01-31T09:00:00.000Z.',
      required: true,
      default: 'triggerData',
    }),
  },
  outputs: { data: { nameFrom: 'outputVariable', type: { record: {} } } },
})
