import './layers.css'
import '@millrace/chat-view/tokens.css'
import '@millrace/chat-view/base.css'
import { createRoot } from 'react-dom/client'
import { openChat } from './open-chat.ts'
import { serverOfScript } from './page-address.ts'
import { Widget } from './widget.tsx'

/** The build puts all style sheets here. */
const styles = '__CHAT_STYLES__'

const script = document.currentScript
if (script instanceof HTMLScriptElement) {
  const begin = () => embed(script)
  if (document.body === null) document.addEventListener('DOMContentLoaded', begin, { once: true })
  else begin()
}

/** Puts a chat on the page, as its script tag asks. */
function embed({ src, dataset }: HTMLScriptElement): void {
  const flowId = dataset['flow']
  if (flowId === undefined || flowId === '') {
    console.error('Millrace: the script of the chat has no data-flow. Give it the id of a flow.')
    return
  }
  const host = document.createElement('millrace-chat')
  // What is typed into the chat is no shortcut of the page.
  for (const type of ['keydown', 'keypress', 'keyup']) {
    host.addEventListener(type, (event) => event.stopPropagation())
  }
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  shadow.adoptedStyleSheets = [sheet]
  const chat = openChat({
    baseUrl: serverOfScript(src),
    flowId,
    signed: dataset['token'],
    context: dataset['context'],
    mayPreview: false,
  })
  document.body.append(host)
  createRoot(shadow).render(
    <Widget chat={chat} title={dataset['title'] ?? 'Chat'} theme={themeOf(dataset['theme'])} />,
  )
}

function themeOf(text: string | undefined): 'light' | 'dark' | undefined {
  return text === 'light' || text === 'dark' ? text : undefined
}
