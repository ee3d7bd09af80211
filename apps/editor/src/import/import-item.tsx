import { settingsOf, type Flow, type FlowTests } from '@millrace/flow'
import { CircleAlert, CircleCheck, CircleX, FlaskConical } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { FlowThumbnail } from '../flows/flow-thumbnail.tsx'
import { registry } from '../registry.ts'
import { Choice } from '../ui/choice.tsx'
import { counted } from '../ui/counted.ts'
import styles from './import-dialog.module.css'
import { importFacts } from './import-facts.ts'
import type { ImportItem } from './read-import.ts'

interface ImportItemViewProps {
  readonly item: ImportItem
  /** All flows and tests of the import, the item's among them. */
  readonly flows: readonly Flow[]
  readonly tests: readonly FlowTests[]
  readonly here: readonly FlowSummary[]
  readonly isReplacing: boolean
  readonly onReplacing: (flowId: string, isReplacing: boolean) => void
}

/** One document of an import: what it is, or why it is left out. */
export function ImportItemView({ item, ...context }: ImportItemViewProps) {
  switch (item.status) {
    case 'flow':
      return <FlowItem flow={item.flow} {...context} />
    case 'tests': {
      const { flow, tests } = item.tests
      const isWithFlow = context.flows.some(({ id }) => id === flow)
      return isWithFlow ? (
        <Line tone="plain" icon={<FlaskConical size={16} aria-hidden />}>
          <strong>{counted(tests.length, 'test')}</strong> of the flow <code>{flow}</code>
        </Line>
      ) : (
        <Refused source={item.source}>
          These are tests of the flow <code>{flow}</code>, which is not part of this import. Take
          its file too.
        </Refused>
      )
    }
    case 'newer':
      return (
        <Refused source={item.source}>
          It is written in version {item.version} of the flow format, which this Millrace does not
          know. Update Millrace first.
        </Refused>
      )
    case 'foreign':
      return (
        <Refused source={item.source}>
          This is an export of {item.product}. Millrace does not read those: draw the flow here, or
          start from a template that does something alike.
        </Refused>
      )
    case 'refused':
      return (
        <Refused source={item.source}>
          {item.reasons.length === 1
            ? 'It cannot be imported:'
            : `It cannot be imported, for ${item.reasons.length} reasons:`}
          <ul className={styles.problems} tabIndex={0} aria-label="Problems of the document">
            {item.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Refused>
      )
  }
}

type FlowItemProps = Omit<ImportItemViewProps, 'item'> & { readonly flow: Flow }

function FlowItem({ flow, flows, tests, here, isReplacing, onReplacing }: FlowItemProps) {
  const facts = importFacts(flow, {
    registry,
    flowIds: new Set(here.map(({ id }) => id)),
    importedIds: new Set(flows.map(({ id }) => id)),
  })
  const testCount = tests.find((one) => one.flow === flow.id)?.tests.length ?? 0
  const taken = here.find(({ id }) => id === flow.id)
  const parts = [
    facts.trigger === undefined ? 'no trigger' : `starts with ${facts.trigger}`,
    ...(facts.variableCount === 0 ? [] : [counted(facts.variableCount, 'variable')]),
    ...(testCount === 0 ? [] : [counted(testCount, 'test')]),
    `at most ${settingsOf(flow).timeoutSeconds.toLocaleString('en')} s a run`,
  ]

  return (
    <li className={styles.item}>
      <div className={styles.picture}>
        <FlowThumbnail flow={flow} />
      </div>
      <div className={styles.facts}>
        <p>
          <strong>{flow.name}</strong>, {counted(flow.nodes.length, 'node')}
        </p>
        {flow.description !== undefined && <p className={styles.quiet}>{flow.description}</p>}
        <p className={styles.quiet}>
          {facts.systems.map(({ system, count }) => `${system} ${count}`).join(' · ')}
        </p>
        <p className={styles.quiet}>{parts.join(' · ')}</p>
        {facts.unknownTypes.length > 0 && (
          <Fact tone="warning">
            Nodes that are not known here: {facts.unknownTypes.join(', ')}. Install the package that
            has them, or replace them.
          </Fact>
        )}
        {facts.newerTypes.length > 0 && (
          <Fact tone="warning">
            Made with a newer version of {facts.newerTypes.join(', ')}. Update Millrace to run it.
          </Fact>
        )}
        {facts.calls.map(({ id, where }) => (
          <Fact key={id} tone={where === 'nowhere' ? 'warning' : 'ok'}>
            Calls the flow <code>{id}</code>, which is{' '}
            {where === 'inImport'
              ? 'part of this import.'
              : where === 'here'
                ? 'on this server.'
                : 'not on this server. Import that flow too.'}
          </Fact>
        ))}
        {facts.problems.length > 0 && (
          <Fact tone="warning">
            {counted(facts.problems.length, 'problem')} to mend before it runs, such as:{' '}
            {facts.problems[0]?.message}
          </Fact>
        )}
        {taken !== undefined && (
          <div className={styles.clash}>
            <Choice
              label={`The id ${flow.id} is that of “${taken.name}” here`}
              value={isReplacing ? 'replace' : 'new'}
              options={[
                { value: 'new', label: 'Import under a new id' },
                { value: 'replace', label: 'Replace that flow' },
              ]}
              onChange={(choice) => onReplacing(flow.id, choice === 'replace')}
            />
          </div>
        )}
      </div>
    </li>
  )
}

interface RefusedProps {
  readonly source: string
  readonly children: ReactNode
}

function Refused({ source, children }: RefusedProps) {
  return (
    <Line tone="error" icon={<CircleX size={16} aria-hidden />}>
      <strong>{source}</strong>
      <div>{children}</div>
    </Line>
  )
}

interface LineProps {
  readonly tone: 'plain' | 'error'
  readonly icon: ReactNode
  readonly children: ReactNode
}

function Line({ tone, icon, children }: LineProps) {
  return (
    <li className={styles.line} data-tone={tone}>
      {icon}
      <div className={styles.facts} role={tone === 'error' ? 'alert' : undefined}>
        {children}
      </div>
    </li>
  )
}

interface FactProps {
  readonly tone: 'ok' | 'warning'
  readonly children: ReactNode
}

function Fact({ tone, children }: FactProps) {
  return (
    <p className={styles.fact} data-tone={tone}>
      {tone === 'ok' ? (
        <CircleCheck size={14} aria-hidden />
      ) : (
        <CircleAlert size={14} aria-hidden />
      )}
      <span>{children}</span>
    </p>
  )
}
