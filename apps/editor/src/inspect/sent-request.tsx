import { isRecord, textOf } from '@millrace/flow'
import styles from './sent-request.module.css'

/** What a chat model was sent: its messages by role, its tools and its parameters. */
export function SentRequest({ request }: { readonly request: Readonly<Record<string, unknown>> }) {
  const { messages, tools, ...parameters } = request
  const list = Array.isArray(messages) ? messages.filter(isRecord) : []
  const facts = Object.entries(parameters)
  return (
    <>
      <ol className={styles.messages} aria-label="Messages">
        {list.map((message, index) => (
          <Message key={index} message={message} />
        ))}
      </ol>
      {Array.isArray(tools) && tools.length > 0 && (
        <details className={styles.tools}>
          <summary>Tools: {tools.map(toolName).join(', ')}</summary>
          <pre tabIndex={0}>{JSON.stringify(tools, null, 2)}</pre>
        </details>
      )}
      {facts.length > 0 && (
        <dl className={styles.parameters} aria-label="Parameters">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

function Message({ message }: { readonly message: Readonly<Record<string, unknown>> }) {
  const { role, content, tool_calls: toolCalls, name } = message
  return (
    <li data-role={role}>
      <span className={styles.role}>
        {String(role)}
        {typeof name === 'string' && ` · ${name}`}
      </span>
      <pre>{contentText(content)}</pre>
      {Array.isArray(toolCalls) && <pre>{JSON.stringify(toolCalls, null, 2)}</pre>}
    </li>
  )
}

/** Content of several parts is text, and what stands between it. */
function contentText(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content)
  return content
    .map((part: unknown) =>
      isRecord(part) && typeof part['text'] === 'string' ? part['text'] : JSON.stringify(part),
    )
    .join('\n')
}

function toolName(tool: unknown): string {
  const described = isRecord(tool) && isRecord(tool['function']) ? tool['function'] : tool
  return isRecord(described) && typeof described['name'] === 'string' ? described['name'] : 'tool'
}
