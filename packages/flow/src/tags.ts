import { compareText } from './program-order.ts'

/** At most this many tags on a flow. */
export const maxTags = 20
/** At most this many characters in a tag. */
export const maxTagLength = 40

/** What two tags have in common that are the same one: neither case nor form tells them apart. */
export function tagKey(tag: string): string {
  return tag.normalize('NFC').toLowerCase()
}

/** Whether a text may stand as a tag in a document. */
export function isTag(text: string): boolean {
  return text !== '' && text === tidyTag(text)
}

/** A tag as it is kept, of what somebody typed; empty where nothing is left. */
export function tidyTag(text: string): string {
  // By whole characters, so that no emoji is cut in two.
  const characters = Array.from(text.replaceAll(/\s+/g, ' ').trim())
  return characters.slice(0, maxTagLength).join('').trim()
}

/** Tags as a document takes them: tidied, each once, and no more than there may be. */
export function tidyTags(tags: readonly string[]): readonly string[] {
  const kept = new Map<string, string>()
  for (const tag of tags.map(tidyTag)) {
    if (tag !== '' && !kept.has(tagKey(tag))) kept.set(tagKey(tag), tag)
  }
  return [...kept.values()].slice(0, maxTags)
}

/** By name, so that two who add tags at once get one text; case decides only between the same. */
export function compareTags(left: string, right: string): number {
  return compareText(tagKey(left), tagKey(right)) || compareText(left, right)
}
