import { NestFactory } from '@nestjs/core'
import { expect, it } from 'vitest'
import { CapiModule, type CapiModuleOptions } from '../src/index.ts'

const start = async (options: object) => {
  const app = await NestFactory.createApplicationContext(
    CapiModule.forTesting(options as CapiModuleOptions),
    { logger: false, abortOnError: false },
  )
  await app.close()
}

it.each([
  ['siteUrl', 'shop.example'],
  ['siteUrl', 'https://'],
  ['cookieDomain', 'https://shop.example'],
  ['cookieDomain', 'shop.example:443'],
  ['cookieDomain', 'shop.example/'],
  ['consent', 'yes'],
  ['consent', true],
  ['client', null],
  ['client', {}],
  ['client', 'capi'],
] as const)('a malformed option stops the start: %s %j', async (option, value) => {
  await expect(start({ [option]: value })).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringContaining(`Option ${option} must be`),
  })
})

it.each([undefined, null])(
  'a consent that is there but empty stops the start: %s',
  async (consent) => {
    await expect(start({ consent } as object)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('is there but empty'),
    })
  },
)

it.each([
  { siteUrl: 'https://shop.example/de/' },
  { siteUrl: 'http://localhost:3000' },
  { cookieDomain: 'shop.example' },
  { cookieDomain: '.shop.example' },
  { cookieDomain: 'localhost' },
  { cookieDomain: () => undefined },
  { consent: 'ldu' },
  { consent: () => undefined },
  { siteUrl: undefined, cookieDomain: undefined },
])('a well-formed one does not: %j', async (options) => {
  await expect(start(options)).resolves.toBeUndefined()
})
