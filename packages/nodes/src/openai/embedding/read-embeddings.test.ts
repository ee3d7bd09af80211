import { expect, it } from 'vitest'
import { readEmbeddings } from './read-embeddings.server.ts'

const item = (index: number | undefined, value: number) => ({ index, embedding: [value] })

function vectorsIn(data: readonly unknown[]): unknown {
  const answer = readEmbeddings(JSON.stringify({ data }), data.length)
  return 'vectors' in answer ? answer.vectors : answer.fault
}

it('[S54] puts vectors into the order of the texts', () => {
  expect(vectorsIn([item(2, 20), item(0, 0), item(1, 10)])).toEqual([[0], [10], [20]])
})

it('[S54] takes the order as it is where the indexes cannot be right', () => {
  expect(vectorsIn([item(undefined, 1), item(undefined, 2)])).toEqual([[1], [2]])
  expect(vectorsIn([item(0, 1), item(0, 2)])).toEqual([[1], [2]])
  expect(vectorsIn([item(5, 1), item(0, 2)])).toEqual([[1], [2]])
})

it('[S57] refuses vectors of two lengths, naming both', () => {
  expect(vectorsIn([{ embedding: [1, 2] }, { embedding: [1] }])).toBe(
    'answered with vectors of 2 and of 1 numbers',
  )
})
