import { isIdentifier } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { checkCode, type CodeProblem } from '../api/functions-api.ts'

/** How long nothing is typed before the code is read. */
const quietMs = 400

/** What keeps code from being read, a moment after it was last changed. Offline, nothing is known. */
export function useCodeProblem(code: string, inputs: readonly string[]): CodeProblem | undefined {
  const [found, setFound] = useState<{ readonly code: string; readonly problem?: CodeProblem }>()
  const names = inputs.filter(isIdentifier).join(' ')
  useEffect(() => {
    if (code.trim() === '') return undefined
    const controller = new AbortController()
    const timer = setTimeout(() => {
      checkCode(code, names === '' ? [] : names.split(' '), controller.signal).then(
        (problem) => setFound({ code, ...(problem && { problem }) }),
        () => undefined, // whether the server answers is said elsewhere
      )
    }, quietMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [code, names])
  // What is written since may have mended it.
  return found?.code === code ? found.problem : undefined
}
