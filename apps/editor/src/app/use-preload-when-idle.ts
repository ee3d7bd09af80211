import { useEffect } from 'react'
import { loadChatPreview } from '../chat/lazy-chat-preview.tsx'
import { loadClipboard } from '../clipboard/clipboard-commands.ts'
import { loadParser } from '../document/parse-document.ts'
import { loadExpressions } from '../expressions/expressions-on-demand.ts'
import { loadPatterns } from '../patterns/re2js-on-demand.ts'
import { loadEditors } from '../properties/load-editors.ts'
import { loadNodeForms } from '../properties/lazy-node-forms.tsx'
import { whenIdle } from './when-idle.ts'

const preloaded: readonly (() => Promise<unknown>)[] = [
  loadNodeForms,
  loadParser,
  loadClipboard,
  loadExpressions,
  loadEditors,
  loadPatterns,
  loadChatPreview,
]

/**
 * Fetches what a designer reaches for next, once the flow is shown and the browser has nothing
 * better to do. What cannot be fetched now is fetched when it is needed, which then says what is
 * wrong.
 */
export function usePreloadWhenIdle(): void {
  useEffect(
    () =>
      whenIdle(() => {
        for (const load of preloaded) void load().catch(() => undefined)
      }),
    [],
  )
}
