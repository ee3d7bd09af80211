import { defineNode, property } from '@millrace/flow'

/** Writes an entry to the log of the run. */
export const log = defineNode({
  type: 'flow.log',
  version: 1,
  kind: 'action',
  title: 'Log',
  system: 'Flow',
  category: 'control',
  icon: 'scroll-text',
  description: 'Writes an entry to the log of the run, for those who design and operate the flow.',
  tags: ['debug', 'trace', 'print', 'message'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    level: property.choice({
      label: 'Level',
      help: 'How serious the entry is. It does not change how the run ends.',
      options: { info: 'Information', warning: 'Warning', error: 'Error' },
      default: 'info',
    }),
    message: property.text({
      label: 'Message',
      help: 'What happened, in a few words.',
      required: true,
      port: 1,
    }),
    data: property.value({
      label: 'Data',
      help: 'A value to keep beside the message.',
      port: 2,
    }),
  },
})
