import { serializeFlow } from '@millrace/flow'
import { defineCommand } from 'citty'
import { exitCodes } from './exit-code.ts'
import { readFlowFiles } from './flow-files.ts'
import { formatProblems } from './print-problems.ts'
import { readText, writeText } from './read-flow.ts'

/**
 * `millrace format flows/`: rewrites flow files in their canonical text. A command of its own, since
 * nobody expects of a check that it writes.
 */
export const formatCommand = defineCommand({
  meta: {
    name: 'format',
    description: 'Write flow files in their canonical text, so that git shows changes alone.',
  },
  args: {
    files: { type: 'positional', description: 'Flow files, or folders of them', required: true },
    check: { type: 'boolean', description: 'Write nothing; exit code 1 if a file would change' },
  },
  async run({ args }) {
    const isCheck = args.check === true
    let isRight = true
    for (const file of await readFlowFiles(args._)) {
      if (file.status !== 'flow') {
        console.error(`${file.path}:\n${formatProblems(file.problems)}`)
        isRight = false
        continue
      }
      const text = serializeFlow(file.flow)
      if ((await readText(file.path)) === text) continue
      if (isCheck) isRight = false
      else await writeText(file.path, text)
      console.log(`${isCheck ? 'not canonical' : 'written'}: ${file.path}`)
    }
    return isRight ? exitCodes.ok : exitCodes.failed
  },
})
