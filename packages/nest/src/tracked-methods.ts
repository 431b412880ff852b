import { attempt } from '@capi/core/adapter'
import { Logger } from '@nestjs/common'
import { MetadataScanner, type ModuleRef, type ModulesContainer, Reflector } from '@nestjs/core'
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js'
import type { TrackInterceptor } from './track-interceptor.ts'

/** On an instance: who tracks its calls. Null on the prototype of what Nest makes anew for each request. */
const TRACKERS = Symbol.for('@capi/nest.trackers')
type Trackers = Map<TrackInterceptor, InstanceType<TrackInterceptor>>
interface Marked {
  [TRACKERS]?: Trackers | null | undefined
}

/** How Nest marks what it calls through interceptors. */
const INTERCEPTORS = '__interceptors__'
const HANDLER_MARKS = ['path', 'microservices:handler_type']

/**
 * At decoration, so that every caller of an instance's method gets this one. It does nothing where Nest runs interceptors, and
 * where `findTracked` has not found the instance.
 */
export function wrapMethod(descriptor: PropertyDescriptor, interceptor: TrackInterceptor): void {
  const method: unknown = descriptor.value
  if (typeof method !== 'function') return
  let isWarned = false
  function tracked(this: Marked | undefined, ...args: unknown[]): unknown {
    const run = (): unknown => Reflect.apply(method as () => unknown, this, args)
    const trackers = interceptor.isIntercepted ? undefined : this?.[TRACKERS]
    if (trackers === null && !isWarned) {
      isWarned = true
      warn(interceptor, 'Nest makes the provider anew for each request')
    }
    const tracker = trackers?.get(interceptor)
    if (this === undefined || tracker === undefined) return run()
    const context = new ExecutionContextHost(args, this.constructor as never, tracked)
    context.setType('provider')
    return tracker.around(context, run)
  }
  copyMetadata(method, tracked)
  descriptor.value = tracked
}

/** Other decorators have marked the method. */
function copyMetadata(from: object, to: object): void {
  const { name, length } = from as { readonly name: string; readonly length: number }
  Object.defineProperties(to, { name: { value: name }, length: { value: length } })
  const metadata = Reflect as unknown as {
    getOwnMetadataKeys(target: object): readonly unknown[]
    getOwnMetadata(key: unknown, target: object): unknown
    defineMetadata(key: unknown, value: unknown, target: object): void
  }
  for (const key of metadata.getOwnMetadataKeys(from))
    metadata.defineMetadata(key, metadata.getOwnMetadata(key, from), to)
}

/** Lets the methods of the application's providers track by themselves, with the clients of this application. */
export function findTracked(modules: ModulesContainer, moduleRef: ModuleRef): void {
  const scanner = new MetadataScanner()
  const reflector = new Reflector()
  for (const { providers, controllers } of modules.values()) {
    for (const wrapper of [...providers.values(), ...controllers.values()]) {
      const isEachTime = wrapper.isTransient || !wrapper.isDependencyTreeStatic()
      const instance: unknown = isEachTime
        ? (wrapper.metatype as { readonly prototype?: object } | null)?.prototype
        : wrapper.instance
      if (typeof instance !== 'object' || instance === null || TRACKERS in instance) continue
      const prototype = isEachTime ? instance : Object.getPrototypeOf(instance)
      if (prototype === null || prototype === Object.prototype) continue
      const found = scanner
        .getAllMethodNames(prototype)
        .map((name) => (prototype as Record<string, () => unknown>)[name])
        .flatMap((method) => (method === undefined ? [] : interceptorsOf(reflector, method)))
      if (found.length === 0) continue
      const trackers = isEachTime ? null : makeTrackers(found, moduleRef)
      Object.defineProperty(instance, TRACKERS, { value: trackers, configurable: true })
    }
  }
}

function interceptorsOf(reflector: Reflector, method: () => unknown): readonly TrackInterceptor[] {
  if (HANDLER_MARKS.some((mark) => reflector.get(mark, method) !== undefined)) return []
  const all = reflector.get<readonly object[] | undefined>(INTERCEPTORS, method) ?? []
  return all.filter((one): one is TrackInterceptor => 'isIntercepted' in one)
}

function makeTrackers(found: readonly TrackInterceptor[], moduleRef: ModuleRef): Trackers {
  const trackers: Trackers = new Map()
  for (const Interceptor of found) {
    const capi = attempt(() => moduleRef.get(Interceptor.token, { strict: false }))
    if (capi === undefined) warn(Interceptor, `there is no ${String(Interceptor.token)}`)
    else trackers.set(Interceptor, new Interceptor(capi))
  }
  return trackers
}

function warn({ event, place }: TrackInterceptor, reason: string): void {
  const line = `@TrackEvent('${event}') of ${place} tracks nothing: ${reason}. Inject CapiService there, and call track. Logged once.`
  attempt(() => new Logger('CapiModule').warn(line))
}
