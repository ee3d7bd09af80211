/** A piece of a context. */
export interface Passage {
  readonly text: string
  /** Where it is from, if the context says so. */
  readonly source?: string
}

/**
 * Takes a context apart that says which document each piece is of, as prompt templates of a search
 * usually do: `[DOCUMENT]`, `Source: …`, `Content: …`, `[/DOCUMENT]`. Any other is one piece.
 */
export function passagesOf(context: string): readonly Passage[] {
  return context.split(/^[ \t]*\[\/?DOCUMENT\][ \t]*$/im).flatMap((part) => {
    const source = /^[ \t]*Source:[ \t]*(.+)$/im.exec(part)?.[1]?.trim()
    const text = part
      .replace(/^[ \t]*Source:.*$/im, '')
      .replace(/^[ \t]*Content:[ \t]*/im, '')
      .trim()
    if (text === '') return []
    return source === undefined ? [{ text }] : [{ text, source }]
  })
}
