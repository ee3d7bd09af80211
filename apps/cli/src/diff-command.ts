import { spawnSync } from 'node:child_process'
import { diffFlows, emptyFlow, formatDiff, isEmptyDiff, type Flow } from '@millrace/flow'
import { defineCommand } from 'citty'
import { exitCodes, UsageError } from './exit-code.ts'
import { claimsToBeFlow } from './flow-files.ts'
import { installedNodes } from './installed-nodes.ts'
import { formatProblems } from './print-problems.ts'
import { readFlow } from './read-flow.ts'

/** `millrace diff a.json b.json`: tells how two versions of a flow differ. */
export const diffCommand = defineCommand({
  meta: {
    name: 'diff',
    description: 'Tell how two flow files differ: changed, rewired, moved; exit code 1 if they do.',
  },
  args: {
    before: { type: 'positional', description: 'The flow file as it was', required: true },
    after: { type: 'positional', description: 'The flow file as it is', required: true },
    json: { type: 'boolean', description: 'Print the differences as JSON' },
    git: {
      type: 'boolean',
      description: 'Be a diff driver of git: it gives the path and both versions by itself',
    },
  },
  async run({ args }) {
    if (args.git === true) return await diffForGit(args._)
    const [before, after, ...more] = args._
    if (before === undefined || after === undefined || more.length > 0) {
      throw new UsageError('Two flow files are compared. Name both.')
    }
    const { registry } = await installedNodes(process.env)
    const diff = diffFlows(await flowIn(before), await flowIn(after), registry)
    console.log(args.json === true ? JSON.stringify(diff, null, 2) : formatDiff(diff))
    return isEmptyDiff(diff) ? exitCodes.ok : exitCodes.failed
  },
})

/** What git names where there is no file. */
const noFile = '/dev/null'

/** The longest diff of text that is shown, in bytes. */
const maxDiffBytes = 64 * 1024 * 1024

/** What git hands to a driver: path, old file, its hash and mode, new file, its hash and mode. */
async function diffForGit([path, oldFile, , , newFile]: readonly string[]): Promise<number> {
  if (path === undefined || oldFile === undefined || newFile === undefined) {
    throw new UsageError(
      'With --git the command is called by git. Set it as the command of a diff driver.',
    )
  }
  console.log(path)
  try {
    const [old, current] = [await versionOf(oldFile), await versionOf(newFile)]
    const before = old ?? (current && emptyFlow(current.id, current.name))
    const after = current ?? (old && emptyFlow(old.id, old.name))
    const { registry } = await installedNodes(process.env)
    if (before && after) console.log(formatDiff(diffFlows(before, after, registry)))
  } catch (error) {
    // Half of a merge, or JSON that is no flow: git must go on with the next file.
    if (!(error instanceof UsageError)) throw error
    if (await isSaidToBeFlow([oldFile, newFile])) console.log(error.message)
    console.log(diffOfText(oldFile, newFile))
  }
  return exitCodes.ok
}

async function isSaidToBeFlow(files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    if (file !== noFile && (await claimsToBeFlow(file))) return true
  }
  return false
}

/** As git shows files that have no driver, so that no change is hidden: the lines that differ. */
function diffOfText(oldFile: string, newFile: string): string {
  const args = ['--no-pager', 'diff', '--no-index', '--no-ext-diff', '--', oldFile, newFile]
  const { stdout, error } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: maxDiffBytes })
  if (error !== undefined) return `The lines cannot be shown: ${error.message}`
  return stdout.slice(Math.max(0, stdout.indexOf('@@'))).trimEnd()
}

/** `undefined` where the file was not there yet, or is there no longer. */
async function versionOf(file: string): Promise<Flow | undefined> {
  return file === noFile ? undefined : await flowIn(file)
}

async function flowIn(path: string): Promise<Flow> {
  const file = await readFlow(path)
  if (file.status === 'flow') return file.flow
  throw new UsageError(`"${path}" is no flow that can be read:\n${formatProblems(file.problems)}`)
}
