import { basePath } from '../api/base-path.ts'

const key = 'millrace.reloadedAt'
const onceInMs = 10_000
const unfetched = new WeakSet<Error>()

/**
 * A page that is older than the server asks for parts that are gone: it is loaded anew, once. Drafts
 * keep what is not saved. A page that the server still has stays: what it asked for can be asked for
 * again, and while nothing answers, the page is all there is.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    unfetched.add(payload)
    void reloadIfOlder()
  })
}

/** Whether an error says that a part of the editor could not be fetched, which is no defect of it. */
export function isUnfetched(error: Error): boolean {
  return unfetched.has(error)
}

async function reloadIfOlder(): Promise<void> {
  const served = await fetchPage()
  // Its name holds the hash of all that it fetches.
  const entry = document.querySelector('script[type="module"]')?.getAttribute('src')
  if (!served || !entry || served.includes(entry)) return
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (Date.now() - last < onceInMs) return
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
}

async function fetchPage(): Promise<string | undefined> {
  try {
    const response = await fetch(`${basePath}/`)
    return response.ok ? await response.text() : undefined
  } catch {
    return undefined
  }
}
