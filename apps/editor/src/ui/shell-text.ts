/** A text as one word for a shell: between single quotes it reads everything as it is, but them. */
export function shellText(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
