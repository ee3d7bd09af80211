import { describe, expect, it } from 'vitest'
import { isSecretHeader, placeholderIn } from './connection-definition.ts'

describe('placeholderIn', () => {
  it('finds what was left to fill in', () => {
    expect(placeholderIn('https://<resource>.openai.azure.com/<x>')).toBe('<resource>')
    expect(placeholderIn('https://mill.openai.azure.com')).toBeUndefined()
  })
})

describe('isSecretHeader', () => {
  it.each([
    'Authorization',
    'proxy-authorization',
    'api-key',
    'X-API-Key',
    'Ocp-Apim-Subscription-Key',
    'CF-Access-Client-Secret',
    'x-auth-token',
    'Cookie',
  ])('takes the value of %s for a secret', (name) => expect(isSecretHeader(name)).toBe(true))

  it.each(['x-team', 'HTTP-Referer', 'OpenAI-Project', 'x-key-count'])(
    'takes the value of %s for no secret',
    (name) => expect(isSecretHeader(name)).toBe(false),
  )
})
