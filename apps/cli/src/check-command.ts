import { checkFlow, hasErrors } from '@millrace/flow'
import { defineCommand } from 'citty'
import { exitCodes } from './exit-code.ts'
import { installedNodes } from './installed-nodes.ts'
import { formatProblems } from './print-problems.ts'
import { readFlow } from './read-flow.ts'

/** `millrace check flow.json`: lists what is wrong with a flow. */
export const checkCommand = defineCommand({
  meta: { name: 'check', description: 'List the problems of a flow; exit code 1 on errors.' },
  args: {
    file: { type: 'positional', description: 'The flow file', required: true },
    json: { type: 'boolean', description: 'Print the problems as JSON' },
  },
  async run({ args }) {
    const { registry } = await installedNodes(process.env)
    const file = await readFlow(args.file)
    const problems = file.status === 'flow' ? checkFlow(file.flow, registry) : file.problems
    if (args.json === true) console.log(JSON.stringify({ problems }, null, 2))
    else console.log(problems.length === 0 ? 'No problems.' : formatProblems(problems))
    return hasErrors(problems) ? exitCodes.failed : exitCodes.ok
  },
})
