import { CLIENT_OPTIONS, type OptionTable, REQUEST_OPTIONS } from '@capi/core/adapter'
import type {
  CapiModuleAsyncOptions,
  CapiModuleExtras,
  CapiModuleOptions,
} from './capi-module-options.ts'

/** What `useFactory` and its like give. A missing name, and one too many, do not compile. */
export const FACTORY_OPTIONS = {
  ...CLIENT_OPTIONS,
  ...REQUEST_OPTIONS,
  client: 'any',
  shutdownTimeoutMs: 'any',
} as const satisfies OptionTable<CapiModuleOptions>

const EXTRAS = { name: 'any', isGlobal: 'any' } as const satisfies OptionTable<CapiModuleExtras>

/** What `forRoot` and `forTesting` take. */
export const MODULE_OPTIONS = {
  ...FACTORY_OPTIONS,
  ...EXTRAS,
} as const satisfies OptionTable<CapiModuleOptions & CapiModuleExtras>

/** What `forRootAsync` takes itself. */
export const ASYNC_OPTIONS = {
  ...EXTRAS,
  imports: 'any',
  providers: 'any',
  useFactory: 'any',
  inject: 'any',
  useClass: 'any',
  useExisting: 'any',
} as const satisfies OptionTable<CapiModuleAsyncOptions>
