import {
  setNodeFields,
  titleOf,
  type FlowNode,
  type NodeDefinition,
  type Problem,
} from '@millrace/flow'
import { CircleHelp, TriangleAlert } from 'lucide-react'
import { memo, useMemo, useState } from 'react'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { withAuthor } from '../canvas/with-author.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { documentCommands } from '../document/document-store.ts'
import { inspectCommands } from '../inspect/inspect-store.ts'
import { LazyNodeResult } from '../inspect/lazy-node-result.tsx'
import { PanelTabs } from '../inspect/panel-tabs.tsx'
import { resultParts } from '../inspect/result-parts.ts'
import { useNodeOutputs, useNodeVisits } from '../run/run-store.ts'
import { keep, readKept } from '../session/kept.ts'
import { Field } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import { useSteady } from '../ui/use-steady.ts'
import { AboutNode } from './about-node.tsx'
import { useFieldSearchAsked } from './field-search-asked.ts'
import { NodeError } from './node-error.tsx'
import { NodeFields } from './node-fields.tsx'
import { PanelHead } from './panel-head.tsx'
import styles from './properties-panel.module.css'
import { useScopes } from './scopes.ts'

export interface NodeFormProps {
  readonly node: FlowNode
  /** `undefined` for a node whose type is unknown here. */
  readonly definition: NodeDefinition | undefined
  readonly problems: readonly Problem[]
}

const noProblems: readonly Problem[] = []

/** The properties of one node, in the order of its definition. */
export function NodeForm({ node, definition, problems }: NodeFormProps) {
  const [showsHelp, setShowsHelp] = useState(readShowsHelp)
  const asked = useFieldSearchAsked(({ times }) => times)
  const [askedBefore] = useState(asked)
  const byProperty = useMemo(
    () => Map.groupBy(problems, (problem) => problem.property ?? ''),
    [problems],
  )
  const toggleHelp = useSteady(() => {
    setShowsHelp(!showsHelp)
    keep(helpKey, !showsHelp)
  })
  const outputs = useNodeOutputs(node.id)
  const hasRun = useNodeVisits(node.id) > 0
  const parts = useMemo(() => resultParts(outputs ?? {}), [outputs])
  const title = (
    <TitleField
      nodeId={node.id}
      title={node.title ?? ''}
      byDefault={definition?.title ?? ''}
      showsHelp={showsHelp}
    />
  )
  const common = (
    <>
      {definition?.kind === 'action' && (
        <DisabledField nodeId={node.id} isDisabled={node.disabled === true} showsHelp={showsHelp} />
      )}
      <DescriptionField
        nodeId={node.id}
        description={node.description ?? ''}
        showsHelp={showsHelp}
      />
    </>
  )
  const fields = (
    <div className={styles.fields} data-node-fields>
      {showsHelp && definition !== undefined && <About nodeId={node.id} definition={definition} />}
      {(byProperty.get('') ?? noProblems).map((problem) => (
        <p key={problem.message} className={styles.notice} data-severity={problem.severity}>
          <TriangleAlert size={14} aria-hidden /> {problem.message}
        </p>
      ))}
      <NodeError nodeId={node.id} />
      {definition === undefined ? (
        <>
          {title}
          {common}
        </>
      ) : (
        <NodeFields
          node={node}
          definition={definition}
          problems={byProperty}
          showsHelp={showsHelp}
          searches={asked - askedBefore}
          before={title}
          after={common}
        />
      )}
    </div>
  )
  return (
    <>
      <NodeHead
        definition={definition}
        title={titleOf(node, definition)}
        subtitle={subtitleOf(node, definition)}
        hasRun={hasRun}
        showsHelp={showsHelp}
        onToggleHelp={toggleHelp}
      />
      <PanelTabs
        fields={fields}
        size={parts.length === 1 ? (parts[0]?.size ?? '') : ''}
        result={
          parts.length === 0 ? undefined : (
            <LazyNodeResult
              title={titleOf(node, definition)}
              parts={parts}
              onInspect={() => inspectCommands.open(node.id)}
            />
          )
        }
      />
    </>
  )
}

