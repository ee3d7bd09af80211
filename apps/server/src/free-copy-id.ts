import { isSlug, uniqueName } from '@millrace/flow'

/** A free id for the copy of a thing. */
export function freeCopyId(id: string, taken: ReadonlySet<string>): string {
  const free = uniqueName(`${id.slice(0, 59)}-copy`, taken)
  return isSlug(free) ? free : uniqueName('copy', taken)
}
