import { expect, it } from 'vitest'
import { chatAddress, embedCode, readShareForm, shareFormOf, type ShareForm } from './share-form.ts'

const limits = { perMinute: 10, perSession: 100, perDay: 1000 }
const form: ShareForm = { mode: 'anonymous', origins: '', ...limits }

it('reads what it was made of', () => {
  const settings = {
    mode: 'signed' as const,
    origins: ['https://a.test', 'http://localhost:3000'],
    limits,
  }
  expect(readShareForm(shareFormOf(settings))).toEqual({ settings })
})

it('takes addresses as people copy them, each once', () => {
  const origins = 'https://Shop.test/cart?x=1\nshop.test, http://localhost:3000\n\n'
  expect(readShareForm({ ...form, origins })).toEqual({
    settings: {
      mode: 'anonymous',
      origins: ['https://shop.test', 'http://localhost:3000'],
      limits,
    },
  })
})

it.each([
  ['javascript:alert(1)', '“javascript:alert(1)” is no origin'],
  ['https://*.shop.test', '“https://*.shop.test” is no origin'],
  ['ftp://shop.test', '“ftp://shop.test” is no origin'],
])('refuses "%s" as an origin, by name', (origins, message) => {
  expect(readShareForm({ ...form, origins })).toEqual({
    errors: { origins: expect.stringContaining(message) },
  })
})

it('says of each limit what it may be', () => {
  expect(readShareForm({ ...form, perMinute: 0, perSession: 1.5, perDay: undefined })).toEqual({
    errors: {
      perMinute: 'Give a whole number from 1 to 10,000.',
      perSession: 'Give a whole number from 1 to 10,000.',
      perDay: 'Give a whole number from 1 to 10,000,000.',
    },
  })
})

it('writes the code and the address that are shared', () => {
  expect(embedCode('https://mill.test', 'chat', 'anonymous')).toBe(
    '<script src="https://mill.test/embed.js" data-flow="chat" async></script>',
  )
  expect(embedCode('https://mill.test', 'chat', 'signed')).toContain('data-token=')
  expect(chatAddress('https://mill.test', 'chat')).toBe('https://mill.test/chat/chat')
})
