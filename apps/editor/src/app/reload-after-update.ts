const key = 'millrace.reloadedAt'
const onceInMs = 10_000

/**
 * A page that is older than the server asks for parts that are gone: it is loaded anew, once. Drafts
 * keep what is not saved.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(key) ?? 0)
    if (Date.now() - last < onceInMs) return
    sessionStorage.setItem(key, String(Date.now()))
    location.reload()
  })
}
