import '@millrace/chat-view/tokens.css'
import '@millrace/chat-view/base.css'
import '@fontsource-variable/inter/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { refetchStyleSheets } from './app/refetch-style-sheets.ts'
import { reloadAfterUpdate } from './app/reload-after-update.ts'
import { applyTheme } from './app/theme.ts'

applyTheme()
refetchStyleSheets()
reloadAfterUpdate()
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
