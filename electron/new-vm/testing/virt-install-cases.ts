/** What the wizard and the command it shows are compared with: the same systems on all hosts, and why they may differ. */
import { readFile } from 'node:fs/promises'
import { run } from '../../../e2e/lab/run'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../../shared/model/os/os'
import { definitionOf } from '../definition'
import type { CreationFacts } from '../facts'
import { virtInstallOf } from '../virt-install'
import { differences } from './flat-xml'

/** As osinfo-db calls them; all are old enough for the one that comes with the lab's virt-install. */
export const systems = [
  ...['debian11', 'debian10', 'debian7', 'debian3', 'ubuntu22.10', 'ubuntu20.04', 'ubuntu12.04'],
  ...['fedora37', 'fedora20', 'rhel9.0', 'rhel6.0', 'rhel5.0', 'centos8', 'centos7.0', 'almalinux9'],
  ...['opensuse15.4', 'archlinux', 'alpinelinux3.17', 'freebsd13.1', 'openbsd7.0'],
  ...['win11', 'win10', 'win2k22', 'win7', 'winxp'],
]

export interface Case {
  readonly name: string
  readonly input: NewVmInput
  readonly os: OsKnowledge | undefined
}

/** virt-install takes most of a processor for a second. */
const lanes = 2

/** Differences that no reason accounts for, and the reasons that were of use. */
export async function unaccounted(
  cases: readonly Case[],
  reasons: readonly Reason[],
  compare: (one: Case) => Promise<readonly string[]>,
): Promise<{ readonly differences: readonly string[]; readonly used: ReadonlySet<string> }> {
  const left = [...cases]
  const used = new Set<string>()
  const found: string[] = []
  const lane = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift())
      for (const difference of await compare(one)) {
        const fit = reasons.filter(({ pattern }) => pattern.test(difference))
        for (const { text } of fit) used.add(text)
        if (fit.length === 0) found.push(`${one.name}: ${difference}`)
      }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { differences: found, used }
}

export async function compareWithCommand(
  uri: string,
  { input, os }: Case,
  facts: CreationFacts,
): Promise<string[]> {
  const command = virtInstallOf(input, facts, os)
  if (!command) throw new Error('There is no command')
  const theirs = await run([
    'virt-install',
    ...['--connect', uri, ...command.words],
    // the first of two steps, as the second is without its installer
    ...['--uuid', facts.uuid, '--dry-run', '--print-xml', '1'],
  ])
  return differences(definitionOf(input, facts, os), theirs)
}

export interface Reason {
  readonly text: string
  readonly pattern: RegExp
}

/** A pattern for "ours …" or "theirs …", and why, by tabs. */
export async function readReasons(file: string): Promise<Reason[]> {
  const text = await readFile(new URL(`../${file}`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [pattern = '', why = ''] = line.split('\t')
      if (why === '') throw new Error(`No reason is given: ${line}`)
      return { text: pattern, pattern: new RegExp(`^(?:${pattern})$`) }
    })
}
