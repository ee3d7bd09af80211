import { usesOfFlowVariables, type FlowVariable, type Problem } from '@millrace/flow'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { FlowVariableRow } from './flow-variable-row.tsx'
import styles from './flow-variables.module.css'
import { useFlowAndScopes } from './scopes.ts'
import { gapOf, useReorder } from './use-reorder.ts'
import { addVariable, moveVariable, variablesOf } from './variable-edits.ts'

/** The editor of the flow's own variables. */
export function FlowVariables() {
  const variables = useDocument(selectVariables)
  const problems = useDocument(selectProblems)
  const { flow, scopes } = useFlowAndScopes()
  const taken = useMemo(() => new Set(scopes.declared.map(({ name }) => name)), [scopes])
  const uses = useMemo(() => usesOfFlowVariables(flow, registry, scopes), [flow, scopes])
  const { listRef, drag, gripOf } = useReorder((from, to) =>
    documentCommands.edit('Move a variable', (current) => moveVariable(current, from, to)),
  )
  return (
    <section className={styles.variables} aria-label="Variables">
      <p className={styles.about}>
        Values that every node can use, such as the id of a model. <i>Set variable</i> changes them
        while the flow runs.
      </p>
      {variables.length > 0 && (
        <ol ref={listRef} className={styles.list} data-dragging={drag !== undefined || undefined}>
          {variables.map((variable, index) => (
            <li
              // A variable has no id but its place: its name may be the one being changed.
              key={index}
              className={styles.row}
              aria-label={variable.name}
              data-dragged={drag?.from === index || undefined}
              data-gap={gapOf(drag?.gap, index, variables.length)}
            >
              <FlowVariableRow
                index={index}
                variable={variable}
                taken={taken}
                flow={flow}
                uses={uses.get(variable.name) ?? noUses}
                problem={problemOf(problems, index)}
                grip={gripOf(index)}
              />
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onClick={() =>
            documentCommands.edit('Add a variable', (current) => addVariable(current, registry))
          }
        >
          Add variable
        </Button>
      </div>
    </section>
  )
}

const noUses = [] as const

function problemOf(problems: readonly Problem[], index: number): string {
  return problems
    .filter(({ path }) => path?.[0] === 'variables' && path[1] === index)
    .map(({ message }) => message)
    .join(' ')
}

function selectVariables({ flow }: DocumentState): readonly FlowVariable[] {
  return variablesOf(flow)
}

function selectProblems({ problems }: DocumentState): readonly Problem[] {
  return problems
}
