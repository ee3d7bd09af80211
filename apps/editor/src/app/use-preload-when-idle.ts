import { useEffect } from 'react'
import { loadChatPreview } from '../chat/lazy-chat-preview.tsx'
import { loadPatterns } from '../patterns/re2js-on-demand.ts'
import { loadEditors } from '../properties/lazy-editors.tsx'
import { loadNodeForms } from '../properties/lazy-node-forms.tsx'

const latestMs = 5_000

/**
 * Fetches what a designer reaches for next, once the flow is shown and the browser has nothing
 * better to do. What cannot be fetched now is fetched when it is needed, which then says what is
 * wrong.
 */
export function usePreloadWhenIdle(): void {
  useEffect(() => {
    const fetchAll = () => {
      for (const load of [loadNodeForms, loadEditors, loadPatterns, loadChatPreview]) {
        void load().catch(() => undefined)
      }
    }
    // Safari has no idle callbacks.
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(fetchAll, latestMs)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(fetchAll, { timeout: latestMs })
    return () => cancelIdleCallback(handle)
  }, [])
}
