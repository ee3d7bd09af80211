import { describe, expect, it } from 'vitest'
import { describeSettings, isReachedByOthers, readSettings } from './settings.ts'

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(readSettings({})).toEqual({
      port: 4400,
      host: '127.0.0.1',
      operatorPassword: undefined,
      dataDirectory: './.millrace',
      secretKey: undefined,
      allowHosts: '',
      publicHosts: [],
      trustedProxies: [],
      basePath: '',
      nodePackages: [],
      drainSeconds: 10,
      keepRuns: 10_000,
      keepDays: 30,
      keepMegabytes: 4096,
      keepRevisions: 1000,
      keepRevisionMegabytes: 64,
      metricsToken: undefined,
      tracesUrl: undefined,
      limits: {
        runs: 5000,
        backgroundRuns: 1000,
        shortRunSeconds: 300,
        backgroundRunSeconds: 28_800,
        steps: 50_000,
        yielded: 64 * 1024 * 1024,
        resultRows: 10_000,
        resultBytes: 8 * 1024 * 1024,
        waitingFunctions: 1000,
        followedRuns: 100,
        bodyBytes: 1024 * 1024,
        flowBytes: 5 * 1024 * 1024,
        frameBytes: 6 * 1024 * 1024,
        jsonDepth: 64,
        signInsPerMinute: 10,
        visitorsPerMinute: 60,
      },
      logLevel: 'info',
    })
  })

  it('takes what the environment says', () => {
    const settings = readSettings({
      MILLRACE_PORT: '0',
      MILLRACE_HOST: '::1',
      MILLRACE_PUBLIC_HOSTS: 'Flows.example.com, chat.example.com',
      MILLRACE_OPERATOR_PASSWORD: 'twelve chars at least',
      MILLRACE_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8',
      MILLRACE_NODES: 'acme-nodes, ./my-nodes.js',
      MILLRACE_DRAIN_SECONDS: '3',
      MILLRACE_KEEP_RUNS: '100',
      MILLRACE_LOG_LEVEL: 'debug',
    })
    expect(settings).toMatchObject({
      port: 0,
      host: '::1',
      publicHosts: ['flows.example.com', 'chat.example.com'],
      trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
      nodePackages: ['acme-nodes', './my-nodes.js'],
      drainSeconds: 3,
      keepRuns: 100,
      keepDays: 30,
      keepMegabytes: 4096,
      logLevel: 'debug',
    })
  })

  it.each([
    [
      { MILLRACE_PORT: 'eighty' },
      'MILLRACE_PORT is "eighty". Give a whole number from 0 to 65535.',
    ],
    [{ MILLRACE_PORT: '70000' }, 'MILLRACE_PORT is "70000". Give a whole number from 0 to 65535.'],
    [
      { MILLRACE_HOST: '0.0.0.0' },
      'MILLRACE_HOST is "0.0.0.0", by which others reach the server too. Set MILLRACE_OPERATOR_PASSWORD to at least 12 characters, or leave it out.',
    ],
    [
      { MILLRACE_OPERATOR_PASSWORD: 'hunter2' },
      'MILLRACE_OPERATOR_PASSWORD is too short. Give at least 12 characters.',
    ],
    [
      { MILLRACE_MAX_JSON_DEPTH: '65' },
      'MILLRACE_MAX_JSON_DEPTH is "65". Give a whole number from 16 to 64.',
    ],
    [{ MILLRACE_KEEP_DAYS: '0' }, 'MILLRACE_KEEP_DAYS is "0". Give a whole number from 1 to 3650.'],
    [
      { MILLRACE_SECRET_KEY: 'short' },
      'MILLRACE_SECRET_KEY is too short. Give at least 16 random characters.',
    ],
    [
      { MILLRACE_METRICS_TOKEN: 'with spaces in between' },
      'MILLRACE_METRICS_TOKEN is too short, or has spaces. Give at least 16 random characters.',
    ],
    [
      { MILLRACE_TRACES_URL: 'localhost:4318' },
      'MILLRACE_TRACES_URL is "localhost:4318". Give an address of OTLP over HTTP, such as http://localhost:4318/v1/traces.',
    ],
    [
      { MILLRACE_PUBLIC_HOSTS: 'https://a.example' },
      'MILLRACE_PUBLIC_HOSTS holds "https://a.example". Give host names without scheme and port, with commas between.',
    ],
    [
      { MILLRACE_PUBLIC_HOSTS: 'a.example' },
      'MILLRACE_PUBLIC_HOSTS holds "a.example", under which others reach the server too. Set MILLRACE_OPERATOR_PASSWORD to at least 12 characters, or leave it out.',
    ],
    [
      { MILLRACE_TRUSTED_PROXIES: 'proxy.example' },
      'MILLRACE_TRUSTED_PROXIES holds "proxy.example". Give addresses or networks, as in 127.0.0.1, 10.0.0.0/8 or ::1, with commas between.',
    ],
    [
      { MILLRACE_TRUSTED_PROXIES: '127.0.0.1' },
      'MILLRACE_TRUSTED_PROXIES is set, through which others reach the server too. Set MILLRACE_OPERATOR_PASSWORD to at least 12 characters, or leave it out.',
    ],
    [
      { DATABASE_URL: 'postgres://localhost/x' },
      'DATABASE_URL is set, but a PostgreSQL store does not exist yet. Unset it to use the data directory.',
    ],
    [
      { REDIS_URL: 'redis://localhost' },
      'REDIS_URL is set, but running on several machines does not exist yet. Unset it to run on one.',
    ],
  ])('stops the start with one line: %j', (environment, message) => {
    expect(() => readSettings(environment)).toThrow(message)
    expect(message).not.toContain('\n')
  })

  it('listens beyond loopback with a password', () => {
    const settings = readSettings({
      MILLRACE_HOST: '0.0.0.0',
      MILLRACE_OPERATOR_PASSWORD: 'twelve chars at least',
    })
    expect(settings).toMatchObject({ host: '0.0.0.0', operatorPassword: 'twelve chars at least' })
  })

  it('takes a server for one of this machine alone where nothing says that others reach it', () => {
    const password = { MILLRACE_OPERATOR_PASSWORD: 'twelve chars at least' }
    const isReached = (environment: Record<string, string>) =>
      isReachedByOthers(readSettings({ ...password, ...environment }))
    expect(isReached({})).toBe(false)
    expect(isReached({ MILLRACE_HOST: '0.0.0.0' })).toBe(true)
    expect(isReached({ MILLRACE_PUBLIC_HOSTS: 'flows.example.com' })).toBe(true)
    expect(isReached({ MILLRACE_TRUSTED_PROXIES: '127.0.0.1' })).toBe(true)
  })

  it('never repeats the secret key or the password', () => {
    expect(() => readSettings({ MILLRACE_SECRET_KEY: 'hunter2' })).toThrow(/^(?!.*hunter2)/)
    expect(() => readSettings({ MILLRACE_OPERATOR_PASSWORD: 'hunter2' })).toThrow(/^(?!.*hunter2)/)
  })
})

describe('describeSettings', () => {
  it('lists every variable with its default', () => {
    expect(describeSettings().split('\n')).toHaveLength(34)
    expect(describeSettings()).toContain(
      'MILLRACE_PORT                     Port to listen on; 0 takes a free one. Default: 4400',
    )
  })
})
