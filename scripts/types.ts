// Type-checks every project of the workspace. `tsconfig.json` covers all files of a package, tests
// included; `tsconfig.source.json`, where there is one, compiles what ships against less.
import { globSync } from 'node:fs'
import { root, runNode, toolPath } from './tool.ts'

const tsc = toolPath('tsc', root, 'typescript')
const projects = globSync('{.,packages/*,apps/*,examples/*,e2e,bench}/tsconfig{,.source}.json', {
  cwd: root,
})
const failed: string[] = []
for (const project of projects.sort()) {
  if ((await runNode([tsc, '-p', project])) !== 0) failed.push(project)
}

if (failed.length > 0) {
  console.error(`\nTypes are wrong in ${failed.join(', ')}.`)
  process.exitCode = 1
}
