import type { TraceLevel } from '@millrace/flow'

/** What a run leaves on the server, in the words of a designer. */
export interface TraceWords {
  readonly value: TraceLevel
  readonly label: string
  readonly hint: string
}

/** The ways to record what clients' runs do; the first is the default. */
export const traceLevels = [
  {
    value: 'summary',
    label: 'A summary',
    hint: 'What comes in and goes out, what ran, and for how long.',
  },
  {
    value: 'fullOnFailure',
    label: 'More, if the run fails',
    hint: 'Then also what nodes were given, and what models wrote.',
  },
  {
    value: 'full',
    label: 'Everything',
    hint: 'Also every value in between, and all that was sent to models.',
  },
] as const satisfies readonly TraceWords[]

/** What is stored of the runs of clients, in a sentence or two. */
export function storedText(trace: TraceLevel): string {
  switch (trace) {
    case 'summary':
      return 'Stored are the question, the answer, what ran and for how long; no values in between.'
    case 'fullOnFailure':
      return 'Stored are the question, the answer and what ran; of a run that fails also what nodes were given, and what models wrote.'
    case 'full':
      return 'Stored is everything: the question, the answer, all values in between, and all that models were sent.'
  }
}

/** One kind of what a run may leave, and with which trace it is kept. */
export interface StoredFact {
  readonly what: string
  readonly example: string
  readonly kept: Readonly<Record<TraceLevel, 'always' | 'onFailure' | 'never'>>
}

const always = { summary: 'always', fullOnFailure: 'always', full: 'always' } as const
const onFailure = { summary: 'never', fullOnFailure: 'onFailure', full: 'always' } as const
const onlyFull = { summary: 'never', fullOnFailure: 'never', full: 'always' } as const

/** What is kept of a run by its trace, as E3 and E17 of the engine say. */
export const storedFacts: readonly StoredFact[] = [
  {
    what: 'What comes in',
    example: 'The question, the session, the history that a client sent along.',
    kept: always,
  },
  {
    what: 'What goes out',
    example: 'Every value that is yielded, and the one that is returned.',
    kept: always,
  },
  {
    what: 'What ran',
    example: 'Nodes and their times, errors, what Log nodes wrote.',
    kept: always,
  },
  {
    what: 'What ran in each round',
    example: 'The nodes in a loop, such as those for each message.',
    kept: onlyFull,
  },
  {
    what: 'Calls to the outside',
    example: 'Model, time and tokens; the statement of a query, without its values.',
    kept: always,
  },
  {
    what: 'What nodes were given',
    example: 'Prompts, parameters, conditions.',
    kept: onFailure,
  },
  {
    what: 'What models wrote',
    example: 'Also where the flow does not pass it on.',
    kept: onFailure,
  },
  {
    what: 'What nodes gave',
    example: 'Hits of a search, rows of a query, variables.',
    kept: onlyFull,
  },
  {
    what: 'What was sent',
    example: 'All messages to a model, the values of a statement.',
    kept: onlyFull,
  },
]