interface NodeHeadProps {
  readonly definition: NodeDefinition | undefined
  readonly title: string
  readonly subtitle: string
  readonly hasRun: boolean
  readonly showsHelp: boolean
  readonly onToggleHelp: () => void
}

const NodeHead = memo(function NodeHead(props: NodeHeadProps) {
  const { definition, title, subtitle, hasRun, showsHelp, onToggleHelp } = props
  return (
    <PanelHead
      icon={<NodeIcon definition={definition} />}
      tone={definition?.category}
      title={title}
      subtitle={subtitle}
      actions={
        <>
          {hasRun && <CommandButton command="inspect" />}
          <IconButton label="Help" isPressed={showsHelp} tooltipSide="left" onClick={onToggleHelp}>
            <CircleHelp size={16} aria-hidden />
          </IconButton>
        </>
      }
    />
  )
})

interface AboutProps {
  readonly nodeId: string
  readonly definition: NodeDefinition
}

function About({ nodeId, definition }: AboutProps) {
  const { scopes } = useScopes()
  return <AboutNode definition={definition} outputs={scopes.outputsOf(nodeId)} />
}

const helpKey = 'millrace.showsHelp'

function readShowsHelp(): boolean {
  return readKept(helpKey) === true
}

function subtitleOf(node: FlowNode, definition: NodeDefinition | undefined): string {
  if (definition === undefined) return `Unknown type ${node.type}`
  const isRenamed = titleOf(node, definition) !== definition.title
  const kind = isRenamed ? `${definition.system} · ${definition.title}` : definition.system
  return withAuthor(kind, definition)
}

interface TitleFieldProps {
  readonly nodeId: string
  readonly title: string
  readonly byDefault: string
  readonly showsHelp: boolean
}

const TitleField = memo(function TitleField(props: TitleFieldProps) {
  const { nodeId, title, byDefault, showsHelp } = props
  return (
    <div data-property="title">
      <Field
        label="Title"
        help={showsHelp ? 'What the node is called on its card. Empty: what it is.' : undefined}
      >
        <TextField
          value={title}
          placeholder={byDefault}
          onChange={(changed) =>
            documentCommands.edit(
              'Rename',
              (flow) => setNodeFields(flow, nodeId, { title: changed }),
              {
                coalesce: `${nodeId} title`,
              },
            )
          }
        />
      </Field>
    </div>
  )
})

interface DisabledFieldProps {
  readonly nodeId: string
  readonly isDisabled: boolean
  readonly showsHelp: boolean
}

const DisabledField = memo(function DisabledField(props: DisabledFieldProps) {
  const { nodeId, isDisabled, showsHelp } = props
  return (
    <Field
      label="Disabled"
      className={styles.inline ?? ''}
      help={
        showsHelp
          ? 'A disabled node is skipped: its outputs are empty, and the flow goes on after it.'
          : undefined
      }
    >
      <Switch
        isOn={isDisabled}
        onChange={(disabled) =>
          documentCommands.edit(disabled ? 'Disable' : 'Enable', (flow) =>
            setNodeFields(flow, nodeId, { disabled }),
          )
        }
      />
    </Field>
  )
})

interface DescriptionFieldProps {
  readonly nodeId: string
  readonly description: string
  readonly showsHelp: boolean
}

const DescriptionField = memo(function DescriptionField(props: DescriptionFieldProps) {
  const { nodeId, description, showsHelp } = props
  return (
    <Field
      label="Description"
      help={
        showsHelp ? 'Notes for whoever reads the flow; they change nothing in a run.' : undefined
      }
    >
      <TextArea
        className={styles.description}
        value={description}
        rows={3}
        placeholder="What this node is for"
        onChange={(changed) =>
          documentCommands.edit(
            'Describe',
            (flow) => setNodeFields(flow, nodeId, { description: changed }),
            { coalesce: `${nodeId} description` },
          )
        }
      />
    </Field>
  )
})
