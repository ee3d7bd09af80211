const key = 'millrace.unfoldedNodes'

/** Whether all fields of a kind of node are shown, as somebody asked for in this browser. */
export function isUnfolded(type: string): boolean {
  return read().includes(type)
}

export function unfold(type: string): void {
  localStorage.setItem(key, JSON.stringify([...new Set([...read(), type])]))
}

export function fold(type: string): void {
  localStorage.setItem(key, JSON.stringify(read().filter((other) => other !== type)))
}

function read(): readonly unknown[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored : []
  } catch {
    return []
  }
}
