import { keep, readKept } from '../session/kept.ts'

const key = 'millrace.unfoldedNodes'

/** Whether all fields of a kind of node are shown, as somebody asked for in this browser. */
export function isUnfolded(type: string): boolean {
  return read().includes(type)
}

export function unfold(type: string): void {
  keep(key, [...new Set([...read(), type])])
}

export function fold(type: string): void {
  keep(
    key,
    read().filter((other) => other !== type),
  )
}

function read(): readonly string[] {
  const stored = readKept(key)
  return Array.isArray(stored) ? stored.filter((type) => typeof type === 'string') : []
}
