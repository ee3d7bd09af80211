import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './tool.ts'

const section = 'A node in fifteen minutes'
const copy = mkdtempSync(join(tmpdir(), 'millrace-tutorial-'))
beforeAll(() => copyRepository(), 60_000)
afterAll(() => rmSync(copy, { recursive: true }))

describe('the tutorial of CONTRIBUTING.md', () => {
  it('works as it stands, step by step', () => {
    const steps = readSteps(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))
    expect(steps.map(({ kind }) => kind)).toEqual([
      'commands',
      'file',
      'file',
      'file',
      'commands',
      'commands',
    ])
    for (const step of steps) {
      if (step.kind === 'file') writeFileSync(join(copy, step.path), step.text)
      else for (const line of step.lines) expect(run(line), line).toEqual({ code: 0, failure: '' })
    }
  }, 120_000)

  it('leaves what pnpm check accepts, and so do a node with blocks and a trigger', () => {
    for (const line of [
      'pnpm new node text ifLong --kind action --title "If long" --exits long,short',
      'pnpm new node queue trigger --kind trigger --title "Queue trigger"',
      'pnpm test:unit packages/nodes/src/text/if-long packages/nodes/src/queue packages/nodes/src/registry',
      'pnpm run docs:check',
      'oxfmt --check packages/nodes/src',
      'oxlint --type-aware packages/nodes/src/text packages/nodes/src/queue',
      'tsc -p packages/nodes',
      'tsc -p packages/nodes/tsconfig.source.json',
    ]) {
      expect(run(line), line).toEqual({ code: 0, failure: '' })
    }
  }, 120_000)

  it.each([
    ['pnpm new node flow return', 'There is a node "flow.return" already. Choose another name.'],
    ['pnpm new node text CountWords', '"CountWords" is no name here. Write it in camelCase'],
    ['pnpm new node text other --kind robot', 'A node of kind "robot" is not made here.'],
    ['pnpm new node text other --exits next,next', 'The exits "next,next" cannot be.'],
  ])('is refused by %s, before anything is written', (line, message) => {
    const { code, failure } = run(line)
    expect(code).toBe(2)
    expect(failure).toContain(message)
    expect(existsSync(join(copy, 'packages/nodes/src/text/other'))).toBe(false)
  })
})

type Step =
  | { readonly kind: 'commands'; readonly lines: readonly string[] }
  | { readonly kind: 'file'; readonly path: string; readonly text: string }

/** The blocks of the section: commands, and files whose path stands beside their language. */
function readSteps(text: string): readonly Step[] {
  const start = text.indexOf(`## ${section}\n`)
  const own = text.slice(start, text.indexOf('\n## ', start + 1))
  return [...own.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language, path = '', content = '']): Step =>
      language === 'sh'
        ? { kind: 'commands', lines: content.trim().split('\n') }
        : { kind: 'file', path, text: content },
  )
}

/** What `pnpm` would run is run at once: the script of package.json, with the tools of the repository. */
function run(line: string): { readonly code: number | null; readonly failure: string } {
  const { scripts } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>
  } // the package.json of this repository
  const command = line.replace(/^pnpm (?:run )?(\S+)/, (_, name: string) => scripts[name] ?? name)
  const tools = join(root, 'node_modules', '.bin')
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: copy,
    shell: true,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), tools, process.env['PATH']].join(delimiter),
    },
  })
  return { code: status, failure: status === 0 ? '' : `${stdout}${stderr}` }
}

/** The repository as it is now, with what is installed in it. */
function copyRepository(): void {
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  })
  for (const path of stdout
    .split('\0')
    .filter((one) => existsSync(join(root, one)) && one !== '')) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    cpSync(join(root, path), join(copy, path))
  }
  for (const path of globSync('{.,*/*,e2e,bench}/node_modules', { cwd: root })) {
    symlinkSync(join(root, path), join(copy, path))
  }
}
