import { expect, it } from 'vitest'
import { refusedNode } from './node-version.ts'

it('takes the Node.js that the package asks for, and newer ones', () => {
  for (const version of ['22.18.0', '22.20.1', '24.0.0']) {
    expect(refusedNode(version, '>=22.18')).toBeUndefined()
  }
})

it('says which Node.js is needed, and which one this is', () => {
  for (const version of ['20.20.2', '22.9.0', '18.19.1']) {
    expect(refusedNode(version, '>=22.18')).toBe(
      `Millrace needs Node.js 22.18 or newer, and this is ${version}. Install a newer one: https://nodejs.org`,
    )
  }
})
