import { CopyButton } from '../ui/copy-button.tsx'
import type { ApiTarget } from './api-target.ts'
import styles from './endpoints.module.css'
import { addressOf, callsOf, toolServerOf } from './flow-call.ts'

/** The addresses that a flow is called at. */
export function Endpoints({ target }: { readonly target: ApiTarget }) {
  return (
    <ul className={styles.list} aria-label="Endpoints">
      {target.isTool && (
        <Endpoint
          title="MCP"
          address={toolServerOf(target)}
          summary={`The Model Context Protocol, for agents. The flow is its tool “${target.flowId}”; the key needs the policy mcp.`}
        />
      )}
      {callsOf(target).map(({ name, title, summary }) => (
        <Endpoint key={name} {...{ title, summary }} address={addressOf(target, name)} />
      ))}
    </ul>
  )
}

interface EndpointProps {
  readonly title: string
  readonly address: string
  readonly summary: string
}

function Endpoint({ title, address, summary }: EndpointProps) {
  return (
    <li className={styles.endpoint}>
      <span className={styles.title}>{title}</span>
      <div className={styles.what}>
        <code>
          <b>POST</b> {address}
        </code>
        <p>{summary}</p>
      </div>
      <CopyButton label={`Copy the address for ${title}`} text={() => address} />
    </li>
  )
}
