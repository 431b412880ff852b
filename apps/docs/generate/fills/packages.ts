import { publicPackages } from '../packages.ts'

/** Every package that can be installed, as its manifest describes it. */
export function packagesFill(): string {
  const rows = publicPackages().map(
    ({ folder, name, description }) => `| [\`${name}\`](/packages/${folder}/) | ${description} |`,
  )
  return ['| Package | What it does |', '|---|---|', ...rows].join('\n')
}
