import { compile, createServices, implement, implementTrigger, runFlow } from '@millrace/engine'
import { defineNode, property, type Flow, type RunEvent } from '@millrace/flow'

/** What a page that loads this bundle finds on its `window`. */
export interface EngineInPage {
  /** Runs a small flow to its end and answers its events. */
  readonly runEngine: (prompt: string) => Promise<readonly RunEvent[]>
}

const start = defineNode({
  type: 'page.start',
  version: 1,
  kind: 'trigger',
  title: 'Start',
  system: 'Page',
  category: 'trigger',
  icon: 'play',
  description: 'Takes a text.',
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: { outputVariable: property.variableName({ label: 'Output', default: 'prompt' }) },
  outputs: { prompt: { nameFrom: 'outputVariable', type: 'text' } },
})

const words = defineNode({
  type: 'page.words',
  version: 1,
  kind: 'action',
  title: 'Words',
  system: 'Page',
  category: 'control',
  icon: 'text',
  description: 'Runs its block for each word.',
  exec: {
    in: true,
    out: {
      each: {
        label: 'For each word',
        block: { word: { nameFrom: 'wordVariable', type: 'text' } },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    text: property.text({ label: 'Text', required: true }),
    wordVariable: property.variableName({ label: 'Word', default: 'word' }),
  },
})

const say = defineNode({
  type: 'page.say',
  version: 1,
  kind: 'action',
  title: 'Say',
  system: 'Page',
  category: 'output',
  icon: 'text',
  description: 'Yields a value.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: { value: property.value({ label: 'Value', required: true }) },
  yields: true,
})

const nodes = [
  implementTrigger(start, (input) => ({ prompt: String(input) })),
  implement(words, async ({ properties, blocks }) => {
    for (const word of properties.text.split(' ')) {
      const end = await blocks.each({ word })
      if (end.kind !== 'next') return { end }
    }
    return {}
  }),
  implement(say, ({ properties, run }) => {
    run.yield(properties.value)
  }),
]

const flow: Flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'in-a-page',
  name: 'In a page',
  nodes: [
    { id: 'start', type: 'page.start' },
    { id: 'words', type: 'page.words', properties: { text: { $ref: 'prompt' } } },
    { id: 'say', type: 'page.say', properties: { value: { $expr: 'word + "!"' } } },
  ],
  edges: [
    { from: ['start', 'next'], to: 'words' },
    { from: ['words', 'each'], to: 'say' },
  ],
}

// What the platform would say anew each time.
const services = createServices({ now: () => 0, newId: () => 'run-in-a-page' })

async function runEngine(prompt: string): Promise<readonly RunEvent[]> {
  const run = runFlow(compile(flow, [{ nodes }]), { input: prompt, services })
  const events: RunEvent[] = []
  for await (const event of run.events()) events.push(event)
  return events
}

Object.assign(globalThis, { runEngine } satisfies EngineInPage)
