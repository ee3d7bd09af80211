import { describe, expect, it } from 'vitest'
import { emptyFlow } from './empty-flow.ts'
import { parseFlow } from './parse.ts'
import { serializeFlow } from './serialize.ts'
import { maxTagLength, maxTags, tidyTag, tidyTags } from './tags.ts'

const base = emptyFlow('test', 'Test')

function refusal(tags: readonly unknown[]): string | undefined {
  const result = parseFlow({ ...base, tags })
  return result.status === 'malformed' ? result.problems[0]?.message : undefined
}

describe('the tags of a flow', () => {
  it('[F4] are read as they stand, up to a number and a length', () => {
    expect(refusal(['billing', 'Kundendienst Süd', '🧪'.repeat(maxTagLength)])).toBeUndefined()
    expect(refusal(Array.from({ length: maxTags + 1 }, (_, index) => `${index}`))).toBe(
      'At tags: This is too long: at most 20 items.',
    )
    const spaced =
      'At tags[0]: A tag has 1 to 40 characters, with no space before, behind, or twice inside.'
    expect(
      [' a', 'a  b', 'a\nb', '', 'x'.repeat(maxTagLength + 1)].map((tag) => refusal([tag])),
    ).toEqual([spaced, spaced, spaced, spaced, spaced])
  })

  it('are each there once, whatever its case', () => {
    expect(refusal(['Billing', 'billing'])).toBe(
      'At tags: A tag is given twice. Upper and lower case are the same.',
    )
  })

  it('[F8] have one order in the text, and none of them is no field', () => {
    const text = serializeFlow({ ...base, tags: ['live', 'Billing', 'draft'] })
    expect(text).toBe(serializeFlow({ ...base, tags: ['draft', 'live', 'Billing'] }))
    expect(JSON.parse(text)).toMatchObject({ tags: ['Billing', 'draft', 'live'] })
    expect(serializeFlow({ ...base, tags: [] })).toBe(serializeFlow(base))
  })

  it('are tidied as they are typed', () => {
    expect(tidyTag('  two \n words ')).toBe('two words')
    expect(tidyTag(`${'x'.repeat(maxTagLength - 1)} more`)).toBe('x'.repeat(maxTagLength - 1))
    expect(tidyTags(['Live', ' ', 'live', 'draft'])).toEqual(['Live', 'draft'])
    expect(tidyTags(Array.from({ length: 30 }, (_, index) => `${index}`))).toHaveLength(maxTags)
  })
})
