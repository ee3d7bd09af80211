import { create } from 'zustand'
import { keepText, readKeptText } from '../session/kept.ts'

/** What the flows of this browser were last run with, as text that somebody may be typing. */
export interface InputState {
  /** By the id of the flow. */
  readonly texts: Readonly<Record<string, string>>
  /** Whether somebody tried to run with an input that has problems, so that they are all shown. */
  readonly isTried: boolean
}

/** The store of inputs. */
export const useInputs = create<InputState>()(() => ({ texts: {}, isTried: false }))

/** What a flow was last run with here, or is being edited to; `undefined` for its default data. */
export function useInputText(flowId: string): string | undefined {
  const text = useInputs(({ texts }) => texts[flowId])
  return text ?? inputCommands.textOf(flowId)
}

/** Longer ones are not kept over a reload, in characters. */
const longestKept = 100_000

/** Reads and changes inputs. */
export const inputCommands = {
  /** What a flow was last run with here; `undefined` when it was not, or that was forgotten. */
  textOf(flowId: string): string | undefined {
    return useInputs.getState().texts[flowId] ?? readKeptText(keyOf(flowId))
  },
  change(flowId: string, text: string): void {
    useInputs.setState(({ texts }) => ({ texts: { ...texts, [flowId]: text } }))
    if (text.length <= longestKept) keepText(keyOf(flowId), text)
  },
  /** Goes back to the default data. */
  forget(flowId: string): void {
    useInputs.setState(({ texts }) => {
      const { [flowId]: _, ...others } = texts
      return { texts: others, isTried: false }
    })
    keepText(keyOf(flowId), undefined)
  },
  setTried(isTried: boolean): void {
    useInputs.setState({ isTried })
  },
}

function keyOf(flowId: string): string {
  return `millrace.input.${flowId}`
}
