import './layers.css'
import '@millrace/chat-view/tokens.css'
import '@millrace/chat-view/base.css'
import '@fontsource-variable/inter/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ChatWindow } from './chat-window.tsx'
import { openChat } from './open-chat.ts'
import { readPageAddress, takeSigned } from './page-address.ts'
import { applyTheme } from './theme.ts'
import { ThemeButton } from './theme-button.tsx'

applyTheme()
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root".')
const { baseUrl, flowId } = readPageAddress()
const chat = openChat({
  baseUrl,
  flowId,
  signed: takeSigned(),
  mayPreview: true,
})
chat.store.subscribe(({ entry }) => {
  if (entry.state === 'in') document.title = entry.chat.name
})
createRoot(root).render(
  <StrictMode>
    <ChatWindow chat={chat} title="Chat" tools={<ThemeButton />} />
  </StrictMode>,
)
