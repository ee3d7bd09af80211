import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIdentifier, isSlug, maxNameLength, nearestName, toSlug, uniqueName } from './name.ts'

describe('identifiers', () => {
  it.each(['a', 'A', 'aB_9', 'true', 'x'.repeat(64)])('%s is one', (text) => {
    expect(isIdentifier(text)).toBe(true)
  })
  it.each([
    '',
    '1a',
    '_a',
    'a-b',
    'a b',
    'é',
    'a\n',
    'x'.repeat(65),
    'constructor',
    '__proto__',
    'prototype',
  ])('%j is none', (text) => {
    expect(isIdentifier(text)).toBe(false)
  })
})

describe('slugs', () => {
  it.each(['a', '0', 'rag-chat', 'a--b', 'x'.repeat(64)])('%s is one', (text) => {
    expect(isSlug(text)).toBe(true)
  })
  it.each(['', '-a', 'A', 'a_b', 'a b', 'a\n', 'x'.repeat(65), 'constructor', 'prototype'])(
    '%j is none',
    (text) => {
      expect(isSlug(text)).toBe(false)
    },
  )
  it.each([
    ['RAG chat (v2)', 'rag-chat-v2'],
    ['  Überblick — Käse ', 'uberblick-kase'],
    ['日本語', ''],
    ['x'.repeat(100), 'x'.repeat(64)],
  ])('are made of any text: %s', (text, slug) => {
    expect(toSlug(text)).toBe(slug)
  })
  it('are ones, or empty, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const slug = toSlug(text)
        expect(slug === '' || isSlug(slug)).toBe(true)
      }),
    )
  })
})

describe('a free name', () => {
  it.each([
    ['response', [], 'response'],
    ['response', ['response'], 'response2'],
    ['response', ['response', 'response2'], 'response3'],
    ['response2', ['response2'], 'response3'],
  ])('for %s where %j are taken is %s', (wanted, taken, name) => {
    // 'response2' becomes 'response3' only because 'response2' is taken.
    expect(uniqueName(wanted, new Set(taken))).toBe(name)
  })
  it('is never longer than a name may be', () => {
    const long = 'x'.repeat(maxNameLength)
    const name = uniqueName(long, new Set([long]))
    expect(name).toHaveLength(maxNameLength)
    expect(isIdentifier(name)).toBe(true)
  })
})

describe('the name that was meant', () => {
  const known = ['prompt', 'response', 'chatRequest']
  it.each([
    ['promt', 'prompt'],
    ['Prompt', 'prompt'],
    ['chatrequest', 'chatRequest'],
    ['respnose', 'response'],
    ['promtp', 'prompt'],
    ['something', undefined],
    ['p', undefined],
  ])('%s: %s', (name, meant) => {
    expect(nearestName(name, known)).toBe(meant)
  })
})
