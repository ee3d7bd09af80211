import { expect, it } from 'vitest'
import { UsageError } from './exit-code.ts'
import { keyHeaders, serverTarget } from './server-target.ts'

const server = 'http://localhost:4400'

it('takes the key of the command line before that of the environment', () => {
  const environment = { MILLRACE_KEY: ' mr_1\n' }
  expect(serverTarget({ server }, environment)).toEqual({ address: server, key: 'mr_1' })
  expect(serverTarget({ server, key: 'mr_2' }, environment).key).toBe('mr_2')
  expect(keyHeaders(serverTarget({ server }, {}))).toEqual({})
})

it('refuses what can be no key, without repeating it', () => {
  const refused = () => serverTarget({ server, key: 'two words' }, {})
  expect(refused).toThrow(UsageError)
  expect(refused).toThrow(/^The API key in --key holds spaces/)
})
