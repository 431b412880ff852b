export const FORMATS = ['esm', 'cjs'] as const
export type Format = (typeof FORMATS)[number]
export const RESOLUTIONS = ['nodenext', 'bundler'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

export interface Build {
  readonly format: Format
  readonly resolution: Resolution
  /** The compiler's version. */
  readonly typescript: string
  /** Whether a dependency's own declarations name a browser's types. */
  readonly needsDom?: boolean | undefined
}

/** A strict application's tsconfig.json, which reads the declarations of everything it imports. */
export function tsconfigOf(build: Build): {
  readonly compilerOptions: object
  readonly include: readonly string[]
} {
  return {
    compilerOptions: {
      ...moduleOptions(build),
      target: 'es2023',
      lib: build.needsDom ? ['es2023', 'dom'] : ['es2023'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      experimentalDecorators: true,
      rootDir: '.',
      outDir: outputOf(build),
      declaration: false,
    },
    include: ['*.ts'],
  }
}

/** TypeScript 5 has no CommonJS for bundlers: there the bundler writes it, and the compiler only checks. */
function moduleOptions({ format, resolution, typescript }: Build): object {
  if (resolution === 'nodenext') return { module: 'nodenext', moduleResolution: 'nodenext' }
  if (format === 'esm') return { module: 'esnext', moduleResolution: 'bundler' }
  if (typescript.startsWith('5.')) return { module: 'preserve', noEmit: true }
  return { module: 'commonjs', moduleResolution: 'bundler' }
}

export function outputOf({ resolution, typescript }: Build): string {
  return `out/${resolution}-${typescript}`
}
