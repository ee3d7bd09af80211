import { ChevronRight, KeyRound } from 'lucide-react'
import { useState } from 'react'
import { serverUrl } from '../api/base-path.ts'
import { CodeBlock } from '../api-page/code-block.tsx'
import type { Answer, Operation, RequestBody } from './api-description.ts'
import { operationCurl } from './operation-curl.ts'
import styles from './operation-view.module.css'
import { schemaText } from './schema-text.ts'

interface OperationViewProps {
  readonly operation: Operation
  /** Whether the address of the page names it. */
  readonly isNamed: boolean
}

/** One call, folded until it is looked at. */
export function OperationView({ operation, isNamed }: OperationViewProps) {
  const { id, method, path, summary } = operation
  const [isOpen, setOpen] = useState(isNamed)
  return (
    <details
      id={id}
      className={styles.operation}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={styles.summary}>
        <ChevronRight size={14} aria-hidden className={styles.chevron} />
        <span className={styles.method} data-method={method}>
          {method}
        </span>
        <code className={styles.path}>{path}</code>
        <span className={styles.words}>{withCode(summary)}</span>
      </summary>
      {isOpen && <Whole operation={operation} />}
    </details>
  )
}

function Whole({ operation }: { readonly operation: Operation }) {
  const { caller, parameters, body, answers } = operation
  // What they mean stands beside the status; what they look like is the same for all.
  const errors = answers.filter(({ status }) => status === 'default' || Number(status) >= 400)
  const goods = answers.filter((answer) => !errors.includes(answer))
  return (
    <div className={styles.whole}>
      <p className={styles.caller}>
        <KeyRound size={13} aria-hidden />
        <span>{withCode(caller)}</span>
      </p>
      {parameters.length > 0 && <Parameters operation={operation} />}
      {body !== undefined && <Body body={body} />}
      <section>
        <h3>Answers</h3>
        {goods.map((answer) => (
          <AnswerView key={answer.status + answer.type} answer={answer} />
        ))}
      </section>
      <section>
        <h3>Errors</h3>
        <dl className={styles.errors}>
          {errors.map(({ status, description }) => (
            <div key={status}>
              <dt>{status === 'default' ? 'others' : status}</dt>
              <dd>{withCode(description)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>Try it</h3>
        <CodeBlock name="curl" language="shell" code={operationCurl(operation, serverUrl())} />
      </section>
    </div>
  )
}

function Parameters({ operation: { parameters } }: { readonly operation: Operation }) {
  return (
    <section>
      <h3>Parameters</h3>
      <div className={styles.scrolled}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">In</th>
              <th scope="col">Type</th>
              <th scope="col">What it is</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(({ name, in: place, schema, isRequired, description }) => (
              <tr key={place + name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{place}</td>
                <td>
                  <code>{schemaText(schema)}</code>
                  {isRequired ? ', required' : ''}
                </td>
                <td>{withCode(description)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Body({ body: { schema, isRequired, examples } }: { readonly body: RequestBody }) {
  return (
    <section>
      <h3>Body{isRequired ? '' : ', optional'}</h3>
      <CodeBlock name="application/json" language="typescript" code={schemaText(schema)} />
      {examples.map(({ summary, value }) => (
        <CodeBlock
          key={summary}
          name={summary.replaceAll('`', '')}
          language="typescript"
          code={JSON.stringify(value, null, 2)}
        />
      ))}
    </section>
  )
}

function AnswerView({ answer }: { readonly answer: Answer }) {
  const { status, description, type, schema, example } = answer
  const code = textOfAnswer(schema, example)
  return (
    <>
      <p>
        <b>{status}</b> {withCode(description)}
      </p>
      {type !== '' && <CodeBlock name={type} language="typescript" code={code} />}
    </>
  )
}

function textOfAnswer(schema: Answer['schema'], example: unknown): string {
  if (example === undefined) return schemaText(schema)
  return typeof example === 'string' ? example.trimEnd() : JSON.stringify(example, null, 2)
}

/** What stands between back ticks is code. */
function withCode(text: string) {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}
