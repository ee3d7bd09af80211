import { basePath } from '../api/base-path.ts'

const key = 'millrace.reloadedAt'
const onceInMs = 10_000
const unfetched = new WeakSet<Error>()

/**
 * A page that is older than the server asks for parts that are gone: it is loaded anew, once. Drafts
 * keep what is not saved. While nothing answers, the page is all there is, and stays.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    unfetched.add(payload)
    void reloadIfServerAnswers()
  })
}

/** Whether an error says that a part of the editor could not be fetched, which is no defect of it. */
export function isUnfetched(error: Error): boolean {
  return unfetched.has(error)
}

async function reloadIfServerAnswers(): Promise<void> {
  const answers = await fetch(`${basePath}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  )
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (!answers || Date.now() - last < onceInMs) return
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
}
