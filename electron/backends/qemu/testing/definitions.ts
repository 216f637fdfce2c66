/** Definitions that commands are planned of: what the wizard makes, and the collection of libvirt's. */
import { readdirSync, readFileSync } from 'node:fs'
import { definitionOf } from '../../../new-vm/definition'
import { choiceNames, choices } from '../../../new-vm/testing/choices'
import { factsFor } from '../../../new-vm/testing/hosts'

export interface NamedDefinition {
  readonly name: string
  readonly xml: string
}

const folder = new URL('../../../domain-xml/fixtures/dumped/', import.meta.url)

export function wizardDefinitions(): NamedDefinition[] {
  return choiceNames
    .map((name) => {
      const { input, os } = choices[name]
      return { name, xml: definitionOf(input, factsFor(input), os) }
    })
    .filter(({ xml }) => isQemus(xml))
}

export function collectedDefinitions(): NamedDefinition[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.xml'))
    .sort()
    .map((name) => ({ name, xml: readFileSync(new URL(name, folder), 'utf8') }))
    .filter(({ xml }) => isQemus(xml))
}

export function architectureOf(xml: string): string {
  return /<type[^>]* arch=["']([^"']+)/.exec(xml)?.[1] ?? 'x86_64'
}

function isQemus(xml: string): boolean {
  return /<domain[^>]* type=["'](qemu|kvm)["']/.test(xml)
}
