import type { Flow, JsonValue } from '@millrace/flow'
import { useMemo } from 'react'
import { useDocument } from '../document/document-store.ts'
import { runCommands, useNodeInput } from '../run/run-store.ts'
import { useLastValues } from './last-values.ts'
import { previewPrompt, type PromptPreview } from './prompt-preview.ts'

/** The messages that a node would send, with `draft` laid over its properties. */
export function usePromptPreview(
  nodeId: string,
  draft: Readonly<Record<string, JsonValue | undefined>>,
): PromptPreview {
  const properties = useDocument(({ flow }) => propertiesIn(flow, nodeId))
  const values = useLastValues(nodeId)
  const input = useNodeInput(nodeId)
  return useMemo(() => {
    const current = withoutUndefined({ ...properties, ...draft })
    const ran = propertiesIn(runCommands.current().document, nodeId)
    const recorded = Object.entries(input ?? {}).filter(
      ([key]) => JSON.stringify(ran[key]) === JSON.stringify(current[key]),
    )
    return previewPrompt({ properties: current, recorded: Object.fromEntries(recorded), values })
  }, [nodeId, properties, draft, values, input])
}

const none: Readonly<Record<string, JsonValue>> = {}

function propertiesIn(flow: Flow | undefined, nodeId: string): Readonly<Record<string, JsonValue>> {
  return flow?.nodes.find(({ id }) => id === nodeId)?.properties ?? none
}

function withoutUndefined(
  properties: Readonly<Record<string, JsonValue | undefined>>,
): Readonly<Record<string, JsonValue>> {
  const entries = Object.entries(properties)
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
