import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf } from '../../sql/sql-properties.ts'
import { postgres } from '../system.ts'

/** Finds the records whose meaning is nearest to a text. */
export const searchVectors = defineNode({
  type: 'postgres.searchVectors',
  version: 1,
  kind: 'action',
  title: 'Search vectors',
  system: postgres.title,
  category: 'data',
  icon: postgres.icon,
  description:
    'Finds the records whose meaning is nearest to a text, in a table with embeddings (pgvector). Its result is the context of a chat completion.',
  tags: [
    'rag',
    'vector',
    'embedding',
    'semantic',
    'similarity',
    'retrieval',
    'pgvector',
    'database',
  ],
  exec: { in: true, out: { next: { label: 'Next' } } },
  attachments: {
    textEmbedder: { label: 'Text embedder', accepts: 'textEmbedder', max: 1, required: true },
  },
  properties: {
    connection: connectionOf(postgres),
    table: property.table({
      label: 'Table',
      help: 'The table with the embeddings, with its schema where the database does not find it without.',
      placeholder: 'Choose or type a table',
      required: true,
      connection: 'connection',
      port: 1,
    }),
    searchText: property.value({
      label: 'Search text',
      help: 'What is searched for. The text embedder turns it into a vector.',
      required: true,
      type: 'text',
      placeholder: 'Enter search string',
      port: 2,
    }),
    recordDefinition: property.recordDefinition({
      label: 'Record definition',
      help: 'Which columns hold the key, the vector and the content, and which more come with a hit.',
      required: true,
      connection: 'connection',
      table: 'table',
      purpose: 'search',
      placeholder: 'Configure record definition',
    }),
    filter: property.filter({
      label: 'Filter',
      help: 'Which records are searched. IN takes a list, or text with commas between the values. Empty: all.',
      connection: 'connection',
      table: 'table',
      placeholder: 'Configure filter (optional)',
    }),
    top: property.number({
      label: 'Top',
      help: 'How many hits are returned, the nearest ones, up to 1,000. Empty: 3.',
      minimum: 1,
      maximum: 1000,
      integer: true,
      default: 3,
      port: 3,
    }),
    skip: property.number({
      label: 'Skip',
      help: 'How many of the nearest hits are left out. Empty: 0.',
      minimum: 0,
      integer: true,
      default: 0,
      port: 4,
    }),
    distanceFunction: property.choice({
      label: 'Distance function',
      help: 'How the distance of two vectors is measured; smaller is closer. Cosine: 0 to 2. Euclidean and Manhattan: 0 and up. Dot product: the negative product, so −1 is the closest for vectors of length 1.',
      default: 'cosine',
      options: {
        cosine: 'Cosine distance',
        euclidean: 'Euclidean distance',
        dotProduct: 'Dot product',
        manhattan: 'Manhattan distance',
      },
    }),
    scoreLimit: property.number({
      label: 'Score limit',
      help: 'Only hits at most this far away, 0 to 2: lower is closer. Empty: no limit.',
      minimum: 0,
      maximum: 2,
      placeholder: 'No limit',
      port: 5,
    }),
    promptTemplate: property.template({
      label: 'Prompt template',
      help: 'How each hit is written for a model, one after the other. @[name] stands for a field of the record definition. Empty: the content.',
      fieldsOf: 'recordDefinition',
      placeholder: 'Enter the prompt template',
    }),
    searchResultVariable: property.variableName({
      label: 'Search result variable name',
      help: 'The variable that holds the hits, nearest first, and the prompt made of them.',
      default: 'searchResult',
    }),
    commandTimeout,
  },
  outputs: { searchResult: { nameFrom: 'searchResultVariable', type: 'vectorSearchResult' } },
})
