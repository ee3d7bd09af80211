/** So many of something: "1 row", "1,234 rows". For nouns that take an s. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
