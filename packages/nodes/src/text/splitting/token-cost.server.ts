import type { EncodingName } from './encodings.ts'

/** A megabyte of tables or two each, so each is loaded when it is first needed. */
const loaders = {
  cl100k_base: () => import('gpt-tokenizer/encoding/cl100k_base'),
  o200k_base: () => import('gpt-tokenizer/encoding/o200k_base'),
} as const satisfies Record<EncodingName, unknown>

/** How many tokens a text is. Words that mean something to a model count as the text that they are. */
export async function loadTokenCost(encoding: EncodingName): Promise<(text: string) => number> {
  const { countTokens } = await loaders[encoding]()
  const count = (text: string) => countTokens(text, asText)
  return (text) => (longRun.test(text) ? sum((text.match(parts) ?? []).map(count)) : count(text))
}

const asText = { disallowedSpecial: new Set<string>() }

// The tokenizer takes time in proportion to the square of a word's length; so long ones are no words.
const longRun = /\S{256}|\s{256}/u
const parts = /\s{0,255}\S{1,255}|\s{1,255}/gu

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
