import { property } from '@millrace/flow'
import { encodings } from './encodings.ts'

/** How a text is cut, in the order of the panel. */
export const splitterProperties = {
  splitterType: property.choice({
    label: 'Splitter type',
    help: 'How the text is cut. Recursive characters: into pieces of so many characters, between paragraphs, lines, sentences or words where it can. Tokens: the same, counted as a model counts. Markdown headers: into its sections.',
    required: true,
    default: 'recursiveCharacters',
    options: {
      recursiveCharacters: 'Recursive characters',
      tokens: 'Tokens',
      markdownHeaders: 'Markdown headers',
    },
  }),
  encodingName: property.choice({
    label: 'Encoding name',
    help: 'How tokens are counted: as the model does that gets the pieces.',
    required: true,
    default: 'cl100k_base',
    options: encodings,
    visible: { property: 'splitterType', in: ['tokens'] },
  }),
  chunkSize: property.number({
    label: 'Chunk size',
    help: 'How many characters a piece has at most. Empty: 1,000.',
    required: true,
    minimum: 16,
    integer: true,
    default: 1000,
    port: 2,
    visible: { property: 'splitterType', in: ['recursiveCharacters'] },
  }),
  maxTokens: property.number({
    label: 'Max tokens',
    help: 'How many tokens a piece has at most. Empty: 300.',
    required: true,
    minimum: 16,
    integer: true,
    default: 300,
    port: 3,
    visible: { property: 'splitterType', in: ['tokens'] },
  }),
  chunkOverlap: property.number({
    label: 'Chunk overlap',
    help: 'How much of a piece the next one repeats, in characters or tokens, so that what was cut apart is whole in one of them. At most half of a piece. Empty: 0.',
    minimum: 0,
    integer: true,
    default: 0,
    port: 4,
    visible: { property: 'splitterType', in: ['recursiveCharacters', 'tokens'] },
  }),
  headersToSplitOn: property.text({
    label: 'Headers to split on',
    help: 'The headers at which a section begins, by their marks: #, ##, ###.',
    required: true,
    default: '#, ##, ###',
    visible: { property: 'splitterType', in: ['markdownHeaders'] },
  }),
  includeHeadersInOutput: property.boolean({
    label: 'Include headers in output',
    help: 'Whether a section comes with its header and those above it, which say what it is about.',
    default: true,
    visible: { property: 'splitterType', in: ['markdownHeaders'] },
  }),
}
