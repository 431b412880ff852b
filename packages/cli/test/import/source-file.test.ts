import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openSource } from '../../src/import/read/source-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'capi-source-'))

function write(bytes: Uint8Array | string): string {
  const path = join(folder, `${Math.random()}.csv`)
  writeFileSync(path, bytes)
  return path
}

async function textOf(path: string, encoding?: 'windows-1252' | 'utf-16le'): Promise<string> {
  const file = await openSource(path, encoding)
  const parts: Buffer[] = []
  for await (const { utf8 } of file.parts()) parts.push(utf8)
  await file.close()
  return Buffer.concat(parts).toString()
}

it('reads UTF-8 with and without a mark, UTF-16 of either order by its mark, and Windows-1252 where it is named', async () => {
  const text = 'Straße;Zürich;€\n'
  expect(await textOf(write(text))).toBe(text)
  expect(await textOf(write(`\ufeff${text}`))).toBe(text)
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
  expect(await textOf(write(utf16))).toBe(text)
  expect(await textOf(write(Buffer.from(utf16).swap16()))).toBe(text)
  const windows = Buffer.from('Stra\u00dfe;Z\u00fcrich;\u0080\n', 'latin1')
  expect(await textOf(write(windows), 'windows-1252')).toBe(text)
})

it('refuses bytes that are no UTF-8, wherever they stand, names their line, and replaces none', async () => {
  const early = Buffer.concat([Buffer.from('a\nb\n'), Buffer.from([0xfc]), Buffer.from('\n')])
  await expect(openSource(write(early))).rejects.toThrow(/line 3.*--encoding windows-1252/)
  const lines = 'Zürich,日本,😀\n'.repeat(60_000)
  await expect(
    openSource(write(Buffer.concat([Buffer.from(lines), Buffer.from([0xe9, 0x0a])]))),
  ).rejects.toThrow(/line 60001\b/)
  await expect(openSource(write(Buffer.from('a,b\n', 'utf16le')))).rejects.toThrow(
    /--encoding utf-16le/,
  )
})

it.each([0, 1, 2, 3])(
  'takes a file of several megabytes whose characters lie over the parts that are read (%i)',
  async (shift) => {
    const text = `${'x'.repeat(shift)}${'日本😀ü,'.repeat(120_000)}`
    expect(await textOf(write(text))).toBe(text)
  },
)

it('says what cannot be read, and that nothing was sent', async () => {
  await expect(openSource(join(folder, 'none.csv'))).rejects.toThrow(/ENOENT.*Nothing was sent/)
  await expect(openSource(folder)).rejects.toThrow(/Nothing was sent/)
  await expect(openSource(write(''))).rejects.toThrow(/is empty/)
})
