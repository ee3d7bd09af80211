import { defineConnection } from '@millrace/flow'

/** The built-in connection that needs no key, and never claims to be an AI. */
export const demoConnection = defineConnection({
  kind: 'demo',
  title: 'Demo model (not an AI)',
  icon: 'flask-conical',
  description:
    'Built in, and needs no key. Its chat model is no AI: it quotes the context it is given, at a human pace, so that flows can be tried before a real model is connected. Its embedding model is a real one, for English: Universal Sentence Encoder Lite (512 dimensions, Apache-2.0).',
  fields: {},
  lookups: ['models'],
  http: true,
  builtIn: true,
})
