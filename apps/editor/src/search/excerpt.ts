/** A piece of a text around a place in it, on one line. */
export interface Excerpt {
  readonly before: string
  readonly marked: string
  readonly after: string
}

/** So many characters are shown before the place; the end is cut by the row it stands in. */
const lead = 16

/** The piece of a text in which a hit can be recognised. */
export function excerptOf(text: string, at: number, length: number): Excerpt {
  const oneLine = (part: string) => part.replaceAll(/\s+/g, ' ')
  const start = wordStart(text, at)
  return {
    before: `${start > 0 ? '…' : ''}${oneLine(text.slice(start, at)).trimStart()}`,
    marked: oneLine(text.slice(at, at + length)),
    after: oneLine(text.slice(at + length, at + length + 160)),
  }
}

/** The start of a word not far before the place. */
function wordStart(text: string, at: number): number {
  if (at <= lead) return 0
  const space = text.slice(at - lead, at).search(/\s\S/)
  return space === -1 ? at - lead : at - lead + space + 1
}
