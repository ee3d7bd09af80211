/** A placeholder of a prompt template: `@@` and the longest run of letters. */
export const placeholderPattern = /@@([A-Za-z]+)/g

/** The placeholders of a template that it does not know, each once, in order. */
export function unknownPlaceholders(
  template: string,
  known: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...template.matchAll(placeholderPattern)].map((match) => match[1] ?? '')
  return [...new Set(names)].filter((name) => !Object.hasOwn(known, name))
}
