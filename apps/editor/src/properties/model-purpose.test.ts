import { expect, it } from 'vitest'
import { likelyPurpose } from './model-purpose.ts'

it.each([
  'demo-embedder',
  'text-embedding-3-small',
  'nomic-embed-text:latest',
  'mxbai-embed-large',
  'BAAI/bge-m3',
  'thenlper/gte-large',
  'intfloat/multilingual-e5-large',
  'sentence-transformers/all-MiniLM-L6-v2',
  'mistral-embed',
])('takes %s for a model that embeds', (id) => {
  expect(likelyPurpose(id)).toBe('embedding')
})

it.each(['demo', 'gpt-5-mini', 'llama3.2:3b', 'claude-fable-5', 'qwen3', 'gemma3', 'phi-e5x'])(
  'takes %s for one that chats',
  (id) => {
    expect(likelyPurpose(id)).toBe('chat')
  },
)
