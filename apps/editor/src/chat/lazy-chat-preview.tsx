import { lazy, Suspense } from 'react'

/** Fetches the preview of a chat. */
export const loadChatPreview = async () => ({
  default: (await import('./chat-preview.tsx')).ChatPreview,
})

const Preview = lazy(loadChatPreview)

/** The preview of the chat, fetched before it is opened for the first time. */
export function LazyChatPreview() {
  return (
    <Suspense>
      <Preview />
    </Suspense>
  )
}
